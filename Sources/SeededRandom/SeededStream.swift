/// A named stream of random numbers drawn from a run's seed.
///
/// Streams of different names have nothing to do with each other, so that one more draw in one
/// place changes nothing in another.
public struct SeededStream: RandomNumberGenerator, Sendable {
  private var numbers: SplitMix64

  /// Opens the stream of a name (FNV-1a over its bytes).
  public init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    numbers = SplitMix64(state: hash &+ seed &* 0x9e37_79b9_7f4a_7c15)
  }

  /// The next number.
  public mutating func next() -> UInt64 { numbers.next() }
}
