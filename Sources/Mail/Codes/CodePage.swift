/// One part of a message, in which codes are looked for by what is written around them.
struct CodePage {
  /// A place where a code is called by its name.
  private struct Name {
    var line: Int
    /// From the first word that belongs to the name, such as `your secure`, to its end.
    var range: Range<Int>
  }

  /// The most characters between a name and its code.
  private static let farthest = 70
  /// The most lines with other words between a name and a code that stands by itself.
  private static let mostFillers = 2

  private let lines: [CodeLine]
  private let shape: CodeShape
  private let names: [Name]

  init(lines: [CodeLine], shape: CodeShape) {
    self.lines = lines
    self.shape = shape
    names = lines.indices.flatMap { index in
      Self.names(in: lines[index], shape).map { Name(line: index, range: $0) }
    }
  }

  /// Whether the part speaks of a code at all.
  var speaksOfCode: Bool { !names.isEmpty }

  /// All that looks as codes do, with what speaks for it.
  func candidates(mailSpeaksOfCode: Bool) -> [CodeCandidate] {
    var named = Set<Spot>()
    for name in names { if let spot = target(of: name) { named.insert(spot) } }
    // What an older message said does not count beside what this one says.
    let isUnquotedNamed = named.contains { !lines[$0.line].isQuoted }
    let hasUnquoted = lines.contains { !$0.isQuoted && !$0.numbers.isEmpty }
    var candidates: [CodeCandidate] = []
    for (index, line) in lines.enumerated() {
      for (place, number) in line.numbers.enumerated() {
        let spot = Spot(line: index, number: place)
        let isOld = line.isQuoted && (isUnquotedNamed || hasUnquoted)
        candidates.append(
          CodeCandidate(
            value: number.value, place: line.place,
            evidence: isOld
              ? .other
              : evidence(for: number, at: spot, isNamed: named.contains(spot), mailSpeaksOfCode)))
      }
    }
    return candidates
  }

  /// A number on a line.
  private struct Spot: Hashable {
    var line: Int
    var number: Int
  }

  private func evidence(
    for number: CodeLine.Number, at spot: Spot, isNamed: Bool, _ mailSpeaksOfCode: Bool
  ) -> CodeCandidate.Evidence {
    let line = lines[spot.line]
    if isNamed { return .named }
    if isNamedOther(number, on: spot.line) { return .other }
    // Groups are taken together only where they are called a code.
    if number.isGrouped { return .other }
    let isWordLike = isWordLike(number)
    if isAsked(number, on: line) && !isWordLike { return .asked }
    let isSetOff = line.isAlone(number) || (line.isEmphasised(number) && !isWordLike)
    return isSetOff && mailSpeaksOfCode ? .outstanding : .none
  }

  // MARK: Names

  private static func names(in line: CodeLine, _ shape: CodeShape) -> [Range<Int>] {
    if !shape.words.isEmpty { return shape.words.flatMap { phrases($0, in: line) } }
    var found: [Range<Int>] = []
    for (index, word) in line.words.enumerated() {
      let before = index > 0 ? wordJoined(before: index, on: line) : nil
      guard CodeWords.isCode(word.text, before: before) else { continue }
      found.append(startOfName(at: index, on: line)..<word.range.upperBound)
    }
    let lower = line.characters.map { Character($0.lowercased()) }
    for name in CodeWords.unpartedNames where lower.count >= name.count {
      for start in 0...(lower.count - name.count)
      where Array(lower[start..<(start + name.count)]) == name {
        found.append(start..<(start + name.count))
      }
    }
    return found
  }

  /// The places of a phrase, with no letter beside it where it has letters of its own at its ends.
  private static func phrases(_ phrase: String, in line: CodeLine) -> [Range<Int>] {
    let wanted = Array(phrase.runTogether().lowercased())
    let lower = line.characters.flatMap { Array($0.lowercased()) }
    guard !wanted.isEmpty, lower.count == line.characters.count, lower.count >= wanted.count else {
      return []
    }
    return (0...(lower.count - wanted.count)).compactMap { start in
      let end = start + wanted.count
      guard Array(lower[start..<end]) == wanted else { return nil }
      let isParted = wanted[0].isASCII && wanted[wanted.count - 1].isASCII
      if isParted, start > 0, lower[start - 1].isLetter { return nil }
      if isParted, end < lower.count, lower[end].isLetter { return nil }
      return start..<end
    }
  }

  /// The word before another with nothing but blanks and hyphens between.
  private static func wordJoined(before index: Int, on line: CodeLine) -> String? {
    let gap =
      line.characters[line.words[index - 1].range.upperBound..<line.words[index].range.lowerBound]
    return gap.allSatisfy { $0 == " " || $0 == "-" } ? line.words[index - 1].text : nil
  }

  private static func startOfName(at index: Int, on line: CodeLine) -> Int {
    var first = index
    while first > 0, let before = wordJoined(before: first, on: line),
      CodeWords.joining.contains(before)
    {
      first -= 1
    }
    return line.words[first].range.lowerBound
  }

  // MARK: What a name belongs to

  private func target(of name: Name) -> Spot? {
    onLine(behind: name) ?? below(name) ?? before(name)
  }

  /// `Secure code: 482913`.
  private func onLine(behind name: Name) -> Spot? {
    let line = lines[name.line]
    for (place, number) in line.numbers.enumerated()
    where number.range.lowerBound >= name.range.upperBound {
      let between = name.range.upperBound..<number.range.lowerBound
      if joins(between, on: line, to: number) { return Spot(line: name.line, number: place) }
      if !isNamedOther(number, on: name.line) { return nil }
    }
    return nil
  }

  /// Whether what is between a name and a number makes one the name of the other.
  private func joins(
    _ between: Range<Int>, on line: CodeLine, to number: CodeLine.Number
  ) -> Bool {
    if between.count > Self.farthest || hasSentenceEnd(between, on: line) { return false }
    let marks = line.characters[between].filter { !$0.isWhitespace || $0 == "\t" }
    let words = line.words(in: between)
    let isWordLike = isWordLike(number)
    let lastMark = marks.last { !"\"'“”‘’«»„()[]{}<【】「」『』*_#".contains($0) }
    if let lastMark, ":：=→>-–—\t".contains(lastMark) {
      guard let last = words.last else { return true }
      let beforeLast = words.dropLast().last
      if CodeWords.numbered.contains(last) { return false }
      if CodeWords.isOther(last, before: beforeLast) {
        return words.contains { CodeWords.leading.contains($0) }
      }
      return words.count <= 10
    }
    if isWordLike { return line.isEmphasised(number) && words.isEmpty }
    guard let last = words.last else { return true }
    if CodeWords.saying.contains(last) || last.last.map(CodeWords.unpartedSaying.contains) ?? false
    {
      return true
    }
    return words.allSatisfy { CodeWords.joining.contains($0) || CodeWords.saying.contains($0) }
  }

  /// The name ends its line, and what it names is below: on the next line, in the cell below, or by
  /// itself a little farther down.
  private func below(_ name: Name) -> Spot? {
    let line = lines[name.line]
    guard name.line + 1 < lines.count else { return nil }
    if line.cellCount > 1 { return inCellBelow(name) }
    let rest = name.range.upperBound..<line.characters.count
    guard !hasSentenceEnd(rest, on: line, orAtEnd: true),
      line.words(in: rest).allSatisfy({
        CodeWords.joining.contains($0) || CodeWords.saying.contains($0)
      }), line.characters[rest].allSatisfy({ !$0.isNumber })
    else { return nil }
    var fillers = 0
    for index in (name.line + 1)..<lines.count {
      let below = lines[index]
      if below.isQuoted != line.isQuoted { return nil }
      if let number = below.numbers.first, below.isFirst(number) {
        if isNamedOther(number, on: index) || isWordLike(number) && !below.isAlone(number) {
          return nil
        }
        return fillers == 0 || below.isAlone(number) ? Spot(line: index, number: 0) : nil
      }
      if !below.numbers.isEmpty || names.contains(where: { $0.line == index }) { return nil }
      fillers += 1
      if fillers > Self.mostFillers { return nil }
    }
    return nil
  }

  private func inCellBelow(_ name: Name) -> Spot? {
    let line = lines[name.line]
    let below = lines[name.line + 1]
    guard below.cellCount == line.cellCount else { return nil }
    let cell = line.cell(at: name.range.lowerBound)
    let fitting = below.numbers.indices.filter {
      below.cell(at: below.numbers[$0].range.lowerBound) == cell
    }
    return fitting.count == 1 ? Spot(line: name.line + 1, number: fitting[0]) : nil
  }

  /// `482913 is your secure code`, on one line or on two.
  private func before(_ name: Name) -> Spot? {
    let line = lines[name.line]
    // `Ticket 100234 - code:` names what follows.
    let next = line.characters[name.range.upperBound...].first { !$0.isWhitespace }
    if next == ":" || next == "：" || next == "=" { return nil }
    let head = 0..<name.range.lowerBound
    if let place = line.numbers.lastIndex(where: { $0.range.upperBound <= head.upperBound }) {
      let between = line.numbers[place].range.upperBound..<head.upperBound
      return leads(line, between) && !isNamedOther(line.numbers[place], on: name.line)
        ? Spot(line: name.line, number: place) : nil
    }
    guard name.line > 0 else { return nil }
    let above = lines[name.line - 1]
    guard above.isQuoted == line.isQuoted, let place = above.numbers.indices.last else {
      return nil
    }
    let number = above.numbers[place]
    let tail = number.range.upperBound..<above.characters.count
    let starts =
      above.words(in: tail).isEmpty
      ? leads(line, head) && !line.words(in: head).isEmpty
      : leads(above, tail)
    let isClear =
      !hasSentenceEnd(tail, on: above, orAtEnd: true) && !hasSentenceEnd(head, on: line)
      && line.words(in: head).count <= 4
    return starts && isClear && !isNamedOther(number, on: name.line - 1)
      ? Spot(line: name.line - 1, number: place) : nil
  }

  /// Whether what follows a number leads to its name.
  private func leads(_ line: CodeLine, _ between: Range<Int>) -> Bool {
    if between.count > Self.farthest || hasSentenceEnd(between, on: line) { return false }
    let words = line.words(in: between)
    if words.contains(where: { CodeWords.isOther($0, before: nil) }) { return false }
    if let first = words.first, CodeWords.saying.contains(first) || first == "as" { return true }
    let marks = line.characters[between].filter { !$0.isWhitespace }
    guard let mark = marks.first(where: { !"\"'“”‘’»)]}】」』*_".contains($0) }) else {
      return false
    }
    return "-–—:：=(→\t".contains(mark) || CodeWords.unpartedSaying.contains(mark)
  }

  // MARK: What is something else

  /// Whether a number is named as something else: by the word right before it, or by a short line
  /// above where it is the first on its own.
  private func isNamedOther(_ number: CodeLine.Number, on index: Int) -> Bool {
    let line = lines[index]
    var words = line.words(in: 0..<number.range.lowerBound)
    if let last = line.words.last(where: { $0.range.upperBound <= number.range.lowerBound }) {
      if hasSentenceEnd(last.range.upperBound..<number.range.lowerBound, on: line) { return false }
    } else if index > 0, line.isFirst(number) {
      let above = lines[index - 1]
      if above.words.count > 3 || !above.numbers.isEmpty { return false }
      words = above.words.map(\.text)
    }
    while let last = words.popLast() {
      if CodeWords.isOther(last, before: words.last) { return true }
      if !CodeWords.joining.contains(last) && !CodeWords.saying.contains(last) { return false }
    }
    return false
  }

  private func isAsked(_ number: CodeLine.Number, on line: CodeLine) -> Bool {
    let head = 0..<number.range.lowerBound
    var words = line.words(in: head)
    if let last = line.words.last(where: { $0.range.upperBound <= head.upperBound }),
      hasSentenceEnd(last.range.upperBound..<head.upperBound, on: line)
    {
      return false
    }
    while let last = words.popLast() {
      if CodeWords.doing.contains(last) { return true }
      if !CodeWords.joining.contains(last) { return false }
    }
    return false
  }

  /// Whether what fits is made as words of a language are: by where it stands alone it is no code.
  private func isWordLike(_ number: CodeLine.Number) -> Bool {
    shape.mayHaveLetters && !number.value.contains(where: \.isNumber)
      && number.value.allSatisfy(\.isLetter)
      && number.value.dropFirst().allSatisfy { !$0.isUppercase }
  }

  private func hasSentenceEnd(
    _ part: Range<Int>, on line: CodeLine, orAtEnd: Bool = false
  ) -> Bool {
    part.contains { place in
      let mark = line.characters[place]
      if "。！？!?;；".contains(mark) { return true }
      guard mark == "." else { return false }
      let isLast = place + 1 == line.characters.count
      guard isLast ? orAtEnd : line.characters[place + 1].isWhitespace else { return false }
      let word = line.words.last { $0.range.upperBound <= place }
      return !(word.map { CodeWords.shortened.contains($0.text) } ?? false)
    }
  }
}
