public import Frames
public import Patterns

/// A part of a recorder's screen that moves by itself: a clock, a live picture.
public struct AlivePart: Sendable, Hashable {
  /// The period of a clock with seconds.
  public static let standardPeriod = Duration.seconds(1)

  /// Where it is.
  public var region: PixelRect
  /// What a part of its text fits whenever it is on the screen; nil where nothing tells whether it is
  /// there, as when a menu may cover it.
  public var reads: Pattern?
  /// The longest time that it stands while all is well.
  public var period: Duration

  /// Creates a part.
  public init(region: PixelRect, reads: Pattern? = nil, period: Duration = standardPeriod) {
    self.region = region
    self.reads = reads
    self.period = period
  }
}
