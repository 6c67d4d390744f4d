import Frames

/// What a button on a page begins.
enum PageAction: String, Codable, Sendable {
  /// Another password for whoever is logged in.
  case changePassword
  /// A look at the stick, for another firmware.
  case lookForUpdate
}

/// A page of names and values, such as the system page.
struct InformationPage: Window, Codable {
  /// One line.
  struct Row: Hashable, Codable, Sendable {
    var name: String
    var value: String
  }

  var title: String
  var rows: [Row]
  /// What the button below them begins; nil where there is none.
  var action: PageAction?

  var manners: WindowManners { WindowManners(coversAll: true) }

  func layer(_ style: Style) -> Layer {
    let area = style.rect(0, 0, style.width, style.height)
    var elements = [
      Element(rect: area, look: .fullScreen, intent: .nothing),
      Element(rect: style.rect(0, 0, style.width, 64), look: .header(title, "")),
    ]
    for (index, row) in rows.enumerated() {
      let y = 120 + Double(index) * 56
      elements.append(
        Element(rect: style.rect(220, y, 320, 48), look: .value(row.name)))
      elements.append(
        Element(rect: style.rect(560, y, 480, 48), look: .value(row.value)))
      elements.append(
        Element(rect: style.rect(220, y + 50, style.width - 440, 1), look: .separator))
    }
    if let action {
      elements.append(
        Element(
          rect: style.rect(220, 120 + Double(rows.count) * 56 + 28, 260, 42),
          look: .button(style.wordings.button(action), isDefault: false), intent: .accept))
    }
    elements.append(
      Element(
        rect: style.rect(style.width - 190, style.height - 72, 150, 42),
        look: .button(style.wordings.back, isDefault: false), intent: .cancel))
    return Layer(area: area, elements: elements)
  }

  var kept: KeptWindow { .informationPage(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .cancel: .close
    case .accept: action.map(Command.begin)
    case .field, .secondField, .forgotPassword, .key, .menuIcon, .nothing, .tile: nil
    }
  }
}
