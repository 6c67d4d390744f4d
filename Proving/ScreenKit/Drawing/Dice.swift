import SeededRandom

/// Random numbers by seed, so that every case can be made again.
package struct Dice: RandomNumberGenerator {
  private var numbers: SplitMix64

  /// Creates a generator; the parts of a seed are mixed, so that neighbours have nothing in common.
  package init(_ parts: UInt64...) {
    var state: UInt64 = 0
    for part in parts {
      var mixer = SplitMix64(state: state ^ (part &* 0x9E37_79B9_7F4A_7C15))
      _ = mixer.next()
      state = mixer.next()
    }
    numbers = SplitMix64(state: state)
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 { numbers.next() }

  /// A number of a range, each as likely.
  package mutating func roll(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// A number of a range, each as likely.
  package mutating func roll(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  /// True once in a number of times.
  package mutating func once(in times: Int) -> Bool { roll(1...times) == 1 }

  /// One of several.
  ///
  /// - Precondition: there is one.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[roll(0...elements.count - 1)]
  }

  /// Nearly normal, with mean 0 and deviation 1: the sum of four even draws.
  package mutating func normal() -> Float {
    let bits = next()
    let sum =
      Float(bits & 0xFFFF) + Float((bits >> 16) & 0xFFFF) + Float((bits >> 32) & 0xFFFF)
      + Float(bits >> 48)
    return (sum / 65535 - 2) * 1.7320508
  }
}
