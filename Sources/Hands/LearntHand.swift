import Bench
import FrameVision
import Frames

/// What a pilot has learnt about a recorder's pointer.
struct LearntHand: Sendable {
  /// A sighting, and of which shape it is.
  struct Sight: Sendable {
    /// The index of the shape.
    var shape: Int
    /// Where its drawing is.
    var sighting: PointerSighting
    /// Where the hot spot is.
    var hotSpot: PixelPoint
  }

  /// How far around a place a look takes only what is surely the pointer, in pixels.
  static let close = 14

  /// The shapes met so far; never empty.
  private(set) var shapes: [PointerShape]
  /// The index of the shape that was seen last.
  private(set) var shown = 0
  /// How far reports move it.
  var gains: StepGains
  /// From a report to a frame that surely shows its effect.
  var latency: Duration
  /// From a report to a frame that showed its effect whenever that was measured; what is seen so early
  /// counts only where it is what was expected.
  var reaction: Duration
  /// How far beside their expected ends the last ways ended, in pixels.
  private var misses: [Int] = []

  init(_ shape: PointerShape, gains: StepGains, latency: Duration) {
    shapes = [shape]
    self.gains = gains
    self.latency = latency
    reaction = latency
  }

  /// The shape that was seen last.
  var shape: PointerShape { shapes[shown] }

  // MARK: - Looking

  /// Looks close to a place, and takes only what is surely the pointer in one of its shapes.
  func findSurely(in frame: Frame, near hotSpot: PixelPoint, radius: Int) -> Sight? {
    best { $0.finder.findSurely(in: frame, near: $0.origin(for: hotSpot), radius: radius) }
  }

  /// Looks around a place, close to it first.
  func find(in frame: Frame, near hotSpot: PixelPoint, radius: Int) -> Sight? {
    if let sure = findSurely(in: frame, near: hotSpot, radius: min(radius, Self.close)) {
      return sure
    }
    guard radius > Self.close else { return nil }
    return best { $0.finder.find(in: frame, near: $0.origin(for: hotSpot), radius: radius) }
  }

  /// Looks around a place at an edge, first where most of the drawing is in the picture.
  func findAtEdge(in frame: Frame, near hotSpot: PixelPoint, radius: Int) -> Sight? {
    best { $0.finder.findNearlyWhole(in: frame, near: $0.origin(for: hotSpot), radius: radius) }
      ?? find(in: frame, near: hotSpot, radius: radius)
  }

  /// Looks everywhere.
  func find(in frame: Frame) -> Sight? {
    best { $0.finder.find(in: frame) }
  }

  /// The known shape whose drawing may be what was seen at a corner of a drawing, if one is.
  func known(at corner: PixelPoint, in frame: Frame) -> Sight? {
    let seen = best { $0.finder.find(in: frame, near: corner, radius: Self.close) }
    return seen.flatMap { $0.sighting.isLikely ? $0 : nil }
  }

  /// What looks most like one of the shapes; a unique place goes before others.
  private func best(_ look: (PointerShape) -> PointerSighting?) -> Sight? {
    let seen = shapes.indices.compactMap { index in
      look(shapes[index]).map {
        Sight(shape: index, sighting: $0, hotSpot: shapes[index].hotSpot(of: $0))
      }
    }
    return seen.min {
      ($0.sighting.isUnique ? 0 : 1, $0.sighting.residual)
        < ($1.sighting.isUnique ? 0 : 1, $1.sighting.residual)
    }
  }

  // MARK: - Learning

  /// Takes in how the pointer showed where it surely is.
  mutating func confirm(_ sight: Sight, in frame: Frame) {
    shown = sight.shape
    shapes[sight.shape].finder.confirm(sight.sighting, in: frame)
  }

  /// Takes in a shape that was met, as the one that shows.
  mutating func meet(_ shape: PointerShape) {
    shapes.append(shape)
    shown = shapes.count - 1
  }

  /// Takes in where the drawing of a shape, that seen last by itself, is from its hot spot.
  mutating func pin(_ shape: Int? = nil, drawing: PixelPoint, slack: Int) {
    shapes[shape ?? shown].drawing = drawing
    shapes[shape ?? shown].slack = slack
  }

  /// How many ways tell how far the next one may miss.
  private static let tellingWays = 8

  /// Takes in how far beside its expected end a way ended, in pixels.
  mutating func noteMiss(_ pixels: Int) {
    misses.append(pixels)
    if misses.count > Self.tellingWays { misses.removeFirst() }
  }

  /// By how many pixels the end of a way may be off that was not seen: an eighth of it, and more where
  /// others missed by more, for a recorder that accelerates moves as far as it likes.
  func slack(after length: Double) -> Int {
    max(Int(length / 8), (misses.max() ?? 0) * 3 / 2)
  }

  /// Forgets what looked like the pointer and was none.
  mutating func forgetDecoys() {
    for index in shapes.indices { shapes[index].finder.decoys = [] }
  }

  /// Whether a picture shows at the same place what is as much like the same shape.
  func stood(_ sight: Sight, in frame: Frame) -> Bool {
    shapes[sight.shape].finder.isAsAlike(sight.sighting, in: frame, radius: 3)
  }

  /// Takes what was seen for something else than the pointer.
  mutating func noteDecoy(_ sight: Sight) {
    shapes[sight.shape].finder.decoys.append(sight.sighting.origin)
  }

  /// Takes the shape seen last for something else where it was seen last.
  mutating func noteDecoy(at hotSpot: PixelPoint) {
    shapes[shown].finder.decoys.append(shapes[shown].origin(for: hotSpot))
  }
}
