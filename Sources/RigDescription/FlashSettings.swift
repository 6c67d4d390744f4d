import SourceYAML

/// How another firmware gets onto a rig's recorder.
public struct FlashSettings: Sendable, Hashable {
  /// What brings an image to the recorder.
  public enum Carrier: Sendable, Hashable {
    /// A stick, on which the image gets a name.
    case stick(FlashStick, name: String)
    /// A command of the lab's, in words; `{image}` in one of them stands for the image's file. It ends
    /// with 0 once the recorder has the image.
    case command([String])
  }

  /// What has the recorder take it.
  public enum Taking: Sendable, Hashable {
    /// A restart by its plug: it looks at the stick in each start.
    case plug
    /// Whatever brought it there.
    case carrier
    /// Its own menu, by the scenario in a file; its parameter `version` is what the image is.
    case scenario(String)
  }

  /// What brings the image there; nil where the scenario's own way does.
  public var carrier: Carrier?
  /// What has the recorder take it.
  public var taking: Taking
  /// How long it may take until the live view stands again.
  public var takes: Duration

  /// Creates settings.
  public init(carrier: Carrier?, taking: Taking, takes: Duration) {
    self.carrier = carrier
    self.taking = taking
    self.takes = takes
  }
}

extension FlashSettings {
  private static let stick = FlashStick.field
  private static let name = FieldShape(
    "name", .scalar(.text), "What the image is called on the stick; update.img if left out.")
  private static let command = FieldShape(
    "command", .list(ListShape(.scalar(.text), what: "a list of words")),
    "A command of the lab's, a word each; {image} in a word is the image's file.")
  private static let scenario = FieldShape(
    "scenario", .scalar(.text),
    "The scenario, beside this file, that has the recorder take the image by its own menu; its "
      + "parameter version is what the image is. If left out, a recorder takes from a stick at its "
      + "next start, and is restarted by its plug.")
  private static let takes = FieldShape(
    "takes", .scalar(.duration),
    "How long it may take until the live view stands again; 15m if left out.")
  private static let ways = [stick, command, scenario]

  /// How it is written.
  static let field = FieldShape(
    "flash",
    .object(
      ObjectShape(
        "flash", [stick, name, command, scenario, takes],
        rules: [
          .atMostOne(of: [stick.name, command.name]),
          .atLeastOne(of: ways.map(\.name), what: "a way"),
          .only(name.name, with: [stick.name]),
        ])), "How gantry flash gets another firmware onto the recorder."
  ).shown(
    by: """
      flash: {stick: /srv/sticks/bench-4, takes: 20m}
      """)

  /// Reads the section.
  init?(_ section: YAMLNode?, _ reader: inout SectionReader) {
    guard let section else { return nil }
    if let stick = FlashStick(section[Self.stick], &reader) {
      carrier = .stick(stick, name: section[Self.name]?.text ?? "update.img")
    } else if let words = section[Self.command]?.elements {
      carrier = .command(words.compactMap(\.text))
    } else {
      carrier = nil
    }
    if let scenario = reader.path(section[Self.scenario]) {
      taking = .scenario(scenario)
    } else if case .stick? = carrier {
      taking = .plug
    } else if carrier != nil {
      taking = .carrier
    } else {
      return nil
    }
    takes = section[Self.takes]?.duration ?? .seconds(15 * 60)
  }
}
