/// What the grabber is to do to pictures; what is nil is left to the seed.
public struct CaptureOptions: Sendable, Hashable {
  /// The one thing that is wrong with light and colour.
  public enum Tone: Sendable, Hashable {
    /// Nothing.
    case none
    /// Full range is sent, and taken for limited range: contrast grows, the ends are cut off.
    case stretched
    /// Limited range is sent, and taken for full range: contrast shrinks.
    case squeezed
    /// Luma is off by a number of steps.
    case brightness(Int)
    /// BT.709 is sent, and taken for BT.601: colours shift.
    case wrongMatrix
  }

  /// What is wrong with light and colour.
  public var tone: Tone?
  /// The standard deviation of the noise on luma, in steps.
  public var noise: Double?
  /// The quality of the JPEG compression, as libjpeg counts.
  public var quality: Int?

  /// The time from one picture to the next; nil for thirty a second.
  public var every: Duration?

  /// Creates options.
  public init(
    tone: Tone? = nil, noise: Double? = nil, quality: Int? = nil, every: Duration? = nil
  ) {
    self.every = every
    self.tone = tone
    self.noise = noise
    self.quality = quality
  }
}

extension CaptureCharacter {
  /// The character with what is set otherwise.
  func changed(by options: CaptureOptions) -> CaptureCharacter {
    var changed = self
    if let tone = options.tone { changed.tone = tone }
    if let noise = options.noise { changed.noise = noise }
    if let quality = options.quality { changed.quality = quality }
    return changed
  }
}
