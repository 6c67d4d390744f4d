import Frames

extension TextLineDetector {
  /// How far outside a region a line may begin and still be seen whole, in pixels.
  static let reach = 16

  /// The candidates that lie in a part of a picture at least in part, in the picture's pixels.
  static func candidates(in luma: Plane, _ area: PixelRect) -> [TextLineCandidate] {
    found(by: candidates, in: luma, area)
  }

  /// The same for the closer look.
  static func fineCandidates(in luma: Plane, _ area: PixelRect) -> [TextLineCandidate] {
    found(by: fineCandidates, in: luma, area)
  }

  private static func found(
    by find: (Plane) -> [TextLineCandidate], in luma: Plane, _ area: PixelRect
  ) -> [TextLineCandidate] {
    if area.isEmpty { return [] }
    let around = area.insetBy(-reach).intersection(PixelRect(luma.size))
    let part = around == PixelRect(luma.size) ? luma : luma.cropped(to: around)
    return find(part).map { $0.offset(byX: around.x, y: around.y) }
      .filter { $0.box.intersects(area) }
  }
}
