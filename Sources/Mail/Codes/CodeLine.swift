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
  /// Where a sentence ends, the end of the line aside.
  private let sentenceEnds: [Int]
  /// Where it says that a code holds no more, or is none.
  private let denials: [Range<Int>]

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
    let words = Self.words(in: lower)
    self.words = words
    numbers = try NumberReader(characters, shape).numbers()
    tabs = characters.indices.filter { characters[$0] == "\t" }
    sentenceEnds = characters.indices.filter { place in
      Self.isSentenceEnd(place, of: characters, words: words)
    }
    denials = CodeVocabulary.denying.places(in: lower)
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

  private func wholeWords(in part: Range<Int>) -> ArraySlice<Word> {
    let first = firstWord { $0.lowerBound >= part.lowerBound }
    let end = firstWord { $0.upperBound > part.upperBound }
    return words[first..<max(first, end)]
  }

  /// The first word at a place that holds for all after it, too.
  private func firstWord(where holds: (Range<Int>) -> Bool) -> Int {
    var places = 0..<words.count
    while !places.isEmpty {
      let middle = places.lowerBound + places.count / 2
      places =
        holds(words[middle].range)
        ? places.lowerBound..<middle : (middle + 1)..<places.upperBound
    }
    return places.lowerBound
  }

  /// Whether the letters in a part of the line that belong to no word in it, since the script does
  /// not part words, say nothing of their own.
  func isJoining(lettersIn part: Range<Int>) -> Bool {
    let inWords = wholeWords(in: part)
    let start = inWords.first?.range.lowerBound ?? part.upperBound
    let end = inWords.last?.range.upperBound ?? part.upperBound
    var letters = ""
    for place in [part.clamped(to: 0..<start), part.clamped(to: end..<lower.count)].joined()
    where lower[place].isLetter {
      letters.append(lower[place])
      if letters.count > Self.longestJoining { return false }
    }
    return CodeVocabulary.unpartedJoining.contains(letters)
  }

  /// No longer are the words that join without being parted.
  private static let longestJoining = CodeVocabulary.unpartedJoining.map(\.count).max() ?? 0

  /// The word before another with nothing but blanks, hyphens and apostrophes between; nil where
  /// there is none.
  func wordJoined(before index: Int) -> String? {
    let gap = characters[words[index - 1].range.upperBound..<words[index].range.lowerBound]
    return gap.allSatisfy { " -'’".contains($0) } ? words[index - 1].text : nil
  }

  /// The places of phrases, with no letter beside them where they have letters of a script that parts
  /// words at their ends.
  func wholePlaces(of phrases: PhraseIndex) -> [Range<Int>] {
    phrases.places(in: lower).filter { range in
      let before = range.lowerBound > 0 ? lower[range.lowerBound - 1] : " "
      let after = range.upperBound < lower.count ? lower[range.upperBound] : " "
      return !(lower[range.lowerBound].isCased && before.isLetter)
        && !(lower[range.upperBound - 1].isCased && after.isLetter)
    }
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
    if orAtEnd, part.contains(characters.count - 1), characters.last == ".",
      !Self.isShortened(characters.count - 1, of: characters, words: words)
    {
      return true
    }
    return sentenceEnds.contains { part.contains($0) }
  }

  /// Where the sentence begins that a place is in.
  func startOfSentence(before place: Int) -> Int {
    sentenceEnds.last { $0 < place }.map { $0 + 1 } ?? 0
  }

  /// Whether the sentence around a part of the line says that a code holds no more, or is none.
  func isDenied(around part: Range<Int>) -> Bool {
    if denials.isEmpty { return false }
    let start = startOfSentence(before: part.lowerBound)
    let end = sentenceEnds.first { $0 >= part.upperBound } ?? characters.count
    return denials.contains { $0.lowerBound >= start && $0.upperBound <= end }
  }

  private static func isSentenceEnd(
    _ place: Int, of characters: [Character], words: [Word]
  ) -> Bool {
    let mark = characters[place]
    if mark != "." { return sentenceMarks.contains(mark) }
    return place + 1 < characters.count && characters[place + 1].isWhitespace
      && !isShortened(place, of: characters, words: words)
  }

  /// Whether a full stop belongs to what is before it.
  private static func isShortened(
    _ place: Int, of characters: [Character], words: [Word]
  ) -> Bool {
    // Dots in a row, with or without blanks between them, lead the eye to what belongs to a name.
    func isDot(_ place: Int) -> Bool {
      characters.indices.contains(place) && characters[place] == "."
    }
    if isDot(place - 1) || isDot(place - 2) && characters[place - 1] == " " { return true }
    if isDot(place + 2) && characters[place + 1] == " " { return true }
    let word = words.last { $0.range.upperBound <= place }
    return word.map { CodeVocabulary.shortened.contains($0.text) } ?? false
  }

  private static let sentenceMarks: Set<Character> = ["。", "！", "？", "!", "?", ";", "；", "।", "؟"]

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
