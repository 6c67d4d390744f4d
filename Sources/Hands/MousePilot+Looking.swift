import Bench
import FrameVision
public import Frames

/// Looking at the pointer.
extension MousePilot {
  /// A look at the pointer.
  struct Look {
    /// Where its hot spot is.
    var hotSpot: PixelPoint
    /// By how many pixels that may be off.
    var slack: Int
    /// Whether no other place looked nearly as much like the pointer.
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
  ///
  /// - Parameters:
  ///   - hotSpot: where it should be; nil looks everywhere.
  ///   - radius: how far from there to look first, in pixels.
  ///   - isElsewhereUnique: whether what is seen farther off counts only where nothing else is like it.
  ///   - isLater: whether the picture is to be so much later than the one of the last sight that a
  ///     pointer that is at the same place in both is at rest.
  ///   - deadline: when to give up.
  /// - Returns: what was seen; nil where nothing is like the pointer.
  /// - Throws: why there was no picture.
  func look(
    near hotSpot: PixelPoint?, radius: Int, isElsewhereUnique: Bool = false, isLater: Bool = false,
    by deadline: MonotonicInstant
  ) async throws(HandError) -> Look? {
    guard hand != nil else { return nil }
    let seenAt = isLater ? sightFrame?.capturedAt.advanced(by: Self.betweenLooks) : nil
    let frame = try await freshFrame(after: seenAt, by: deadline)
    let sight = moved { hand in
      let near = hotSpot.flatMap { hand.find(in: frame, near: $0, radius: radius) }
      if let near, near.sighting.isLikely { return near }
      let seen = hand.find(in: frame)
      if let near {
        // What is hardly like it is it only where nothing is more like it anywhere.
        guard let seen, seen.sighting.isLikely else { return near }
        return seen.sighting.residual < near.sighting.residual ? seen : near
      }
      guard isElsewhereUnique, let sighting = seen?.sighting else { return seen }
      return sighting.isLikely && sighting.isUnique ? seen : nil
    }
    saw(sight?.sighting)
    return sight.map { took($0, in: frame) }
  }

  /// Looks for the pointer and leaves out what stood where it is while the pointer was elsewhere,
  /// however much that looks like it.
  func moved(_ look: (LearntHand) -> LearntHand.Sight?) -> LearntHand.Sight? {
    guard let hand, let sight = look(hand) else { return nil }
    let isStill = earlier.contains { view in
      view.pointer.distance(to: sight.hotSpot) > Self.elsewhere
        && hand.stood(sight, in: view.frame)
    }
    if !isStill { return sight }
    self.hand?.noteDecoy(sight)
    return self.hand.flatMap(look)
  }

  /// From how far away a pointer does not lie on a place, in pixels.
  private static let elsewhere = 96.0

  /// Takes the pointer to be where it was sighted after the last report.
  func took(_ sight: LearntHand.Sight, in frame: Frame) -> Look {
    hand?.confirm(sight, in: frame)
    position = sight.hotSpot
    if hand?.shape.isExact == true { noteExactPlace(sight.hotSpot) }
    self.sight = (lastReport, frame.capturedAt)
    sightFrame = frame
    return Look(
      hotSpot: sight.hotSpot, slack: hand?.shape.slack ?? 0, isUnique: sight.sighting.isUnique)
  }

  /// How many places are remembered where the pointer told where its hot spot is, and how far apart
  /// they are, in pixels.
  private static let (mostExactPlaces, farApart) = (4, 40.0)

  private func noteExactPlace(_ place: PixelPoint) {
    exactPlaces.removeAll { $0.distance(to: place) < Self.farApart }
    exactPlaces.append(place)
    if exactPlaces.count > Self.mostExactPlaces { exactPlaces.removeFirst() }
  }

  /// Takes what was seen at a place for something else than the pointer.
  func noteDecoy(at place: PixelPoint) {
    hand?.noteDecoy(at: place)
    exactPlaces.removeAll { $0.distance(to: place) < Self.farApart }
  }

  /// Looks for the pointer after a way, as soon as pictures may show its end.
  ///
  /// What is seen where it was expected need not be waited for, twice where it may have been passing
  /// there; nor what has left its place and is seen twice at another, for that is corrected and looked
  /// at again. All else waits until a picture surely shows the end of the way.
  ///
  /// - Parameters:
  ///   - expected: where the way should have ended.
  ///   - start: where it began.
  ///   - radius: how far from its expected end to look first, in pixels.
  ///   - deadline: when to give up.
  /// - Returns: what was seen, and whether it surely is the end of the way; nil where nothing is like
  ///   the pointer.
  /// - Throws: why there was no picture.
  func lookAtEnd(
    _ expected: PixelPoint, from start: PixelPoint, radius: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> (look: Look, isSure: Bool)? {
    let surely = lastReport.advanced(by: latency)
    let usually = lastReport.advanced(by: hand?.reaction ?? latency)
    var last: PixelPoint?
    var next = min(usually, lastReport.advanced(by: soon))
    while next < surely {
      let frame = try await picture(after: next, by: deadline)
      if frame.capturedAt >= surely { break }
      next = frame.capturedAt.advanced(by: Self.betweenLooks)
      guard
        let sight = moved({ $0.findSurely(in: frame, near: expected, radius: min(radius, 24)) })
      else {
        last = nil
        continue
      }
      let hasStopped = last.map { $0.distance(to: sight.hotSpot) <= 1 } ?? false
      let isExpected = sight.hotSpot.distance(to: expected) <= 2
      last = sight.hotSpot
      let hasCome = isExpected && (hasStopped || frame.capturedAt >= usually)
      guard hasCome || (hasStopped && sight.hotSpot.distance(to: start) > 2) else { continue }
      saw(sight.sighting)
      return (took(sight, in: frame), isExpected)
    }
    return try await look(
      near: expected, radius: radius, isElsewhereUnique: true, by: deadline
    ).map { ($0, true) }
  }

  /// The time between two pictures that show a pointer at rest.
  static let betweenLooks = Duration.milliseconds(45)

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
    let sight =
      hand.findSurely(in: frame, near: point, radius: LearntHand.close)
      ?? hand.findSurely(in: frame, near: point, radius: 96)
    return sight?.hotSpot
  }

  /// Takes the pointer to be somewhere else than where it was seen last.
  func correct(_ place: PixelPoint) {
    position = place
    sight = nil
  }

  /// Whether the pointer was seen after the last report, and so lately that it still shows there.
  func isSightFresh() async -> Bool {
    guard let sight, sight.report == lastReport else { return false }
    return await sight.capturedAt.duration(to: clock.now()) < timing.sleepsAfter
  }
}
