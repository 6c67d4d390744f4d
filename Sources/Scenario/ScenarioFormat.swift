public import SourceYAML

/// What a scenario file looks like: the one place that names its keys.
public enum ScenarioFormat {
  /// The shapes of a scenario file.
  public static let book = ShapeBook(
    title: "Gantry scenario", root: root,
    shapes: [
      ("step", step), ("steps", steps), ("target", target), ("place", place),
      ("region", region), ("expectation", expectation), ("predicate", predicate),
      ("sight", .object(ObjectShape("a thing to see", sightFields, rules: sightRules))),
      ("condition", condition),
    ])

  static let signalWords = ["signal-lost", "signal-back", "rebooting", "changed"]
  static let placeKinds = [
    "image", "label", "text", "point", "below", "above", "leftOf", "rightOf", "anyOf", "group",
  ]
  static let sightKinds = ["image", "label", "text", "anyOf", "group"]
  static let actions = [
    "click", "rightClick", "doubleClick", "move", "drag", "scroll", "type", "power", "mail",
    "read", "wait", "capture", "operator", "use", "either",
  ]

  private static let text = Shape.scalar(.text)
  private static let name = Shape.scalar(.name)
  private static let duration = Shape.scalar(.duration)

  private static let root = Shape.object(
    ObjectShape(
      "a scenario",
      [
        .required("scenario", name, "The scenario's name, such as password-reset."),
        .required("about", text, "One sentence for people."),
        FieldShape(
          "timeout", duration, "The longest that the whole run may take; 15m if left out."),
        FieldShape(
          "parameters", .names(NamesShape(parameter, what: "a parameter")),
          "Values that a caller may or must give."),
        FieldShape(
          "secrets", .names(NamesShape(secret, what: "a secret")),
          "Values that are never written anywhere."),
        .required(
          "steps", .list(ListShape(.reference("step"), what: "a list of steps")),
          "What is played, in order."),
        FieldShape(
          "finally", .reference("steps"), "What is played afterwards, however the steps ended."),
      ]))

  private static let parameter = Shape.object(
    ObjectShape(
      "a parameter",
      [
        FieldShape("about", text, "One sentence for people."),
        FieldShape(
          "default", .scalar(.anyText), "The value when none is given; without it one must be."),
        FieldShape("secret", .scalar(.boolean), "Whether the value is never to be written."),
      ]))

  private static let secret = Shape.object(
    ObjectShape(
      "a secret",
      [
        FieldShape(
          "generate",
          .object(
            ObjectShape(
              "generate",
              [.required("length", .scalar(.integer(1...128)), "How many characters.")])),
          "Drawn anew for each run, by the model's password rules."),
        FieldShape("env", text, "The environment variable that holds it."),
        FieldShape("model", name, "The name of the model's value that it is."),
      ],
      rules: [
        .atMostOne(of: ["generate", "env", "model"]),
        .atLeastOne(of: ["generate", "env", "model"], what: "a source"),
      ]))

  private static let steps = Shape.forms(
    FormsShape(
      "steps", example: "a list of steps, or one step", list: .list(stepList),
      mapping: .reference("step")))
  private static let stepList = ListShape(
    .reference("step"), counts: 0...1_000, what: "a list of steps")

  private static let step = Shape.object(
    ObjectShape(
      "a step",
      [
        FieldShape("name", text, "What reports call the step; made from the action if left out.")
      ] + pointerFields + handFields + flowFields + judgingFields,
      rules: [
        .atMostOne(of: actions),
        .atLeastOne(of: actions + ["expect"], what: "an action or an expectation"),
        .only("within", with: ["expect", "either"]),
        .only("attempts", with: ["expect"]),
        .only("with", with: ["use"]),
      ]))

  private static let pointerFields: [FieldShape] = [
    FieldShape("click", .reference("target"), "Clicks the left button there."),
    FieldShape("rightClick", .reference("target"), "Clicks the right button there."),
    FieldShape("doubleClick", .reference("target"), "Clicks the left button there twice."),
    FieldShape("move", .reference("target"), "Brings the pointer there."),
    FieldShape(
      "drag",
      .object(
        ObjectShape(
          "drag",
          [
            .required("from", .reference("target"), "Where the left button is pressed."),
            .required("to", .reference("target"), "Where it is released."),
          ])), "Presses the left button at one place and releases it at another."),
    FieldShape(
      "scroll",
      .object(
        ObjectShape(
          "scroll",
          [
            .required("over", .reference("target"), "Where the pointer is meanwhile."),
            .required(
              "detents", .scalar(.integer(-1_000...1_000)),
              "How many notches of the wheel, positive away from the user."),
          ])), "Turns the wheel."),
  ]

  private static let handFields: [FieldShape] = [
    FieldShape(
      "type",
      .object(
        ObjectShape(
          "type",
          [
            .required("into", name, "The field of the model."),
            .required("text", text, "What is typed; ${name} stands for a value."),
          ])), "Types text through the recorder's on-screen keyboard."),
    FieldShape(
      "power",
      .forms(
        FormsShape(
          "a power action", example: "off, on, restore, cycle or {cycle: {minimum: 10s}}",
          scalar: .scalar(.word(["off", "on", "restore", "cycle"])),
          mapping: .object(
            ObjectShape(
              "power",
              [
                .required(
                  "cycle",
                  .object(
                    ObjectShape(
                      "cycle",
                      [.required("minimum", duration, "How long the supply stays cut at least.")])),
                  "Cuts the supply and switches it on again.")
              ])))), "Switches the recorder's supply."),
    FieldShape("mail", .object(mail), "Waits for a mail and takes values from it."),
    FieldShape("read", .object(read), "Reads a value off the screen."),
  ]

  private static let mail = ObjectShape(
    "mail",
    [
      FieldShape("subject", text, "What must stand in the subject."),
      FieldShape("from", text, "What must stand in the sender."),
      FieldShape(
        "folders", .list(ListShape(text, what: "a list of folders")),
        "Where to look; INBOX if left out."),
      FieldShape("within", duration, "How long to wait; 5m if left out."),
      FieldShape(
        "after", text,
        "The step that asks for the mail; mail that was there before it does not count. The step before this one if left out."
      ),
      FieldShape(
        "save",
        .names(
          NamesShape(
            .forms(
              FormsShape(
                "a value of a mail", example: "code, or {pattern: \"…\"}",
                scalar: .scalar(.word(["code"])),
                mapping: .object(
                  ObjectShape(
                    "a value of a mail",
                    [
                      .required(
                        "pattern", text,
                        "A regular expression; its first group, or the whole match.")
                    ])))), what: "a value of a mail", mayBeEmpty: false)),
        "What to take from the text, by the name to save it under."),
    ])

  private static let read = ObjectShape(
    "read",
    [
      .required("in", .reference("region"), "Where the value stands."),
      .required(
        "pattern", text,
        "A regular expression that it must fit; its first group, or the whole match."),
      FieldShape("alphabet", text, "The characters that may occur."),
      .required("save", name, "The name to save it under."),
      FieldShape("within", duration, "How long to go on reading; 5s if left out."),
    ])

  private static let flowFields: [FieldShape] = [
    FieldShape("wait", duration, "Lets time pass."),
    FieldShape("capture", name, "Keeps the picture in the run folder under this name."),
    FieldShape(
      "operator",
      .object(
        ObjectShape(
          "operator",
          [
            .required("ask", text, "What a person is to do and to confirm."),
            FieldShape("within", duration, "How long the person has; 10m if left out."),
          ])), "Asks a person; skipped in an unattended run."),
    FieldShape("use", text, "Plays another scenario file, beside this one, as a part."),
    FieldShape(
      "with", .names(NamesShape(.scalar(.anyText), what: "an argument")),
      "The values of the part's parameters."),
    FieldShape(
      "either", .list(ListShape(.object(branch), what: "a list of branches")),
      "Whatever is seen first decides what is done next."),
  ]

  private static let branch = ObjectShape(
    "a branch",
    [
      FieldShape("expect", .reference("expectation"), "What must be seen."),
      FieldShape("within", duration, "By when, counted from the start of the either."),
      FieldShape("then", .reference("steps"), "What is done then."),
      FieldShape("otherwise", .reference("steps"), "What is done if nothing was seen in time."),
    ],
    rules: [
      .atMostOne(of: ["expect", "otherwise"]),
      .atLeastOne(of: ["expect", "otherwise"], what: "an expectation"),
      .only("within", with: ["expect"]),
      .only("then", with: ["expect"]),
    ])

  private static let judgingFields: [FieldShape] = [
    FieldShape("expect", .reference("expectation"), "What must follow."),
    FieldShape("within", duration, "How long that may take; 5s if left out."),
    FieldShape(
      "attempts", .scalar(.integer(1...100)),
      "How often the action may be done until the expectation holds; 1 if left out."),
    FieldShape(
      "sensitive", .scalar(.boolean),
      "Keeps coordinates, keys, scores and pictures out of the journal."),
    FieldShape("when", .reference("condition"), "The step is played only if this holds."),
    FieldShape("on", name, "The device that it is played on; the recorder if left out."),
  ]
}

// MARK: Places and expectations

extension ScenarioFormat {
  private static let region = Shape.forms(
    FormsShape(
      "a region", example: "the name of a region, or [x, y, width, height]",
      scalar: .scalar(.name), list: .list(rectangle)))
  private static let rectangle = ListShape(
    .scalar(.integer(0...100_000)), counts: 4...4, what: "a rectangle [x, y, width, height]")

  private static let target = Shape.forms(
    FormsShape(
      "a target",
      example: "centre, or one of {image: …}, {label: …}, {text: …}, {point: […]}, {below: …}",
      scalar: .scalar(.word(["centre"])), mapping: .reference("place")))

  private static let lookFields: [FieldShape] = [
    FieldShape("image", .scalar(.name), "A reference image of the model."),
    FieldShape("label", .scalar(.name), "A wording of the model."),
    FieldShape("text", .scalar(.text), "Words as they are."),
    FieldShape(
      "anyOf", .list(ListShape(.reference("target"), what: "a list of targets")),
      "Any one of several, drawn by the run's seed."),
    FieldShape("group", .scalar(.name), "Any one of a group of the model."),
  ]

  private static let place = Shape.object(
    ObjectShape(
      "a target",
      lookFields + [
        FieldShape(
          "point",
          .list(ListShape(.scalar(.coordinate), counts: 2...2, what: "a point [x, y]")),
          "A place on the screen, in pixels or as shares."),
        FieldShape("below", .reference("target"), "Just past the other target's bottom edge."),
        FieldShape("above", .reference("target"), "Just past its top edge."),
        FieldShape("leftOf", .reference("target"), "Just past its left edge."),
        FieldShape("rightOf", .reference("target"), "Just past its right edge."),
        FieldShape(
          "gap", .scalar(.integer(0...10_000)), "How far past the edge, in pixels; 12 if left out."),
        FieldShape("in", .reference("region"), "Where to look."),
      ],
      rules: [
        .atMostOne(of: placeKinds), .atLeastOne(of: placeKinds, what: "a place"),
        .only("gap", with: Side.allCases.map(\.rawValue)), .only("in", with: sightKinds),
      ]))

  private static let sightFields =
    lookFields + [FieldShape("in", .reference("region"), "Where to look.")]
  private static let sightRules: [ObjectRule] = [
    .atMostOne(of: sightKinds), .atLeastOne(of: sightKinds, what: "anything to see"),
    .only("in", with: sightKinds),
  ]

  private static let predicateFields: [FieldShape] =
    sightFields + [
      FieldShape("not", .reference("sight"), "Something that must not be seen."),
      FieldShape(
        "any", .list(ListShape(.reference("predicate"), what: "a list of expectations")),
        "At least one must hold."),
      FieldShape(
        "all", .list(ListShape(.reference("predicate"), what: "a list of expectations")),
        "All must hold on the same frame."),
      FieldShape(
        "still",
        .forms(
          FormsShape(
            "a time of stillness", example: "500ms, or {for: 500ms, in: region}",
            scalar: .scalar(.duration),
            mapping: .object(
              ObjectShape(
                "still",
                [
                  .required("for", .scalar(.duration), "How long."),
                  FieldShape("in", .reference("region"), "Where; the whole screen if left out."),
                ])))),
        "Nothing may move or fade for a time; for a second at least, where within leaves that much, "
          + "since in less a slow fade looks still."),
      FieldShape(
        "changed",
        .object(ObjectShape("changed", [.required("in", .reference("region"), "Where.")])),
        "The region must differ from the last frame before the action."),
      FieldShape("equal", equal, "Two texts must be the same."),
    ]
  private static let predicateKinds =
    sightKinds + [
      "not", "any", "all", "still", "changed", "equal",
    ]
  private static let predicateRules: [ObjectRule] = [
    .atMostOne(of: predicateKinds), .atLeastOne(of: predicateKinds, what: "anything to hold"),
    .only("in", with: sightKinds),
  ]
  private static let expectationExample =
    "{image: …}, {label: …}, {text: …}, {not: …}, {any: …}, {all: …}, {still: …}, "
    + ScalarShape.choice(of: signalWords)

  private static let equal = Shape.list(
    ListShape(.scalar(.anyText), counts: 2...2, what: "a list of two texts"))

  private static let predicate = Shape.forms(
    FormsShape(
      "an expectation", example: expectationExample, scalar: .scalar(.word(signalWords)),
      list: .list(ListShape(.reference("predicate"), what: "a list of expectations")),
      mapping: .object(ObjectShape("an expectation", predicateFields, rules: predicateRules))))

  private static let expectation = Shape.forms(
    FormsShape(
      "an expectation", example: expectationExample, scalar: .scalar(.word(signalWords)),
      list: .list(ListShape(.reference("predicate"), what: "a list of expectations")),
      mapping: .object(
        ObjectShape(
          "an expectation",
          predicateFields + [
            FieldShape("within", .scalar(.duration), "How long it may take; 5s if left out.")
          ],
          rules: predicateRules))))

  private static let condition = Shape.forms(
    FormsShape(
      "a condition", example: "rebootsByItself, {equal: [a, b]}, {seen: …} or {not: …}",
      scalar: .scalar(.word(["rebootsByItself"])),
      mapping: .object(
        ObjectShape(
          "a condition",
          [
            FieldShape("equal", equal, "Both texts are the same."),
            FieldShape("seen", .reference("expectation"), "The expectation holds in its time."),
            FieldShape("not", .reference("condition"), "The other does not hold."),
          ],
          rules: [
            .atMostOne(of: ["equal", "seen", "not"]),
            .atLeastOne(of: ["equal", "seen", "not"], what: "anything to hold"),
          ]))))
}
