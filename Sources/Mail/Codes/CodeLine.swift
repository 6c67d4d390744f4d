import Patterns

/// A line with its words, and with what on it looks as codes do.
struct CodeLine {
  /// A word of letters, in lower case.
  struct Word {
    var text: String
    var range: Range<Int>
  }

  /// Something that looks as codes do.
  struct Number {
    /// Without what groups its characters.
    var value: String
    var range: Range<Int>
    /// Whether it is one only if it is called a code: its characters stand in groups, or something
    /// is written to it.
    var needsName: Bool
  }

  /// The characters, blanks that align as one, those that part columns as a tab.
  let characters: [Character]
  /// The same in lower case.
  let lower: [Character]
  let emphasised: [Range<Int>]
  let isQuoted: Bool
  let place: MailPlace
  let words: [Word]
  let numbers: [Number]
  /// Where its cells end.
  private let tabs: [Int]

  init(
    _ line: MailText.Line, isQuoted: Bool, place: MailPlace, shape: CodeShape
  ) throws(PatternMatchError) {
    // Where words stand out, blanks are run together already.
    let characters =
      line.emphasised.isEmpty ? Self.inColumns(line.characters) : line.characters
    let lower = characters.map { character in
      let lower = character.lowercased()
      return lower.count == 1 ? Character(lower) : character
    }
    self.characters = characters
    self.lower = lower
    emphasised = line.emphasised
    self.isQuoted = isQuoted
    self.place = place
    words = Self.words(in: lower)
    numbers = try NumberReader(characters, shape).numbers()
    tabs = characters.indices.filter { characters[$0] == "\t" }
  }

  /// Whether nothing is written on it: it is empty, or a ruler.
  var isBlank: Bool {
    characters.allSatisfy { !$0.isLetter && !$0.isNumber && $0 != MailText.picture }
  }

  /// Whether there is a picture on it, and no word.
  var isPicture: Bool { words.isEmpty && characters.contains(MailText.picture) }

  /// Whether a number stands out.
  func isEmphasised(_ number: Number) -> Bool {
    emphasised.contains {
      $0.lowerBound <= number.range.lowerBound && $0.upperBound >= number.range.upperBound
    }
  }

  /// Whether there is nothing but marks beside a number.
  func isAlone(_ number: Number) -> Bool {
    characters.indices.allSatisfy {
      number.range.contains($0) || !(characters[$0].isLetter || characters[$0].isNumber)
    }
  }

  /// Whether a number is the first on its line but for marks.
  func isFirst(_ number: Number) -> Bool {
    !characters[..<number.range.lowerBound].contains { $0.isLetter || $0.isNumber }
  }

  /// Whether a mark that ends or interrupts a sentence follows a number.
  func endsSentence(_ number: Number) -> Bool {
    guard number.range.upperBound < characters.count else { return true }
    return ".,;:!(–—。，；".contains(characters[number.range.upperBound])
  }

  /// The words in a part of the line.
  func words(in part: Range<Int>) -> [String] { wholeWords(in: part).map(\.text) }

  private func wholeWords(in part: Range<Int>) -> [Word] {
    words.filter {
      $0.range.lowerBound >= part.lowerBound && $0.range.upperBound <= part.upperBound
    }
  }

  /// Whether the letters in a part of the line that belong to no word in it, since the script does
  /// not part words, say nothing of their own.
  func isJoining(lettersIn part: Range<Int>) -> Bool {
    let inWords = wholeWords(in: part)
    let loose = part.filter { place in
      lower[place].isLetter && !inWords.contains { $0.range.contains(place) }
    }
    return CodeVocabulary.unpartedJoining.contains(String(loose.map { lower[$0] }))
  }

  /// The word before another with nothing but blanks, hyphens and apostrophes between; nil where
  /// there is none.
  func wordJoined(before index: Int) -> String? {
    let gap = characters[words[index - 1].range.upperBound..<words[index].range.lowerBound]
    return gap.allSatisfy { " -'’".contains($0) } ? words[index - 1].text : nil
  }

  /// The places of a phrase, blanks run together, with no letter beside it where it has letters of a
  /// script that parts words at its ends.
  func places(of phrase: String) -> [Range<Int>] {
    let wanted = phrase.runTogether().lowercased().map { $0 }
    guard let first = wanted.first, let last = wanted.last else { return [] }
    return places(ofExactly: wanted).filter { range in
      let before = range.lowerBound > 0 ? lower[range.lowerBound - 1] : " "
      let after = range.upperBound < lower.count ? lower[range.upperBound] : " "
      return !(first.isCased && before.isLetter) && !(last.isCased && after.isLetter)
    }
  }

  /// The places of characters in lower case.
  func places(ofExactly wanted: [Character]) -> [Range<Int>] {
    guard let first = wanted.first, lower.count >= wanted.count else { return [] }
    return (0...(lower.count - wanted.count)).filter { start in
      lower[start] == first && lower[start..<(start + wanted.count)].elementsEqual(wanted)
    }.map { $0..<($0 + wanted.count) }
  }

  // MARK: Cells

  /// The cell of a table's row that a place is in, counted from 0.
  func cell(at place: Int) -> Int { tabs.count { $0 < place } }

  /// How many cells the line has.
  var cellCount: Int { tabs.count + 1 }

  /// Where the cell ends that a place is in.
  func endOfCell(at place: Int) -> Int { tabs.first { $0 >= place } ?? characters.count }

  // MARK: Sentences

  /// Whether a sentence ends in a part of the line.
  func hasSentenceEnd(in part: Range<Int>, orAtEnd: Bool = false) -> Bool {
    part.contains { isSentenceEnd($0, orAtEnd: orAtEnd) }
  }

  /// Where the sentence begins that a place is in.
  func startOfSentence(before place: Int) -> Int {
    (0..<place).last { isSentenceEnd($0, orAtEnd: false) }.map { $0 + 1 } ?? 0
  }

  /// The sentence around a part of the line, in lower case.
  func sentence(around part: Range<Int>) -> String {
    let end =
      (part.upperBound..<max(characters.count, part.upperBound))
      .first { isSentenceEnd($0, orAtEnd: false) } ?? characters.count
    return String(lower[startOfSentence(before: part.lowerBound)..<end])
  }

  private func isSentenceEnd(_ place: Int, orAtEnd: Bool) -> Bool {
    let mark = characters[place]
    if "。！？!?;；".contains(mark) { return true }
    guard mark == "." else { return false }
    // Dots in a row lead the eye to what belongs to a name.
    if place > 0, characters[place - 1] == "." { return false }
    let isLast = place + 1 == characters.count
    guard isLast ? orAtEnd : characters[place + 1].isWhitespace else { return false }
    let word = words.last { $0.range.upperBound <= place }
    return !(word.map { CodeVocabulary.shortened.contains($0.text) } ?? false)
  }

  // MARK: Reading

  /// Blanks that only align become one; three or more part columns, as do bars.
  private static func inColumns(_ characters: [Character]) -> [Character] {
    func isBar(_ place: Int) -> Bool {
      characters[place] == "|" && (place == 0 || characters[place - 1] == " ")
        && (place + 1 == characters.count || characters[place + 1] == " ")
    }
    var kept: [Character] = []
    var blanks = 0
    for (place, character) in characters.enumerated() {
      if character == " " {
        blanks += 1
        continue
      }
      if blanks > 0, !kept.isEmpty { kept.append(blanks > 2 ? "\t" : " ") }
      blanks = 0
      kept.append(isBar(place) ? "\t" : character)
    }
    return kept
  }

  private static func words(in characters: [Character]) -> [Word] {
    var words: [Word] = []
    var start: Int?
    for place in 0...characters.count {
      let isLetter = place < characters.count && characters[place].isLetter
      if isLetter && start == nil { start = place }
      if !isLetter, let first = start {
        words.append(Word(text: String(characters[first..<place]), range: first..<place))
        start = nil
      }
    }
    return words
  }
}
