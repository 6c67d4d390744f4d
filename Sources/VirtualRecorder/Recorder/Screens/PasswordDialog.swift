/// Asks for a new password, then for the same once more; before, where somebody who is logged in
/// wants another one, for the one that holds.
struct PasswordDialog: Window, Codable {
  /// Which one is asked for.
  enum Purpose: Hashable, Codable, Sendable {
    case current
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
    let (title, text, label) =
      switch purpose {
      case .current:
        (
          wordings.account?.change ?? "", wordings.account?.currentPasswordText ?? "",
          wordings.account?.currentPassword ?? ""
        )
      case .propose:
        (wordings.newPasswordTitle, wordings.newPasswordText, wordings.newPassword)
      case .confirm: (wordings.confirmTitle, wordings.confirmText, wordings.confirmPassword)
      }
    return FormPlan(
      title: title,
      text: text,
      textLines: 2,
      rows: [.field(label: label, entry ?? TextEntry(isSecret: true))],
      accept: wordings.accept,
      cancel: wordings.cancel
    ).layer(style)
  }

  var kept: KeptWindow { .passwordDialog(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept:
      switch purpose {
      case .current: .prove(password: entry?.text ?? "")
      case .propose: .propose(password: entry?.text ?? "")
      case .confirm: .confirm(password: entry?.text ?? "")
      }
    case .cancel: .close
    case .field: .openKeyboard
    case .menuIcon, .tile, .key, .nothing, .forgotPassword: nil
    }
  }
}
