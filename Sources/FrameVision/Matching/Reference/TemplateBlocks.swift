import CPixels
import Frames

/// A template's means over blocks of four by four pixels, and how far a place that shows it may
/// lie off: quickly computed, they tell most other places apart for good.
///
/// Noise and compression hardly move a mean, a shift by part of a pixel or a blur moves it by a
/// share of the gradients around it, and no transform of the list moves it further than the margin.
struct TemplateBlocks: Sendable {
  private let columns: Int
  private let rows: Int
  /// What a place's blocks are compared with where the template lies there.
  private let exact: Bounds
  /// The same where it may lie a few pixels beside.
  private let near: Bounds

  /// What means are expected to be, and how far they may lie off; 255 where any mean will do.
  private struct Bounds {
    var expected: [UInt8]
    var allowed: [UInt8]
  }

  private let parameters: MatchParameters.QuickLook

  /// How far beside a place is near, in pixels each way; and how many blocks hold that and what a
  /// shift by part of a pixel or a blur brings in.
  static let nearby = 5
  private static let nearbyBlocks = 2

  init(_ luma: Plane, mask: Plane?, _ parameters: MatchParameters.QuickLook) {
    self.parameters = parameters
    let quarter = luma.halved().halved()
    (columns, rows) = (quarter.width, quarter.height)
    let places = quarter.samples.indices.map {
      PixelPoint(x: $0 % quarter.width, y: $0 / quarter.width)
    }
    var exact = Bounds(
      expected: quarter.samples, allowed: [UInt8](repeating: 255, count: places.count))
    var near = exact
    // The darkest and the lightest pixel of each block; all that is possible where it doesn't
    // count.
    var (darkest, lightest) = (quarter, quarter)
    for (at, place) in places.enumerated() {
      let block = PixelRect(x: 4 * place.x, y: 4 * place.y, width: 4, height: 4)
      let counts = mask.map { $0.range(in: block).low == 255 } ?? true
      (darkest.samples[at], lightest.samples[at]) = counts ? luma.range(in: block) : (0, 255)
      if !counts { continue }
      let around = luma.range(in: block.insetBy(-2).intersection(PixelRect(luma.size)))
      exact.allowed[at] = (around.high - around.low) / UInt8(parameters.rangePart)
    }
    for (at, place) in places.enumerated() {
      let around = PixelRect(x: place.x, y: place.y, width: 1, height: 1)
        .insetBy(-Self.nearbyBlocks)
      // Nobody knows what lies beside the template.
      guard PixelRect(quarter.size).contains(around) else { continue }
      let (low, high) = (darkest.range(in: around).low, lightest.range(in: around).high)
      near.allowed[at] = (high - low) / 2 + (high - low) % 2
      near.expected[at] = low + (high - low) / 2
    }
    (self.exact, self.near) = (exact, near)
  }

  /// Whether a place can't be the template, whatever the transform.
  ///
  /// - Parameters:
  ///   - luma: a frame's luma; the place lies in it.
  ///   - origin: the place's top left corner.
  ///   - hidden: parts of the place, counted from its corner, that don't count.
  /// - Returns: whether the place shows something else for sure.
  func excludes(_ luma: Plane, at origin: PixelPoint, hidden: [PixelRect]) -> Bool {
    isOther(luma, origin, hiding(hidden, in: exact), margin: parameters.margin)
  }

  /// Whether the template can't lie as near a place as ``nearby``, whatever the transform.
  ///
  /// - Parameters: as for ``excludes(_:at:hidden:)``.
  func excludesNear(_ luma: Plane, at origin: PixelPoint, hidden: [PixelRect]) -> Bool {
    isOther(luma, origin, hiding(hidden, in: near), margin: parameters.margin)
  }

  /// Whether a place that hides nothing can't be the template under any of some transforms.
  ///
  /// - Parameters:
  ///   - luma: a frame's luma; the place lies in it.
  ///   - origin: the place's top left corner.
  ///   - transforms: the transforms that are possible there.
  /// - Returns: whether the place shows something else for sure.
  func excludes(_ luma: Plane, at origin: PixelPoint, transforms: [PhotometricTransform]) -> Bool {
    transforms.allSatisfy { transform in
      transform.levels.withUnsafeBufferPointer {
        isOther(
          luma, origin, exact, as: $0.baseAddress,
          margin: transform.mixesColors ? parameters.mixedMargin : parameters.transformedMargin)
      }
    }
  }

  /// The same where parts don't count.
  private func hiding(_ hidden: [PixelRect], in bounds: Bounds) -> Bounds {
    var bounds = bounds
    for rect in hidden {
      let part = PixelRect(
        x: rect.x >> 2, y: rect.y >> 2, width: (rect.maxX + 3) >> 2 - rect.x >> 2,
        height: (rect.maxY + 3) >> 2 - rect.y >> 2
      ).intersection(PixelRect(x: 0, y: 0, width: columns, height: rows))
      for y in part.y..<part.maxY {
        for x in part.x..<part.maxX { bounds.allowed[y * columns + x] = 255 }
      }
    }
    return bounds
  }

  private func isOther(
    _ luma: Plane, _ origin: PixelPoint, _ bounds: Bounds, as curve: UnsafePointer<UInt8>? = nil,
    margin: Int
  ) -> Bool {
    luma.samples.withUnsafeBufferPointer { samples in
      guard let samples = samples.baseAddress else { return true }
      return pixels_outliers(
        samples + (origin.y * luma.width + origin.x), luma.width, bounds.expected, bounds.allowed,
        curve, Int32(margin), Int32(columns), Int32(rows), Int32(parameters.outliers))
        >= parameters.outliers
    }
  }
}

extension Plane {
  /// The least and the greatest level in a part that is not empty.
  fileprivate func range(in rect: PixelRect) -> (low: UInt8, high: UInt8) {
    var (low, high) = (UInt8.max, UInt8.min)
    for y in rect.y..<rect.maxY {
      for level in samples[(y * width + rect.x)..<(y * width + rect.maxX)] {
        (low, high) = (min(low, level), max(high, level))
      }
    }
    return (low, high)
  }
}
