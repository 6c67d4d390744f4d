/// Asks who one is before any menu opens.
struct LogInPrompt: Window, Codable {
  var entry: TextEntry? = TextEntry(isSecret: true)
  var refusal: String?
  var canRefuse: Bool { true }

  func layer(_ style: Style) -> Layer {
    FormPlan(
      title: style.wordings.logInTitle,
      rows: [
        .fixed(label: style.wordings.userName, value: style.model.identity.userName),
        .field(label: style.wordings.password, entry ?? TextEntry(isSecret: true)),
      ],
      link: style.wordings.forgotPassword,
      refusal: refusal,
      accept: style.wordings.accept,
      cancel: style.wordings.cancel
    ).layer(style)
  }

  var kept: KeptWindow { .logInPrompt(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept: .logIn(password: entry?.text ?? "")
    case .cancel: .close
    case .forgotPassword: .forgotPassword
    case .field: .openKeyboard
    case .menuIcon, .tile, .key, .nothing, .secondField: nil
    }
  }
}
