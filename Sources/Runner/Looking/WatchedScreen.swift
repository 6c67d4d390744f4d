import Bench
import FrameVision
import Frames
import Glibc
import Synchronization

/// A screen that remembers what its readers saw of the signal, whoever they were: the runner or
/// the hands. It answers what the screen answers.
final class WatchedScreen: Screen {
  /// How long a screen is looked at again where it was not seen to send anything.
  private static let secondLook = Duration.milliseconds(1500)
  /// How late an answer is that a host gave that slept.
  private static let oversleep = Duration.milliseconds(200)
  /// How often a screen is looked at again.
  private static let mostDoubts = 3

  private let screen: any Screen
  private let mouse: (any Mouse)?
  private let camera: FilmCamera?
  private let memory = Mutex(SignalMemory())
  private let plainness = Mutex(Plainness())

  /// Whether pictures are plain, while somebody wants to know.
  private struct Plainness {
    var isWatched = false
    var plain = 0
    var others = 0
  }

  /// Creates a watch over a screen; the mouse's bus is asked whenever there is no picture.
  init(_ screen: any Screen, mouse: (any Mouse)?, camera: FilmCamera? = nil) {
    self.screen = screen
    self.mouse = mouse
    self.camera = camera
  }

  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    var (asked, end) = (instant, deadline)
    var reading = try await screen.reading(after: asked, by: end)
    for doubt in 0..<Self.mostDoubts {
      guard case .noPicture(.frozen, let at) = reading, at >= end else { break }
      // A host that slept while frames came says so, too, late or just in time: it looks once more.
      let isLate = at > end.advanced(by: Self.oversleep)
      let isLoss = asked.duration(to: end) >= SignalMemory.frameClockPatience
      guard isLate || (isLoss && doubt == 0) else { break }
      (asked, end) = (at, at.advanced(by: Self.secondLook))
      reading = try await screen.reading(after: asked, by: end)
    }
    switch reading {
    case .picture(let frame):
      let wasLost = memory.withLock { $0.openSpell != nil }
      let usb = wasLost ? try await mouse?.busState() : nil
      memory.withLock { $0.saw(frame, usb: usb) }
      notePlainness(of: frame)
    case .noPicture(let state, let at):
      // The answer to a deadline that came too soon says nothing of the signal.
      if state == .frozen, asked.duration(to: at) < SignalMemory.frameClockPatience {
        return reading
      }
      let usb = try await mouse?.busState()
      memory.withLock { $0.missed(state, at: at, usb: usb) }
    }
    await camera?.saw(reading)
    return reading
  }

  /// Begins to watch whether pictures show nothing but one colour.
  func watchForPlain() { plainness.withLock { $0 = Plainness(isWatched: true) } }

  /// Whether all pictures showed nothing but one colour since that was to be watched; it is not any
  /// more.
  func hasOnlyBeenPlain() -> Bool {
    plainness.withLock {
      $0.isWatched = false
      return $0.plain > 1 && $0.others == 0
    }
  }

  private func notePlainness(of frame: Frame) {
    guard plainness.withLock({ $0.isWatched }) else { return }
    let isPlain = [.black, .oneColor].contains(frame.condition())
    plainness.withLock { if isPlain { $0.plain += 1 } else { $0.others += 1 } }
  }

  /// What was seen of the signal so far.
  var remembered: SignalMemory { memory.withLock { $0 } }

  /// Forgets losses that were explained, and takes what follows as new.
  func explainLosses() { memory.withLock { $0.spells.removeAll() } }
}

/// What readers saw of a signal over time.
struct SignalMemory: Sendable {
  /// A time without a picture.
  struct Spell: Sendable, Hashable {
    /// When it was first observed.
    var from: MonotonicInstant
    /// When it was last observed.
    var last: MonotonicInstant
    /// When a picture came again; nil while none has.
    var until: MonotonicInstant?
    /// What the signal was, each state once, in order.
    var states: [SignalState]
    /// What the mouse's bus was meanwhile, each state once, in order; empty without a mouse.
    var bus: [USBBusState]

    /// Whether the mouse's host was gone at any time.
    var hostWasGone: Bool { bus.contains { $0 == .notConfigured || $0 == .notAttached } }

    /// What was seen, such as `noSignal with USB notAttached, configured`.
    var words: String {
      let signal = states.map(\.rawValue).joined(separator: ", ")
      if bus.isEmpty { return signal }
      return signal + " with USB " + bus.map(\.rawValue).joined(separator: ", ")
    }

    /// How long it was observed.
    var length: Duration { from.duration(to: until ?? last) }
  }

  /// After this long without a frame the frame clock stands.
  static let frameClockPatience = Duration.milliseconds(900)

  /// Times without a picture, in order.
  var spells: [Spell] = []
  /// Whether any picture came.
  private(set) var sawPicture = false
  /// The last picture.
  private(set) var last: Frame?
  /// How many pictures in a row were the same to the last bit as the one before.
  private(set) var repeats = 0

  /// The spell that is not over.
  var openSpell: Spell? { spells.last.flatMap { $0.until == nil ? $0 : nil } }

  /// A picture came.
  mutating func saw(_ frame: Frame, usb: USBBusState?) {
    if openSpell != nil {
      spells[spells.count - 1].until = frame.capturedAt
      if let usb { spells[spells.count - 1].add(usb) }
    }
    if let last, last.size == frame.size {
      repeats = last.luma.isSame(as: frame.luma) ? repeats + 1 : 0
    } else {
      repeats = 0
    }
    last = frame
    sawPicture = true
  }

  /// No picture came.
  mutating func missed(_ state: SignalState, at instant: MonotonicInstant, usb: USBBusState?) {
    if openSpell == nil {
      spells.append(Spell(from: instant, last: instant, until: nil, states: [], bus: []))
      last = nil
      repeats = 0
    }
    let index = spells.count - 1
    spells[index].last = instant
    if !spells[index].states.contains(state) { spells[index].states.append(state) }
    if let usb { spells[index].add(usb) }
  }
}

extension SignalMemory.Spell {
  fileprivate mutating func add(_ state: USBBusState) {
    if !bus.contains(state) { bus.append(state) }
  }
}

extension Plane {
  /// Whether both planes hold the same bytes.
  fileprivate func isSame(as other: Plane) -> Bool {
    samples.withUnsafeBytes { mine in
      other.samples.withUnsafeBytes { theirs in
        guard let a = mine.baseAddress, let b = theirs.baseAddress else { return true }
        return memcmp(a, b, mine.count) == 0
      }
    }
  }
}
