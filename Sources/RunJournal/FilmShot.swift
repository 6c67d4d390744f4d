public import Frames

/// Who films a run: is shown what was looked at, beside the journal's entries.
///
/// A film decides nothing. What it costs must not hold up a run on real devices; a virtual rig's clock
/// stands still while it waits for its film.
public protocol RunFilm: Sendable {
  /// Takes what was looked at.
  func take(_ shot: FilmShot) async
}

/// What was looked at, at one instant.
public struct FilmShot: Sendable {
  /// What was there to be seen.
  public enum Content: Sendable {
    /// A picture, and who says what of it must be black since it may show a secret: nil means all of
    /// it. That may take long, and is asked where nobody waits for it.
    case picture(Frame, blanks: @Sendable () -> [PixelRect]?)
    /// No picture: what the signal was instead, in words.
    case nothing(String)
  }

  /// When it was captured, or observed.
  public var at: MonotonicInstant
  /// What was there to be seen.
  public var content: Content

  /// Creates a shot.
  public init(at: MonotonicInstant, _ content: Content) {
    self.at = at
    self.content = content
  }
}
