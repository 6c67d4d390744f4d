import CPixels
public import Frames

/// What was seen after the mouse had been moved by a known number of counts from a known place.
public struct PointerObservation: Sendable {
  /// The picture's luma, or the same part of it in all observations.
  public var luma: Plane
  /// Counts to the right, in all.
  public var countsX: Int
  /// Counts down, in all.
  public var countsY: Int

  /// Creates an observation.
  public init(luma: Plane, countsX: Int, countsY: Int) {
    self.luma = luma
    self.countsX = countsX
    self.countsY = countsY
  }
}

/// A pointer as learnt from observations.
public struct LearntPointer: Sendable {
  /// What it looks like.
  public var appearance: PointerAppearance
  /// Where its drawing was in each observation; nil where it was not seen.
  public var origins: [PixelPoint?]
}

/// Learns what moves as the mouse was told to, whatever it looks like and whatever else moves.
///
/// The place of the pointer in one frame is a difference from the median of all frames. Each such
/// place is a guess; the guess that is found again in the other frames, where the commands say and
/// nowhere against them, is the pointer. Its drawing is what stays the same when the frames are
/// laid over each other at the places found. Neighbouring observations should differ along one
/// axis only, by more than the pointer's size in pixels.
public struct PointerLearner: Sendable {
  /// The fewest and most pixels that one count may move the pointer by.
  public var pixelsPerCount: ClosedRange<Double>
  /// Where the hot spot is before the first count, from the corner of what was observed.
  public var start: PixelPoint
  /// How far from there the pointer may be drawn, in pixels.
  public var reach: Double

  /// Creates a learner.
  public init(
    pixelsPerCount: ClosedRange<Double> = 0.15...6, start: PixelPoint = PixelPoint(x: 0, y: 0),
    reach: Double = 90
  ) {
    self.pixelsPerCount = pixelsPerCount
    self.start = start
    self.reach = reach
  }

  /// The pointer that explains the observations; nil when nothing moves as commanded.
  ///
  /// - Precondition: all observations have the same size.
  public func learn(from observations: [PointerObservation]) -> LearntPointer? {
    guard observations.count >= 4 else { return nil }
    let stack = PointerStack(observations)
    let search = PointerTrackSearch(
      stack: stack, pixelsPerCount: pixelsPerCount, start: start, reach: reach)
    guard let track = search.best() else { return nil }
    guard let appearance = PointerDrawing(stack: stack, track: track).appearance() else {
      return nil
    }
    let finder = PointerFinder(appearance.appearance)
    let origins = observations.indices.map { index -> PixelPoint? in
      guard let place = track.places[index] else { return nil }
      let expected = place.offset(byX: appearance.offset.x, y: appearance.offset.y)
      return finder.find(in: observations[index].luma, near: expected, radius: 3)?.origin
    }
    guard origins.count(where: { $0 != nil }) >= observations.count - 1 else { return nil }
    return LearntPointer(appearance: appearance.appearance, origins: origins)
  }
}

/// The observations' luma, and how each differs from the median of all.
struct PointerStack {
  let size: PixelSize
  let lumas: [[UInt8]]
  let median: [UInt8]
  let differences: [[UInt8]]
  let counts: [PixelPoint]

  init(_ observations: [PointerObservation]) {
    size = observations[0].luma.size
    lumas = observations.map(\.luma.samples)
    counts = observations.map { PixelPoint(x: $0.countsX, y: $0.countsY) }
    let median = Self.median(of: lumas)
    self.median = median
    differences = lumas.map { luma in
      [UInt8](unsafeUninitializedCapacity: luma.count) { buffer, count in
        for index in luma.indices {
          let (value, middle) = (luma[index], median[index])
          buffer[index] = value > middle ? value - middle : middle - value
        }
        count = luma.count
      }
    }
  }

  /// The lower median of the planes, pixel by pixel.
  static func median(of planes: [[UInt8]]) -> [UInt8] {
    let area = planes[0].count
    return [UInt8](unsafeUninitializedCapacity: area) { median, count in
      let room = planes.count * Int(PIXELS_POINTER_BLOCK)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { scratch in
        withPointers(to: planes[...], after: []) { pointers in
          pixels_lower_median(
            pointers, Int32(planes.count), area, scratch.baseAddress, median.baseAddress)
        }
      }
      count = area
    }
  }

  /// Gathers pointers to all planes, which stay valid until the body returns.
  private static func withPointers(
    to planes: ArraySlice<[UInt8]>, after gathered: [UnsafePointer<UInt8>?],
    body: ([UnsafePointer<UInt8>?]) -> Void
  ) {
    guard let plane = planes.first else { return body(gathered) }
    plane.withUnsafeBufferPointer {
      withPointers(to: planes.dropFirst(), after: gathered + [$0.baseAddress], body: body)
    }
  }
}
