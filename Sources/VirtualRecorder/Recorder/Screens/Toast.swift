import Frames

/// A strip over everything that says something and goes by itself; clicks go through it.
struct Toast: Hashable, Codable, Sendable {
  /// How long it stays.
  static let stay = Duration.seconds(6)

  var text: String

  func layer(_ style: Style) -> Layer {
    let (width, height) = (760.0, 54.0)
    let area = style.rect(((style.width - width) / 2).rounded(), 560, width, height)
    return Layer(
      area: area,
      elements: [
        Element(rect: area, look: .panel),
        Element(rect: area, look: .text(text, .center)),
      ])
  }
}
