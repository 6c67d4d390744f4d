import SourceYAML

/// The parts that bring a recorder with a past to where a scenario begins.
///
/// They use the names that the scenarios which come with the program use of a model: ``labels`` and
/// ``images``, the group `menu-icons`, the field `logInPassword` and the region `firmwareVersion`;
/// ``PasswordWay`` names more.
public enum StockParts {
  /// The part of a log-in that takes a candidate's password.
  public static let password = "password"
  /// What reading the firmware saves.
  public static let version = "shown"

  /// The names of all labels that they use.
  public static let labels = Set(messages).union([
    live, "mainMenu", "logOut", "forgotPassword", "acknowledge", "cancel", "ok", "system",
    "firmwareVersion",
  ])
  /// The names of all images that they use.
  public static let images: Set = ["menu-bar", "keyboard"]

  /// What shows that the live view stands.
  private static let live = "cameraName"
  /// What messages say that wait for consent.
  private static let messages = [
    "success", "codeRefused", "codeExpired", "codeLocked", "rulesRefused", "passwordsDiffer",
    "logInRefused", "logInLocked", "updateMissing", "updateRefused",
  ]
  /// Those of them that some recorders tell on the page itself.
  private static let refusals: Set = [
    "codeRefused", "rulesRefused", "passwordsDiffer", "logInRefused",
  ]

  /// Leaves whatever is open, one thing after the other; a step that finds nothing to leave does not
  /// apply.
  ///
  /// A dialog's accepting button is never clicked: it may hand in what stands in the dialog.
  ///
  /// - Parameters:
  ///   - labels: the names of the model's labels.
  ///   - images: the names of its images.
  ///   - refusesInline: whether refusals stand on the page itself, where nothing closes them.
  /// - Returns: the part.
  public static func leaving(
    labels: Set<String>, images: Set<String>, refusesInline: Bool
  ) -> Scenario {
    var steps: [String] = []
    func add(_ name: String, when condition: String, _ rest: [String]) {
      steps += ["  - name: \(name)", "    when: \(condition)"] + rest.map { "    \($0)" }
    }
    if images.contains("keyboard") {
      add(
        "Put the keyboard away", when: "{seen: {image: keyboard, within: 400ms}}",
        [
          "click: dismiss-keyboard", "expect: {not: {image: keyboard}}",
          "attempts: 2",
        ])
    }
    let known = messages.filter {
      labels.contains($0) && !(refusesInline && refusals.contains($0))
    }
    if !known.isEmpty, labels.contains("acknowledge") {
      let any = known.map { "{label: \($0)}" }.joined(separator: ", ")
      add(
        "Close a message", when: "{seen: {any: [\(any)], within: 400ms}}",
        ["click: {label: acknowledge}"])
    }
    // What is awaited shows a pop-up that takes the clicks, and has it sent away.
    for (name, label, button) in [
      ("Call a dialog off", "cancel", "cancel"), ("Log out", "mainMenu", "logOut"),
    ] where labels.isSuperset(of: [label, button]) {
      add(
        name, when: "{seen: {label: \(label), within: 400ms}}",
        ["click: {label: \(button)}", "expect: {not: {label: \(label)}}", "attempts: 3"])
    }
    if images.contains("menu-bar") {
      add(
        "Close the menu bar", when: "{seen: {image: menu-bar, within: 400ms}}",
        ["rightClick: centre", "expect: {not: {image: menu-bar}}", "attempts: 2"])
    }
    if labels.contains(live) {
      add(
        "Leave a page", when: "{not: {seen: {label: \(live), within: 1s}}}", ["rightClick: centre"])
    }
    // What comes or goes meanwhile must have done so before anything is looked at.
    return part("leave-what-is-open", ["steps:", "  - {name: Let it settle, wait: 2s}"] + steps)
  }

  /// Sees the live view, with nothing in front of it that is left by what ``leaving(labels:images:refusesInline:)``
  /// does: a dialog leaves most of the view uncovered, and the pointer may have lain on its button.
  ///
  /// - Parameters:
  ///   - labels: the names of the model's labels.
  ///   - images: the names of its images.
  /// - Returns: the part.
  public static func seeingLive(labels: Set<String>, images: Set<String>) -> Scenario {
    let none =
      ["cancel", "mainMenu"].filter(labels.contains).map { "{not: {label: \($0)}}" }
      + ["menu-bar", "keyboard"].filter(images.contains).map { "{not: {image: \($0)}}" }
    let all = (["{label: \(live)}"] + none).joined(separator: ", ")
    return part(
      "see-the-live-view",
      ["steps:", "  - {name: See the live view, expect: [\(all)], within: 10s}"])
  }

  /// Restarts the recorder by its plug.
  public static let restarting = part(
    "restart-by-the-plug",
    [
      "steps:",
      "  - {name: Cut the power, power: cycle}",
      "  - {name: Comes up again, expect: {label: \(live)}, within: 5m}",
    ])

  /// Awaits a recorder's first start with another firmware.
  ///
  /// - Parameters:
  ///   - byPlug: whether its plug restarts it first.
  ///   - mayBeWriting: whether it may be writing a firmware before, in which its supply must stay.
  ///   - takes: how long it may take until the live view stands.
  /// - Returns: the part.
  public static func flashing(
    byPlug: Bool, mayBeWriting: Bool = false, takes: Duration
  ) -> Scenario {
    let limit = DurationText.text(takes)
    var scenario = part(
      "flash",
      ["steps:"] + (byPlug && mayBeWriting ? letItFinish(takes) : [])
        + (byPlug ? ["  - {name: Restart it, power: cycle}"] : [])
        + ["  - {name: Comes up with it, expect: {label: \(live)}, within: \(limit)}"],
      timeout: DurationText.text(takes * 2 + .seconds(120)))
    scenario.about = "The first start with another firmware."
    return scenario
  }

  /// Waits for a recorder that may be writing a firmware, in which its supply must stay; one that
  /// shows no live view by then is not writing any more.
  ///
  /// - Parameter takes: how long it may take until the live view stands.
  /// - Returns: the part.
  public static func awaitingUpdate(takes: Duration) -> Scenario {
    part(
      "await-an-update", ["steps:"] + letItFinish(takes),
      timeout: DurationText.text(takes + .seconds(120)))
  }

  /// It may be dark at first, and stay so: that it has no signal is nothing that ends the step.
  private static func letItFinish(_ takes: Duration) -> [String] {
    [
      "  - name: Let it finish what it may be writing",
      "    either:",
      "      - expect: {all: [signal-back, {label: \(live)}]}",
      "      - otherwise: {name: It does not come up by itself, wait: 1s}",
      "    within: \(DurationText.text(takes))",
    ]
  }

  /// Logs out whoever is still logged in though no menu is open, from the live view back to it; does
  /// nothing where nobody is.
  public static let loggingOut = part(
    "log-out",
    ["steps:"] + openingMenuBar
      + [
        "  - name: Choose an icon",
        "    click: {group: menu-icons}",
        "    expect: {any: [{label: forgotPassword}, {label: mainMenu}]}",
        "    attempts: 2",
        "  - name: Log out",
        "    when: {seen: {label: mainMenu, within: 400ms}}",
        "    click: {label: logOut}",
        "    expect: {not: {label: mainMenu}}",
        "    attempts: 2",
      ])

  /// Opens the menu bar of the live view.
  private static let openingMenuBar = [
    "  - {name: Open the menu bar, rightClick: centre, expect: {image: menu-bar}, attempts: 3}"
  ]

  /// Types a text into a field of a dialog, and puts the keyboard away.
  static func typing(_ text: String, into field: String) -> [String] {
    [
      "  - {name: Type into \(field), type: {into: \(field), text: \"${\(text)}\"}}",
      "  - name: Put the keyboard away from \(field)",
      "    click: dismiss-keyboard",
      "    expect: {not: {image: keyboard}}",
      "    attempts: 2",
    ]
  }

  /// Tries a password at the log-in prompt.
  public static let loggingIn = part(
    "log-in-with-a-candidate",
    [
      "parameters: {\(password): {secret: true}}",
      "steps:",
    ] + openingMenuBar + [
      "  - name: Choose an icon",
      "    click: {group: menu-icons}",
      "    expect: {label: forgotPassword}",
      "    attempts: 2",
    ] + typing(password, into: "logInPassword") + [
      "  - name: Hand it in",
      "    click: {label: ok}",
      "    credential: {tries: \"${\(password)}\"}",
      "  - name: See whether it lets anybody in",
      "    either:",
      "      - expect: {label: mainMenu}",
      "        then:",
      "          name: It does",
      "          expect: {label: mainMenu}",
      "          credential: {proves: \"${\(password)}\"}",
      "      - expect: {label: logInRefused}",
      "        then:",
      "          name: It is refused",
      "          expect: {label: logInRefused}",
      "          credential: {refutes: \"${\(password)}\"}",
      "    within: 15s",
    ])

  /// Reads the version on the system page, from the main menu on.
  public static let readingFirmware = part(
    "read-the-firmware",
    [
      "steps:",
      "  - name: Open the system page",
      "    click: {label: system}",
      "    expect: {label: firmwareVersion}",
      "    attempts: 2",
      "  - name: Read the version",
      "    read:",
      "      in: firmwareVersion",
      "      as: version",
      "      pattern: '[0-9]+(?:\\.[0-9]+)+[0-9A-Za-z._-]*'",
      "      save: \(version)",
      "      within: 10s",
    ])

  /// All that bringing about a state may play.
  public static func all(
    for state: StartState, labels: Set<String>, images: Set<String>, refusesInline: Bool
  ) -> [Scenario] {
    var parts = [
      leaving(labels: labels, images: images, refusesInline: refusesInline),
      seeingLive(labels: labels, images: images),
    ]
    if state.requirements.contains(where: { $0 == .knownPassword || $0 == .expectedFirmware }) {
      parts.append(loggingIn)
    }
    if state.requirements.contains(.expectedFirmware) { parts.append(readingFirmware) }
    return parts
  }

  /// Whether something stands in a stock part.
  ///
  /// - Parameter location: where, as journals have it.
  /// - Returns: whether it does.
  public static func isPlace(_ location: String) -> Bool { location.hasPrefix("\(folder)/") }

  /// Where stock parts are said to stand.
  private static let folder = "stock"

  static func part(
    _ name: String, _ lines: [String], timeout: String = "15m"
  ) -> Scenario {
    let file = "\(folder)/\(name)"
    let text =
      (["scenario: \(name)", "about: A stock part.", "timeout: \(timeout)"] + lines)
      .joined(separator: "\n")
    let parsed = ScenarioParser.parse(file: file, files: .memory([file: text]))
    guard let scenario = parsed.scenario, parsed.findings.isEmpty else {
      // Names of a model are names: nothing that they hold can break the text.
      preconditionFailure("the stock part \(name) is wrong: \(Findings(parsed.findings))")
    }
    return scenario
  }
}
