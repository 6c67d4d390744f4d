import Frames

/// Places of a frame that don't count, as its coarser scales show them.
struct HiddenPlaces {
  /// The places from the covered area's corner, none overlapping another.
  private let rects: [PixelRect]

  /// Takes places of a frame as seen from a corner of it.
  init(_ places: [PixelRect], from corner: PixelPoint) {
    rects = Self.apart(places.map { $0.offset(byX: -corner.x, y: -corner.y) })
  }

  /// Whether everything counts.
  var isEmpty: Bool { rects.isEmpty }

  /// The places at a scale, at one of its phases: every pixel of which a part is hidden.
  func places(level: Int, phaseX: Int = 0, phaseY: Int = 0) -> [PixelRect] {
    if rects.isEmpty || level == 0 { return rects }
    let half = 1 << (level - 1)
    func pixel(_ place: Int, _ phase: Int) -> Int { (place - phase * half) >> level }
    return Self.apart(
      rects.map { rect in
        let (x, y) = (pixel(rect.x, phaseX), pixel(rect.y, phaseY))
        return PixelRect(
          x: x, y: y, width: pixel(rect.maxX - 1, phaseX) + 1 - x,
          height: pixel(rect.maxY - 1, phaseY) + 1 - y)
      })
  }

  /// The same pixels in rectangles that don't overlap.
  private static func apart(_ rects: [PixelRect]) -> [PixelRect] {
    rects.reduce(into: []) { apart, rect in
      let known = apart
      apart += known.reduce([rect]) { left, known in left.flatMap { $0.without(known) } }
    }
  }
}

extension PixelRect {
  /// What another rectangle leaves of this one: above, beside and below it.
  fileprivate func without(_ other: PixelRect) -> [PixelRect] {
    let shared = intersection(other)
    if shared.isEmpty { return [self] }
    return [
      PixelRect(x: x, y: y, width: width, height: shared.y - y),
      PixelRect(x: x, y: shared.y, width: shared.x - x, height: shared.height),
      PixelRect(x: shared.maxX, y: shared.y, width: maxX - shared.maxX, height: shared.height),
      PixelRect(x: x, y: shared.maxY, width: width, height: maxY - shared.maxY),
    ].filter { !$0.isEmpty }
  }
}
