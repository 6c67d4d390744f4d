public import SourceYAML

/// What a rig file looks like: the one place that names its keys.
public enum RigFormat {
  /// The shapes of a rig file.
  public static let book = ShapeBook(title: "Gantry rig", root: root, shapes: [])

  private static let text = Shape.scalar(.text)
  private static let none = Shape.scalar(.word(["none"]))
  private static let names = Shape.list(
    ListShape(.scalar(.name), counts: 0...100, what: "a list of names"))

  private static let root = Shape.object(
    ObjectShape(
      "a rig",
      [
        .required("rig", .scalar(.name), "The rig's name."),
        FieldShape("about", text, "One sentence for people."),
        FieldShape(
          "patience", .scalar(.integer(1...20)),
          "How many times longer than a scenario says its waits last, for slow rigs; 1 if left "
            + "out. Cuts of power keep their times."),
        .required("model", text, "The folder of the recorder's model, beside this file."),
        FieldShape("virtual", .object(virtual), "A recorder without hardware."),
        FieldShape(
          "noInput", text,
          "A captured picture of what the grabber shows without an input, beside this file."),
        FieldShape("screen", screen, "How the recorder's picture comes; none: not at all."),
        FieldShape("mouse", mouse, "How the recorder's mouse is moved; none: not at all."),
        FieldShape("power", power, "The switch on the recorder's supply; none: there is none."),
        FieldShape(
          "mail",
          .forms(
            FormsShape(
              "a mailbox", example: "none, or {maildir: {path: …}}", scalar: none,
              mapping: .object(
                ObjectShape(
                  "mail",
                  [
                    .required(
                      "maildir",
                      .object(
                        ObjectShape(
                          "maildir",
                          [.required("path", text, "The Maildir's folder, beside this file.")])),
                      "A Maildir on this host.")
                  ])))), "Where the recorder's mail arrives."),
      ],
      rules: [
        .atLeastOne(of: ["virtual", "screen", "mouse", "power"], what: "anything that is wired")
      ]))

  private static let virtual = ObjectShape(
    "virtual",
    [
      FieldShape(
        "recorder", .scalar(.name),
        "The virtual recorder's model; if left out, the last part of the model folder's path."),
      FieldShape("defects", names, "What is wrong with the recorder."),
      FieldShape("faults", names, "What is wrong with its ports."),
      FieldShape(
        "autoReboot", .scalar(.boolean),
        "Whether it restarts by itself after a password reset; as the model says if left out."),
      FieldShape(
        "popUpAfter", .scalar(.duration),
        "When after each start a pop-up comes up unasked; by lot, if at all, if left out."),
      FieldShape(
        "captureLines", .scalar(.integer(240...2160)),
        "How many lines the grabber delivers; as many as the recorder sends if left out."),
    ])
}
