/// The text of a file in the newest format of its kind: old words are replaced where they stand, and
/// everything else is kept byte for byte.
struct FormatUpgrade {
  /// The bytes of the file.
  let bytes: [UInt8]
  /// What is changed, in the order of the file.
  let changes: [UpgradeChange]

  /// Rewrites a file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its path.
  ///   - book: its kind.
  /// - Throws: where an old word is spelt in a way that can't be replaced.
  init(of bytes: [UInt8], file: String, _ book: ShapeBook) throws(Findings) {
    let reading = YAMLReader.read(bytes, file: file)
    guard let root = reading.root, reading.findings.isEmpty else {
      throw Findings(reading.findings)
    }
    do throws(Finding) {
      var edit = try TextEdit(of: bytes, file: file)
      for key in ShapeCheck.survey(root, against: book).formerKeys {
        try edit.replace(key.name, with: key.now, at: key.place)
      }
      if FileFormat(of: root, book).number < book.newestFormat {
        try edit.setFormat(to: book.newestFormat, in: root)
      }
      self.bytes = edit.result
      changes = edit.changes
    } catch {
      throw Findings([error])
    }
  }
}

/// One thing that is written otherwise.
public struct UpgradeChange: Sendable, Hashable {
  /// The line of the rewritten file.
  public var line: Int
  /// What became of it, such as `display is shows`.
  public var words: String
}

/// Changes to a text at places that a parser gave.
private struct TextEdit {
  /// What takes the place of some characters.
  private struct Piece {
    var range: Range<Int>
    var text: String
    var line: Int
    var words: String
    /// Whether a line is added before the one at its place.
    var addsLine = false
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let scalars: [Unicode.Scalar]
  private let hasMark: Bool
  private var pieces: [Piece] = []

  init(of bytes: [UInt8], file: String) throws(Finding) {
    let frame = SourceFrame(file: file, line: 1, column: 1)
    scalars = Array(try SourceText.decoded(bytes, frame: frame).unicodeScalars)
    hasMark = bytes.starts(with: Self.byteOrderMark)
  }

  /// Replaces a word that stands at a place as it is, in quotes or not.
  mutating func replace(
    _ word: String, with other: String, at place: SourceLocation
  ) throws(Finding) {
    guard var start = index(of: place) else { throw Self.unwritable(word, other, at: place) }
    if scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
    let range = start..<start + word.unicodeScalars.count
    guard range.upperBound <= scalars.count, scalars[range].elementsEqual(word.unicodeScalars)
    else {
      throw Self.unwritable(word, other, at: place)
    }
    pieces.append(
      Piece(range: range, text: other, line: place.line, words: "\(word) is \(other)"))
  }

  /// Writes a format in the place of the one that a file says, or before its first key.
  mutating func setFormat(to number: Int, in root: YAMLNode) throws(Finding) {
    if let node = root[FileFormat.key] {
      guard let text = node.text else { return }
      try replace(text, with: "\(number)", at: node.location)
      pieces[pieces.count - 1].words = "\(FileFormat.key): \(text) is \(FileFormat.key): \(number)"
      return
    }
    let place = root.location
    guard let start = index(of: place) else { return }
    let entry = "\(FileFormat.key): \(number)"
    let isFlow = scalars[start] == "{"
    let line = scalars[(start - place.column + 1)..<start]
    pieces.append(
      Piece(
        range: isFlow ? start + 1..<start + 1 : start..<start,
        text: isFlow ? "\(entry), " : entry + lineBreak + String(String.UnicodeScalarView(line)),
        line: place.line, words: "\(entry) is added", addsLine: !isFlow))
  }

  private static func unwritable(
    _ word: String, _ other: String, at place: SourceLocation
  ) -> Finding {
    Finding(
      place, "\"\(word)\" is spelt in a way that can't be replaced",
      remedy: "write \(other) there by hand")
  }

  private func index(of place: SourceLocation) -> Int? {
    TextPlace.index(line: place.line, column: place.column, in: scalars)
  }

  /// What ends the lines of the text, as its first line does.
  private var lineBreak: String {
    let end = scalars.firstIndex(of: "\n") ?? scalars.count
    return end > 0 && end < scalars.count && scalars[end - 1] == "\r" ? "\r\n" : "\n"
  }

  // MARK: What it comes to

  private var inOrder: [Piece] {
    // What is added before a word goes before what takes the word's place.
    pieces.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
  }

  /// The bytes with all changes.
  var result: [UInt8] {
    var text = String.UnicodeScalarView()
    var end = 0
    for piece in inOrder {
      text.append(contentsOf: scalars[end..<piece.range.lowerBound])
      text.append(contentsOf: piece.text.unicodeScalars)
      end = piece.range.upperBound
    }
    text.append(contentsOf: scalars[end...])
    return (hasMark ? Self.byteOrderMark : []) + Array(String(text).utf8)
  }

  /// The changes by the lines of the changed text.
  var changes: [UpgradeChange] {
    var added = 0
    return inOrder.map { piece in
      let change = UpgradeChange(line: piece.line + added, words: piece.words)
      if piece.addsLine { added += 1 }
      return change
    }
  }
}
