import Frames

/// The parts of a form from top to bottom; one layout for all of a model's forms.
struct FormPlan {
  /// A line with a label and a value.
  enum Row {
    case fixed(label: String, value: String)
    case field(label: String, TextEntry, intent: Intent = .field)
  }

  var title: String
  var text: String?
  /// How many lines the text takes.
  var textLines = 0
  var rows: [Row]
  var link: String?
  /// Why something was refused.
  var refusal: String?
  var accept: String
  var cancel: String?

  private static let titleHeight = 42.0
  private static let lineHeight = 25.0
  private static let fieldHeight = 36.0
  /// How many lines a refusal takes.
  private static let refusalLines = 2.0
  private static let margin = 28.0

  /// The form laid out in a style.
  func layer(_ style: Style) -> Layer {
    let (top, width) = (style.theme.metrics.formTop, style.theme.metrics.formWidth)
    let left = ((style.width - width) / 2).rounded()
    let inner = width - 2 * FormPlan.margin
    var y = top + FormPlan.titleHeight + 14
    var parts: [Element] = []

    if let text {
      let height = Double(textLines) * FormPlan.lineHeight
      parts.append(
        Element(
          rect: style.rect(left + FormPlan.margin, y, inner, height),
          look: .text(text, .leading)))
      y += height + 12
    }
    for row in rows {
      y = add(row, to: &parts, left: left + FormPlan.margin, y: y, width: inner, style)
    }
    if let link {
      let linkWidth = Double(link.count) * style.theme.textSize * 0.62 + 20
      let x = left + width - FormPlan.margin - linkWidth
      parts.append(
        Element(
          rect: style.rect(x, y, linkWidth, 32), look: .link(link), intent: .forgotPassword))
      y += 38
    }
    if let refusal {
      let height = Self.refusalLines * Self.lineHeight
      parts.append(
        Element(
          rect: style.rect(left + FormPlan.margin, y, inner, height),
          look: .text(refusal, .leading)))
      y += height + 12
    }
    y += 10
    parts += buttons(left: left + FormPlan.margin, y: y, width: inner, style)
    y += 40 + 20

    let area = style.rect(left, top, width, y - top)
    let title = style.rect(left, top, width, FormPlan.titleHeight)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .panel, intent: .nothing),
        Element(rect: title, look: .titleBar(self.title)),
      ] + parts)
  }

  /// Adds a row and returns where the next one begins.
  private func add(
    _ row: Row, to parts: inout [Element], left: Double, y: Double, width: Double,
    _ style: Style
  ) -> Double {
    let (label, look, intent): (String, LayerStyle, Intent?)
    switch row {
    case .fixed(let name, let value): (label, look, intent) = (name, .fixedField(value), nil)
    case .field(let name, let entry, let use):
      var content = entry.content
      content.placeholder = style.model.flow.placeholder
      (label, look, intent) = (name, .field(content), use)
    }
    switch style.theme.labelPlace {
    case .left:
      let labelWidth = 170.0
      parts.append(
        Element(
          rect: style.rect(left, y, labelWidth, FormPlan.fieldHeight), look: .value(label)))
      parts.append(
        Element(
          rect: style.rect(left + labelWidth, y, width - labelWidth, FormPlan.fieldHeight),
          look: look, intent: intent))
      return y + FormPlan.fieldHeight + 12
    case .above:
      parts.append(Element(rect: style.rect(left, y, width, 26), look: .value(label)))
      parts.append(
        Element(
          rect: style.rect(left, y + 26, width, FormPlan.fieldHeight), look: look,
          intent: intent))
      return y + 26 + FormPlan.fieldHeight + 8
    }
  }

  private func buttons(left: Double, y: Double, width: Double, _ style: Style) -> [Element] {
    let accepting = (accept, Intent.accept, true)
    let others = cancel.map { [($0, Intent.cancel, false)] } ?? []
    let gap = 20.0
    let order: [(String, Intent, Bool)]
    let buttonWidth: Double
    let start: Double
    switch style.theme.buttonPlace {
    case .centredAcceptFirst:
      order = [accepting] + others
      buttonWidth = 130
      start = (width - Double(order.count) * (buttonWidth + gap) + gap) / 2
    case .rightAcceptLast:
      order = others + [accepting]
      buttonWidth = 130
      start = width - Double(order.count) * (buttonWidth + gap) + gap
    case .fullWidthAcceptLast:
      order = others + [accepting]
      buttonWidth = (width + gap) / Double(order.count) - gap
      start = 0
    }
    return order.enumerated().map { index, button in
      Element(
        rect: style.rect(
          left + start + Double(index) * (buttonWidth + gap), y, buttonWidth, 40),
        look: .button(button.0, isDefault: button.2), intent: button.1)
    }
  }
}
