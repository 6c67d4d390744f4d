import CPixels
import Frames

extension Plane {
  /// What a tile's mean difference may be where nothing has changed, in levels: that of the
  /// absolute differences, and that of the differences themselves, in which noise cancels out.
  ///
  /// Noise of two levels and JPEG at quality 85 make at most 8 and 1.7 of lists of 40 lines. Three
  /// letters of five pixels, 40 levels off their ground, make 2.3 of the second.
  private static let (absolute, signed): (Float, Float) = (10, 2)
  /// The side of the tiles, in pixels.
  private static let tileSide = 8

  /// Whether a part of the picture shows what another picture of the same size does, but for noise,
  /// so exactly that no line of text may have come.
  func shows(_ other: Plane, in part: PixelRect) -> Bool {
    let part = part.intersection(PixelRect(size))
    if size != other.size { return false }
    if part.isEmpty { return true }
    let side = Self.tileSide
    let columns = (part.width + side - 1) / side
    // Row by row of tiles, since most changes are seen long before the end.
    var absolutes = [Float](repeating: 0, count: columns)
    var means = absolutes
    return samples.withUnsafeBufferPointer { now in
      other.samples.withUnsafeBufferPointer { then in
        guard let now = now.baseAddress, let then = then.baseAddress else { return true }
        for top in stride(from: part.y, to: part.maxY, by: side) {
          let start = top * width + part.x
          pixels_tile_differences(
            then + start, now + start, width, Int32(part.width), Int32(min(side, part.maxY - top)),
            Int32(side), Int32(side), Int32(columns), 1, &absolutes, &means)
          if absolutes.contains(where: { $0 > Self.absolute })
            || means.contains(where: { abs($0) > Self.signed })
          {
            return false
          }
        }
        return true
      }
    }
  }
}
