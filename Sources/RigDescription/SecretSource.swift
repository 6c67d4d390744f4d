import SourceYAML

/// Where this host has a secret of the rig's, such as the password of a mailbox: never in the rig
/// file.
public enum SecretSource: Sendable, Hashable {
  /// A variable of the environment.
  case environment(String)
  /// The first line of a file, by its path as it is seen from the working directory.
  case file(String)
  /// The first line that a command prints: the program and its arguments.
  case command([String])
}

extension SecretSource {
  private static let environment = FieldShape(
    "env", .scalar(.text), "The environment variable that holds it.")
  private static let file = FieldShape(
    "file", .scalar(.text), "The file whose first line it is, beside this file.")
  private static let command = FieldShape(
    "command",
    .list(ListShape(.scalar(.anyText), what: "a command [program, argument, …]")),
    "The program, with its arguments, whose first line of output it is; it is asked at every log-in "
      + "and gets 30 seconds. One with a slash in its name lies beside this file.")

  private static let sources = [environment, file, command]

  /// What the value of a key looks like that says where a secret is.
  ///
  /// - Parameter what: what it is, with its article.
  /// - Returns: the shape.
  static func shape(_ what: String) -> Shape {
    .object(
      ObjectShape(
        what, sources,
        rules: [
          .atMostOne(of: sources.map(\.name)),
          .atLeastOne(of: sources.map(\.name), what: "a source"),
        ], holdsSecret: true))
  }

  /// Reads the value of such a key; nil where it was left out, or says nothing.
  init?(_ node: YAMLNode?, _ reader: inout SectionReader) {
    guard let node else { return nil }
    if let variable = node[Self.environment]?.text {
      self = .environment(variable)
    } else if let path = reader.path(node[Self.file]) {
      self = .file(path)
    } else if let words = node[Self.command]?.elements, let program = words.first?.text {
      let place = program.contains("/") ? reader.path(words.first) ?? program : program
      self = .command([place] + words.dropFirst().map { $0.text ?? "" })
    } else {
      return nil
    }
  }
}
