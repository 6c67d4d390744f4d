import Frames

/// The instants at which a grabber captures: thirty a second, with a little jitter.
struct FrameGrid: Sendable {
  /// The time between two captures, before jitter.
  static let interval = Duration.nanoseconds(33_333_333)
  private static let jitter = 0...UInt64(2_000_000)

  private let phase: Int64
  private let seed: UInt64

  /// Draws where on the timeline the grid lies.
  init(seed: UInt64) {
    self.seed = seed
    phase = Int64(RandomStream.mix(seed) % UInt64(Self.interval.wholeNanoseconds))
  }

  /// When a frame is captured; later for larger numbers.
  func instant(of number: Int) -> MonotonicInstant {
    let late = RandomStream.mix(seed &+ UInt64(number)) % Self.jitter.upperBound
    let regular = phase + Int64(number) * Self.interval.wholeNanoseconds
    return MonotonicInstant(nanoseconds: regular + Int64(late))
  }

  /// The number of the first frame captured after an instant.
  func first(after instant: MonotonicInstant) -> Int {
    let passed = instant.nanoseconds - phase
    // Jitter only makes frames late, so the frame before the regular one may still be to come.
    var number = max(0, Int(passed / Self.interval.wholeNanoseconds) - 1)
    while self.instant(of: number) <= instant { number += 1 }
    return number
  }
}
