import Frames

/// Asks whether the password is really to be reset.
struct QuestionBox: Window {
  var manners: WindowManners { WindowManners(closesOnRightClick: false) }

  func layer(_ style: Style) -> Layer {
    let (width, height) = (520.0, 190.0)
    let left = ((style.width - width) / 2).rounded()
    let top = 210.0
    let wordings = style.wordings
    let area = style.rect(left, top, width, height)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .panel, intent: .nothing),
        Element(rect: style.rect(left, top, width, 40), look: .titleBar(wordings.questionTitle)),
        Element(
          rect: style.rect(left + 28, top + 52, width - 56, 66),
          look: .text(wordings.question, .center)),
        Element(
          rect: style.rect(left + width / 2 - 150, top + 132, 130, 40),
          look: .button(wordings.yes, isDefault: true), intent: .accept),
        Element(
          rect: style.rect(left + width / 2 + 20, top + 132, 130, 40),
          look: .button(wordings.no, isDefault: false), intent: .cancel),
      ])
  }

  var kept: KeptWindow { .questionBox }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .accept: .save
    case .cancel: .follow(.closeAll)
    case .field, .secondField, .menuIcon, .tile, .key, .nothing, .forgotPassword: nil
    }
  }
}
