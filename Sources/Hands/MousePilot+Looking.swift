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
  ///   - deadline: when to give up.
  /// - Returns: what was seen; nil where nothing is like the pointer.
  /// - Throws: why there was no picture.
  func look(
    near hotSpot: PixelPoint?, radius: Int, isElsewhereUnique: Bool = false,
    by deadline: MonotonicInstant
  ) async throws(HandError) -> Look? {
    guard let hand else { return nil }
    let frame = try await picture(by: deadline)
    var sight: LearntHand.Sight?
    if let hotSpot { sight = hand.find(in: frame, near: hotSpot, radius: radius) }
    if sight == nil {
      sight = hand.find(in: frame)
      if isElsewhereUnique, let seen = sight?.sighting, !seen.isLikely || !seen.isUnique {
        sight = nil
      }
    }
    saw(sight?.sighting)
    return sight.map { took($0, in: frame) }
  }

  /// Takes the pointer to be where it was sighted after the last report.
  func took(_ sight: LearntHand.Sight, in frame: Frame) -> Look {
    hand?.confirm(sight, in: frame)
    position = sight.hotSpot
    if hand?.shape.isExact == true { exactPosition = sight.hotSpot }
    self.sight = (lastReport, frame.capturedAt)
    return Look(
      hotSpot: sight.hotSpot, slack: hand?.shape.slack ?? 0, isUnique: sight.sighting.isUnique)
  }

  /// Looks for the pointer where it should have come to by now, on a rig whose pictures are late at
  /// times: most are not, and what is seen where it was expected need not be waited for.
  ///
  /// - Returns: nil where the rig is not patient, and where the pointer is not surely seen within two
  ///   pixels of where it was expected.
  func earlyLook(at expected: PixelPoint, by deadline: MonotonicInstant)
    async throws(HandError) -> Look?
  {
    guard soon < latency, let hand else { return nil }
    let frame = try await picture(after: lastReport.advanced(by: soon), by: deadline)
    guard let sight = hand.findSurely(in: frame, near: expected, radius: LearntHand.close),
      sight.hotSpot.distance(to: expected) <= 2
    else { return nil }
    saw(sight.sighting)
    return took(sight, in: frame)
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
