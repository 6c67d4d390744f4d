/// One part of a message, in which codes are looked for by what is written around them.
struct CodePage {
  /// A number on a line.
  private struct Spot: Hashable {
    var line: Int
    var number: Int
  }

  /// The most characters between a name and its code.
  private static let farthest = 80
  /// The most lines with other words between a name and a code that stands by itself.
  private static let mostFillers = 2
  /// The most numbers that are taken for those of one name.
  private static let mostOfOne = 8

  private let lines: [CodeLine]
  private let shape: CodeShape
  private let names: [CodeName]
  private let linesWithNames: Set<Int>

  init(lines: [CodeLine], shape: CodeShape) {
    self.lines = lines
    self.shape = shape
    let words = PhraseIndex(shape.words.map { Array($0.runTogether().lowercased()) })
    names = lines.indices.flatMap { CodeName.all(on: lines[$0], at: $0, words: words) }
    linesWithNames = Set(names.map(\.line))
  }

  /// All that looks as codes do, with what speaks for it.
  func candidates() -> [CodeCandidate] {
    var named = Set<Spot>()
    for name in names { named.formUnion(spots(of: name)) }
    // What an older message said does not count beside what this one says.
    let isUnquotedNamed = named.contains { !lines[$0.line].isQuoted }
    var candidates: [CodeCandidate] = []
    for (index, line) in lines.enumerated() {
      for (place, number) in line.numbers.enumerated() {
        let isNamed = named.contains(Spot(line: index, number: place))
        let evidence: CodeCandidate.Evidence =
          line.isQuoted && isUnquotedNamed
          ? .other : self.evidence(for: number, on: index, isNamed: isNamed)
        candidates.append(
          CodeCandidate(value: number.value, place: line.place, evidence: evidence))
      }
    }
    return candidates
  }

  private func evidence(
    for number: CodeLine.Number, on index: Int, isNamed: Bool
  ) -> CodeCandidate.Evidence {
    if isNamed { return .named }
    if isNamedOther(number, on: index) { return .other }
    if !number.needsName, !isWordLike(number), isAsked(number, on: lines[index]) { return .asked }
    return .none
  }

  // MARK: What a name belongs to

  private func spots(of name: CodeName) -> [Spot] {
    let spots = onLine(behind: name) ?? below(name) ?? before(name) ?? above(name) ?? []
    return spots.count > Self.mostOfOne ? Array(spots[..<Self.mostOfOne]) : spots
  }

  /// `Secure code: 482913`, and what is joined to it by `or`; nil where the name has none there.
  private func onLine(behind name: CodeName) -> [Spot]? {
    let line = lines[name.line]
    for (place, number) in line.numbers.enumerated()
    where number.range.lowerBound >= name.range.upperBound {
      let between = name.range.upperBound..<number.range.lowerBound
      if joins(between, on: line, to: number, of: name) {
        if line.isDenied(around: name.range.lowerBound..<number.range.upperBound) { return [] }
        return joined(from: place, by: 1, on: name.line)
          + belowInTable(Spot(line: name.line, number: place))
      }
      if !isNamedOther(number, on: name.line) { return nil }
    }
    return nil
  }

  /// Whether what is between a name and a number makes one the name of the other: words that say
  /// nothing else, what the code is for, and a mark or a word that says that here it comes.
  private func joins(
    _ between: Range<Int>, on line: CodeLine, to number: CodeLine.Number, of name: CodeName
  ) -> Bool {
    if between.count > Self.farthest || line.hasSentenceEnd(in: between) { return false }
    let words = line.words(in: between)
    let says = saysSo(words, name)
    let marks = line.characters[between].filter { !$0.isLetter && ($0 != " ") }
    let mark = marks.last { !"\"'“”‘’«»„()[]{}<【】「」『』*_#".contains($0) }
    let isMarked = mark.map { ":=→>-–—\t".contains($0) } ?? false
    guard isPurpose(words, of: name), line.isJoining(lettersIn: between) else { return false }
    if isWordLike(number) { return isMarked || line.isEmphasised(number) && words.isEmpty }
    if says { return true }
    if isMarked, let last = words.last, !isSmall(last) {
      // `Code for request: 100234` numbers the request.
      let end = line.words.last { $0.range.upperBound <= between.upperBound }?.range.upperBound
      return line.characters[(end ?? between.lowerBound)..<between.upperBound]
        .contains(where: \.isNumber)
    }
    return isMarked || words.allSatisfy(isSmall)
  }

  /// Whether the last of the words behind a name says that here it comes.
  private func saysSo(_ words: [String], _ name: CodeName) -> Bool {
    words.last.map { CodeVocabulary.saying.contains($0) || $0 == name.saying } ?? false
  }

  /// Whether words behind a name only say which code it is, or what for.
  private func isPurpose(_ words: [String], of name: CodeName) -> Bool {
    let says = saysSo(words, name)
    var isLed = false
    var hasThing = false
    var unknown = 0
    for word in words {
      if isSmall(word) || word == name.saying { continue }
      if CodeVocabulary.leading.contains(word) {
        isLed = true
      } else if isLed, CodeVocabulary.things.contains(word) {
        hasThing = true
      } else if isLed, says, CodeVocabulary.numbered.contains(word) {
        // `Your code for request 100234 is`: whose number that is was said.
        hasThing = true
      } else {
        unknown += 1
        if unknown > 4 { return false }
      }
    }
    return unknown == 0 || hasThing && says && unknown <= 4
  }

  /// A number with those that a conjunction, or nothing but a mark, joins to it.
  private func joined(from place: Int, by step: Int, on index: Int) -> [Spot] {
    let line = lines[index]
    var spots = [Spot(line: index, number: place)]
    var here = place
    while line.numbers.indices.contains(here + step), spots.count < Self.mostOfOne {
      let (first, second) = step > 0 ? (here, here + step) : (here + step, here)
      let between = line.numbers[first].range.upperBound..<line.numbers[second].range.lowerBound
      here += step
      if line.hasSentenceEnd(in: between) || isNamedOther(line.numbers[here], on: index) { break }
      let words = line.words(in: between)
      let marks = line.characters[between].filter { !$0.isWhitespace }
      let isJoined =
        words.isEmpty
        ? marks.allSatisfy { ",;/|&+、，".contains($0) }
        : words.last.map {
          CodeVocabulary.conjunctions.contains($0)
            || $0.last.map(CodeVocabulary.unpartedConjunctions.contains) ?? false
        } ?? false
      if !isJoined || line.characters[between].contains("\t") { break }
      spots.append(Spot(line: index, number: here))
    }
    return spots
  }

  /// Numbers in the cells below one, as long as nothing stands in the cells before them.
  private func belowInTable(_ spot: Spot) -> [Spot] {
    let line = lines[spot.line]
    let cell = line.cell(at: line.numbers[spot.number].range.lowerBound)
    guard cell > 0 else { return [] }
    var spots: [Spot] = []
    for index in lines.indices.dropFirst(spot.line + 1) {
      let below = lines[index]
      guard below.cellCount == line.cellCount,
        let first = below.characters.firstIndex(where: { !$0.isWhitespace }),
        below.cell(at: first) == cell,
        let place = below.numbers.indices.first(where: {
          below.cell(at: below.numbers[$0].range.lowerBound) == cell
        })
      else { break }
      spots.append(Spot(line: index, number: place))
      if spots.count == Self.mostOfOne { break }
    }
    return spots
  }

  /// The name ends its line, and what it names is below: on the next line with all that stand by
  /// themselves there, in the cells below, or by itself a little farther down.
  private func below(_ name: CodeName) -> [Spot]? {
    let line = lines[name.line]
    if line.cellCount > 1 { return inCellsBelow(name) }
    let rest = name.range.upperBound..<line.characters.count
    let words = line.words(in: rest)
    let says = saysSo(words, name)
    // Other things' numbers may stand in it: `code for ticket 100234 is:`.
    let others = line.numbers.filter { $0.range.lowerBound >= rest.lowerBound }
    guard !line.hasSentenceEnd(in: rest, orAtEnd: !says), isPurpose(words, of: name),
      line.isJoining(lettersIn: rest), others.allSatisfy({ isNamedOther($0, on: name.line) }),
      line.characters[rest].allSatisfy({ $0 != MailText.picture })
    else { return nil }
    var fillers = 0
    for index in lines.indices.dropFirst(name.line + 1) {
      let below = lines[index]
      if below.isQuoted != line.isQuoted || below.isPicture { return nil }
      guard let number = below.numbers.first, below.isFirst(number) else {
        fillers += 1
        if !below.numbers.isEmpty || linesWithNames.contains(index) || fillers > Self.mostFillers {
          return nil
        }
        continue
      }
      let isAlone = below.isAlone(number)
      guard !isNamedOther(number, on: index), isAlone || fillers == 0 && !isWordLike(number),
        isAlone || says || below.endsSentence(number) || below.numbers.count > 1
      else { return nil }
      if below.isDenied(around: number.range) || line.isDenied(around: name.range) { return [] }
      return joined(from: 0, by: 1, on: index) + (isAlone ? alone(after: index) : [])
        + aloneAbove(name, hasMark: line.characters[rest].contains { ":=：".contains($0) })
    }
    return nil
  }

  /// The lines right after one that hold nothing but a number.
  private func alone(after index: Int) -> [Spot] {
    var spots: [Spot] = []
    for next in lines.indices.dropFirst(index + 1) {
      guard let number = lines[next].numbers.first, lines[next].isAlone(number),
        !isNamedOther(number, on: next)
      else { break }
      spots.append(Spot(line: next, number: 0))
      if spots.count == Self.mostOfOne { break }
    }
    return spots
  }

  /// A number by itself above a name without a colon may be the one that it names: pages set
  /// captions below as well as above.
  private func aloneAbove(_ name: CodeName, hasMark: Bool) -> [Spot] {
    guard name.line > 0, !hasMark, let number = lines[name.line - 1].numbers.first,
      lines[name.line - 1].isAlone(number), !isNamedOther(number, on: name.line - 1)
    else { return [] }
    return [Spot(line: name.line - 1, number: 0)]
  }

  private func inCellsBelow(_ name: CodeName) -> [Spot]? {
    let line = lines[name.line]
    let cell = line.cell(at: name.range.lowerBound)
    // `Code sent at` heads another column.
    let inCell = name.range.upperBound..<line.endOfCell(at: name.range.upperBound)
    guard isPurpose(line.words(in: inCell), of: name) else { return nil }
    var spots: [Spot] = []
    for index in lines.indices.dropFirst(name.line + 1) {
      let below = lines[index]
      guard below.cellCount == line.cellCount else { break }
      let fitting = below.numbers.indices.filter {
        below.cell(at: below.numbers[$0].range.lowerBound) == cell
      }
      if fitting.isEmpty || spots.count >= Self.mostOfOne { break }
      spots += fitting.map { Spot(line: index, number: $0) }
    }
    return spots.isEmpty ? nil : spots
  }

  /// `482913 is your secure code`, on one line or on two.
  private func before(_ name: CodeName) -> [Spot]? {
    let line = lines[name.line]
    // `Ticket 100234 - code:` names what follows.
    let next = line.characters[name.range.upperBound...].first { !$0.isWhitespace }
    if next == ":" || next == "=" { return nil }
    let head = 0..<name.range.lowerBound
    if let place = line.numbers.lastIndex(where: { $0.range.upperBound <= head.upperBound }) {
      let number = line.numbers[place]
      guard leads(line, number.range.upperBound..<head.upperBound),
        !isNamedOther(number, on: name.line),
        !line.isDenied(around: number.range.lowerBound..<name.range.upperBound)
      else { return nil }
      return joined(from: place, by: -1, on: name.line)
    }
    guard name.line > 0 else { return nil }
    let above = lines[name.line - 1]
    guard above.isQuoted == line.isQuoted, above.cellCount == 1,
      let place = above.numbers.indices.last
    else { return nil }
    let number = above.numbers[place]
    let tail = number.range.upperBound..<above.characters.count
    let isLed =
      above.words(in: tail).isEmpty
      ? line.words(in: head).allSatisfy(isSmall)
        && line.words(in: head).contains { CodeVocabulary.saying.contains($0) }
      : leads(above, tail) && line.words(in: head).allSatisfy(isSmall)
    guard isLed, !above.hasSentenceEnd(in: tail, orAtEnd: true),
      !line.hasSentenceEnd(in: head), !isNamedOther(number, on: name.line - 1)
    else { return nil }
    return joined(from: place, by: -1, on: name.line - 1)
  }

  /// A number that stands out by itself above a line with nothing but its name, as pages set captions
  /// below what they are of; only where what is above it is a sentence, and not a caption, too, and
  /// what is below goes on with no sentence that the name begins.
  private func above(_ name: CodeName) -> [Spot]? {
    let line = lines[name.line]
    guard name.line > 0, lines[name.line - 1].numbers.count == 1, line.cellCount == 1,
      line.numbers.isEmpty,
      line.words(in: 0..<line.characters.count).allSatisfy({
        isSmall($0) || CodeName.isNamed($0)
      }),
      line.isJoining(lettersIn: 0..<name.range.lowerBound),
      line.isJoining(lettersIn: name.range.upperBound..<line.characters.count),
      line.characters.allSatisfy({ !":=：".contains($0) && $0 != MailText.picture })
    else { return nil }
    let above = lines[name.line - 1]
    guard above.isQuoted == line.isQuoted, let number = above.numbers.first, above.isAlone(number),
      above.isEmphasised(number),
      !isWordLike(number), !isNamedOther(number, on: name.line - 1)
    else { return nil }
    if name.line > 1, let last = lines[name.line - 2].characters.last,
      !".,:!?。，：！？".contains(last)
    {
      return nil
    }
    if name.line + 1 < lines.count {
      let next = lines[name.line + 1]
      guard !next.isPicture, next.numbers.first.map({ !next.isFirst($0) }) ?? true,
        let first = next.characters.first,
        !first.isLowercase
      else { return nil }
    }
    return [Spot(line: name.line - 1, number: 0)]
  }

  /// Whether what follows a number leads to its name, and says nothing else.
  private func leads(_ line: CodeLine, _ between: Range<Int>) -> Bool {
    if between.count > Self.farthest || line.hasSentenceEnd(in: between) { return false }
    let words = line.words(in: between)
    let marks = line.characters[between].filter { !$0.isWhitespace }
    let mark = marks.first { !"\"'“”‘’»)]}】」』*_".contains($0) }
    if let first = words.first,
      CodeVocabulary.saying.contains(first)
        || CodeVocabulary.calling.contains(first)
    {
      return words.dropFirst().allSatisfy(isSmall)
    }
    guard let mark, words.allSatisfy(isSmall) else { return false }
    return "-–—:=(→\t".contains(mark) || CodeVocabulary.unpartedSaying.contains(mark)
  }

  private func isSmall(_ word: String) -> Bool {
    CodeVocabulary.joining.contains(word) || CodeVocabulary.qualifying.contains(word)
      || CodeVocabulary.saying.contains(word)
  }

  // MARK: What is something else

  /// Whether a number is named as something else: by the words right before it, by those behind it,
  /// or by a short line above where it is the first on its own.
  private func isNamedOther(_ number: CodeLine.Number, on index: Int) -> Bool {
    let line = lines[index]
    if isCalledOther(number, on: index) { return true }
    var words = line.words(in: 0..<number.range.lowerBound)
    if let last = line.words.last(where: { $0.range.upperBound <= number.range.lowerBound }) {
      if line.hasSentenceEnd(in: last.range.upperBound..<number.range.lowerBound) { return false }
    } else if index > 0, line.isFirst(number) {
      let above = lines[index - 1]
      let end = above.characters.count
      let start = max(
        above.startOfSentence(before: end), above.numbers.last?.range.upperBound ?? 0)
      words = above.words(in: start..<max(start, end))
      if words.count > 3 || above.cellCount > 1 { return false }
    }
    while let last = words.popLast() {
      if CodeVocabulary.numbered.contains(last) || CodeVocabulary.things.contains(last) {
        return true
      }
      if !isSmall(last) { return false }
    }
    return false
  }

  /// `100234 is your ticket`, on one line or on two.
  private func isCalledOther(_ number: CodeLine.Number, on index: Int) -> Bool {
    let line = lines[index]
    let tail = number.range.upperBound..<line.characters.count
    var words = line.words(in: tail)
    if words.isEmpty, index + 1 < lines.count { words = lines[index + 1].words.map(\.text) }
    guard let first = words.first,
      CodeVocabulary.saying.contains(first) || CodeVocabulary.calling.contains(first)
    else { return false }
    for word in words.dropFirst().prefix(6) {
      if CodeName.isNamed(word) { return false }
      if CodeVocabulary.numbered.contains(word) || CodeVocabulary.things.contains(word) {
        return true
      }
      if !isSmall(word) { return CodeVocabulary.calling.contains(first) }
    }
    return false
  }

  /// Whether the mail asks to enter a number: `enter 482913`, `type this number: 482913`.
  private func isAsked(_ number: CodeLine.Number, on line: CodeLine) -> Bool {
    let head = 0..<number.range.lowerBound
    let start = line.startOfSentence(before: number.range.lowerBound)
    var words = line.words(in: start..<head.upperBound)
    if line.isDenied(around: number.range) { return false }
    if line.characters[head].last(where: { !$0.isWhitespace }) == ":" {
      return words.contains { CodeVocabulary.doing.contains($0) }
        && !words.contains { CodeVocabulary.numbered.contains($0) }
    }
    while let last = words.popLast() {
      if CodeVocabulary.doing.contains(last) { return true }
      if !isSmall(last) { return false }
    }
    return false
  }

  /// Whether what fits is made as words of a language are: by where it stands alone it is no code.
  private func isWordLike(_ number: CodeLine.Number) -> Bool {
    shape.mayHaveLetters && !number.value.contains(where: \.isNumber)
      && number.value.allSatisfy(\.isLetter)
      && number.value.dropFirst().allSatisfy { !$0.isUppercase }
  }
}
