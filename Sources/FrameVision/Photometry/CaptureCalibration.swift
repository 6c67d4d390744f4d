/// What a capture chain makes of every picture, as still frames of it told once.
///
/// The photometric transform and its uncertainty are what places are judged by
/// (``PhotometricConsensus``); the rest tells whether the chain is still the one that was measured.
public struct CaptureCalibration: Sendable, Hashable {
  /// The noise at levels about one.
  public struct Noise: Sendable, Hashable {
    /// The level in the middle.
    public var level: Int
    /// The standard deviation from frame to frame, in levels.
    public var deviation: Double

    /// Creates a number.
    public init(level: Int, deviation: Double) {
      (self.level, self.deviation) = (level, deviation)
    }
  }

  /// A point of the tone curve: what becomes of a level of grey.
  public struct Tone: Sendable, Hashable {
    /// The level in the references.
    public var expected: Double
    /// The level in the frames.
    public var seen: Double

    /// Creates a point.
    public init(expected: Double, seen: Double) {
      (self.expected, self.seen) = (expected, seen)
    }
  }

  /// By how much red, green and blue are multiplied beside the transform.
  public struct Gains: Sendable, Hashable {
    /// Of red.
    public var red: Double
    /// Of green.
    public var green: Double
    /// Of blue.
    public var blue: Double

    /// Creates gains.
    public init(red: Double, green: Double, blue: Double) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }
  }

  /// What edges look like.
  public struct Edges: Sendable, Hashable {
    /// The blur that was added, as a variance in square pixels.
    public var blur: Double
    /// What is left at edges, as a share of their gradient.
    public var edgeNoise: Double
    /// What compression leaves near edges, as a share of the local RMS gradient.
    public var compressionNoise: Double

    /// Creates a measure.
    public init(blur: Double, edgeNoise: Double, compressionNoise: Double) {
      (self.blur, self.edgeNoise) = (blur, edgeNoise)
      self.compressionNoise = compressionNoise
    }
  }

  /// The photometric transform, such as `brightness(20)`; nil where no reference told it.
  public var transform: String?
  /// Those that the frames don't tell from it, with itself.
  public var possible: [String]
  /// The noise by level, from dark to light, where enough pixels have the level.
  public var noise: [Noise]
  /// The tone curve, from dark to light, where references have grey.
  public var tone: [Tone]
  /// The gains; nil where too few colours tell.
  public var gains: Gains?
  /// What edges look like; nil where no reference was seen.
  public var edges: Edges?
  /// The references that told.
  public var references: [String]

  /// Creates a calibration from its parts.
  public init(
    transform: String?, possible: [String], noise: [Noise] = [], tone: [Tone] = [],
    gains: Gains? = nil, edges: Edges? = nil, references: [String] = []
  ) {
    (self.transform, self.possible, self.noise) = (transform, possible, noise)
    (self.tone, self.gains, self.edges) = (tone, gains, edges)
    self.references = references
  }

  /// How much more noise than it was measured is another noise, and how many levels more besides.
  private static let (manyTimes, more) = (2.0, 1.0)

  /// How a calibration that was measured now contradicts this one.
  ///
  /// - Parameter now: what was measured of the same chain later.
  /// - Returns: what differs, in a phrase; nil where nothing does, or nothing tells.
  public func misfit(_ now: CaptureCalibration) -> String? {
    if let transform, let seen = now.transform, !possible.contains(seen),
      !now.possible.contains(transform)
    {
      return "the picture's transform is \(seen), and \(transform) was calibrated"
    }
    for known in noise {
      guard let seen = now.noise.first(where: { $0.level == known.level }) else { continue }
      if seen.deviation > Self.manyTimes * known.deviation + Self.more {
        return "the noise at level \(known.level) is \(seen.deviation), and \(known.deviation) was "
          + "calibrated"
      }
    }
    return nil
  }
}
