/// How a scalar stands on a line of its file, character by character.
enum ScalarSpelling: Sendable, Hashable {
  /// As it is.
  case plain
  /// In single quotes, with those inside doubled.
  case singleQuoted
  /// In double quotes, with a backslash before those inside and before each other one.
  case doubleQuoted

  /// A beginning of the scalar's text as the file has it.
  func written(_ text: String) -> String {
    switch self {
    case .plain: text
    case .singleQuoted: "'" + text.replacing("'", with: "''")
    case .doubleQuoted:
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
  }
}

extension YAMLNode {
  /// The place of a character of a scalar's text, counted in Unicode scalars from 0.
  ///
  /// - Returns: where the node begins, if its file spells the text in some other way than one
  ///   character after the other: over several lines, or with escapes such as `\u0041`.
  public func location(ofCharacter offset: Int) -> SourceLocation {
    guard let text, let spelling else { return location }
    let before = spelling.written(String(text.unicodeScalars.prefix(offset)))
    var place = location
    place.column += before.unicodeScalars.count
    return place
  }
}
