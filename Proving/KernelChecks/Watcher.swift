import Bench
import Drivers
import Frames
import RigDescription
import Synchronization

/// Somebody who watches a screen through the shipped driver, and takes notes.
final class Watcher {
  let screen: V4L2Screen
  private let noted: Notes
  private var last = HostClock.present

  private final class Notes: Sendable {
    let lines = Mutex<[String]>([])
  }

  /// The far end of whose cable is an output of the kernel's.
  static let loop = V4L2Settings(
    selection: .match(DeviceMatch([.init(key: "ID_V4L_PRODUCT", value: "vivid")])), format: .nv12)

  /// Opens a grabber by what udev knows of it.
  init(_ settings: V4L2Settings = Watcher.loop) throws {
    let notes = Notes()
    noted = notes
    screen = try V4L2Screen(settings, holder: "gantry-proving") { line in
      notes.lines.withLock { $0.append(line) }
    }
  }

  /// What the driver wrote into the diary.
  var notes: [String] { noted.lines.withLock { $0 } }

  /// Passes over everything up to now.
  func skip() { last = HostClock.present }

  /// The next reading.
  func next() async throws -> ScreenReading {
    let deadline = HostClock.present.advanced(by: .seconds(5))
    let reading = try await screen.reading(after: last, by: deadline)
    try expect(
      reading.instant > last && reading.instant <= HostClock.present,
      "a reading is of another time than asked for: \(reading.instant) after \(last)")
    last = reading.instant
    return reading
  }

  /// Waits until a picture is seen.
  ///
  /// - Parameters:
  ///   - picture: the picture.
  ///   - old: one that may come before it.
  ///   - strictly: whether any other picture is an error until then.
  ///   - seconds: how long it may take.
  /// - Returns: when it was captured.
  /// - Throws: when it does not come.
  @discardableResult
  func sees(
    _ picture: NoisePicture, instead old: NoisePicture? = nil, strictly: Bool = false,
    within seconds: Double = 20
  ) async throws -> MonotonicInstant {
    let end = HostClock.present.advanced(by: .seconds(seconds))
    var (others, states): (Int, [SignalState]) = (0, [])
    while HostClock.present < end {
      switch try await next() {
      case .picture(let frame):
        if picture.isShown(by: frame) { return frame.capturedAt }
        if let old, old.isShown(by: frame) { continue }
        others += 1
        try expect(!strictly, "a picture came that nobody sent")
      case .noPicture(let state, _):
        if states.last != state { states.append(state) }
      }
    }
    throw CheckFailure("the picture did not come; \(others) others, then \(states)")
  }

  /// Waits until the signal is in a state, and makes sure that it stays in it without a picture.
  func sees(_ wanted: SignalState, within seconds: Double = 10) async throws {
    let end = HostClock.present.advanced(by: .seconds(seconds))
    var seen: [SignalState] = []
    while HostClock.present < end {
      let state = try await next().signal
      if state == wanted { return try await stays(wanted) }
      if seen.last != state { seen.append(state) }
    }
    throw CheckFailure("\(wanted) was not seen, but \(seen)")
  }

  private func stays(_ wanted: SignalState) async throws {
    for _ in 0..<5 {
      let state = try await next().signal
      try expect(state == wanted, "after \(wanted) came \(state)")
    }
  }

  /// Whether the diary has an entry with some words that was not there before.
  func noted(_ words: String, after count: Int) throws {
    let new = notes.dropFirst(count)
    try expect(new.contains { $0.contains(words) }, "the diary says only: \(Array(new))")
  }
}
