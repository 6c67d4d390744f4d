import SourceYAML

/// The way that a virtual recorder leads through a reset; what is nil is as in most recorders.
public struct VirtualFlowSettings: Sendable, Hashable {
  /// On how many pages a new password and its confirmation are asked for.
  public enum PasswordPages: String, Sendable, CaseIterable {
    /// Both on one.
    case one
    /// One after the other.
    case two
  }

  /// How often something is asked.
  public enum Asking: String, Sendable, CaseIterable {
    /// Every time.
    case always
    /// At no time.
    case never
    /// Every other time.
    case sometimes
  }

  /// What tells that the password was reset.
  public enum Success: String, Sendable, CaseIterable {
    /// A message with a button.
    case message
    /// A page with a button.
    case page
    /// A strip that goes by itself.
    case toast
  }

  /// What tells that something was refused.
  public enum Refusals: String, Sendable, CaseIterable {
    /// A message with a button.
    case message
    /// Words in the form itself.
    case inline
  }

  /// On how many pages a new password and its confirmation are asked for.
  public var passwordPages: PasswordPages?
  /// Whether the confirmation comes only when the new password was handed in by its button.
  public var confirmsAfterButton: Bool?
  /// Whether it asks once more before it resets the password.
  public var confirmReset: Asking?
  /// What tells that the password was reset.
  public var success: Success?
  /// How long after its coming up the menu bar hides by itself.
  public var menuHidesAfter: Duration?
  /// How far down a form goes once the keyboard is put away, in pixels of a 720-line screen.
  public var formsSettleBy: Int?
  /// The words that stand in fields while nothing is typed.
  public var placeholder: String?
  /// What tells that something was refused.
  public var refusals: Refusals?
  /// Whether fields keep what was refused.
  public var keepsRefused: Bool?

  /// Creates settings.
  public init(
    passwordPages: PasswordPages? = nil, confirmsAfterButton: Bool? = nil,
    confirmReset: Asking? = nil, success: Success? = nil, menuHidesAfter: Duration? = nil,
    formsSettleBy: Int? = nil, placeholder: String? = nil, refusals: Refusals? = nil,
    keepsRefused: Bool? = nil
  ) {
    self.passwordPages = passwordPages
    self.confirmsAfterButton = confirmsAfterButton
    self.confirmReset = confirmReset
    self.success = success
    self.menuHidesAfter = menuHidesAfter
    self.formsSettleBy = formsSettleBy
    self.placeholder = placeholder
    self.refusals = refusals
    self.keepsRefused = keepsRefused
  }
}

extension VirtualFlowSettings {
  private static let passwordPages = FieldShape.word(
    "passwordPages", PasswordPages.self,
    "Whether a new password and its confirmation are asked for on one page or on two; two if left "
      + "out.")
  private static let confirmsAfterButton = FieldShape(
    "confirmsAfterButton", .scalar(.boolean),
    "Whether the confirmation is asked for only after a click on the button, rather than beside the "
      + "new password or as soon as the keyboard is put away; as most recorders do with as many pages "
      + "if left out.")
  private static let confirmReset = FieldShape.word(
    "confirmReset", Asking.self,
    "Whether it asks once more before it resets the password; never if left out.")
  private static let success = FieldShape.word(
    "success", Success.self,
    "What tells that the password was reset: a message or a page with a button, or a toast, which "
      + "goes by itself; a message if left out.")
  private static let menuHidesAfter = FieldShape(
    "menuHidesAfter", .scalar(.duration),
    "How long after its coming up the menu bar hides by itself; it stays if left out.")

  private static let formsSettleBy = FieldShape(
    "formsSettleBy", .scalar(.integer(0...200)),
    "How far down a form goes once the keyboard that it made room for is put away, in pixels of a "
      + "720-line screen; it stays if left out.")

  private static let placeholder = FieldShape(
    "placeholder", .scalar(.text),
    "The words that stand in fields while nothing is typed; none if left out."
  ).shown(
    by: """
      virtual:
        flow: {placeholder: Type here}
      """)

  private static let refusals = FieldShape.word(
    "refusals", Refusals.self,
    "What tells that something was refused: a message with a button, or words in the form itself, which "
      + "stand there until something is typed anew; a message if left out.")

  private static let keepsRefused = FieldShape(
    "keepsRefused", .scalar(.boolean),
    "Whether fields keep what was refused, to be typed over; they are emptied if left out.")

  /// How it is written.
  static let field = FieldShape(
    "flow",
    .object(
      ObjectShape(
        "the way through a reset",
        [
          passwordPages, confirmsAfterButton, confirmReset, success, menuHidesAfter, formsSettleBy,
          placeholder, refusals, keepsRefused,
        ])),
    "The way that the recorder leads through a reset, whatever its model says that it does."
  ).shown(
    by: """
      virtual:
        flow: {passwordPages: one, confirmReset: always, success: toast, menuHidesAfter: 8s}
      """)

  /// Reads the section.
  init(_ section: YAMLNode) {
    self.init(
      passwordPages: section[Self.passwordPages]?.text.flatMap(PasswordPages.init),
      confirmsAfterButton: section[Self.confirmsAfterButton]?.boolean,
      confirmReset: section[Self.confirmReset]?.text.flatMap(Asking.init),
      success: section[Self.success]?.text.flatMap(Success.init),
      menuHidesAfter: section[Self.menuHidesAfter]?.duration,
      formsSettleBy: section[Self.formsSettleBy]?.integer,
      placeholder: section[Self.placeholder]?.text,
      refusals: section[Self.refusals]?.text.flatMap(Refusals.init),
      keepsRefused: section[Self.keepsRefused]?.boolean)
  }
}
