import Bench
import Frames

/// How a grabber follows its input: it takes a while to lock to a signal and to see it lost.
struct SignalTracker: Sendable {
  private enum Lock {
    /// Frames come since this frame number.
    case locked(PixelSize, since: Int)
    /// The signal is there, not yet taken.
    case locking(PixelSize, since: MonotonicInstant)
    /// The signal went away just now.
    case losing(since: MonotonicInstant)
    case lost
    /// The grabber has been open for long, and nobody looked at it.
    case unobserved
  }

  /// How long nothing must come before the grabber says so.
  static let lossTime = Duration.milliseconds(100)
  /// How long the grabber takes to lock.
  let lockTime: Duration
  /// How many frames after locking are torn.
  let tornFrames: Int
  private var lock = Lock.unobserved

  /// Draws how quick the grabber is.
  init(seed: UInt64) {
    var lots = RandomStream(seed: seed, for: .grabber)
    lockTime = lots.duration(inSeconds: 0.2...0.6)
    tornFrames = lots.integer(in: 0...2)
  }

  /// Looks at the input when a frame would be captured.
  mutating func observe(_ video: VideoOutput, frame number: Int, at instant: MonotonicInstant) {
    guard case .picture(let size) = video else {
      switch lock {
      case .locked, .locking: lock = .losing(since: instant)
      case .losing(let since):
        if since.duration(to: instant) >= Self.lossTime { lock = .lost }
      case .lost, .unobserved: lock = .lost
      }
      return
    }
    switch lock {
    case .locked(size, _): break
    case .locking(size, let since):
      if since.duration(to: instant) >= lockTime { lock = .locked(size, since: number) }
    case .unobserved: lock = .locked(size, since: number - tornFrames)
    case .locked, .locking, .losing, .lost: lock = .locking(size, since: instant)
    }
  }

  /// Forgets the signal, as after a replug: it must be locked to anew.
  mutating func reset() { lock = .lost }

  /// What the grabber says about its input.
  var state: SignalState {
    switch lock {
    case .locked: .live
    case .locking, .losing: .noSync
    case .lost, .unobserved: .noSignal
    }
  }

  /// Whether a frame comes so early after locking that it is torn.
  func isTorn(_ number: Int) -> Bool {
    guard case .locked(_, let since) = lock else { return false }
    return number < since + tornFrames
  }
}
