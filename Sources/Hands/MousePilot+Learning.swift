import Bench
import FrameVision
import Frames

/// Learning what the pointer looks like, where its hot spot is and how far a report moves it.
extension MousePilot {
  /// Counts a report while learning.
  private static let learningSize = 6
  /// Reports from one place to the next.
  private static let learningReports = 10
  /// How many pixels beside its place a pointer may be seen before it counts as drawn beside it.
  private static let mostMisplacement = 10
  /// The share of what is left of the picture's width that fast steps are measured over.
  private static let shareOfWay = 0.45
  /// What is added to the longest time that a picture took to show a report.
  private static let reactionMargin = Duration.milliseconds(25)
  /// How far from where it is expected along an edge a pointer is looked for at least, in pixels.
  private static let leastSlackAlong = 64
  /// How far along an edge the hot spot is brought, in bursts.
  private static let burstsAlong = 2
  /// Tries to learn, one after the other: some pictures show what reports did later than others.
  private static let tries =
    [1, 1, 2, 3].map { Try(patience: $0, right: 0, down: 0) } + [elsewhere]
  /// A try away from the corner, by which what changes the pointer's shape may lie. The ways are
  /// longer, and a host may go on accelerating on them: pictures are waited for longest.
  private static let elsewhere = Try(patience: 3, right: 4, down: 3)

  private struct Try {
    /// How many times longer than usual pictures are waited for.
    var patience: Int
    /// How far from the corner it goes on, in bursts.
    var right: Int
    var down: Int

    /// Where frames are taken, in bursts from the corner; neighbours differ along one axis.
    var places: [(Int, Int)] {
      [(1, 1), (2, 1), (3, 1), (3, 2), (2, 2), (1, 2)].map { ($0.0 + right, $0.1 + down) }
    }

    /// How far along an edge the hot spot is brought, in bursts.
    var along: Int { burstsAlong + right }
  }

  /// Learns all there is to know, from the corner outwards.
  ///
  /// No two ways need be equally long: what the pointer looks like is what moves with the mouse, and
  /// where its hot spot is shows where the picture's edges stop it.
  func learnHand(by deadline: MonotonicInstant) async throws(HandError) {
    let before = frames
    var observations: [PointerObservation] = []
    var corners: [PixelPoint] = []
    var reaction: Duration?
    // What was learnt too early serves all the same where nothing better can be learnt.
    var spare: LearntHand?
    // What was learnt before and led nowhere is not learnt again in the same place.
    let first = hasLedNowhere ? [Self.elsewhere] : []
    hasLedNowhere = false
    for attempt in first + Self.tries {
      learningPatience = max(timing.patience * attempt.patience, reaction ?? .zero)
      observations = try await observe(at: attempt.places, by: deadline)
      guard let learnt = PointerLearner().learn(from: observations),
        let steps = PointerSteps(learnt.origins, places: attempt.places)
      else { continue }
      var finder = PointerFinder(learnt.appearance)
      finder.decoys = Self.lookAlikes(of: finder, learnt.origins, in: observations)
      let atEdges = try await drawingAtEdges(
        of: finder, after: steps, along: attempt.along, by: deadline)
      // Where little of it shows at the edges, two tries that lead back to one place serve as well.
      let again = corners.first { $0.distance(to: steps.corner) <= Double(PointerShape.exact) }
      corners.append(steps.corner)
      guard let drawing = atEdges ?? again else { continue }
      hand = LearntHand(
        PointerShape(finder: finder, drawing: drawing, slack: 1),
        gains: StepGains(
          size: Self.learningSize,
          pixelsPerReport: (steps.stepX + steps.stepY) / 2 / Double(Self.learningReports)),
        latency: learningPatience)
      try await goHome(by: deadline)
      if timing.patience <= MouseTiming.standard.patience {
        let isKnown = reaction != nil
        reaction = try await measuredReaction(by: deadline)
        if let reaction, reaction > learningPatience, !isKnown {
          // What was learnt from pictures of before is learnt anew.
          spare = hand
          spare?.latency = reaction
          spare?.reaction = reaction
          hand = nil
          continue
        }
        // Where nobody can tell, pictures are believed late.
        let latest = reaction == nil ? learningPatience * 2 : latency
        hand?.latency = latest
        let soonest = min(latest, reaction ?? latest)
        hand?.reaction = soonest
      }
      try await measureFastSteps(by: deadline)
      if position == nil {
        try await goHome(by: deadline)
      }
      return
    }
    if let spare {
      hand = spare
      try await goHome(by: deadline)
      return
    }
    let state = try await busState()
    throw .pointerNotSeen(
      PointerSearch(
        frames: frames - before, delivered: delivered, busState: state,
        pictureChanged: Self.changes(observations.map(\.luma))))
  }

  /// Places that look like the pointer in a picture in which it is elsewhere, and in another one.
  private static func lookAlikes(
    of finder: PointerFinder, _ origins: [PixelPoint?], in observations: [PointerObservation]
  ) -> [PixelPoint] {
    guard let first = observations.first, let last = observations.last else { return [] }
    let own = origins.compactMap(\.self)
    var (finder, alike) = (finder, [PixelPoint]())
    while alike.count < mostLookAlikes {
      finder.decoys = own + alike
      guard let seen = finder.find(in: first.luma), seen.isSure,
        finder.find(in: last.luma, near: seen.origin, radius: 2)?.isSure == true
      else { break }
      alike.append(seen.origin)
    }
    return alike
  }

  /// The most places that are known to look like the pointer.
  private static let mostLookAlikes = 4

  /// Where the drawing is from the hot spot, by the picture's edges: the hot spot goes no further, so
  /// that no way need be known.
  ///
  /// - Returns: nil where it is not seen at an edge, or where a later picture shows that it had not
  ///   come to rest: pictures are later than thought.
  private func drawingAtEdges(
    of finder: PointerFinder, after steps: PointerSteps, along: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> PixelPoint? {
    let row = try await offset(at: .upper, of: finder, after: steps, along: along, by: deadline)
    let column = try await offset(at: .left, of: finder, after: steps, along: along, by: deadline)
    guard let row, let column else { return nil }
    let drawing = PixelPoint(x: column, y: row)
    return steps.corner.distance(to: drawing) <= Double(steps.slack) ? drawing : nil
  }

  /// The drawing's row or column from the hot spot, seen twice at the same place; a drawing far above
  /// or left of the hot spot shows only at the opposite edge.
  private func offset(
    at edge: PictureEdge, of finder: PointerFinder, after steps: PointerSteps, along: Int,
    by deadline: MonotonicInstant
  ) async throws(HandError) -> Int? {
    for edge in [edge, edge.opposite] {
      try await press(against: edge, along: along, by: deadline)
      let frame = try await picture(by: deadline)
      let way = Double(along) * (edge.tellsRow ? steps.stepX : steps.stepY)
      let hotSpot = edge.point(Int(way), in: frame.size)
      let expected = hotSpot.offset(byX: steps.corner.x, y: steps.corner.y)
      let sight =
        finder.findNearlyWhole(in: frame, near: expected, radius: steps.slack)
        ?? finder.find(in: frame, near: expected, radius: steps.slack)
      guard let seen = sight, seen.isLikely else { continue }
      let later = try await picture(after: frame.capturedAt.advanced(by: latency / 2), by: deadline)
      let again = finder.find(in: later, near: seen.origin, radius: 4)
      guard let again, again.origin.distance(to: seen.origin) <= 1.5 else { return nil }
      return edge.across(seen.origin) - edge.stop(in: frame.size)
    }
    return nil
  }

  /// Brings the hot spot to an edge, some bursts along it from the top left.
  private func press(
    against edge: PictureEdge, along: Int = burstsAlong, by deadline: MonotonicInstant
  ) async throws(HandError) {
    try await runHome(by: deadline)
    try await burst(edge.tellsRow ? along : 0, edge.tellsRow ? 0 : along, by: deadline)
    guard edge == .lower || edge == .right else { return }
    for _ in 0..<homingReports {
      let dx: Int8 = edge == .right ? 127 : 0
      try await send(MouseReport(buttons: buttons, dx: dx, dy: 127 - dx), by: deadline)
    }
  }

  /// A frame at each of some places.
  private func observe(
    at places: [(Int, Int)], by deadline: MonotonicInstant
  ) async throws(HandError) -> [PointerObservation] {
    try await runHome(by: deadline)
    var here = (0, 0)
    var observations: [PointerObservation] = []
    for place in places {
      try await burst(place.0 - here.0, place.1 - here.1, by: deadline)
      here = place
      let frame = try await picture(by: deadline)
      let counts = Self.learningSize * Self.learningReports
      observations.append(
        PointerObservation(
          luma: frame.luma, countsX: place.0 * counts, countsY: place.1 * counts))
    }
    return observations
  }

  /// Steps out of the corner, to where every pointer shows.
  func leaveCorner(by deadline: MonotonicInstant) async throws(HandError) {
    try await burst(1, 1, by: deadline)
  }

  /// How far from where it belongs the pointer is drawn: at the picture's edges the hot spot is known.
  func measureMisplacement(by deadline: MonotonicInstant) async throws(HandError) -> PixelPoint? {
    guard hand != nil else { return nil }
    var before: PixelPoint?
    for _ in 0..<4 {
      guard let y = try await misplacement(at: .upper, by: deadline),
        let x = try await misplacement(at: .left, by: deadline)
      else { continue }
      let off = PixelPoint(x: x, y: y)
      if let before, before.distance(to: off) <= 2 {
        return max(abs(x), abs(y)) > Self.mostMisplacement ? off : nil
      }
      before = off
    }
    return nil
  }

  /// How far from an edge the hot spot seems to be that is stopped there.
  private func misplacement(at edge: PictureEdge, by deadline: MonotonicInstant)
    async throws(HandError) -> Int?
  {
    for edge in [edge, edge.opposite] {
      try await press(against: edge, by: deadline)
      guard let hand else { return nil }
      let run = StepGains.Run(
        size: Self.learningSize, reports: Self.burstsAlong * Self.learningReports)
      let frame = try await picture(by: deadline)
      let way = Int(hand.gains.distance(of: [run]))
      // No two ways need be equally long.
      let radius = Self.leastSlackAlong + way / 2
      let expected = edge.point(way, in: frame.size)
      guard let seen = hand.findAtEdge(in: frame, near: expected, radius: radius),
        seen.sighting.isLikely
      else { continue }
      saw(seen.sighting)
      _ = took(seen, in: frame)
      return edge.across(seen.hotSpot) - edge.stop(in: frame.size)
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
    let width = try await picture(by: deadline).size.width
    for (size, most) in [(20, 5), (80, 3)] {
      guard let hand, let from = position else { return }
      let reach = Double(width - from.x) * Self.shareOfWay
      let each = hand.gains.pixels(perReportOf: size)
      let reports = min(most, Int(reach / max(1, each)))
      guard reports > 0 else { return }
      let runs = [StepGains.Run(size: size, reports: reports)]
      try await sendRuns(x: runs, towardsRight: true, y: [], towardsBottom: true, by: deadline)
      // It went along the upper edge; what is seen elsewhere only looks like it.
      if let seen = try await look(near: nil, radius: 0, by: deadline), seen.isUnique,
        seen.hotSpot.y <= Self.mostMisplacement, seen.hotSpot.x < width - 1
      {
        self.hand?.gains.learn(runs, moved: Double(seen.hotSpot.x - from.x))
      } else {
        position = nil
      }
    }
  }

  /// Measures how soon pictures surely show what reports did: until when after the last report of a way
  /// the pointer is not at rest yet. The ways lie off the corner, where every pointer shows.
  ///
  /// - Returns: nil where it is not seen well enough.
  private func measuredReaction(by deadline: MonotonicInstant) async throws(HandError) -> Duration?
  {
    guard let burst = hand.map({ $0.gains.distance(of: [Self.learningRun]) }) else { return nil }
    try await leaveCorner(by: deadline)
    position = PixelPoint(x: Int(burst), y: Int(burst))
    var longest: Duration? = .zero
    for isBack in [false, true] {
      let rest = try await firstRest(back: isBack, by: deadline)
      longest = longest.flatMap { longest in rest.map { max(longest, $0) } }
    }
    try await goHome(by: deadline)
    return longest.map { $0 + $0 / 4 + Self.reactionMargin }
  }

  /// After how long since the last report of a way a picture shows the pointer where it stays.
  ///
  /// - Parameters:
  ///   - isBack: whether the way goes to the left.
  ///   - deadline: when to give up.
  /// - Returns: nil where it is not seen, or does not leave its place or come to rest.
  /// - Throws: why there was no picture.
  private func firstRest(
    back isBack: Bool, by deadline: MonotonicInstant
  ) async throws(HandError) -> Duration? {
    guard let hand, let from = position else { return nil }
    try await sendRuns(
      x: [Self.learningRun], towardsRight: !isBack, y: [], towardsBottom: true, by: deadline)
    let way = Int(hand.gains.distance(of: [Self.learningRun]))
    let expected = from.offset(byX: isBack ? -way : way, y: 0)
    var first: (after: Duration, point: PixelPoint)?
    var after = Duration.zero
    while after <= latency * Self.mostLatencies {
      let frame = try await picture(after: lastReport.advanced(by: after), by: deadline)
      after = lastReport.duration(to: frame.capturedAt)
      guard let seen = hand.find(in: frame, near: expected, radius: 24 + way) else {
        first = nil
        continue
      }
      guard let begun = first, begun.point.distance(to: seen.hotSpot) <= 1 else {
        first = (after, seen.hotSpot)
        continue
      }
      // Pictures from before show it at rest, too, where it set out.
      let hasLeft = 2 * abs(seen.hotSpot.x - from.x) > way
      if hasLeft, after >= latency, after - begun.after >= Self.betweenLooks {
        _ = took(seen, in: frame)
        return begun.after
      }
    }
    return nil
  }

  /// The way on which pictures are measured.
  private static let learningRun = StepGains.Run(size: learningSize, reports: learningReports)

  /// How many times as late as was thought a pointer may come to rest.
  private static let mostLatencies = 4

  private static func changes(_ lumas: [Plane]) -> Bool {
    guard let first = lumas.first else { return false }
    return lumas.dropFirst().contains { $0 != first }
  }
}
