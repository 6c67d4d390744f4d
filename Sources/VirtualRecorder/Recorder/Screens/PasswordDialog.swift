/// Asks for a new password, then for the same once more.
struct PasswordDialog: Window, Codable {
  /// Which of the two is asked for.
  enum Purpose: Hashable, Codable, Sendable {
    case propose
    case confirm
  }

  var purpose: Purpose
  var entry: TextEntry? = TextEntry(isSecret: true)

  /// Creates an empty dialog.
  init(_ purpose: Purpose) {
    self.purpose = purpose
  }

  func layer(_ style: Style) -> Layer {
    let wordings = style.wordings
    let isFirst = purpose == .propose
    return FormPlan(
      title: isFirst ? wordings.newPasswordTitle : wordings.confirmTitle,
      text: isFirst ? wordings.newPasswordText : wordings.confirmText,
      textLines: 2,
      rows: [
        .field(
          label: isFirst ? wordings.newPassword : wordings.confirmPassword,
          entry ?? TextEntry(isSecret: true))
      ],
      accept: wordings.accept,
      cancel: wordings.cancel
    ).layer(style)
  }

  var kept: KeptWindow { .passwordDialog(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept:
      purpose == .propose
        ? .propose(password: entry?.text ?? "") : .confirm(password: entry?.text ?? "")
    case .cancel: .close
    case .field: .openKeyboard
    case .menuIcon, .tile, .key, .nothing, .forgotPassword: nil
    }
  }
}
