import Frames
public import SourceYAML

/// What a model file looks like: the one place that names its keys.
public enum ModelFormat {
  /// The shapes of a model file.
  public static let book = ShapeBook(
    title: "Gantry recorder model",
    about: "The file model.yaml of a model's folder: what a kind of recorder looks like.",
    root: root,
    shapes: [("region", region), ("member", member), ("row", row)],
    changes: ["How a field shows what was typed is said by shows alone, no longer by display."])

  private static let text = Shape.scalar(.text)
  private static let name = Shape.scalar(.name)
  private static let pixels = Shape.scalar(.integer(0...100_000))
  private static let offset = Shape.scalar(.integer(-100_000...100_000))
  private static let extent = Shape.scalar(.integer(1...100_000))
  private static let rectangle = Shape.list(
    ListShape(pixels, counts: 4...4, what: "a rectangle [x, y, width, height]"))
  private static let offsetRectangle = Shape.list(
    ListShape(offset, counts: 4...4, what: "a rectangle [x, y, width, height]"))

  private static func pair(_ element: Shape, what: String) -> Shape {
    .list(ListShape(element, counts: 2...2, what: what))
  }

  private static let region = Shape.forms(
    FormsShape(
      "a region", example: "the name of a region, or [x, y, width, height]", scalar: name,
      list: rectangle))

  private static let member = Shape.object(
    ObjectShape(
      "an image or label",
      [
        FieldShape("image", name, "A reference image of this model."),
        FieldShape("label", name, "A wording of this model."),
      ],
      rules: [
        .atMostOne(of: ["image", "label"]), .atLeastOne(of: ["image", "label"], what: "a name"),
      ]))

  private static let root = Shape.object(
    ObjectShape("a model", describing + showing + typing + behaving))

  private static let describing: [FieldShape] = [
    .required("model", name, "The model's name."),
    .required("about", text, "One sentence for people."),
    .required(
      "screen", pair(extent, what: "a size [width, height]"),
      "The size of the screen that all places refer to, in pixels."
    ).shown(by: "screen: [1280, 720]"),
    FieldShape(
      "language", text, "The language that the recorder is set to, as looks of labels name it."
    ).shown(by: "language: en"),
    FieldShape(
      "values", .names(NamesShape(.scalar(.anyText), what: "a value")),
      "Plain values that ${model.name} refers to."
    ).shown(by: "values: {userName: admin, firmware: 4.2.1}"),
  ]

  private static let showing: [FieldShape] = [
    FieldShape(
      "never", .list(ListShape(name, what: "a list of names")),
      "Labels and images that shared scenarios name and these recorders never show, such as those of a "
        + "question that only others ask."
    ).shown(by: "never: [confirmReset, yes]"),
    FieldShape("labels", .names(NamesShape(label, what: "a label")), "Wordings by key.")
      .shown(
        by: """
          labels:
            forgotPassword: Forgot Password
            ok: {text: OK, in: [400, 500, 480, 80], click: [8, 6]}
            cameraName: {text: Street, near: bottom}
            accept:
              looks: [{text: OK, language: en}, {text: Ja, language: de, firmware: '>=4.2 <5'}]
          language: en
          """),
    FieldShape("images", .names(NamesShape(image, what: "an image")), "Reference images by name.")
      .shown(
        by: """
          images:
            menu-bar: menu-bar.png
            keyboard: {file: keyboard.png, in: [0, 300, 1280, 420], click: [10, 10]}
          """),
    FieldShape(
      "groups",
      .names(
        NamesShape(group, what: "a group")), "Named sets of images or labels."
    ).shown(
      by: """
        images: {search: search.png, setup: setup.png}
        groups:
          menu-icons: [{image: search}, {image: setup}]
          cameras: {files: [street.png, yard.png], near: top}
        """),
    FieldShape(
      "regions", .names(NamesShape(place, what: "a region")), "Named parts of the screen."
    ).shown(
      by: """
        labels: {title: Create Password, ok: {text: OK, in: dialog}}
        regions:
          clock: [900, 10, 300, 40]
          dialog: {on: {label: title}, box: [-20, -10, 600, 320]}
          panel: {around: {label: title}}
        """),
    FieldShape(
      "fields", .names(NamesShape(FieldDescription.shape, what: "a field")), "Text fields by name."
    )
    .shown(
      by: """
        labels: {secureCode: Secure Code}
        fields:
          secureCode: {rightOf: secureCode, shows: text}
          logInPassword: {box: [500, 300, 280, 32], shows: dots}
        """),
    FieldShape(
      "alive",
      .list(ListShape(alivePart, counts: 0...1_000, what: "a list of parts of the screen")),
      "Parts of the screen that move by themselves: they are not judged, and one that stands while "
        + "its text is there tells a recorder that hangs."
    ).shown(
      by: """
        regions: {clock: [900, 10, 300, 40]}
        alive:
          - {in: clock, reads: '\\d\\d:\\d\\d:\\d\\d', period: 1s}
          - [0, 0, 640, 360]
        """),
  ]

  /// Members by name, or by the files of images that are named after them.
  private static let group = Shape.forms(
    FormsShape(
      "a group", example: "[{image: …}, {label: …}], or {files: [a.png, b.png], in: region}",
      list: .list(ListShape(.reference("member"), what: "a list of images and labels")),
      mapping: .object(
        ObjectShape(
          "a group",
          [
            .required(
              "files", .list(ListShape(text, counts: 1...1_000, what: "a list of PNG files")),
              "PNG files, beside the model file: each is an image that is called as its file is, without "
                + ".png."),
            FieldShape("in", .reference("region"), "Where they are; anywhere if left out."),
            near,
          ], rules: [.atMostOne(of: ["in", "near"])]))))

  private static let alivePart = Shape.forms(
    FormsShape(
      "a part that moves", example: "a region, or {in: region, reads: pattern, period: 1s}",
      scalar: name, list: rectangle,
      mapping: .object(
        ObjectShape(
          "a part that moves",
          [
            .required("in", .reference("region"), "Where it is."),
            FieldShape(
              "reads", text,
              "A regular expression that a part of its text fits whenever it is on the screen; "
                + "without one it proves nothing of a recorder that may hang."),
            FieldShape(
              "period", .scalar(.duration),
              "The longest time that it stands while all is well; 1s if left out."),
          ]))))

  /// A part of the screen, always there or hanging on something.
  private static let place = Shape.forms(
    FormsShape(
      "a region",
      example: "[x, y, width, height], {on: {label: …}, box: […]} or {around: {label: …}}",
      list: rectangle,
      mapping: .object(
        ObjectShape(
          "a region",
          [
            FieldShape("on", .reference("member"), "What it hangs on: it goes where that goes."),
            FieldShape(
              "box",
              offsetRectangle,
              "Where it is, from the top left corner of that."),
            FieldShape(
              "around", .reference("member"),
              "What it is drawn around: it is the smallest box, with four straight sides, around that."
            ),
          ],
          rules: [
            .atMostOne(of: ["on", "around"]), .atLeastOne(of: ["on", "around"], what: "an anchor"),
            .only("box", with: ["on"]), .only("on", with: ["box"]),
          ]))))

  private static let near = FieldShape(
    "near", .scalar(.word(ScreenPart.allCases.map(\.rawValue))),
    "The third of the screen that it is in, in place of in.")

  private static let label = Shape.forms(
    FormsShape(
      "a label", example: "the words, or {text: …, in: region}", scalar: text,
      mapping: .object(
        ObjectShape(
          "a label",
          [
            FieldShape(
              "text", text,
              "The words on the screen, on one line of it, where case and spaces do not count. A line "
                + "that is nothing else goes before one that holds them among others."),
            FieldShape(
              "looks", LabelLook.shape,
              "What they are by firmware or language, where that differs; just one of them must fit "
                + "the language of the model and the firmware of the run."),
            FieldShape("in", .reference("region"), "Where they are; anywhere if left out."),
            near,
            FieldShape(
              "click", pair(offset, what: "a point [x, y]"),
              "Where a click on them goes, from their top left corner; their middle if left out."),
          ],
          rules: [
            .atMostOne(of: ["text", "looks"]), .atLeastOne(of: ["text", "looks"], what: "words"),
            .atMostOne(of: ["in", "near"]),
          ]))))

  private static let image = Shape.forms(
    FormsShape(
      "an image", example: "a PNG file, or {file: …, in: region, click: [x, y]}", scalar: text,
      mapping: .object(
        ObjectShape(
          "an image",
          [
            .required("file", text, "The PNG file, beside the model file."),
            FieldShape("in", .reference("region"), "Where it is; anywhere if left out."),
            near,
            FieldShape(
              "click", pair(pixels, what: "a point [x, y]"),
              "Where a click on it goes, from its top left corner; its middle if left out."),
          ], rules: [.atMostOne(of: ["in", "near"])]))))

  // MARK: Keyboard

  private static let typing: [FieldShape] = [
    FieldShape(
      "keyboard",
      .forms(
        FormsShape(
          "a keyboard", example: "a mapping, or the name of a file beside this one with it",
          scalar: text, mapping: .object(keyboard))),
      "The on-screen keyboard, here or in a file of its own beside this one."
    )
    .shown(
      by: """
        images: {keyboard: keyboard.png}
        keyboard:
          anchor: keyboard
          bounds: [-20, -10, 640, 220]
          pages:
            lower:
              rows:
                - {at: [0, 0], key: [40, 40], pitch: 44, keys: qwertyuiop}
                - {at: [0, 132], key: [60, 40], shift: upper}
            upper:
              rows:
                - {at: [0, 0], key: [40, 40], pitch: 44, keys: QWERTYUIOP}
                - {at: [0, 132], key: [60, 40], page: lower}
        """),
    FieldShape(
      "code",
      .object(
        ObjectShape(
          "code",
          [
            .required("length", .scalar(.integer(1...64)), "How many characters."),
            .required("alphabet", text, "The characters that may occur."),
            FieldShape(
              "pattern", text,
              "A regular expression, as pcre2pattern(3) describes them, that a whole code fits."),
            FieldShape(
              "words", .list(ListShape(text, what: "a list of words")),
              "What the mail calls a code; the usual words of many languages if left out."),
          ])), "What a secure code looks like."
    ).shown(
      by: """
        code:
          length: 6
          alphabet: ABCDEFGHJKLMNPQRSTUVWXYZ0123456789
          pattern: '[A-Z]{2}[0-9]{4}'
          words: [reset code, Rücksetzcode]
        """),
    FieldShape("password", .object(password), "What a new password must be like.")
      .shown(
        by: """
          password:
            length: [8, 16]
            classes: 2
            require: [digit]
            alphabet: abcdefghijklmnopqrstuvwxyz0123456789
          """),
  ]

  private static let keyboard = ObjectShape(
    "keyboard",
    [
      .required("anchor", name, "The image that shows whether and where the keyboard is."),
      .required(
        "bounds",
        offsetRectangle,
        "The whole keyboard, from the anchor's top left corner."),
      FieldShape(
        "dismiss",
        offsetRectangle,
        "Where a click puts the keyboard away, from the anchor's top left corner: a key of every"
          + " page, or a place beside it; just below its middle if left out."
      )
      .shown(
        by: """
          images: {keyboard: keyboard.png}
          keyboard:
            anchor: keyboard
            bounds: [-20, -10, 640, 220]
            dismiss: [560, 132, 60, 40]
            pages:
              lower:
                rows:
                  - {at: [0, 0], key: [40, 40], pitch: 44, keys: qwertyuiop}
          """),
      .required(
        "pages", .names(NamesShape(page, what: "a page", mayBeEmpty: false)),
        "The pages; the first is shown when the keyboard opens."),
    ])

  private static let page = Shape.object(
    ObjectShape(
      "a page",
      [
        FieldShape("image", name, "The image that shows that the page is up."),
        .required(
          "rows", .list(ListShape(.reference("row"), what: "a list of rows")),
          "The keys, a row or a single one at a time."),
      ]))

  private static let row = Shape.object(
    ObjectShape(
      "a row of keys",
      [
        .required(
          "at", pair(offset, what: "a point [x, y]"),
          "The top left corner of the first key, from the anchor's."),
        .required("key", pair(extent, what: "a size [width, height]"), "The size of each key."),
        FieldShape(
          "pitch", .scalar(.number), "From one key's left edge to the next; its width if left out."),
        FieldShape(
          "keys", text, "A key for each character, from the left; a space leaves a place empty."),
        FieldShape("shift", name, "The page that this key shows for one character."),
        FieldShape("page", name, "The page that this key shows."),
        FieldShape("does", .scalar(.word(specialKeys)), "What this key does."),
      ],
      rules: [
        .atMostOne(of: ["keys", "shift", "page", "does"]),
        .atLeastOne(of: ["keys", "shift", "page", "does"], what: "any key"),
        .only("pitch", with: ["keys"]),
      ]))

  static let specialKeys = ["space", "backspace", "clear", "enter"]

  private static let password = ObjectShape(
    "password",
    [
      .required(
        "length", pair(.scalar(.integer(1...128)), what: "two numbers [fewest, most]"),
        "Fewest and most characters."),
      FieldShape(
        "classes", .scalar(.integer(1...4)),
        "How many kinds of characters must occur; 1 if left out."),
      FieldShape(
        "require",
        .list(
          ListShape(
            .scalar(.word(PasswordRules.CharacterClass.allCases.map(\.rawValue))), counts: 0...4,
            what: "a list of lower, upper, digit, symbol")), "Kinds that must occur."),
      .required("alphabet", text, "The characters that generated passwords are drawn from."),
    ])

  // MARK: Behaviour

  private static let behaving: [FieldShape] = [
    .required(
      "boot",
      .object(
        ObjectShape(
          "boot",
          [
            .required(
              "longest", .scalar(.duration),
              "The longest from power on until the live view stands."),
            .required(
              "rebootsByItself", .scalar(.boolean),
              "Whether it restarts by itself after a password reset."),
          ])), "How it starts and restarts."
    ).shown(by: "boot: {longest: 60s, rebootsByItself: true}"),
    FieldShape(
      "longestStill", .scalar(.duration),
      "The longest time that its screen stands while it works and nobody moves the mouse, since a "
        + "session that is left alone is logged out; one that stands longer tells a recorder that "
        + "hangs. Left out where a screen may stand for ever."
    ).shown(by: "longestStill: 130s"),
    FieldShape(
      "dateOrder", .scalar(.word(DateOrder.allCases.map(\.rawValue))),
      "The order of the numbers of a date on its screen, where the year does not stand first."
    ).shown(by: "dateOrder: dayMonthYear"),
    LockoutRules.field, VendorFlow.field, Interruption.field,
  ]
}
