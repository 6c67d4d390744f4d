/// What the grabber is to do to pictures; what is nil is left to the seed.
public struct CaptureOptions: Sendable, Hashable {
  /// What is wrong with light and colour.
  public enum Tone: Sendable, Hashable {
    /// Nothing.
    case none
    /// Contrast grows, the ends are cut off.
    case stretched
    /// Contrast shrinks.
    case squeezed
    /// Luma is off by a number of steps.
    case brightness(Int)
    /// Colours shift.
    case wrongMatrix
  }

  /// What is wrong with light and colour.
  public var tone: Tone?
  /// The standard deviation of the noise on luma, in steps.
  public var noise: Double?
  /// The quality of the JPEG compression, as libjpeg counts.
  public var quality: Int?

  /// Creates options.
  public init(tone: Tone? = nil, noise: Double? = nil, quality: Int? = nil) {
    self.tone = tone
    self.noise = noise
    self.quality = quality
  }
}

extension CaptureCharacter {
  /// The character with what is set otherwise.
  func changed(by options: CaptureOptions) -> CaptureCharacter {
    var changed = self
    switch options.tone {
    case nil: break
    case .some(.none): changed.tone = .none
    case .stretched: changed.tone = .stretched
    case .squeezed: changed.tone = .squeezed
    case .brightness(let steps): changed.tone = .brightness(steps)
    case .wrongMatrix: changed.tone = .wrongMatrix
    }
    if let noise = options.noise { changed.noise = noise }
    if let quality = options.quality { changed.quality = quality }
    return changed
  }
}
