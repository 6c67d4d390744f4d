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
    /// Whether its characters stand in groups.
    var isGrouped: Bool
  }

  let characters: [Character]
  let emphasised: [Range<Int>]
  let isQuoted: Bool
  let place: MailPlace
  private(set) var words: [Word] = []
  private(set) var numbers: [Number] = []

  init(_ line: MailText.Line, place: MailPlace, shape: CodeShape) throws(PatternMatchError) {
    // Blanks that align mean no more than one does; where words stand out, they are so already.
    characters = line.emphasised.isEmpty ? Self.runTogether(line.characters) : line.characters
    emphasised = line.emphasised
    isQuoted = line.isQuoted
    self.place = place
    words = Self.words(in: characters)
    numbers = try Self.numbers(in: characters, shape)
  }

  /// Whether there is nothing on it.
  var isBlank: Bool { characters.allSatisfy(\.isWhitespace) }

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

  /// The words in a part of the line.
  func words(in part: Range<Int>) -> [String] {
    words.filter {
      $0.range.lowerBound >= part.lowerBound && $0.range.upperBound <= part.upperBound
    }
    .map(\.text)
  }

  /// The cell of a table's row that a place is in, counted from 0.
  func cell(at place: Int) -> Int { characters[..<place].count { $0 == "\t" } }

  /// How many cells the line has.
  var cellCount: Int { cell(at: characters.count) + 1 }

  private static func runTogether(_ characters: [Character]) -> [Character] {
    var kept: [Character] = []
    for character in characters where !(character == " " && kept.last == " ") {
      kept.append(character)
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
        words.append(
          Word(text: String(characters[first..<place]).lowercased(), range: first..<place))
        start = nil
      }
    }
    return words
  }
}

extension CodeLine {
  /// What on a line looks as codes do, whole or in groups.
  private static func numbers(
    in characters: [Character], _ shape: CodeShape
  ) throws(PatternMatchError) -> [Number] {
    let pieces = pieces(of: characters, shape)
    var numbers: [Number] = []
    var index = 0
    while index < pieces.count {
      if try shape.fits(characters[pieces[index]]),
        isWhole(pieces[index], in: characters, shape)
      {
        let piece = pieces[index]
        numbers.append(Number(value: String(characters[piece]), range: piece, isGrouped: false))
        index += 1
        continue
      }
      let run = groupedRun(pieces, from: index, in: characters, shape)
      if run.count > 1, let number = try grouped(run, in: characters, shape) {
        numbers.append(number)
      }
      index += max(run.count, 1)
    }
    return numbers
  }

  /// The pieces of a line that are made of what codes may hold: as long as they get, without the
  /// marks that end sentences.
  private static func pieces(of characters: [Character], _ shape: CodeShape) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    let addresses = addresses(in: characters)
    var start: Int?
    for place in 0...characters.count {
      let isPart =
        place < characters.count && !addresses.contains { $0.contains(place) }
        && (shape.mayHold(characters[place]) || isASCIIWord(characters[place]))
      if isPart && start == nil { start = place }
      guard !isPart, let first = start else { continue }
      start = nil
      var end = place
      if let length = shape.length, end - first == length + 1,
        ".,;:!".contains(characters[end - 1])
      {
        end -= 1
      }
      pieces.append(first..<end)
    }
    return pieces
  }

  private static func isASCIIWord(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// Where a line has addresses of pages and mailboxes, which people click rather than read.
  private static func addresses(in characters: [Character]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < characters.count {
      if characters[start].isWhitespace {
        start += 1
        continue
      }
      let end = characters[start...].firstIndex { $0.isWhitespace } ?? characters.count
      let text = String(characters[start..<end]).lowercased()
      if text.contains("://") || text.contains("www.") || text.contains("@") {
        found.append(start..<end)
      }
      start = end
    }
    return found
  }

  /// Whether a piece is not a part of something longer, such as `0755-123456` or `28.11.2026`.
  private static func isWhole(
    _ piece: Range<Int>, in characters: [Character], _ shape: CodeShape
  ) -> Bool {
    if piece.lowerBound > 0 {
      let mark = characters[piece.lowerBound - 1]
      let beyond = piece.lowerBound > 1 ? characters[piece.lowerBound - 2] : " "
      if "+$€£¥%&".contains(mark) { return false }
      if "-./,'’@\\".contains(mark), isASCIIWord(beyond) { return false }
      if "_:".contains(mark), beyond.isNumber { return false }
      if mark == "-" || mark == "–", beyond.isNumber { return false }
    }
    if piece.upperBound < characters.count {
      let mark = characters[piece.upperBound]
      let next = piece.upperBound + 1
      let beyond = next < characters.count ? characters[next] : " "
      if "%€£$@\\°".contains(mark) { return false }
      if "-/'’_".contains(mark), isASCIIWord(beyond) { return false }
      if ".,:".contains(mark), beyond.isNumber || beyond.isLowercase { return false }
    }
    return true
  }

  /// Pieces that follow one another with one and the same mark between them.
  private static func groupedRun(
    _ pieces: [Range<Int>], from first: Int, in characters: [Character], _ shape: CodeShape
  ) -> [Range<Int>] {
    func mayBeGroup(_ piece: Range<Int>) -> Bool {
      characters[piece].allSatisfy(shape.mayHold)
        && (piece.count == 1 || characters[piece].contains(where: \.isNumber))
    }
    guard mayBeGroup(pieces[first]) else { return [pieces[first]] }
    var run = [pieces[first]]
    var mark: Character?
    for next in pieces[(first + 1)...] {
      let gap = characters[run[run.count - 1].upperBound..<next.lowerBound]
      guard gap.count == 1, let here = gap.first, here.isWhitespace || "-–·.".contains(here),
        mark == nil || mark == here, mayBeGroup(next)
      else { break }
      mark = here
      run.append(next)
    }
    return run
  }

  /// The number that groups make: all of one size, or one after another, or sizes that differ by
  /// one.
  private static func grouped(
    _ run: [Range<Int>], in characters: [Character], _ shape: CodeShape
  ) throws(PatternMatchError) -> Number? {
    let sizes = run.map(\.count)
    guard let least = sizes.min(), let most = sizes.max(), most - least <= 1 else { return nil }
    let mark = characters[run[0].upperBound]
    // Three groups of two are written so by dates rather than by codes.
    if least == 2, most == 2, run.count == 3, !mark.isWhitespace { return nil }
    let value = run.flatMap { characters[$0] }
    let range = run[0].lowerBound..<run[run.count - 1].upperBound
    guard try shape.fits(value), !value.contains(where: \.isLowercase),
      isWhole(range, in: characters, shape)
    else { return nil }
    return Number(value: String(value), range: range, isGrouped: true)
  }
}
