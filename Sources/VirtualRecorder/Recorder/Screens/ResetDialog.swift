/// Asks for the secure code that was mailed.
struct ResetDialog: Window, Codable {
  /// The date of the request, as the model writes it.
  var date: String
  var entry: TextEntry? = TextEntry(isSecret: false)
  var refusal: String?
  var canRefuse: Bool { true }

  func layer(_ style: Style) -> Layer {
    FormPlan(
      title: style.wordings.resetTitle,
      text: style.wordings.resetText.filling("date", with: date),
      textLines: style.theme.metrics.resetLines,
      rows: [.field(label: style.wordings.secureCode, entry ?? TextEntry(isSecret: false))],
      refusal: refusal,
      accept: style.wordings.accept,
      cancel: style.wordings.cancel
    ).layer(style)
  }

  var kept: KeptWindow { .resetDialog(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept: .submit(code: entry?.text ?? "")
    case .cancel: .close
    case .field: .openKeyboard
    case .menuIcon, .tile, .key, .nothing, .forgotPassword, .secondField: nil
    }
  }
}
