import SeededRandom

/// Random numbers by seed, so that a seed gives the same desk everywhere.
package struct Draw {
  private var numbers: SplitMix64

  /// Begins at a seed.
  package init(seed: UInt64) {
    numbers = SplitMix64(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1)
  }

  mutating func next() -> UInt64 { numbers.next() }

  /// A number of a range.
  package mutating func number(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + Double(next() >> 11) / Double(1 << 53)
      * (range.upperBound - range.lowerBound)
  }

  /// A whole number of a range.
  package mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Whether something of a probability happens.
  package mutating func happens(_ probability: Double) -> Bool { number(0...1) < probability }
}
