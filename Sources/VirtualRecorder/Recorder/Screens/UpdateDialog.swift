/// Asks whether the firmware on the stick is to be installed.
struct UpdateDialog: Window, Codable {
  /// The version that the stick holds.
  var version: String

  func layer(_ style: Style) -> Layer {
    FormPlan(
      title: style.wordings.update?.title ?? "",
      text: (style.wordings.update?.question ?? "").filling("version", with: version),
      textLines: 3, rows: [], accept: style.wordings.accept, cancel: style.wordings.cancel
    ).layer(style)
  }

  var kept: KeptWindow { .updateDialog(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept: .install
    case .cancel: .close
    case .field, .secondField, .forgotPassword, .key, .menuIcon, .nothing, .tile: nil
    }
  }
}
