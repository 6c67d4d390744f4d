/// A named stream of random numbers drawn from a run's seed (SplitMix64, Steele et al. 2014).
///
/// Streams of different names have nothing to do with each other, so that one more draw in one
/// place changes nothing in another.
struct SeededStream: RandomNumberGenerator {
  private var state: UInt64

  /// Opens the stream of a name (FNV-1a over its bytes).
  init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = hash &+ seed &* 0x9e37_79b9_7f4a_7c15
  }

  /// The next number.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
