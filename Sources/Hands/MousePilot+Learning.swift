import Bench
import FrameVision
import Frames

/// Learning what the pointer looks like, where its hot spot is and how far a report moves it.
extension MousePilot {
  /// Counts a report while learning.
  private static let learningSize = 6
  /// Reports from one place to the next.
  private static let learningReports = 10
  /// How many pixels beside its place a pointer may be seen: what gains are uncertain by, and more.
  private static let mostMisplacement = 10
  /// Where frames are taken, in bursts from the corner; neighbours differ along one axis.
  private static let places = [(1, 1), (2, 1), (3, 1), (3, 2), (2, 2), (1, 2)]

  /// Learns all there is to know, from the corner outwards.
  func learnHand(by deadline: MonotonicInstant) async throws(HandError) {
    let before = frames
    var observations: [PointerObservation] = []
    var earlier: PointerSteps?
    for _ in 0..<4 {
      observations = try await observe(by: deadline)
      guard let learnt = PointerLearner().learn(from: observations) else { continue }
      guard let steps = PointerSteps(learnt.origins, places: Self.places) else { continue }
      guard steps.agree(with: earlier) else {
        earlier = steps
        continue
      }
      var hand = LearntHand(
        finder: PointerFinder(learnt.appearance), drawing: steps.corner,
        gains: StepGains(
          size: Self.learningSize,
          pixelsPerReport: (abs(steps.stepX) + abs(steps.stepY)) / 2
            / Double(Self.learningReports)), latency: timing.patience)
      guard let corner = try await corner(of: hand, after: steps, by: deadline) else { continue }
      hand.drawing = corner
      self.hand = hand
      try await runHome(by: deadline)
      position = PixelPoint(x: 0, y: 0)
      try await measureFastSteps(by: deadline)
      return
    }
    let state = try await busState()
    throw .pointerNotSeen(
      PointerSearch(
        frames: frames - before, delivered: delivered, busState: state,
        pictureChanged: Self.changes(observations.map(\.frame))))
  }

  /// Where the drawing is when the hot spot is in the corner.
  ///
  /// Witnesses are the way back from the first places, what shows in the corner (little of a
  /// cross-hair does), and further ways out of it. A lost report makes a way shorter, never longer: so
  /// along each axis three witnesses must agree on the largest value; the corner itself counts for
  /// two.
  private func corner(of hand: LearntHand, after steps: PointerSteps, by deadline: MonotonicInstant)
    async throws(HandError) -> PixelPoint?
  {
    var shown: [PixelPoint] = []
    try await runHome(by: deadline)
    let frame = try await picture(by: deadline)
    if let seen = hand.finder.findSurely(in: frame, near: steps.corner, radius: 24) {
      shown = [seen.origin, seen.origin]
    }
    var ways = [steps.corner]
    for round in 0..<5 {
      if let corner = Self.agreed(shown + ways, votes: 3) { return corner }
      if round > 0 { try await runHome(by: deadline) }
      try await leaveCorner(by: deadline)
      let frame = try await picture(by: deadline)
      if let seen = hand.finder.find(in: frame, near: steps.first, radius: 48) {
        ways.append(
          seen.origin.offset(byX: -Int(steps.stepX.rounded()), y: -Int(steps.stepY.rounded())))
      }
    }
    return Self.agreed(ways, votes: 2)
  }

  /// The largest place, axis by axis, if enough witnesses agree on it.
  private static func agreed(_ witnesses: [PixelPoint], votes: Int) -> PixelPoint? {
    func agreed(_ values: [Int]) -> Int? {
      guard let top = values.max() else { return nil }
      let near = values.filter { (top - 2...top).contains($0) }
      return near.count >= votes ? near.first : nil
    }
    guard let x = agreed(witnesses.map(\.x)), let y = agreed(witnesses.map(\.y)) else {
      return nil
    }
    return PixelPoint(x: x, y: y)
  }

  /// A frame at each of the places.
  private func observe(by deadline: MonotonicInstant) async throws(HandError)
    -> [PointerObservation]
  {
    try await runHome(by: deadline)
    var here = (0, 0)
    var observations: [PointerObservation] = []
    for place in Self.places {
      try await burst(place.0 - here.0, place.1 - here.1, by: deadline)
      here = place
      let frame = try await picture(by: deadline)
      let counts = Self.learningSize * Self.learningReports
      observations.append(
        PointerObservation(frame: frame, countsX: place.0 * counts, countsY: place.1 * counts))
    }
    return observations
  }

  /// Steps out of the corner, to where every pointer shows.
  func leaveCorner(by deadline: MonotonicInstant) async throws(HandError) {
    try await burst(1, 1, by: deadline)
  }

  /// How far from where it belongs the pointer is drawn.
  func measureMisplacement(by deadline: MonotonicInstant) async throws(HandError) -> PixelPoint? {
    guard let hand else { return nil }
    let way = Int(
      hand.gains.distance(
        of: [StepGains.Run(size: Self.learningSize, reports: Self.learningReports)]))
    let expected = PixelPoint(x: way, y: way)
    var before: PixelPoint?
    for _ in 0..<4 {
      try await runHome(by: deadline)
      try await leaveCorner(by: deadline)
      guard let seen = try await look(near: expected, radius: 64, by: deadline) else { continue }
      // A lost report makes a way shorter, but hardly twice the same.
      if let before, before.distance(to: seen.hotSpot) <= 2 {
        let off = seen.hotSpot.offset(byX: -way, y: -way)
        return max(abs(off.x), abs(off.y)) > Self.mostMisplacement ? off : nil
      }
      before = seen.hotSpot
    }
    return nil
  }

  private func burst(_ x: Int, _ y: Int, by deadline: MonotonicInstant) async throws(HandError) {
    func runs(_ bursts: Int) -> [StepGains.Run] {
      bursts == 0
        ? []
        : [
          StepGains.Run(size: Self.learningSize, reports: Self.learningReports * abs(bursts))
        ]
    }
    try await sendRuns(
      x: runs(x), towardsRight: x > 0, y: runs(y), towardsBottom: y > 0, by: deadline)
  }

  /// Measures the largest steps on the way out of the corner.
  private func measureFastSteps(by deadline: MonotonicInstant) async throws(HandError) {
    guard let fastest = StepGains.sizes.first else { return }
    let runs = [StepGains.Run(size: fastest, reports: 5)]
    try await sendRuns(x: runs, towardsRight: true, y: [], towardsBottom: true, by: deadline)
    // It went along the upper edge; what is seen elsewhere only looks like it.
    if let seen = try await look(near: nil, radius: 0, by: deadline), seen.isUnique,
      seen.hotSpot.y <= Self.mostMisplacement
    {
      hand?.gains.learn(runs, moved: Double(seen.hotSpot.x))
    }
  }

  private static func changes(_ frames: [Frame]) -> Bool {
    guard let first = frames.first else { return false }
    return frames.dropFirst().contains { $0.luma != first.luma }
  }
}

/// The steps between learning places, and where the drawing is when the hot spot is in the corner.
struct PointerSteps {
  /// Where the drawing's corner is when the hot spot is at 0,0.
  var corner: PixelPoint
  /// Pixels from one place to the next.
  var stepX: Double
  var stepY: Double
  /// Where the drawing is at the first place.
  var first: PixelPoint

  /// Whether the steps are to be believed: a count moves equally far across and down, or an earlier
  /// measurement says that it does not. A lost report makes a step shorter.
  func agree(with earlier: PointerSteps?) -> Bool {
    let slack = max(2, 0.03 * max(stepX, stepY))
    if abs(stepX - stepY) <= slack { return true }
    guard let earlier else { return false }
    return abs(stepX - earlier.stepX) <= slack && abs(stepY - earlier.stepY) <= slack
  }

  init?(_ origins: [PixelPoint?], places: [(Int, Int)]) {
    let seen = zip(origins, places).compactMap { origin, place in
      origin.map { (origin: $0, place: place) }
    }
    var stepsX: [Double] = []
    var stepsY: [Double] = []
    for (index, first) in seen.enumerated() {
      for second in seen[(index + 1)...] {
        let (dx, dy) = (second.place.0 - first.place.0, second.place.1 - first.place.1)
        if dx != 0 { stepsX.append(Double(second.origin.x - first.origin.x) / Double(dx)) }
        if dy != 0 { stepsY.append(Double(second.origin.y - first.origin.y) / Double(dy)) }
      }
    }
    guard !stepsX.isEmpty, !stepsY.isEmpty else { return nil }
    let stepX = stepsX.sorted()[stepsX.count / 2]
    let stepY = stepsY.sorted()[stepsY.count / 2]
    guard stepX > 4, stepY > 4 else { return nil }
    let xs = seen.map { Double($0.origin.x) - stepX * Double($0.place.0) }.sorted()
    let ys = seen.map { Double($0.origin.y) - stepY * Double($0.place.1) }.sorted()
    corner = PixelPoint(
      x: Int(xs[xs.count / 2].rounded()), y: Int(ys[ys.count / 2].rounded()))
    self.stepX = stepX
    self.stepY = stepY
    first = corner.offset(byX: Int(stepX.rounded()), y: Int(stepY.rounded()))
  }
}
