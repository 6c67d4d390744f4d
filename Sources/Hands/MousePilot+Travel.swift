import Bench
import Frames

/// Moving, seeing, correcting.
extension MousePilot {
  /// Corrections after which a target counts as missed.
  private static let mostMoves = 14
  /// Times that a pointer is looked for anew on the way to one target.
  private static let mostLosses = 3
  /// Times that a shape never seen before is looked for on the way to one target.
  private static let mostMeetings = 2

  /// How far it goes between two looks where it was lost before, in pixels, and how many more moves that
  /// takes at most.
  private static let (stretchAfterLoss, movesAfterLoss) = (200, 10)

  /// The share of a way that is gone before the next look, where the pointer was lost on a long one.
  private static func partAfterLoss(of target: PixelPoint, from start: PixelPoint) -> Double {
    let longest = max(abs(target.x - start.x), abs(target.y - start.y))
    return min(1, Double(stretchAfterLoss) / Double(max(1, longest)))
  }

  /// How far from where it was expected a pointer may be seen that is taken for having come, in pixels.
  private static let asExpected = 2.0

  /// Brings the hot spot to its destination and returns where it was seen.
  ///
  /// Something that looked and moved like the pointer may have been learnt in its place: where the
  /// way leads nowhere, the pointer is learnt anew, once.
  func travel(
    to destination: Destination, unlike earlier: Frame? = nil, by deadline: MonotonicInstant
  )
    async throws(HandError) -> PixelPoint
  {
    try await persisting(by: deadline) { pilot throws(HandError) in
      do throws(HandError) {
        return try await pilot.wander(to: destination, unlike: earlier, by: deadline)
      } catch {
        guard case .targetMissed = error else { throw error }
        (pilot.hand, pilot.position) = (nil, nil)
        pilot.hasLedNowhere = true
        return try await pilot.wander(to: destination, unlike: earlier, by: deadline)
      }
    }
  }

  private func wander(
    to destination: Destination, unlike earlier: Frame?, by deadline: MonotonicInstant
  )
    async throws(HandError) -> PixelPoint
  {
    try await ready(by: deadline)
    if let position, await isSightFresh(), destination.accepts(position) { return position }
    let start = frames
    let departure = position
    if hand == nil { try await learnHand(by: deadline) }
    if await lastReport.duration(to: clock.now()) > timing.sleepsAfter {
      try await jiggle(by: deadline)
    }
    if position == nil { try await findAgain(since: start, by: deadline) }
    self.hand?.forgetDecoys()
    var losses = 0
    var refusals = 0
    var meetings = 0
    // Where it may be while what is seen stays where it is, and by how much that may be off.
    var (astray, doubt) = (PixelPoint?.none, 0)
    var moves = 0
    while moves < Self.mostMoves + losses * Self.movesAfterLoss {
      moves += 1
      guard let from = position, let hand else { break }
      self.earlier = [
        earlier.flatMap { frame in departure.map { (frame, $0) } }, sightFrame.map { ($0, from) },
      ]
      .compactMap(\.self)
      // Where it was lost on one long way, it is on the next: it went too far, out of sight.
      let part = losses > 0 ? Self.partAfterLoss(of: destination.point, from: from) : 1
      let dx = Double(destination.point.x - from.x) * part
      let dy = Double(destination.point.y - from.y) * part
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
      let wasExact = hand.shape.isExact
      guard
        let (seen, isSure) = try await lookAtEnd(
          expected, from: from, radius: radius, by: deadline)
      else {
        if meetings < Self.mostMeetings {
          meetings += 1
          let slack = 3 + hand.slack(after: length)
          if try await meetShape(near: expected, slack: slack, by: deadline) { continue }
        }
        losses += 1
        if losses > Self.mostLosses { break }
        try await findAgain(since: start, by: deadline)
        continue
      }
      let stays = seen.hotSpot.distance(to: from) <= 1 && expected.distance(to: from) >= 5
      if stays {
        refusals += 1
        astray = (astray ?? from).offset(byX: expected.x - from.x, y: expected.y - from.y)
        guard refusals > 1 else { continue }
        // What twice did not move with the mouse is not the pointer but looks like it.
        refusals = 0
        noteDecoy(at: seen.hotSpot)
        guard try await look(near: expected, radius: 64, by: deadline) == nil else { continue }
        // It may have been overlooked for a shape that it has only here.
        if meetings < Self.mostMeetings, let astray {
          meetings += 1
          if try await meetShape(near: astray, slack: doubt, by: deadline) { continue }
        }
        self.hand?.forgetDecoys()
        losses += 1
        if losses > Self.mostLosses { break }
        try await findAgain(since: start, by: deadline)
        continue
      }
      (refusals, astray) = (0, nil)
      doubt = 3 + hand.slack(after: length)
      if wasExact, seen.slack <= PointerShape.exact {
        self.hand?.noteMiss(Int(seen.hotSpot.distance(to: expected)))
        learnGains(
          x: runsX, y: runsY,
          moved: (
            dx < 0 ? from.x - seen.hotSpot.x : seen.hotSpot.x - from.x,
            dy < 0 ? from.y - seen.hotSpot.y : seen.hotSpot.y - from.y
          ))
      } else if wasExact {
        sharpen(at: expected, length: length)
      }
      guard let here = position, destination.accepts(here) else { continue }
      if let slack = self.hand?.shape.slack, !destination.allows(slack: slack) {
        meetings += 1
        guard meetings <= 2 * Self.mostMeetings else { break }
        try await pinShape(by: deadline)
        // Something may have come up under it meanwhile: what is known of it holds all the same.
        if position == nil {
          losses += 1
          if losses > Self.mostLosses { break }
          try await findAgain(since: start, by: deadline)
        }
        continue
      }
      if isSure, here.distance(to: expected) <= Self.asExpected { return here }
      // Not where it was expected: a second look must agree, for it may be on its way still.
      if let again = try await look(near: here, radius: 24, isLater: true, by: deadline),
        again.hotSpot.distance(to: here) <= 2, destination.accepts(again.hotSpot)
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
    var places: [PixelPoint] = []
    for y in stride(from: margin, to: frame.size.height - margin, by: 24) {
      for x in stride(from: margin, to: frame.size.width - margin, by: 24) {
        let place = PixelPoint(x: x, y: y)
        let moved = box.offset(byX: x - here.x, y: y - here.y).insetBy(-margin)
        if !rects.contains(where: { $0.intersects(moved) }) { places.append(place) }
      }
    }
    for attempt in 1...Self.mostParkings {
      guard let best = places.min(by: { $0.distance(to: here) < $1.distance(to: here) }) else {
        return
      }
      do throws(HandError) {
        _ = try await travel(
          to: Destination(
            best, inside: PixelRect(x: best.x - 12, y: best.y - 12, width: 25, height: 25),
            isOfUse: false),
          by: deadline)
        return
      } catch {
        // At the border of what changes the shape it may not be seen: any other place will do.
        guard case .targetMissed = error, attempt < Self.mostParkings else { throw error }
        places.removeAll { $0.distance(to: best) < Self.anotherPlace }
      }
    }
  }

  /// How many places a pointer is brought to out of the way, and how far apart they are, in pixels.
  private static let (mostParkings, anotherPlace) = (3, 120.0)
}
