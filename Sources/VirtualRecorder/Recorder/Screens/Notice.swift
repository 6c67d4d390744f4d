import Frames

/// Comes up unasked and stays until it is closed.
struct Notice: Window, Codable {
  var plan: VirtualModel.NoticePlan

  var manners: WindowManners { WindowManners(closesOnRightClick: false) }

  func layer(_ style: Style) -> Layer {
    let (width, height) = (360.0, 150.0)
    let left = plan.isModal ? ((style.width - width) / 2).rounded() : style.width - width - 24
    let top = plan.isModal ? 270.0 : style.height - height - 24
    let area = style.rect(left, top, width, height)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .panel, intent: .nothing),
        Element(rect: style.rect(left, top, width, 34), look: .titleBar(plan.title)),
        Element(
          rect: style.rect(left + 16, top + 38, width - 32, 60),
          look: .text(plan.text, .leading)),
        Element(
          rect: style.rect(left + width - 126, top + 104, 110, 34),
          look: .button(style.wordings.dismiss, isDefault: false), intent: .cancel),
      ])
  }

  var kept: KeptWindow { .notice(self) }

  func command(for intent: Intent) -> Command? {
    intent == .cancel ? .close : nil
  }
}
