import Frames
import SeededRandom

/// A way through a reset, as a recorder leads and as its model declares it.
package struct FlowVariant: Sendable, Hashable {
  /// Whether new password and confirmation stand on one page.
  package var isOnePage = false
  /// Whether the confirmation comes only after a click on the button.
  package var hasButtonBetween = true
  /// How often the recorder asks once more.
  package var confirmReset = "never"
  /// What tells of the success.
  package var success = "message"
  /// How many seconds after its coming up the menu bar hides; nil stays.
  package var menuHidesAfter: Int?
  /// The words that stand in fields while nothing is typed; nil where none do.
  package var placeholder: String?
  /// Whether refusals stand in the form, rather than in a message.
  package var refusesInline = false
  /// Whether fields keep what was refused.
  package var keepsRefused = false

  /// Creates the way that most recorders lead.
  package init() {}

  /// Draws a way from a seed, of which each part is as likely.
  package init(seed: UInt64, name: String) {
    var stream = SeededStream(seed: seed, name: name)
    isOnePage = Bool.random(using: &stream)
    hasButtonBetween = Bool.random(using: &stream)
    confirmReset = ["always", "never", "sometimes"].randomElement(using: &stream) ?? "never"
    success = ["message", "page", "toast"].randomElement(using: &stream) ?? "message"
    if Int.random(in: 0..<4, using: &stream) == 0 {
      menuHidesAfter = Int.random(in: 10...20, using: &stream)
    }
    placeholder =
      Int.random(in: 0..<3, using: &stream) == 0
      ? ["Type here", "At least 6 characters", "Click to enter"].randomElement(using: &stream) : nil
    refusesInline = Int.random(in: 0..<3, using: &stream) == 0
    keepsRefused = Int.random(in: 0..<3, using: &stream) == 0
  }

  /// What is set of the recorder, otherwise than most have it.
  package var recorder: [String] {
    var settings: [String] = []
    if isOnePage { settings.append("passwordPages=one") }
    if hasButtonBetween == isOnePage { settings.append("confirmsAfterButton=\(hasButtonBetween)") }
    if confirmReset != "never" { settings.append("confirmReset=\(confirmReset)") }
    if success != "message" { settings.append("success=\(success)") }
    if let menuHidesAfter { settings.append("menuHidesAfter=\(menuHidesAfter)s") }
    if let placeholder { settings.append("placeholder=\(placeholder)") }
    if refusesInline { settings.append("refusals=inline") }
    if keepsRefused { settings.append("keepsRefused=true") }
    return settings.map { "virtual.flow.\($0)" }
  }

  /// What its model declares.
  ///
  /// - Parameter model: the model's name.
  /// - Returns: what is set.
  package func declared(on model: String) -> [String] {
    var settings: [String] = []
    if isOnePage { settings.append("flow.passwordPages=one") }
    if confirmReset != "never" { settings.append("flow.confirmReset=\(confirmReset)") }
    if success != "message" { settings.append("flow.success=\(success)") }
    if let placeholder {
      settings += ["newPassword", "confirmPassword"].map {
        "fields.\($0).placeholder=\(placeholder)"
      }
    }
    if refusesInline {
      settings.append("flow.refusals=inline")
      settings += Self.refusals.map { "labels.\($0).in=dialog" }
      // The form grows by them.
      if let dialog = Self.dialogs[model] { settings.append("regions.dialog=\(dialog)") }
    }
    if let place = Self.places[success] {
      let scale = model == "harbor-series" ? 3 : 2
      let rect = [place.x, place.y, place.width, place.height].map { "\($0 * scale / 2)" }
      settings.append("labels.success.in=[\(rect.joined(separator: ", "))]")
    }
    return settings.map { "model.\($0)" }
  }

  /// The labels of what is refused.
  private static let refusals = ["codeRefused", "rulesRefused", "passwordsDiffer", "logInRefused"]

  /// Where the forms lie that tell of a refusal, too.
  private static let dialogs = [
    "night-series": "[340, 50, 600, 390]", "summit-series": "[360, 90, 560, 350]",
    "harbor-series": "[480, 70, 960, 600]",
  ]

  /// Where the success is told of, on a screen of 720 lines.
  private static let places = [
    "page": PixelRect(x: 120, y: 110, width: 1040, height: 110),
    "toast": PixelRect(x: 240, y: 550, width: 800, height: 74),
  ]
}
