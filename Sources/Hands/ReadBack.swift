/// Compares what was read back from a field with what was typed into it.
///
/// Each key was seen to do something when it was pressed; the field is read to notice one that types
/// another character, or none. What a font draws alike says nothing about that: it is no evidence
/// against a keyboard.
enum ReadBack {
  /// Characters that one font or another draws so alike that a reader takes them for each other.
  private static let alike = ["0Oo", "1lI|", "2Zz", "5Ss", "8B", "9g"]

  private static let standIn: [Character: Character] = {
    var standIn: [Character: Character] = [:]
    for group in alike {
      for character in group { standIn[character] = group.first }
    }
    return standIn
  }()

  /// What stands behind the text while it is entered, read as a character.
  private static let caret: Character = "|"

  /// Whether a field that reads one text may well show another.
  ///
  /// - Parameters:
  ///   - read: what was read, without blanks.
  ///   - typed: what was typed, without blanks.
  /// - Returns: whether it may.
  static func shows(_ read: String, typed: String) -> Bool {
    let wanted = drawn(typed)
    if drawn(read) == wanted { return true }
    return read.last == caret && drawn(String(read.dropLast())) == wanted
  }

  /// A text by what is seen of it: fonts draw a W as two Vs that touch.
  private static func drawn(_ text: String) -> String {
    let joined = text.replacing("W", with: "VV").replacing("w", with: "vv")
    return String(joined.map { standIn[$0] ?? $0 })
  }
}
