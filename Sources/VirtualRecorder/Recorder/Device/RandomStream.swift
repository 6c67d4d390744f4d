/// Random numbers for one purpose, drawn from the recorder's seed.
///
/// Each purpose has a stream of its own, so that drawing a picture, or losing a report, never
/// shifts the numbers that something else is made from. The generator is SplitMix64 (Steele, Lea
/// and Flood, "Fast splittable pseudorandom number generators", 2014).
struct RandomStream: RandomNumberGenerator, Codable, Sendable {
  /// What a stream of numbers is for.
  enum Purpose: UInt64, Sendable {
    /// Secure codes.
    case secrets = 0x51
    /// How this recorder's pointer answers its mouse.
    case pointer = 0x52
    /// Reports that get lost.
    case losses = 0x53
    /// Notices that come up unasked.
    case notices = 0x54
    /// How long the recorder takes for what.
    case delays = 0x55
    /// Mail: where it lands, and what else is sent.
    case mail = 0x56
    /// The moments at which defects strike.
    case defects = 0x57
    /// What the cameras see.
    case scenery = 0x58
    /// What the capture chain does to pictures.
    case capture = 0x61
    /// The capture chain's noise.
    case captureNoise = 0x62
    /// How quick the grabber is.
    case grabber = 0x63
    /// How frames are torn.
    case tearing = 0x64
    /// The pace of what lies between recorder and bench.
    case ports = 0x65
    /// How long mail travels.
    case mailRoute = 0x66
    /// The moments at which faults strike.
    case faults = 0x67
    /// The virtual calendar.
    case calendar = 0x68
    /// The time between two runs of a recorder with a memory.
    case gap = 0x69
    /// What fills the images of firmware.
    case payload = 0x6a
    /// How early or late the recorder takes its mouse's reports.
    case jitter = 0x6b
  }

  private var state: UInt64

  /// Creates the stream of a purpose.
  init(seed: UInt64, for purpose: Purpose) {
    state = seed
    let mixedSeed = next()
    state = mixedSeed ^ (purpose.rawValue &* 0xd6e8_feb8_6659_fd93)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return RandomStream.mix(state)
  }

  /// Spreads every bit of a number over all bits of another.
  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number in a closed range, evenly spread.
  mutating func number(in range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  /// A whole number in a closed range, evenly spread for the small ranges that are used here.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    let span = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next() % span)
  }

  /// Whether something of a given probability happens.
  mutating func happens(withProbability probability: Double) -> Bool {
    number(in: 0...1) < probability
  }

  /// A duration in a closed range of seconds, in whole milliseconds.
  mutating func duration(inSeconds range: ClosedRange<Double>) -> Duration {
    .milliseconds(Int64((number(in: range) * 1000).rounded()))
  }
}
