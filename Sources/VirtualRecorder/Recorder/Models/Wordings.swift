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
}

extension String {
  /// The text with a placeholder such as `{left}` filled in.
  func filling(_ name: String, with value: String) -> String {
    replacing("{\(name)}", with: value)
  }
}
