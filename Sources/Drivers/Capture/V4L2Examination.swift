public import Bench
import Frames

/// What the doctor asks of a capture device: whether its input has a signal, and whether pictures
/// keep coming.
extension V4L2Screen: RigDevice {
  private static let startTime = Duration.seconds(5)
  private static let watching = Duration.seconds(2)
  private static let fewest = 5

  /// Waits for a picture, then counts those of two seconds.
  public func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    do throws(BenchError) {
      // A stream takes its time to begin.
      let start = HostClock.present
      let end = start.advanced(by: Self.startTime)
      var reading = try await reading(after: start, by: end)
      while reading.frame == nil, HostClock.present < end {
        reading = try await self.reading(
          after: reading.instant, by: HostClock.present.advanced(by: .seconds(1)))
      }
      guard let first = reading.frame else {
        tell(
          .unwell(
            "signal", reading.signal.rawValue, remedy: Self.remedy(for: reading.signal)))
        return false
      }
      tell(.well("signal", "live, \(setting ?? "\(first.size)")"))
      tell(try await frameClock(from: first))
      return true
    } catch {
      tell(
        .unwell("screen", error.words, remedy: "check the USB cable of the capture device"))
      return false
    }
  }

  private func frameClock(from first: Frame) async throws(BenchError) -> RigCheck {
    var last = first
    var pictures = 0
    let end = HostClock.present.advanced(by: Self.watching)
    while HostClock.present < end {
      guard let frame = try await reading(after: last.capturedAt, by: end).frame else { break }
      last = frame
      pictures += 1
    }
    let seconds = first.capturedAt.duration(to: last.capturedAt).inSeconds
    let rate = seconds > 0 ? Double(pictures) / seconds : 0
    let counts = counts
    let found =
      "\((rate * 10).rounded() / 10) pictures a second, \(counts.dropped) dropped, "
      + "\(counts.lost) lost"
    return pictures >= Self.fewest
      ? .well("frame clock", found)
      : .unwell(
        "frame clock", found, remedy: "try another mode, or another USB port: the stream stands")
  }

  private static func remedy(for state: SignalState) -> String {
    switch state {
    case .noSignal, .noCable: "check that the recorder has power and the HDMI cable at both ends"
    case .noSync, .outOfRange: "set the recorder to a mode that the capture device takes"
    case .frozen: "unplug the capture device and plug it in again"
    case .deviceGone: "check the USB cable of the capture device"
    case .live: "look again"
    }
  }
}
