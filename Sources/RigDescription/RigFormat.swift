public import SourceYAML

/// What a rig file looks like; the sections of drivers are their settings' own.
public enum RigFormat {
  /// The shapes of a rig file.
  public static let book = ShapeBook(
    title: "Gantry rig", about: "A rig file: what is wired to this host around one recorder.",
    root: root, shapes: [])

  private static let text = Shape.scalar(.text)

  static let rig = FieldShape.required("rig", .scalar(.name), "The rig's name.")
  static let about = FieldShape("about", text, "One sentence for people.")
  static let rigClass = FieldShape(
    "class", .scalar(.name),
    "What kind of rig it is, such as bench: suites choose rigs by it, and one of a class stands for "
      + "another."
  ).shown(by: "class: bench")
  static let tags = FieldShape(
    "tags", .list(ListShape(.scalar(.name), what: "a list of tags")),
    "What suites may ask of a rig beside its class, such as hdmi-2."
  ).shown(by: "tags: [hdmi-2, fast]")
  static let patience = FieldShape(
    "patience", .scalar(.integer(1...20)),
    "How many times longer than a scenario says its waits last, for slow rigs; 1 if left out. Cuts "
      + "of power keep their times."
  ).shown(by: "patience: 3")
  static let model = FieldShape.required(
    "model", text, "The folder of the recorder's model, beside this file.")
  static let virtual = FieldShape(
    "virtual", VirtualRecorderSettings.shape, "A recorder without hardware."
  ).shown(
    by: """
      virtual: {defects: [], popUpAfter: 47s}
      power: {minimumOff: 12s}
      """)
  static let noInput = FieldShape(
    "noInput", text,
    "A captured picture of what the grabber shows without an input, beside this file."
  ).shown(by: "noInput: no-signal.png")
  static let screen = FieldShape(
    "screen",
    part(
      "a screen", "screen", example: "none, or {v4l2: {device: …}}", DriverRegistry.screens,
      lack: "how it is seen"),
    "How the recorder's picture comes; none: not at all.")
  static let mouse = FieldShape(
    "mouse",
    part(
      "a mouse", "mouse", example: "none, {hidGadget: {}} or {ch9329: {device: …}}",
      DriverRegistry.mice, lack: "what moves it"),
    "How the recorder's mouse is moved; none: not at all.")
  static let power = FieldShape(
    "power", powerShape, "The switch on the recorder's supply; none: there is none.")
  static let mail = FieldShape("mail", mailShape, "Where the recorder's mail arrives.")

  /// What stands instead of a part that is not wired.
  static let none = "none"

  private static let root = Shape.object(
    ObjectShape(
      "a rig",
      [
        rig, about, rigClass, tags, patience, model, RecorderIdentity.field, virtual, noInput,
        screen, mouse, power,
        mail, FlashSettings.field,
      ],
      rules: [
        .atLeastOne(
          of: [virtual, screen, mouse, power].map(\.name), what: "anything that is wired")
      ]))

  // MARK: Parts

  static let minimumOff = FieldShape(
    "minimumOff", .scalar(.duration), "How long a cut lasts at least; 10s if left out."
  ).shown(
    by: """
      virtual: {}
      power: {minimumOff: 12s}
      """)

  static let supply = FieldShape(
    "supply", .scalar(.word(["trusted"])),
    "trusted: nothing senses the supply behind the switch, and whoever wrote the rig vouches that it "
      + "is there while the switch is on. Without a sense and without this word a recorder that goes "
      + "down by itself is never blamed for it: it may have lost its supply."
  ).shown(
    by: """
      virtual: {sense: false}
      power: {supply: trusted}
      """)

  static let sense = SupplySenseSettings.field

  /// The supply: a virtual recorder's has no driver, but a least time, too.
  private static let powerShape = forms(
    "a power switch", example: "none, or {minimumOff: 10s, gpioRelay: {…}}",
    ObjectShape(
      "power",
      [minimumOff, supply, sense] + DriverRegistry.switches.map { $0.field },
      rules: [.atMostOne(of: DriverRegistry.switches.map { $0.key })]))

  static let delivery = FieldShape(
    "delivery", .scalar(.word(["trusted"])),
    "trusted: the mailbox can't send itself a mail to show that mail gets through, and whoever wrote "
      + "the rig vouches that it does. Without a probe and without this word no recorder is blamed "
      + "for mail that does not come."
  ).shown(
    by: """
      mail: {maildir: {path: /var/mail/gantry}, delivery: trusted}
      """)

  static let naming = FieldShape(
    "naming", .scalar(.text),
    "What this recorder's mail has in it, as a word, and that of others with the same mailbox has "
      + "not: its serial number, or an address of its own."
  ).shown(
    by: """
      mail: {maildir: {path: /var/mail/gantry}, naming: NVR-2208814471}
      """)

  /// The mailbox: a virtual recorder's has no driver.
  private static let mailShape = forms(
    "a mailbox", example: "none, {maildir: {path: …}} or {imap: {url: …}}",
    ObjectShape(
      "mail",
      [delivery, naming] + DriverRegistry.mailboxes.map { $0.field },
      rules: [
        .atMostOne(of: DriverRegistry.mailboxes.map { $0.key }),
        .atLeastOne(
          of: DriverRegistry.mailboxes.map { $0.key } + [delivery, naming].map(\.name),
          what: "anything about mail"),
      ]))

  /// A part that is some driver's device.
  private static func part(
    _ what: String, _ key: String, example: String, _ drivers: [any DriverSettings.Type],
    lack: String
  ) -> Shape {
    if drivers.count == 1 {
      let only = drivers.map {
        FieldShape.required($0.key, $0.shape, $0.about).shown(by: $0.example)
      }
      return forms(what, example: example, ObjectShape(key, only))
    }
    let keys = drivers.map { $0.key }
    return forms(
      what, example: example,
      ObjectShape(
        key, drivers.map { $0.field },
        rules: [.atMostOne(of: keys), .atLeastOne(of: keys, what: lack)]))
  }

  private static func forms(_ what: String, example: String, _ mapping: ObjectShape) -> Shape {
    .forms(
      FormsShape(
        what, example: example, words: [WordShape(none, "It is not wired.")],
        mapping: .object(mapping)))
  }
}
