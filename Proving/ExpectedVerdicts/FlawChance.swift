/// Until when a flaw must have set in for a scenario to be sure to notice it.
///
/// A flaw that is there from the beginning is noticed where it is listed. One that sets in later
/// has missed some of its chances; what is told here is the last one that it can't miss. Where it
/// sets in later still, it may show or not, and nothing is expected.
struct FlawChance: Sendable, Hashable {
  /// The step, a path of names, at whose beginning the flaw must be at work.
  var until: String
  /// From the beginning of the first of these steps to that of the second one, nothing is sure.
  var butFrom: String?
  var butTo: String?

  /// Creates a chance.
  init(until: String, butFrom: String? = nil, butTo: String? = nil) {
    self.until = until
    self.butFrom = butFrom
    self.butTo = butTo
  }

  /// Whether a flaw that sets in at a moment is sure to be noticed.
  ///
  /// - Parameters:
  ///   - moment: when it sets in, in seconds.
  ///   - steps: when the steps of the run began, by their paths.
  /// - Returns: whether it is; false where the step was not reached.
  func isSure(at moment: Double, _ steps: [String: Double]) -> Bool {
    guard let last = steps[until], moment <= last else { return false }
    guard let from = butFrom.flatMap({ steps[$0] }), moment >= from else { return true }
    return butTo.flatMap { steps[$0] }.map { moment >= $0 } ?? false
  }
}

extension FlawChance {
  /// The last chance of a flaw in a scenario; nil where no moment is sure to be noticed.
  static func last(of flaw: String, in scenario: String) -> FlawChance? {
    all[flaw]?[scenario]
  }

  /// By flaw and scenario.
  static let all: [String: [String: FlawChance]] = codes.merging(passwords) { $1 }
    .merging(restarts) { $1 }.merging(menus) { $1 }.merging(faults) { $1 }

  private typealias Places = [String: FlawChance]

  /// The steps in which the reset hands in what it has chosen, and confirms.
  private static let handsIn = "Choose a new password / Go by what is asked for / Hand it in"
  private static let confirms =
    "Choose a new password / Go by what is asked for / Hand in the confirmation"
  /// The step in which a weak password is followed by a good one, and another one to confirm it.
  private static let confirmsAnother = "Choose a good password, and confirm another"

  private static func at(_ steps: [String: String]) -> Places {
    steps.mapValues { FlawChance(until: $0) }
  }

  /// The steps that ask for a secure code, which is mailed then.
  private static let request = [
    "password-reset": "Choose Forgot Password", "wrong-code": "Ask for a code",
    "expired-code": "Ask for a code", "weak-password": "Ask for a code",
  ]
  /// The last steps that begin at the live view and open menus.
  private static let lastMenus = [
    "password-reset": "Log in with the new password", "wrong-code": "Ask for a code",
    "expired-code": "Ask for a code", "weak-password": "Ask for a code",
    "log-in": "Enter the password", "firmware-version": "Log in",
    "power-cut": "The password was kept",
  ]
  /// The last steps with a window open or to be opened, and enough to be done after it.
  private static let lastWindows = [
    "password-reset": "Log in with the new password", "wrong-code": "Enter the right code",
    "expired-code": "Enter the expired code", "weak-password": confirmsAnother,
    "log-in": "Enter the password", "firmware-version": "Open the system page",
    "auto-log-out": "The menu goes away by itself", "power-cut": "The password was kept",
  ]

  private static let codes: [String: Places] = [
    "accepts-any-code": at([
      "wrong-code": "Enter a wrong code", "expired-code": "Enter the expired code",
    ]),
    "accepts-expired-code": at(["expired-code": "Enter the expired code"]),
    "never-sends-mail": at(request),
    "mails-wrong-code": at(request),
    "refuses-right-code-after-wrong": at(["wrong-code": "Enter the right code"]),
    "reset-dialog-missing": at(request),
  ]

  private static let passwords: [String: Places] = [
    "keeps-old-password": at(["password-reset": confirms]),
    "success-without-storing": at(["password-reset": confirms]),
    "ignores-password-rules": at(["weak-password": "Choose a weak password"]),
    "lets-confirmation-differ": at(["weak-password": confirmsAnother]),
    "skips-confirmation": at([
      "password-reset": handsIn, "weak-password": confirmsAnother,
    ]),
    "refuses-right-confirmation": at(["password-reset": confirms]),
    "stores-shortened-password": at(["password-reset": confirms]),
    "log-in-accepts-old-password": at(["password-reset": "Try the old password"]),
    "log-in-accepts-any-password": at(["password-reset": "Try the old password"]),
  ]

  private static let restarts: [String: Places] = [
    "auto-reboot-missing": at(["password-reset": confirms]),
    "no-boot-after-power-cut": at(cuts),
    "boot-loop-after-power-cut": at(cuts),
    "boots-with-factory-settings": at([
      "password-reset": confirms, "power-cut": "Cut the power",
    ]),
    "clock-reset-by-power-cut": at(["power-cut": "Cut the power"]),
    "menu-bar-missing-after-restart": at(menusAfterRestart),
    "log-in-prompt-missing-after-restart": at(menusAfterRestart),
  ]
  /// The steps that cut the power.
  private static let cuts = ["password-reset": "Restart by the plug", "power-cut": "Cut the power"]
  /// The last steps that open menus after a restart.
  private static let menusAfterRestart = lastMenus.filter {
    ["password-reset", "power-cut"].contains($0.key)
  }

  private static let menus: [String: Places] = [
    "crashes-in-menu": inWindows,
    "hangs-in-menu": inWindows,
    "menu-bar-missing": at(lastMenus.merging(["auto-log-out": "Open the menu bar"]) { $1 }),
    "log-in-prompt-missing": at(
      lastMenus.merging(["auto-log-out": "The log-in prompt asks again"]) { $1 }),
    // Once it has been drawn which key it is, others are typed.
    "key-types-another": at(
      firstLogIns.merging([
        "password-reset": "Enter the secure code", "wrong-code": "Enter a wrong code",
        "expired-code": "Enter the expired code", "weak-password": "Enter the secure code",
      ]) { $1 }),
    "keyboard-will-not-close": at(
      firstLogIns.merging([
        "password-reset": "Log in with the new password", "wrong-code": "Enter the right code",
        "expired-code": "Enter the expired code",
        "weak-password": confirmsAnother,
      ]) { $1 }),
    // It must be put away four times after this.
    "keyboard-sticks-later": at([
      "password-reset": "Choose a new password", "weak-password": "Enter the secure code",
    ]),
    "messages-will-not-close": at([
      "password-reset": "Close the refusal", "wrong-code": "Close the refusal",
      "weak-password": "Close the refusal",
    ]),
    "cancel-does-nothing": at(["password-reset": "Leave the log-in prompt"]),
    "wrong-firmware-version": at(["firmware-version": "Open the system page"]),
    "auto-log-out-missing": at(["auto-log-out": "Log in"]),
  ]
  /// The first steps that type a password, where no code is typed.
  private static let firstLogIns = [
    "log-in": "Enter the password", "auto-log-out": "Log in", "firmware-version": "Log in",
    "power-cut": "The password was kept",
  ]
  /// What strikes in windows. A crash in the message about the success is the restart that is
  /// waited for, and a hang there is ended by the plug.
  private static let inWindows: Places = {
    var places = at(lastWindows)
    places["password-reset"]?.butFrom = confirms
    places["password-reset"]?.butTo = "Try the old password"
    return places
  }()

  private static let faults: [String: Places] = [
    "cable-lost": at(lastWindows), "cable-silent": at(lastWindows),
    "capture-frozen": at(lastWindows), "capture-gone": at(lastWindows),
    "capture-garbled": at(lastWindows), "capture-repeats": at(lastWindows),
    "capture-black": at(lastWindows), "capture-no-input": at(lastWindows),
    "capture-out-of-range": at(lastWindows), "mouse-unplugged": at(lastWindows),
    "mouse-reports-lost": at(lastWindows), "relay-stuck-off": at(lastWindows),
    "relay-stuck-on": at(cuts), "relay-lies": at(cuts), "mailbox-unreachable": at(request),
    "mail-late": at(request), "mail-garbled": at(request),
  ]
}
