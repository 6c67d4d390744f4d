/// The way that a recorder leads through a reset, as far as recorders differ in it.
public struct ResetFlow: Sendable, Hashable {
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
    /// Every other time, by lot.
    case sometimes
  }

  /// What tells that the password was reset.
  public enum Success: String, Sendable, CaseIterable {
    /// A message in front of what was there, which is closed by its button.
    case message
    /// A page that covers the whole screen, which is closed by its button.
    case page
    /// A strip over the live view that goes by itself and takes no clicks.
    case toast
  }

  /// What tells that something was refused.
  public enum Refusals: String, Sendable, CaseIterable {
    /// A message in front of what was there, which is closed by its button.
    case message
    /// Words in the form itself, which stand there until something is typed anew.
    case inline
  }

  /// On how many pages the new password and its confirmation are asked for.
  public var passwordPages: PasswordPages
  /// Whether the confirmation is asked for only when the new password was handed in by its button; nil
  /// is as usual: so with two pages. Without, the second page comes as soon as the keyboard is put
  /// away.
  public var confirmsAfterButton: Bool?
  /// Whether it asks once more before it resets the password.
  public var confirmReset: Asking
  /// What tells that the password was reset.
  public var success: Success
  /// How long after its coming up the menu bar hides by itself; nil stays.
  public var menuHidesAfter: Duration?
  /// How far down a form goes once the keyboard that it made room for is put away, in pixels of a
  /// 720-line screen.
  public var formsSettleBy: Int
  /// The words that stand in fields while nothing is typed; nil where none do.
  public var placeholder: String?
  /// What tells that something was refused.
  public var refusals: Refusals
  /// Whether fields keep what was refused, to be typed over.
  public var keepsRefused: Bool

  /// Creates a way; what is left out is as in most recorders.
  public init(
    passwordPages: PasswordPages = .two, confirmsAfterButton: Bool? = nil,
    confirmReset: Asking = .never, success: Success = .message, menuHidesAfter: Duration? = nil,
    formsSettleBy: Int = 0, placeholder: String? = nil, refusals: Refusals = .message,
    keepsRefused: Bool = false
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

  /// Whether the new password must be handed in before its confirmation is asked for.
  var hasButtonBetween: Bool { confirmsAfterButton ?? (passwordPages == .two) }
}
