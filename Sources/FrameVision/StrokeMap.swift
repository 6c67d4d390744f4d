import Frames

/// How far pixels rise above everything wide around them: what is left of a picture when all that
/// a square finds room in is taken away.
///
/// Strokes of letters stay; grounds, small buttons and most of a camera's picture go, however
/// bright. The measure is the top-hat transform (Meyer 1979), the picture less its opening by a
/// square; the opening is that of the smoothed picture, so that noise does not deepen it.
struct StrokeMap {
  /// The side of the square, in pixels: wider than any stroke that is read.
  private static let side = 13
  /// Shifts whose minima, taken one after another, reach over the whole side.
  private static let shifts = [1, 2, 4, 5]

  private let width: Int
  private let height: Int
  /// The plane to work in, with room for half a square above and below.
  private var plane: [UInt8]
  private var row: [UInt8]

  /// The rise of each pixel above the opening of a picture.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - isLight: whether light strokes are looked for; dark ones otherwise.
  /// - Returns: a byte a pixel, in levels.
  static func rises(in luma: Plane, isLight: Bool) -> [UInt8] {
    if luma.size.area == 0 { return [] }
    var map = StrokeMap(luma, complemented: !isLight)
    map.erode()
    map.complement()
    map.erode()
    return map.rises(luma, isLight: isLight)
  }

  private init(_ luma: Plane, complemented: Bool) {
    width = luma.width
    height = luma.height
    plane = [UInt8](repeating: 255, count: width * (height + Self.side - 1))
    row = [UInt8](repeating: 255, count: width + Self.side - 1)
    smooth(luma, flip: complemented ? 255 : 0)
  }

  /// Fills the plane with the picture, smoothed by one, two and one parts each way.
  private mutating func smooth(_ luma: Plane, flip: UInt8) {
    let (width, height, start) = (width, height, Self.side / 2 * width)
    var sums = [UInt16](repeating: 0, count: width + 2)
    luma.samples.withUnsafeBufferPointer { samples in
      plane.withUnsafeMutableBufferPointer { plane in
        sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<height {
            let (above, here, below) = (
              max(0, y - 1) * width, y * width, min(height - 1, y + 1) * width
            )
            for x in 0..<width {
              sums[x &+ 1] =
                UInt16(samples[above &+ x]) &+ 2 &* UInt16(samples[here &+ x])
                &+ UInt16(samples[below &+ x])
            }
            sums[0] = sums[1]
            sums[width + 1] = sums[width]
            let line = start + here
            for x in 0..<width {
              let sum = sums[x] &+ 2 &* sums[x &+ 1] &+ sums[x &+ 2] &+ 8
              plane[line &+ x] = UInt8(truncatingIfNeeded: sum >> 4) ^ flip
            }
          }
        }
      }
    }
  }

  /// Puts the least value of the square around it in place of each.
  ///
  /// Minima over 2, 4, 8 and then 13 values come from shifted minima over fewer.
  private mutating func erode() {
    let (width, height, half) = (width, height, Self.side / 2)
    plane.withUnsafeMutableBufferPointer { plane in
      row.withUnsafeMutableBufferPointer { row in
        for y in 0..<height {
          let start = (y + half) * width
          for x in 0..<width { row[half &+ x] = plane[start &+ x] }
          for x in 0..<half {
            row[x] = 255
            row[half + width + x] = 255
          }
          var count = row.count
          for shift in Self.shifts {
            count -= shift
            for x in 0..<count { row[x] = min(row[x], row[x &+ shift]) }
          }
          for x in 0..<width { plane[start &+ x] = row[x] }
        }
      }
      for at in 0..<(half * width) {
        plane[at] = 255
        plane[(half + height) * width + at] = 255
      }
      var count = plane.count
      for shift in Self.shifts {
        let step = shift * width
        count -= step
        for at in 0..<count { plane[at] = min(plane[at], plane[at &+ step]) }
      }
      // The results stand half a square too high.
      guard let first = plane.baseAddress else { return }
      (first + half * width).update(from: first, count: width * height)
    }
  }

  private mutating func complement() {
    plane.withUnsafeMutableBufferPointer { plane in
      for at in plane.indices { plane[at] = ~plane[at] }
    }
  }

  private func rises(_ luma: Plane, isLight: Bool) -> [UInt8] {
    let start = Self.side / 2 * width
    return [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      plane.withUnsafeBufferPointer { plane in
        luma.samples.withUnsafeBufferPointer { samples in
          for at in 0..<samples.count {
            // After two complements the opening of a light picture stands complemented.
            let opened = plane[start &+ at]
            let (level, ground) = isLight ? (samples[at], ~opened) : (opened, samples[at])
            out[at] = level > ground ? level &- ground : 0
          }
        }
      }
      count = width * height
    }
  }
}
