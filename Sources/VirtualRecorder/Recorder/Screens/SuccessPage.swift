import Frames

/// Says on a page of its own that something was done, and waits for consent.
struct SuccessPage: Window, Codable {
  var text: String
  var aftermath: MessageBox.Aftermath

  var manners: WindowManners { WindowManners(closesOnRightClick: false, coversAll: true) }

  func layer(_ style: Style) -> Layer {
    let area = style.rect(0, 0, style.width, style.height)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .fullScreen, intent: .nothing),
        Element(
          rect: style.rect(0, 0, style.width, 64), look: .header(style.wordings.successTitle, "")),
        Element(
          rect: style.rect(140, 120, style.width - 280, 90), look: .text(text, .leading)),
        Element(
          rect: style.rect((style.width - 180) / 2, 380, 180, 46),
          look: .button(style.wordings.accept, isDefault: true), intent: .accept),
      ])
  }

  var kept: KeptWindow { .successPage(self) }

  func command(for intent: Intent) -> Command? {
    intent == .accept ? .follow(aftermath) : nil
  }
}
