import Bench
import FrameVision
public import Frames

/// Moving, seeing, correcting.
extension MousePilot {
  /// Corrections after which a target counts as missed.
  private static let mostMoves = 14
  /// Times that a pointer is looked for anew on the way to one target.
  private static let mostLosses = 3

  /// A look at the pointer: where its hot spot is, and how sure that is.
  struct Look {
    var hotSpot: PixelPoint
    var isUnique: Bool
  }

  /// The next picture whose content is later than the last report.
  func picture(by deadline: MonotonicInstant) async throws(HandError) -> Frame {
    let shown = lastReport.advanced(by: latency)
    return try await picture(after: shown, by: deadline)
  }

  func picture(after instant: MonotonicInstant, by deadline: MonotonicInstant)
    async throws(HandError) -> Frame
  {
    if await clock.now() >= deadline { throw .outOfTime }
    let reading: ScreenReading
    do {
      reading = try await screen.reading(after: instant, by: deadline)
    } catch {
      throw .bench(error)
    }
    guard let frame = reading.frame else {
      if reading.instant >= deadline { throw .outOfTime }
      throw .signal(reading.signal, at: reading.instant)
    }
    frames += 1
    return frame
  }

  /// Looks for the pointer near a hot spot first, then everywhere.
  func look(near hotSpot: PixelPoint?, radius: Int, by deadline: MonotonicInstant)
    async throws(HandError) -> Look?
  {
    guard let hand else { return nil }
    let frame = try await picture(by: deadline)
    var sighting: PointerSighting?
    if let hotSpot {
      let origin = hand.origin(for: hotSpot)
      sighting = hand.finder.findSurely(in: frame, near: origin, radius: min(radius, 14))
      if sighting == nil, radius > 14 {
        sighting = hand.finder.find(in: frame, near: origin, radius: radius)
      }
    }
    sighting = sighting ?? hand.finder.find(in: frame)
    saw(sighting)
    return sighting.map { took($0, in: frame, of: hand) }
  }

  /// Takes the pointer to be where it was sighted after the last report.
  private func took(_ sighting: PointerSighting, in frame: Frame, of hand: LearntHand) -> Look {
    self.hand?.finder.confirm(sighting, in: frame)
    let hotSpot = hand.hotSpot(of: sighting)
    position = hotSpot
    sight = (lastReport, frame.capturedAt)
    return Look(hotSpot: hotSpot, isUnique: sighting.isUnique)
  }

  /// Looks for the pointer where it should have come to by now, on a rig whose pictures are late at
  /// times: most are not, and what is seen where it was expected need not be waited for.
  ///
  /// - Returns: nil where the rig is not patient, and where the pointer is not surely seen within two
  ///   pixels of where it was expected.
  private func earlyLook(at expected: PixelPoint, by deadline: MonotonicInstant)
    async throws(HandError) -> Look?
  {
    guard soon < latency, let hand else { return nil }
    let frame = try await picture(after: lastReport.advanced(by: soon), by: deadline)
    guard
      let sighting = hand.finder.findSurely(
        in: frame, near: hand.origin(for: expected), radius: 14),
      hand.hotSpot(of: sighting).distance(to: expected) <= 2
    else { return nil }
    saw(sighting)
    return took(sighting, in: frame, of: hand)
  }

  /// Where the hot spot is in a picture that shows what a click did.
  ///
  /// A recorder that answers later than it used to moves its pointer once more after it was seen
  /// where it should be; the picture that shows what a click did shows where it went, too.
  ///
  /// - Parameters:
  ///   - frame: a picture captured after the click, and before any other report.
  ///   - point: where it was clicked.
  /// - Returns: the place; nil where the pointer is not surely seen within 96 pixels of the point.
  public func standing(in frame: Frame, near point: PixelPoint) -> PixelPoint? {
    guard let hand else { return nil }
    let origin = hand.origin(for: point)
    let sighting =
      hand.finder.findSurely(in: frame, near: origin, radius: 14)
      ?? hand.finder.findSurely(in: frame, near: origin, radius: 96)
    return sighting.map { hand.hotSpot(of: $0) }
  }

  /// Takes the pointer to be somewhere else than where it was seen last.
  func correct(_ place: PixelPoint) {
    position = place
    sight = nil
  }

  /// Whether the pointer was seen after the last report, and so lately that it still shows there.
  private func isSightFresh() async -> Bool {
    guard let sight, sight.report == lastReport else { return false }
    return await sight.capturedAt.duration(to: clock.now()) < timing.sleepsAfter
  }

  /// Brings the hot spot to its destination and returns where it was seen.
  ///
  /// Something that looked and moved like the pointer may have been learnt in its place: where the
  /// way leads nowhere, the pointer is learnt anew, once.
  func travel(to destination: Destination, by deadline: MonotonicInstant)
    async throws(HandError) -> PixelPoint
  {
    do throws(HandError) {
      return try await wander(to: destination, by: deadline)
    } catch {
      guard case .targetMissed = error else { throw error }
      (hand, position) = (nil, nil)
      return try await wander(to: destination, by: deadline)
    }
  }

  private func wander(to destination: Destination, by deadline: MonotonicInstant)
    async throws(HandError) -> PixelPoint
  {
    try await ready(by: deadline)
    if let position, await isSightFresh(), destination.accepts(position) { return position }
    let start = frames
    if hand == nil { try await learnHand(by: deadline) }
    if await lastReport.duration(to: clock.now()) > timing.sleepsAfter {
      try await jiggle(by: deadline)
    }
    if position == nil { try await findAgain(since: start, by: deadline) }
    self.hand?.finder.decoys = []
    var losses = 0
    var refusals = 0
    for _ in 0..<Self.mostMoves {
      guard let from = position, let hand else { break }
      let dx = Double(destination.point.x - from.x)
      let dy = Double(destination.point.y - from.y)
      let runsX = hand.gains.runs(for: abs(dx))
      let runsY = hand.gains.runs(for: abs(dy))
      if runsX.isEmpty, runsY.isEmpty, !destination.accepts(from) {
        self.hand?.gains.distrustSlowSizes()
      }
      try await sendRuns(
        x: runsX, towardsRight: dx > 0, y: runsY, towardsBottom: dy > 0, by: deadline)
      let expected = from.offset(
        byX: Int((dx.sign == .minus ? -1 : 1) * hand.gains.distance(of: runsX)),
        y: Int((dy.sign == .minus ? -1 : 1) * hand.gains.distance(of: runsY)))
      let length = abs(dx) + abs(dy)
      let radius = min(96, 24 + Int(length / 8))
      var sighted: Look?
      if destination.accepts(expected) { sighted = try await earlyLook(at: expected, by: deadline) }
      if sighted == nil {
        sighted = try await look(near: expected, radius: radius, by: deadline)
      }
      guard let seen = sighted else {
        losses += 1
        if losses > Self.mostLosses { break }
        try await findAgain(since: start, by: deadline)
        continue
      }
      let stays = seen.hotSpot.distance(to: from) <= 1 && expected.distance(to: from) >= 5
      if stays {
        refusals += 1
        guard refusals > 1 else { continue }
        // What twice did not move with the mouse is not the pointer but looks like it.
        refusals = 0
        self.hand?.finder.decoys.append(hand.origin(for: seen.hotSpot))
        guard try await look(near: expected, radius: 64, by: deadline) == nil else { continue }
        self.hand?.finder.decoys = []
        losses += 1
        if losses > Self.mostLosses { break }
        try await findAgain(since: start, by: deadline)
        continue
      }
      refusals = 0
      learnGains(
        x: runsX, y: runsY,
        moved: (
          dx < 0 ? from.x - seen.hotSpot.x : seen.hotSpot.x - from.x,
          dy < 0 ? from.y - seen.hotSpot.y : seen.hotSpot.y - from.y
        ))
      guard destination.accepts(seen.hotSpot) else { continue }
      if seen.hotSpot.distance(to: expected) <= 8 + length / 8 { return seen.hotSpot }
      // Not where it was expected: a second look must agree.
      if let again = try await look(near: seen.hotSpot, radius: 24, by: deadline),
        again.hotSpot.distance(to: seen.hotSpot) <= 2
      {
        return again.hotSpot
      }
    }
    throw .targetMissed(target: destination.point, pointer: position ?? PixelPoint(x: -1, y: -1))
  }

  private func learnGains(
    x: [StepGains.Run], y: [StepGains.Run], moved: (x: Int, y: Int)
  ) {
    hand?.gains.learn(x, moved: Double(moved.x))
    hand?.gains.learn(y, moved: Double(moved.y))
  }

  /// Finds a pointer that is not where it was: woken, then homed, then learnt anew.
  func findAgain(since start: Int, by deadline: MonotonicInstant) async throws(HandError) {
    try await jiggle(by: deadline)
    if let look = try await look(near: position, radius: 48, by: deadline), look.isUnique {
      return
    }
    hand?.gains.distrustFastSizes()
    try await runHome(by: deadline)
    try await leaveCorner(by: deadline)
    if let look = try await look(near: nil, radius: 0, by: deadline), look.isUnique { return }
    try await learnHand(by: deadline)
  }

  func dragging(
    from start: PixelPoint, to end: PixelPoint, framesBefore: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    _ = try await travel(to: Destination(start, inside: nil), by: deadline)
    try await sendButtons(.left, times: 3, by: deadline)
    try await pause(timing.hold)
    let point = try await travel(to: Destination(end, inside: nil), by: deadline)
    try await pause(timing.hold)
    try await sendButtons([], times: 3, by: deadline)
    return ClickRecord(point: point, endedAt: lastReport, frames: frames - framesBefore)
  }

  func parking(awayFrom rects: [PixelRect], by deadline: MonotonicInstant)
    async throws(HandError)
  {
    guard let box = pointerBox, let here = position else { return }
    guard rects.contains(where: { $0.intersects(box) }) else { return }
    let frame = try await picture(by: deadline)
    let margin = 8
    var best: PixelPoint?
    for y in stride(from: margin, to: frame.size.height - margin, by: 24) {
      for x in stride(from: margin, to: frame.size.width - margin, by: 24) {
        let place = PixelPoint(x: x, y: y)
        let moved = box.offset(byX: x - here.x, y: y - here.y).insetBy(-margin)
        guard !rects.contains(where: { $0.intersects(moved) }) else { continue }
        if best.map({ place.distance(to: here) < $0.distance(to: here) }) ?? true { best = place }
      }
    }
    guard let best else { return }
    _ = try await travel(
      to: Destination(
        best, inside: PixelRect(x: best.x - 12, y: best.y - 12, width: 25, height: 25)),
      by: deadline)
  }

  /// Looks for the pointer where it was last seen; in a corner little of some pointers shows, so
  /// that one that is not seen is looked for again a way out of the corner.
  private func lookInOrOutOfCorner(by deadline: MonotonicInstant) async throws(HandError) -> Look? {
    if let look = try await look(near: position, radius: 48, by: deadline) { return look }
    try await runHome(by: deadline)
    try await leaveCorner(by: deadline)
    return try await look(near: nil, radius: 0, by: deadline)
  }

  /// Moves the mouse and says what the pointer did; one that does not answer may not be the pointer,
  /// so it is learnt anew.
  func probing(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer {
    let wasLearnt = hand != nil
    let answer = try await probe(by: deadline)
    guard wasLearnt, answer == .unseen || answer == .still else { return answer }
    let before = hand
    (hand, position) = (nil, nil)
    do throws(HandError) {
      return try await probe(by: deadline)
    } catch {
      if hand == nil { hand = before }
      guard case .outOfTime = error else { throw error }
      return answer
    }
  }

  private func probe(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer {
    let state = try await busState()
    guard state.isHosted else { return .noHost }
    do {
      if hand == nil {
        try await learnHand(by: deadline)
        return .answered
      }
      try await jiggle(by: deadline)
      guard let before = try await lookInOrOutOfCorner(by: deadline) else { return .unseen }
      let towardsRight = before.hotSpot.x < 200
      let run = [StepGains.Run(size: 6, reports: 6)]
      try await sendRuns(
        x: run, towardsRight: towardsRight, y: [], towardsBottom: true, by: deadline)
      let way = Int(hand?.gains.distance(of: run) ?? 0)
      let expected = before.hotSpot.offset(byX: towardsRight ? way : -way, y: way)
      guard let after = try await look(near: expected, radius: 48 + way, by: deadline) else {
        return .unseen
      }
      let moved = after.hotSpot.x - before.hotSpot.x
      return (towardsRight ? moved : -moved) > 3 ? .answered : .still
    } catch .pointerNotSeen {
      return .unseen
    } catch .mouse {
      return .noHost
    } catch {
      throw error
    }
  }
}
