import SourceYAML

/// What the virtual grabber does to pictures; what is nil is left to the seed.
public struct VirtualCaptureSettings: Sendable, Hashable {
  /// What may be wrong with light and colour.
  public enum Tone: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Contrast grows, the ends are cut off.
    case stretched
    /// Contrast shrinks.
    case squeezed
    /// Colours shift.
    case wrongMatrix = "wrong-matrix"
  }

  /// What is wrong with light and colour.
  public var tone: Tone?
  /// How many steps luma is off, in place of a tone.
  public var brightness: Int?
  /// The standard deviation of the noise on luma, in steps.
  public var noise: Double?
  /// The quality of the JPEG compression, as libjpeg counts.
  public var quality: Int?
  /// The time from one picture to the next, as of a grabber on a busy bus; nil for thirty a second.
  public var every: Duration?

  /// Creates settings.
  public init(
    tone: Tone? = nil, brightness: Int? = nil, noise: Double? = nil, quality: Int? = nil,
    every: Duration? = nil
  ) {
    self.every = every
    self.tone = tone
    self.brightness = brightness
    self.noise = noise
    self.quality = quality
  }
}

/// A time in which the host of a virtual rig gets nothing done.
public struct VirtualPauseSettings: Sendable, Hashable {
  /// When it begins, after the rig's start.
  public var at: Duration
  /// How long it lasts.
  public var length: Duration

  /// Creates settings.
  public init(at: Duration, length: Duration) {
    self.at = at
    self.length = length
  }
}

extension VirtualCaptureSettings {
  private static let tone = FieldShape.word(
    "tone", Tone.self, "What is wrong with light and colour.")
  private static let brightness = FieldShape(
    "brightness", .scalar(.integer(-40...40)), "How many steps luma is off, in place of a tone.")
  private static let noise = FieldShape(
    "noise", .scalar(.number), "The standard deviation of the noise on luma, in steps.")
  private static let quality = FieldShape(
    "quality", .scalar(.integer(20...100)), "The quality of the JPEG compression.")

  private static let every = FieldShape(
    "every", .scalar(.duration),
    "The time from one picture to the next, as of a grabber under load; thirty a second if left out."
  ).shown(
    by: """
      virtual:
        capture: {every: 700ms}
      """)

  /// What the section looks like.
  static let shape = Shape.object(
    ObjectShape(
      "what a grabber does to pictures", [tone, brightness, noise, quality, every],
      rules: [.atMostOne(of: [tone, brightness].map(\.name))]))

  /// Reads the section.
  init(_ section: YAMLNode) {
    self.init(
      tone: section[Self.tone]?.text.flatMap(Tone.init),
      brightness: section[Self.brightness]?.integer,
      noise: section[Self.noise]?.number, quality: section[Self.quality]?.integer,
      every: section[Self.every]?.duration)
  }
}

extension VirtualPauseSettings {
  private static let at = FieldShape.required(
    "at", .scalar(.duration), "When it begins, after the rig's start.")
  private static let length = FieldShape.required(
    "for", .scalar(.duration), "How long it lasts.")

  /// What a list of them looks like.
  static let list = Shape.list(
    ListShape(
      .object(ObjectShape("a pause", [at, length])), counts: 0...100, what: "a list of pauses"))

  /// Reads a pause; nil where it lacks something.
  init?(_ node: YAMLNode) {
    guard let at = node[Self.at]?.duration, let length = node[Self.length]?.duration else {
      return nil
    }
    self.init(at: at, length: length)
  }
}
