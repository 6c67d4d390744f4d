/// A third of the screen at one of its edges.
public enum ScreenPart: String, Sendable, CaseIterable {
  /// At its upper edge.
  case top
  /// At its lower edge.
  case bottom
  /// At its left edge.
  case left
  /// At its right edge.
  case right

  /// The part of a screen.
  public func rect(of screen: PixelSize) -> PixelRect {
    let (width, height) = (screen.width, screen.height)
    return switch self {
    case .top: PixelRect(x: 0, y: 0, width: width, height: height / 3)
    case .bottom:
      PixelRect(x: 0, y: height - height / 3, width: width, height: height / 3)
    case .left: PixelRect(x: 0, y: 0, width: width / 3, height: height)
    case .right: PixelRect(x: width - width / 3, y: 0, width: width / 3, height: height)
    }
  }
}
