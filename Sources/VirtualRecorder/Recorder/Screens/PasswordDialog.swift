/// Asks for a new password, and for the same once more, on two pages or on one; before, where
/// somebody who is logged in wants another one, for the one that holds.
struct PasswordDialog: Window, Codable {
  /// What is asked for.
  enum Purpose: Hashable, Codable, Sendable {
    case current
    case propose
    case confirm
    /// Both, in two fields of one page.
    case both
    /// The confirmation, on the page that the new password was handed in on and still stands on.
    case confirmBelow
  }

  var purpose: Purpose
  private var first: TextEntry
  private var second: TextEntry?
  var refusal: String?
  var canRefuse: Bool { true }

  private enum CodingKeys: String, CodingKey {
    case purpose
    case first = "entry"
    case second
    case refusal
  }

  /// Creates an empty dialog.
  init(_ purpose: Purpose) {
    self.purpose = purpose
    first = TextEntry(isSecret: true)
    if purpose == .both { second = TextEntry(isSecret: true) }
  }

  /// The same page with a second field, for the confirmation of what stands in the first.
  var askingBelow: PasswordDialog {
    var dialog = self
    (dialog.purpose, dialog.second) = (.confirmBelow, TextEntry(isSecret: true))
    return dialog
  }

  /// Whether the keyboard types into the second field.
  private var isSecond: Bool { second?.isFocused == true }

  var entry: TextEntry? {
    get { isSecond ? second : first }
    set {
      if isSecond { second = newValue } else { first = newValue ?? TextEntry(isSecret: true) }
    }
  }

  var entryField: Intent { isSecond ? .secondField : .field }

  mutating func focus(on field: Intent) {
    first.isFocused = field == .field
    second?.isFocused = field == .secondField
  }

  /// Empties what must be typed anew.
  mutating func clear(confirmationOnly: Bool) {
    if !confirmationOnly || second == nil { first.text = "" }
    second?.text = ""
  }

  /// Whether something was typed that is not handed in yet.
  var isFilled: Bool { !first.text.isEmpty }

  func layer(_ style: Style) -> Layer {
    let wordings = style.wordings
    let (title, text, label) =
      switch purpose {
      case .current:
        (
          wordings.account?.change ?? "", wordings.account?.currentPasswordText ?? "",
          wordings.account?.currentPassword ?? ""
        )
      case .propose, .both, .confirmBelow:
        (wordings.newPasswordTitle, wordings.newPasswordText, wordings.newPassword)
      case .confirm: (wordings.confirmTitle, wordings.confirmText, wordings.confirmPassword)
      }
    var rows = [FormPlan.Row.field(label: label, first)]
    if let second {
      rows.append(.field(label: wordings.confirmPassword, second, intent: .secondField))
    }
    return FormPlan(
      title: title, text: text, textLines: 2, rows: rows, refusal: refusal,
      accept: wordings.accept, cancel: wordings.cancel
    ).layer(style)
  }

  var kept: KeptWindow { .passwordDialog(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept:
      switch purpose {
      case .current: .prove(password: first.text)
      case .propose: .propose(password: first.text)
      case .confirm: .confirm(password: first.text)
      case .both, .confirmBelow:
        .proposeWithConfirmation(first.text, confirmation: second?.text ?? "")
      }
    case .cancel: .close
    case .field, .secondField: .openKeyboard
    case .menuIcon, .tile, .key, .nothing, .forgotPassword: nil
    }
  }
}
