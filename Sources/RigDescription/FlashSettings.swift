import SourceYAML

/// How another firmware gets onto a rig's recorder.
public struct FlashSettings: Sendable, Hashable {
  /// By what.
  public enum Way: Sendable, Hashable {
    /// A folder that the recorder sees as a stick; the image is put there under a name, and the
    /// recorder, which takes it at its next start, is restarted by its plug.
    case stick(folder: String, name: String)
    /// A command of the lab's, in words; `{image}` in one of them stands for the image's file. It ends
    /// with 0 once the recorder has the image.
    case command([String])
  }

  /// By what.
  public var way: Way
  /// How long it may take until the live view stands again.
  public var takes: Duration

  /// Creates settings.
  public init(way: Way, takes: Duration) {
    self.way = way
    self.takes = takes
  }
}

extension FlashSettings {
  private static let stick = FieldShape(
    "stick", .scalar(.text),
    "The folder that the recorder sees as a stick, beside this file: an image that lies there is taken "
      + "at the next start.")
  private static let name = FieldShape(
    "name", .scalar(.text), "What the image is called on the stick; update.img if left out.")
  private static let command = FieldShape(
    "command", .list(ListShape(.scalar(.text), what: "a list of words")),
    "A command of the lab's, a word each; {image} in a word is the image's file.")
  private static let takes = FieldShape(
    "takes", .scalar(.duration),
    "How long it may take until the live view stands again; 15m if left out.")
  private static let ways = [stick, command]

  /// How it is written.
  static let field = FieldShape(
    "flash",
    .object(
      ObjectShape(
        "flash", [stick, name, command, takes],
        rules: [
          .atMostOne(of: ways.map(\.name)), .atLeastOne(of: ways.map(\.name), what: "a way"),
          .only(name.name, with: [stick.name]),
        ])), "How gantry flash gets another firmware onto the recorder."
  ).shown(
    by: """
      flash: {stick: /srv/sticks/bench-4, takes: 20m}
      """)

  /// Reads the section.
  init?(_ section: YAMLNode?, _ reader: inout SectionReader) {
    guard let section else { return nil }
    if let folder = reader.path(section[Self.stick]) {
      way = .stick(folder: folder, name: section[Self.name]?.text ?? "update.img")
    } else if let words = section[Self.command]?.elements {
      way = .command(words.compactMap(\.text))
    } else {
      return nil
    }
    takes = section[Self.takes]?.duration ?? .seconds(15 * 60)
  }
}
