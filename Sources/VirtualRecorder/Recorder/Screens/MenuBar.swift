import Frames

/// The bar of icons that a right click opens.
struct MenuBar: Window, Codable {
  var edge: VirtualModel.MenuEdge

  var manners: WindowManners {
    WindowManners(entrance: .sliding(edge), closesOnClickBeside: true)
  }

  func layer(_ style: Style) -> Layer {
    let icons = style.model.menuIcons
    let (width, height) = (style.width, style.height)
    let thickness = style.theme.metrics.menuThickness
    let area =
      switch edge {
      case .bottom: style.rect(0, height - thickness, width, thickness)
      case .top: style.rect(0, 0, width, thickness)
      case .left: style.rect(0, 0, thickness, height)
      }
    var elements = [Element(rect: area, look: .menuGround, intent: .nothing)]
    let cell = style.theme.metrics.menuCell
    let run = edge == .left ? height : width
    let start = (run - cell * Double(icons.count)) / 2
    for (index, icon) in icons.enumerated() {
      let place = start + cell * Double(index)
      let rect =
        switch edge {
        case .bottom: style.rect(place + 4, height - thickness + 5, cell - 8, thickness - 10)
        case .top: style.rect(place + 4, 5, cell - 8, thickness - 10)
        case .left: style.rect(5, place + 4, thickness - 10, cell - 8)
        }
      elements.append(
        Element(
          rect: rect, look: .menuIcon(icon.shape, icon.caption), intent: .menuIcon(index)))
    }
    return Layer(area: area, elements: elements)
  }

  var kept: KeptWindow { .menuBar(self) }

  func command(for intent: Intent) -> Command? {
    if case .menuIcon = intent { .chooseMenuIcon } else { nil }
  }
}
