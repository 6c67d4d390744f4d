import Patterns

/// Finds on a line what looks as codes do, whole or in groups.
struct NumberReader {
  private let characters: [Character]
  private let shape: CodeShape

  init(_ characters: [Character], _ shape: CodeShape) {
    self.characters = characters
    self.shape = shape
  }

  /// How a piece stands among what is beside it.
  private enum Standing {
    /// By itself.
    case free
    /// Something is written to it, which may belong to it.
    case touched
    /// It is a part of something longer.
    case part
  }

  /// What looks as codes do, from left to right.
  func numbers() throws(PatternMatchError) -> [CodeLine.Number] {
    let pieces = pieces()
    var numbers: [CodeLine.Number] = []
    var index = 0
    while index < pieces.count {
      if let number = try whole(pieces[index]) {
        numbers.append(number)
        index += 1
        continue
      }
      let run = run(pieces, from: index)
      if run.count > 1, let number = try grouped(run) {
        numbers.append(number)
      } else {
        for piece in run.dropFirst() {
          if let number = try whole(piece) { numbers.append(number) }
        }
      }
      index += run.count
    }
    return numbers
  }

  private func whole(_ piece: Range<Int>) throws(PatternMatchError) -> CodeLine.Number? {
    guard try shape.fits(characters[piece]) else { return nil }
    let standing = standing(of: piece)
    if standing == .part { return nil }
    return CodeLine.Number(
      value: String(characters[piece]), range: piece, needsName: standing == .touched)
  }

  /// The pieces of a line that are made of what codes may hold: as long as they get, without the
  /// marks that end sentences.
  private func pieces() -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    let addresses = addresses()
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

  private func isASCIIWord(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// Where a line has addresses of pages and mailboxes, which people click rather than read.
  private func addresses() -> [Range<Int>] {
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

  /// Whether a piece is a part of something longer, such as `0755-123456` or `28.11.2026`.
  private func standing(of piece: Range<Int>) -> Standing {
    var standing = Standing.free
    if piece.lowerBound > 0 {
      let mark = characters[piece.lowerBound - 1]
      let beyond = piece.lowerBound > 1 ? characters[piece.lowerBound - 2] : " "
      if "+$€£¥%&".contains(mark) { return .part }
      if "-./,'’@\\".contains(mark), isASCIIWord(beyond) { return .part }
      if "_:–".contains(mark), beyond.isDecimalDigit { return .part }
    }
    if piece.upperBound < characters.count {
      let mark = characters[piece.upperBound]
      let next = piece.upperBound + 1
      let beyond = next < characters.count ? characters[next] : " "
      if "%€£$@\\°".contains(mark) { return .part }
      if "-_".contains(mark), isASCIIWord(beyond) { return .part }
      if "'’/.,:".contains(mark), beyond.isDecimalDigit || mark == "." && beyond.isLowercase {
        if mark != "," { return .part }
        standing = .touched
      }
      if "'’/".contains(mark), beyond.isLetter { standing = .touched }
    }
    return standing
  }

  private func mayBeGroup(_ piece: Range<Int>) -> Bool {
    characters[piece].allSatisfy(shape.mayHold)
      && (piece.count == 1 || characters[piece].contains(where: \.isNumber))
  }

  /// Pieces that follow one another with one and the same mark between them.
  private func run(_ pieces: [Range<Int>], from first: Int) -> [Range<Int>] {
    var run = [pieces[first]]
    guard mayBeGroup(pieces[first]) else { return run }
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
  /// one. What stands in cells of its own is one only character by character.
  private func grouped(_ run: [Range<Int>]) throws(PatternMatchError) -> CodeLine.Number? {
    let sizes = run.map(\.count)
    guard let least = sizes.min(), let most = sizes.max(), most - least <= 1 else { return nil }
    let mark = characters[run[0].upperBound]
    if mark == "\t", most > 1 { return nil }
    // Three groups of two are written so by dates rather than by codes.
    if least == 2, most == 2, run.count == 3, !mark.isWhitespace { return nil }
    let value = run.flatMap { characters[$0] }
    let range = run[0].lowerBound..<run[run.count - 1].upperBound
    guard try shape.fits(value), !value.contains(where: \.isLowercase), standing(of: range) != .part
    else { return nil }
    return CodeLine.Number(value: String(value), range: range, needsName: true)
  }
}

extension Character {
  /// Whether it is a letter of a script that parts words, as all with cases do.
  var isCased: Bool { isLetter && (isUppercase || isLowercase) }

  /// Whether it is a digit of any script. A number in a circle is none, and what follows it is no
  /// part of a time.
  fileprivate var isDecimalDigit: Bool {
    unicodeScalars.first?.properties.numericType == .decimal
  }
}
