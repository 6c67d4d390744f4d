import Frames

/// Says something and waits for consent.
struct MessageBox: Window, Codable {
  /// What follows the consent.
  enum Aftermath: Hashable, Codable, Sendable {
    /// The window below is there again.
    case nothing
    /// Back to the live view.
    case closeAll
    /// The recorder restarts.
    case restart
  }

  var title: String
  var text: String
  var aftermath: Aftermath

  var manners: WindowManners { WindowManners(closesOnRightClick: false) }

  func layer(_ style: Style) -> Layer {
    let (width, height) = (480.0, 214.0)
    let left = ((style.width - width) / 2).rounded()
    let top = 226.0
    let area = style.rect(left, top, width, height)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .panel, intent: .nothing),
        Element(rect: style.rect(left, top, width, 40), look: .titleBar(title)),
        Element(
          rect: style.rect(left + 28, top + 48, width - 56, 100),
          look: .text(text, .center)),
        Element(
          rect: style.rect(left + (width - 130) / 2, top + 156, 130, 40),
          look: .button(style.wordings.accept, isDefault: true), intent: .accept),
      ])
  }

  var kept: KeptWindow { .messageBox(self) }

  func command(for intent: Intent) -> Command? {
    intent == .accept ? .follow(aftermath) : nil
  }
}
