import CPixels
import Frames

/// A template's means over blocks of four by four pixels, and how far a place that shows it may
/// lie off: quickly computed, they tell most other places apart for good.
///
/// Noise and compression hardly move a mean, a shift by part of a pixel or a blur moves it by a
/// share of what stands out around it, and no tone of the list moves it further than the margin.
struct TemplateBlocks: Sendable {
  private let columns: Int
  private let rows: Int
  private let expected: [UInt8]
  private let allowed: [UInt8]

  /// What noise, compression and the tones of the list may add to a mean, in levels; what noise and
  /// compression alone may add, and where a tone depends on colours that are not known here.
  private static let margin = 56
  private static let tonedMargin = 22
  private static let mixedMargin = 40
  /// So many blocks out of bounds, and a place shows something else.
  private static let enough = 2

  init(_ luma: Plane, mask: Plane?) {
    let half = luma.halved()
    let quarter = half.halved()
    columns = quarter.width
    rows = quarter.height
    expected = quarter.samples
    var allowed = [UInt8](repeating: 255, count: quarter.samples.count)
    for row in 0..<rows {
      for column in 0..<columns {
        var (low, high) = (255, 0)
        for y in max(0, 4 * row - 2)..<min(luma.height, 4 * row + 6) {
          for x in max(0, 4 * column - 2)..<min(luma.width, 4 * column + 6) {
            low = min(low, Int(luma.samples[y * luma.width + x]))
            high = max(high, Int(luma.samples[y * luma.width + x]))
          }
        }
        var counts = true
        if let mask {
          for y in (4 * row)..<(4 * row + 4) {
            for x in (4 * column)..<(4 * column + 4) where mask[x, y] != 255 { counts = false }
          }
        }
        if counts {
          allowed[row * columns + column] = UInt8((high - low) / 3)
        }
      }
    }
    self.allowed = allowed
  }

  /// Whether a place can't be the template, whatever the tone.
  ///
  /// - Parameters:
  ///   - luma: a frame's luma; the place lies in it.
  ///   - origin: the place's top left corner.
  ///   - hidden: parts of the place, counted from its corner, that don't count.
  /// - Returns: whether the place shows something else for sure.
  func excludes(_ luma: Plane, at origin: PixelPoint, hidden: [PixelRect]) -> Bool {
    var allowed = self.allowed
    for rect in hidden {
      let part = PixelRect(
        x: rect.x >> 2, y: rect.y >> 2, width: (rect.maxX + 3) >> 2 - rect.x >> 2,
        height: (rect.maxY + 3) >> 2 - rect.y >> 2
      ).intersection(PixelRect(x: 0, y: 0, width: columns, height: rows))
      for y in part.y..<part.maxY {
        for x in part.x..<part.maxX { allowed[y * columns + x] = 255 }
      }
    }
    return excludes(luma, origin, expected, allowed, Self.margin)
  }

  /// Whether a place that hides nothing can't be the template in any of some tones.
  ///
  /// - Parameters:
  ///   - luma: a frame's luma; the place lies in it.
  ///   - origin: the place's top left corner.
  ///   - tones: the tones that are possible there.
  /// - Returns: whether the place shows something else for sure.
  func excludes(_ luma: Plane, at origin: PixelPoint, tones: [Tone]) -> Bool {
    tones.allSatisfy { tone in
      let curve = tone.levels
      return excludes(
        luma, origin, expected.map { curve[Int($0)] }, allowed,
        tone.mixesColors ? Self.mixedMargin : Self.tonedMargin)
    }
  }

  private func excludes(
    _ luma: Plane, _ origin: PixelPoint, _ expected: [UInt8], _ allowed: [UInt8], _ margin: Int
  ) -> Bool {
    luma.samples.withUnsafeBufferPointer { samples in
      guard let samples = samples.baseAddress else { return true }
      return pixels_strangers(
        samples + (origin.y * luma.width + origin.x), luma.width, expected, allowed,
        Int32(margin), Int32(columns), Int32(rows), Int32(Self.enough)) >= Self.enough
    }
  }
}
