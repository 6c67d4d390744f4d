import Bench

/// The list of what runs of the shipped scenarios are expected to say, kept by hand.
///
/// A scenario that is not named for a flaw passes, or ends, for some seeds, before the flaw strikes.
/// Steps are left open where the seed draws the moment.
extension FlawExpectation {
  /// The models that wait for the plug after a reset; the others restart by themselves, so that a
  /// reset cuts no power.
  private static let restartedByPlug: [String] = ["night-series", "summit-series"]

  /// Scenarios that ask for a secure code, with the steps that type it and hand it in.
  private static let codeParts = [
    (scenario: "wrong-code", step: "Enter a wrong code"),
    (scenario: "expired-code", step: "Enter the expired code"),
    (scenario: "weak-password", step: "Enter the secure code"),
  ]
  /// Scenarios that ask for a secure code, with the step that does.
  private static let codeRequests = codeParts.map {
    (scenario: $0.scenario, step: "Ask for a code")
  }
  /// Scenarios that log in, with the step that does.
  private static let logIns = [
    (scenario: "log-in", step: "Enter the password"),
    (scenario: "auto-log-out", step: "Log in / Enter the password"),
    (scenario: "firmware-version", step: "Log in / Enter the password"),
    (scenario: "power-cut", step: "The password was kept / Enter the password"),
    (scenario: "password-reset", step: "The old password is right / Enter the password"),
  ]
  /// The steps at which those find the main menu, or not.
  private static let mainMenus = [
    (scenario: "log-in", step: "See the main menu"),
    (scenario: "auto-log-out", step: "Log in / See the main menu"),
    (scenario: "firmware-version", step: "Log in / See the main menu"),
    (scenario: "power-cut", step: "The password was kept / See the main menu"),
    (scenario: "password-reset", step: "The old password is right / See the main menu"),
  ]

  /// A step of each of the parts that are played.
  private static func inner(
    _ step: String, of parts: [(scenario: String, step: String)]
  ) -> [(scenario: String, step: String)] {
    parts.map { ($0.scenario, "\($0.step) / \(step)") }
  }

  // MARK: - Defects

  /// What is expected of each defect of the recorder.
  static let defects: [FlawExpectation] = codes + passwords + restarts + menus

  /// Secure codes: sending, accepting, refusing.
  private static let codes: [FlawExpectation] = [
    FlawExpectation(
      "accepts-any-code", [.expectationUnmet],
      [
        .failed("wrong-code", at: "The wrong code is refused"),
        .failed("expired-code", at: "The expired code is refused"),
      ]),
    FlawExpectation(
      "accepts-expired-code", [.expectationUnmet],
      [
        .failed("expired-code", at: "The expired code is refused")
      ]),
    FlawExpectation(
      "never-sends-mail", [.noMail],
      [.failed("password-reset", at: "Fetch the secure code")]
        + codeParts.map { .failed($0.scenario, at: "Fetch the secure code") }),
    FlawExpectation(
      "mails-wrong-code", [.expectationUnmet],
      [
        .failed("password-reset", at: "Hand in the secure code"),
        .failed("wrong-code", at: "The right code is accepted"),
        // The recorder calls it wrong before it asks how old it is.
        .failed("expired-code", at: "The expired code is refused"),
        .failed("weak-password", at: "See the dialog for a new password"),
      ]),
    FlawExpectation(
      "refuses-right-code-after-wrong", [.expectationUnmet],
      [
        .failed("wrong-code", at: "The right code is accepted")
      ]),
    FlawExpectation(
      "reset-dialog-missing", [.expectationUnmet],
      [.failed("password-reset", at: "Choose Forgot Password")]
        + Judgement.failed(in: inner("Choose Forgot Password", of: codeRequests))),
  ]

  /// Passwords: rules, confirming, storing, logging in.
  private static let passwords: [FlawExpectation] = [
    FlawExpectation(
      "keeps-old-password", [.expectationUnmet],
      [
        .failed("password-reset", at: "The old password is refused")
      ]),
    // Told by the restart that every reset ends with.
    FlawExpectation(
      "success-without-storing", [.expectationUnmet],
      [
        .failed("password-reset", at: "The old password is refused")
      ]),
    FlawExpectation(
      "ignores-password-rules", [.expectationUnmet],
      [
        .failed(
          "weak-password", at: "Choose a weak password / Go by what is asked for / Hand it in")
      ]),
    FlawExpectation(
      "lets-confirmation-differ", [.expectationUnmet],
      [
        .failed(
          "weak-password",
          at: "Choose a good password, and confirm another / Go by what is asked for / "
            + "Hand in the confirmation")
      ]),
    FlawExpectation(
      "skips-confirmation", [.flowDiffers, .expectationUnmet],
      [
        .failed("password-reset", at: "Choose a new password"),
        .failed(
          "weak-password",
          at: "Choose a good password, and confirm another / Go by what is asked for / Hand it in"),
      ]),
    FlawExpectation(
      "refuses-right-confirmation", [.expectationUnmet],
      [
        .failed(
          "password-reset",
          at: "Choose a new password / Go by what is asked for / Hand in the confirmation")
      ]),
    FlawExpectation(
      "stores-shortened-password", [.expectationUnmet],
      [
        .failed("password-reset", at: "Log in with the new password / See the main menu")
      ]),
    FlawExpectation(
      "log-in-accepts-old-password", [.expectationUnmet],
      [
        .failed("password-reset", at: "The old password is refused")
      ]),
    FlawExpectation(
      "log-in-accepts-any-password", [.expectationUnmet],
      [
        .failed("password-reset", at: "The old password is refused")
      ]),
  ]

  /// Restarts, by the plug or not.
  private static let restarts: [FlawExpectation] = [
    FlawExpectation(
      "auto-reboot-missing", [.expectationUnmet],
      [
        .failed("password-reset", at: "Restarts by itself", on: ["harbor-series"])
      ]),
    FlawExpectation(
      "no-boot-after-power-cut", [.recorderNotBack],
      [
        .failed("password-reset", at: "Comes up again", on: restartedByPlug),
        .failed("power-cut", at: "The live view is back in time"),
      ]),
    FlawExpectation(
      "boot-loop-after-power-cut", [.recorderBootLoop, .recorderNotBack],
      [
        .failed("password-reset", at: "Comes up again", on: restartedByPlug),
        .failed("power-cut", at: "The live view is back in time"),
      ]),
    // The cameras have other names then.
    FlawExpectation(
      "boots-with-factory-settings", [.expectationUnmet],
      [
        .failed("password-reset", at: "Comes up again"),
        .failed("power-cut", at: "The live view is back in time"),
      ]),
    FlawExpectation(
      "clock-reset-by-power-cut", [.valueDiffers],
      [
        .failed("power-cut", at: "The clock went on")
      ]),
    FlawExpectation(
      "menu-bar-missing-after-restart", [.expectationUnmet],
      [
        .failed(
          "password-reset", at: "Try the old password / Open the log-in prompt / Open the menu bar"),
        .failed(
          "power-cut",
          at:
            "The password was kept / Enter the password / Open the log-in prompt / Open the menu bar"
        ),
      ]),
    FlawExpectation(
      "log-in-prompt-missing-after-restart", [.expectationUnmet],
      [
        .failed(
          "password-reset", at: "Try the old password / Open the log-in prompt / Choose any icon"),
        .failed(
          "power-cut",
          at:
            "The password was kept / Enter the password / Open the log-in prompt / Choose any icon"),
      ]),
  ]

  /// Menus, dialogs and the on-screen keyboard.
  private static let menus: [FlawExpectation] = [
    // In the message about the success it looks like a restart, which not every model declares.
    FlawExpectation(
      "crashes-in-menu", [.recorderWentDown, .recorderRestarted, .flowDiffers], strikesInMenu),
    FlawExpectation("hangs-in-menu", [.recorderHangs], strikesInMenu),
    FlawExpectation(
      "menu-bar-missing", [.expectationUnmet],
      Judgement.failed(
        in: inner("Open the log-in prompt / Open the menu bar", of: codeRequests + logIns))),
    FlawExpectation(
      "log-in-prompt-missing", [.expectationUnmet],
      Judgement.failed(
        in: inner("Open the log-in prompt / Choose any icon", of: codeRequests + logIns))),
    // Seen in the field for the code; a password shows dots, so that the recorder refuses it.
    FlawExpectation(
      "key-types-another", [.keyboardFails, .expectationUnmet],
      [
        // Which of the two codes has the key is drawn by lot.
        .failed("wrong-code", at: nil),
        .failed("expired-code", at: "Enter the expired code / Enter it / Type"),
        .failed("weak-password", at: "Enter the secure code / Enter it / Type"),
      ] + Judgement.failed(in: mainMenus)),
    FlawExpectation(
      "keyboard-will-not-close", [.expectationUnmet, .keyboardFails],
      Judgement.failed(
        in: codeParts.filter { $0.scenario == "wrong-code" }.map {
          ($0.scenario, "\($0.step) / Put the keyboard away")
        }
          + inner(
            "Enter it / Put the keyboard away",
            of: codeParts.filter { $0.scenario != "wrong-code" } + logIns))),
    // The others put it away once or twice only.
    FlawExpectation(
      "keyboard-sticks-later", [.expectationUnmet],
      [
        .failed("password-reset", at: nil), .failed("weak-password", at: nil),
      ]),
    FlawExpectation(
      "messages-will-not-close", [.expectationUnmet],
      [
        .failed("password-reset", at: "Close the refusal"),
        .failed("wrong-code", at: "Close the refusal"),
        .failed("weak-password", at: "Close the refusal"),
      ]),
    FlawExpectation(
      "cancel-does-nothing", [.expectationUnmet],
      [
        .failed("password-reset", at: "Leave the log-in prompt")
      ]),
    FlawExpectation(
      "wrong-firmware-version", [.valueDiffers],
      [
        .failed("firmware-version", at: "It is the version under test")
      ]),
    FlawExpectation(
      "auto-log-out-missing", [.expectationUnmet],
      [
        .failed("auto-log-out", at: "The menu goes away by itself")
      ]),
  ]

  /// What strikes with the first to third window, up to seconds after it came up: scenarios that
  /// open as many windows and stay long enough.
  private static let strikesInMenu: [Judgement] =
    (["password-reset", "auto-log-out", "firmware-version"] + codeParts.map(\.scenario))
    .map { .failed($0, at: nil) }

  // MARK: - Faults

  /// What is expected of each fault of the rig.
  static let faults: [FlawExpectation] =
    [
      FlawExpectation("cable-lost", [.captureNoCable], strikesInTime),
      FlawExpectation("cable-silent", [.signalLost], strikesInTime),
      FlawExpectation("capture-frozen", [.captureFrozen], strikesInTime),
      FlawExpectation("capture-gone", [.captureGone], strikesInTime),
      FlawExpectation("capture-garbled", [.captureGarbled], strikesInTime),
      FlawExpectation("capture-repeats", [.captureRepeats], strikesInTime),
      FlawExpectation("capture-black", [.captureBlack], strikesInTime),
      // Where the rig file has no picture of it, all that shows is that it never changes.
      FlawExpectation("capture-no-input", [.captureNoInput, .captureRepeats], strikesInTime),
      FlawExpectation("capture-out-of-range", [.captureOutOfRange], strikesInTime),
      FlawExpectation("mouse-unplugged", [.mouseNotTaken], strikesInTime),
      FlawExpectation("mouse-reports-lost", [.mouseSilent, .noWitness], strikesInTime),
      FlawExpectation("relay-stuck-off", [.supplyLost, .supplyStuckOff], strikesInTime),
      FlawExpectation("adapter-dies", [.supplyLost], strikesInTime),
      // A cut of the power would hide it.
      FlawExpectation(
        "capture-gone-and-back", [.captureGone, .signalLost],
        strikesInTime.filter { $0.scenario != "power-cut" }
      ),
      FlawExpectation("relay-stuck-on", [.supplyStuckOn], strikesTheCut),
      FlawExpectation("relay-lies", [.supplyStuckOn, .supplyLost], strikesTheCut),
      FlawExpectation("mailbox-unreachable", [.mailUnreachable], askingForCodes),
      FlawExpectation("mail-late", [.mailUndelivered], askingForCodes),
      FlawExpectation("mail-garbled", [.mailUnreadable], askingForCodes),
      FlawExpectation(
        "pointer-never-drawn", [.mouseSilent, .noWitness],
        Judgement.errored(
          in: inner("Open the log-in prompt / Open the menu bar", of: codeRequests + logIns))),
    ]

  /// What strikes within half a minute: scenarios that take longer.
  private static let strikesInTime: [Judgement] =
    (["password-reset", "auto-log-out", "power-cut"] + codeParts.map(\.scenario))
    .map { .errored($0, at: nil) }

  /// What shows when a code is asked for.
  private static let askingForCodes: [Judgement] = (["password-reset"] + codeParts.map(\.scenario))
    .map { .errored($0, at: nil) }

  /// What shows when the power is cut.
  private static let strikesTheCut: [Judgement] = [
    .errored(
      "password-reset", at: "Restart by the plug / Cut the power for ten seconds",
      on: restartedByPlug),
    .errored("power-cut", at: "Cut the power"),
  ]
}
