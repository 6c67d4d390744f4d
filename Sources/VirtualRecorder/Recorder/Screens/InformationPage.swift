import Frames

/// A page of names and values, such as the system page.
struct InformationPage: Window, Codable {
  /// One line.
  struct Row: Hashable, Codable, Sendable {
    var name: String
    var value: String
  }

  var title: String
  var rows: [Row]

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
    elements.append(
      Element(
        rect: style.rect(style.width - 190, style.height - 72, 150, 42),
        look: .button(style.wordings.back, isDefault: false), intent: .cancel))
    return Layer(area: area, elements: elements)
  }

  var kept: KeptWindow { .informationPage(self) }

  func command(for intent: Intent) -> Command? {
    intent == .cancel ? .close : nil
  }
}
