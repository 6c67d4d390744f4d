import Frames

/// The menu behind the log-in: tiles that lead to pages.
struct MainMenu: Window, Codable {
  var manners: WindowManners { WindowManners(coversAll: true) }

  /// The tiles in order: the model's pages, the system page, and the way out.
  private func tiles(_ style: Style) -> [(IconShape, String)] {
    style.model.menuPages.map { ($0.shape, $0.caption) } + [
      (.information, style.wordings.systemPage), (.door, style.wordings.logOut),
    ]
  }

  func layer(_ style: Style) -> Layer {
    let area = style.rect(0, 0, style.width, style.height)
    let user = style.wordings.loggedInAs.filling("user", with: style.model.identity.userName)
    var elements = [
      Element(rect: area, look: .fullScreen, intent: .nothing),
      Element(
        rect: style.rect(0, 0, style.width, 64), look: .header(style.wordings.mainMenu, user)),
    ]
    let (columns, side, gap) = (style.theme.metrics.tileColumns, 210.0, 40.0)
    let left = (style.width - Double(columns) * (side + gap) + gap) / 2
    for (index, tile) in tiles(style).enumerated() {
      let x = left + Double(index % columns) * (side + gap)
      let y = 130 + Double(index / columns) * (190 + gap)
      elements.append(
        Element(
          rect: style.rect(x, y, side, 190), look: .tile(tile.0, tile.1),
          intent: .tile(index)))
    }
    elements.append(
      Element(
        rect: style.rect(style.width - 190, style.height - 72, 150, 42),
        look: .button(style.wordings.close, isDefault: false), intent: .cancel))
    return Layer(area: area, elements: elements)
  }

  /// How many pages come before the system page.
  var pageCount: Int

  var kept: KeptWindow { .mainMenu(self) }

  func command(for intent: Intent) -> Command? {
    switch intent {
    case .cancel: .close
    case .tile(let index) where index < pageCount: .showPage(index)
    case .tile(pageCount): .showSystemPage
    case .tile: .logOut
    case .accept, .field, .secondField, .forgotPassword, .key, .menuIcon, .nothing: nil
    }
  }
}
