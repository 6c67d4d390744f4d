import Frames

/// Asks for patience while the recorder works.
struct BusyBox: Window {
  var manners: WindowManners {
    WindowManners(entrance: .atOnce, closesOnRightClick: false)
  }

  func layer(_ style: Style) -> Layer {
    let left = ((style.width - 280) / 2).rounded()
    let area = style.rect(left, 300, 280, 76)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .panel, intent: .nothing),
        Element(
          rect: area, look: .text(style.wordings.busy, .center)),
      ])
  }

  var kept: KeptWindow { .busyBox }

  func command(for intent: Intent) -> Command? { nil }
}
