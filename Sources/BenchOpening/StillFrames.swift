public import Bench
public import Frames

/// Frames of one screen, one after the other, by which its capture chain is measured.
public enum StillFrames {
  /// How long a screen may take to show the next one.
  private static let patience = Duration.seconds(10)

  /// Takes frames.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - screen: the screen.
  ///   - clock: the bench's clock.
  ///   - start: after when they are captured.
  /// - Returns: the frames in their order.
  /// - Throws: when the screen fails, or shows no picture in time.
  public static func taken(
    _ count: Int, of screen: any Screen, _ clock: any BenchClock, after start: MonotonicInstant
  ) async throws(BenchError) -> [Frame] {
    try await clock.sleep(until: start)
    var (frames, last) = ([Frame](), start)
    while frames.count < count {
      let end = (await clock.now()).advanced(by: patience)
      var reading = try await screen.reading(after: last, by: end)
      while reading.frame == nil, reading.instant < end {
        reading = try await screen.reading(after: reading.instant, by: end)
      }
      guard let frame = reading.frame else {
        throw .fault(
          RigFault(.screen, .captureUnreachable, "no picture: \(reading.signal.rawValue)"))
      }
      last = reading.instant
      frames.append(frame)
    }
    return frames
  }
}
