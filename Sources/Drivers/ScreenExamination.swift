import Bench
import Frames

/// What the doctor asks of any screen: whether its input has a signal, and whether pictures keep
/// coming.
struct ScreenExamination {
  private static let startTime = Duration.seconds(5)
  private static let watching = Duration.seconds(2)
  private static let fewest = 5

  private let screen: any Screen
  private let remedy: String

  /// Examines a screen; `remedy` is what to try next where it does not answer.
  init(of screen: any Screen, remedy: String) {
    self.screen = screen
    self.remedy = remedy
  }

  /// Waits for a picture, then counts those of two seconds.
  ///
  /// - Parameters:
  ///   - setting: how pictures come; nil where only their size is known.
  ///   - losses: what is known of pictures that did not come, to be told after their rate.
  ///   - tell: is told what each check came to.
  /// - Returns: whether pictures come.
  func perform(
    setting: () -> String? = { nil }, losses: () -> String = { "" }, _ tell: (RigCheck) -> Void
  ) async -> Bool {
    do throws(BenchError) {
      // A stream takes its time to begin.
      let start = HostClock.present
      let end = start.advanced(by: Self.startTime)
      var reading = try await screen.reading(after: start, by: end)
      while reading.frame == nil, HostClock.present < end {
        reading = try await screen.reading(
          after: reading.instant, by: HostClock.present.advanced(by: .seconds(1)))
      }
      guard let first = reading.frame else {
        tell(
          .unwell("signal", reading.signal.rawValue, remedy: Self.remedy(for: reading.signal)))
        return false
      }
      tell(.well("signal", "live, \(setting() ?? "\(first.size)")"))
      tell(try await frameClock(from: first, losses))
      return true
    } catch {
      tell(.unwell("screen", error.words, remedy: remedy))
      return false
    }
  }

  private func frameClock(
    from first: Frame, _ losses: () -> String
  ) async throws(BenchError) -> RigCheck {
    var last = first
    var pictures = 0
    let end = HostClock.present.advanced(by: Self.watching)
    while HostClock.present < end {
      guard let frame = try await screen.reading(after: last.capturedAt, by: end).frame else {
        break
      }
      last = frame
      pictures += 1
    }
    let seconds = first.capturedAt.duration(to: last.capturedAt).inSeconds
    let rate = seconds > 0 ? Double(pictures) / seconds : 0
    let found = "\((rate * 10).rounded() / 10) pictures a second\(losses())"
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
