import CPixels
import Frames

/// A guess found again in other frames.
struct PointerTrack {
  /// The frame that the guess comes from.
  var source: Int
  /// Where the guess's box is in each frame; nil where it was not found.
  var places: [PixelPoint?]
  /// The box's size.
  var size: PixelSize
  /// The mean share of the guess found again.
  var agreement: Double
  /// How well the frames agree: larger is better.
  var score: Double
}

/// A part of a frame that differs from the median: a guess at the pointer.
struct PointerDetection {
  var frame: Int
  var box: PixelRect
  /// The pixels that differ, from the box's corner, with their luma.
  var samples: [PointerAppearance.Sample]
  var weight: Int
}

/// Looks for a guess that moves from frame to frame as the mouse was told to.
struct PointerTrackSearch {
  /// The difference from the median, in luma levels, from which a pixel may be the pointer's.
  static let threshold = 30
  /// How far a pixel that is found again may be off, in luma levels.
  private static let tolerance: Int32 = 28
  /// The share of pixels that must be found again.
  static let agreement = 0.7
  /// By how much the pixels a count moves may differ from one way to the next: a host that
  /// accelerates by the speed that it sees moves the pointer otherwise at each time.
  private static let (leastOfGain, mostOfGain) = (0.7, 1.4)
  static let samplesPerDetection = 160
  static let detectionsPerFrame = 60

  let stack: PointerStack
  let pixelsPerCount: ClosedRange<Double>
  /// Where the hot spot is before the first count, and how far from it the pointer may be drawn.
  let start: PixelPoint
  let reach: Double

  /// The track that agrees best and over nearly all frames.
  func best() -> PointerTrack? {
    var best: PointerTrack?
    for frame in stack.lumas.indices {
      for detection in PointerDetector(stack: stack, frame: frame).strongest(
        Self.detectionsPerFrame)
      {
        guard let track = track(from: detection) else { continue }
        if track.score > best?.score ?? 0 { best = track }
      }
      if let best, best.agreement >= 0.9 { return best }
    }
    return best
  }

  private func track(from detection: PointerDetection) -> PointerTrack? {
    var places = [PixelPoint?](repeating: nil, count: stack.lumas.count)
    places[detection.frame] = PixelPoint(x: detection.box.x, y: detection.box.y)
    var gain: Double?
    var agreements = 0.0
    let forward = Array((detection.frame + 1)..<stack.lumas.count)
    let backward = Array((0..<detection.frame).reversed())
    for order in [forward, backward] {
      var last = detection.frame
      for frame in order {
        guard let from = places[last] else { break }
        guard let (place, share) = find(detection, in: frame, from: from, of: last, gain: gain)
        else {
          continue
        }
        places[frame] = place
        agreements += share
        gain = gain ?? self.gain(from: from, to: place, between: last, and: frame)
        last = frame
      }
    }
    let found = places.count { $0 != nil }
    guard found >= stack.lumas.count - 1 else { return nil }
    guard begins(places, box: detection.box.size) else { return nil }
    let size = Double(min(detection.samples.count, Self.samplesPerDetection))
    return PointerTrack(
      source: detection.frame, places: places, size: detection.box.size,
      agreement: agreements / Double(stack.lumas.count - 1),
      score: agreements * size.squareRoot())
  }

  /// Whether the places lead back to the start when the counts lead back to zero.
  private func begins(_ places: [PixelPoint?], box: PixelSize) -> Bool {
    func begin(_ axis: (PixelPoint) -> Int, half: Int) -> Double? {
      var seen: [(place: Double, counts: Double)] = []
      for (place, counts) in zip(places, stack.counts) {
        if let place { seen.append((Double(axis(place) + half), Double(axis(counts)))) }
      }
      var gains: [Double] = []
      for (index, first) in seen.enumerated() {
        for second in seen[(index + 1)...] where second.counts != first.counts {
          gains.append((second.place - first.place) / (second.counts - first.counts))
        }
      }
      guard !gains.isEmpty else { return nil }
      let gain = gains.sorted()[gains.count / 2]
      let starts = seen.map { $0.place - gain * $0.counts }.sorted()
      return starts[starts.count / 2]
    }
    guard let left = begin({ $0.x }, half: box.width / 2),
      let top = begin({ $0.y }, half: box.height / 2)
    else { return false }
    return abs(left - Double(start.x)) <= reach && abs(top - Double(start.y)) <= reach
  }

  private func gain(from: PixelPoint, to: PixelPoint, between first: Int, and second: Int)
    -> Double?
  {
    let counts =
      abs(stack.counts[second].x - stack.counts[first].x)
      + abs(stack.counts[second].y - stack.counts[first].y)
    guard counts > 0 else { return nil }
    return Double(abs(to.x - from.x) + abs(to.y - from.y)) / Double(counts)
  }

  /// Where a detection is in another frame, and the share of its pixels found there.
  func find(
    _ detection: PointerDetection, in frame: Int, from: PixelPoint, of last: Int, gain: Double?
  ) -> (PixelPoint, Double)? {
    let dx = stack.counts[frame].x - stack.counts[last].x
    let dy = stack.counts[frame].y - stack.counts[last].y
    let xs = range(from.x, counts: dx, gain: gain, limit: stack.size.width - detection.box.width)
    let ys = range(from.y, counts: dy, gain: gain, limit: stack.size.height - detection.box.height)
    guard let xs, let ys else { return nil }
    let samples = detection.samples
    let width = stack.size.width
    let offsets = samples.map { Int32($0.y * width + $0.x) }
    let lumas = samples.map(\.luma)
    // On a ground of its own level only a pointer's outline is new.
    let fewestNews = samples.count / 4
    var most = Int32(Double(samples.count) * (1 - Self.agreement))
    var best: PixelPoint?
    stack.lumas[frame].withUnsafeBufferPointer { levels in
      stack.differences[frame].withUnsafeBufferPointer { changes in
        guard let levels = levels.baseAddress, let changes = changes.baseAddress else { return }
        // A row further down must be better than the ones above.
        for y in ys where most >= 0 {
          let start = y * width + xs.lowerBound
          var at: Int32 = -1
          let misses = pixels_fewest_misses(
            levels + start, changes + start, Int32(xs.count), offsets, lumas,
            Int32(samples.count), Self.tolerance, Int32(Self.threshold / 2), most,
            Int32(fewestNews), &at)
          if at < 0 { continue }
          best = PixelPoint(x: xs.lowerBound + Int(at), y: y)
          most = misses - 1
        }
      }
    }
    return best.map { ($0, 1 - Double(most + 1) / Double(samples.count)) }
  }

  /// Where one coordinate may have gone by a number of counts.
  func range(_ from: Int, counts: Int, gain: Double?, limit: Int) -> ClosedRange<Int>? {
    var low = -3.0
    var high = 3.0
    if counts != 0 {
      let gains = gain.map { ($0 * Self.leastOfGain)...($0 * Self.mostOfGain) } ?? pixelsPerCount
      let ends = [Double(counts) * gains.lowerBound, Double(counts) * gains.upperBound]
      low = min(ends[0], ends[1]) - 4
      high = max(ends[0], ends[1]) + 4
    }
    let first = max(0, from + Int(low.rounded(.down)))
    let last = min(limit, from + Int(high.rounded(.up)))
    return first <= last ? first...last : nil
  }
}
