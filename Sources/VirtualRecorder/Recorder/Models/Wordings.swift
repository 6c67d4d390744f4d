/// What a model calls things. `{…}` stands for what is filled in.
struct Wordings: Sendable {
  var accept: String
  var cancel: String
  var close: String
  /// Sends a notice away.
  var dismiss: String
  var back: String

  var logInTitle: String
  var userName: String
  var password: String
  var forgotPassword: String
  /// `{left}`: attempts that are left.
  var logInRefused: String
  /// `{minutes}`: how long the lock lasts.
  var logInLocked: String

  var resetTitle: String
  /// `{date}`: the date of the request.
  var resetText: String
  var secureCode: String
  /// `{left}`: attempts that are left.
  var codeWrong: String
  var codeExpired: String
  /// `{minutes}`: how long the lock lasts.
  var codeLocked: String

  var newPasswordTitle: String
  var newPasswordText: String
  var newPassword: String
  var passwordBreaksRules: String
  var confirmTitle: String
  var confirmText: String
  var confirmPassword: String
  var passwordsDiffer: String

  var questionTitle: String
  /// Asks whether the password is really to be reset.
  var question: String
  var yes: String
  var no: String

  var successTitle: String
  var success: String
  var successThenRestart: String
  var errorTitle: String
  var busy: String

  var mainMenu: String
  /// `{user}`: who is logged in.
  var loggedInAs: String
  var systemPage: String
  var model: String
  var firmwareVersion: String
  var serialNumber: String
  var deviceDate: String
  var logOut: String

  var starting: String
  var connecting: String

  /// How another password is chosen; nil of a recorder that has but the reset for that.
  var account: Account?
  /// How another firmware is installed; nil of a recorder that takes it at its start.
  var update: Update?

  /// What whoever is logged in reads on the way to another password.
  struct Account: Sendable {
    /// The button that begins it.
    var change: String
    var currentPassword: String
    var currentPasswordText: String
    var changed: String
  }

  /// What whoever is logged in reads on the way to another firmware.
  struct Update: Sendable {
    /// The button that looks at the stick.
    var look: String
    var title: String
    /// `{version}`: what the stick holds.
    var question: String
    var nothing: String
    /// `{reason}`: what is wrong with what the stick holds.
    var refused: String
  }

  /// What stands on a page's button.
  func button(_ action: PageAction) -> String {
    switch action {
    case .changePassword: account?.change ?? ""
    case .lookForUpdate: update?.look ?? ""
    }
  }
}

extension String {
  /// The text with a placeholder such as `{left}` filled in.
  func filling(_ name: String, with value: String) -> String {
    replacing("{\(name)}", with: value)
  }
}
