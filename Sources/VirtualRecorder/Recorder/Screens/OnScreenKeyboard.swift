import Frames

/// The keyboard that comes up under a field and covers the buttons below it.
struct OnScreenKeyboard: Hashable, Codable, Sendable {
  /// The page that is shown.
  var page = 0

  private static let gap = 5.0
  private static let padding = 10.0

  /// The keyboard laid out under a field.
  func layer(_ style: Style, under field: PixelRect) -> Layer {
    let metrics = style.theme.metrics
    let rows = style.model.keyboard.pages[page].rows
    let pitch = metrics.keyWidth + OnScreenKeyboard.gap
    let widest =
      style.model.keyboard.pages.flatMap(\.rows).map { row in
        row.reduce(0) { $0 + $1.width } * pitch - OnScreenKeyboard.gap
      }.max() ?? 0
    let width = widest + 2 * OnScreenKeyboard.padding
    let height =
      Double(rows.count) * (metrics.keyHeight + OnScreenKeyboard.gap)
      - OnScreenKeyboard.gap + 2 * OnScreenKeyboard.padding
    let left = ((style.width - width) / 2).rounded()
    let top = Double(field.maxY) / style.scale + 6
    let area = style.rect(left, top, width, height)
    var elements = [Element(rect: area, look: .keyboardGround, intent: .nothing)]
    for (index, row) in rows.enumerated() {
      let rowWidth = row.reduce(0) { $0 + $1.width } * pitch - OnScreenKeyboard.gap
      var x = left + (width - rowWidth) / 2
      let y =
        top + OnScreenKeyboard.padding
        + Double(index) * (metrics.keyHeight + OnScreenKeyboard.gap)
      for key in row {
        let keyWidth = key.width * pitch - OnScreenKeyboard.gap
        elements.append(
          Element(
            rect: style.rect(x, y, keyWidth, metrics.keyHeight),
            look: .key(key.label, isLetter: key.label.count == 1),
            intent: .key(key.action)))
        x += keyWidth + OnScreenKeyboard.gap
      }
    }
    return Layer(area: area, elements: elements)
  }

  /// Goes on after a character was typed.
  mutating func characterTyped(_ layout: KeyboardLayout) {
    if let next = layout.pages[page].followedBy { page = next }
  }
}
