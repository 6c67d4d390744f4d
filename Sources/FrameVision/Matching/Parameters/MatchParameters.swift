/// The numbers that decide what a comparison answers: limits, noise floors, shares that compression
/// may leave, how many places are looked at.
///
/// A template is prepared with a value and is searched for, compared and judged by it, so that what
/// was worked out beforehand and what is measured at a place always agree. What belongs to frames
/// and not to a template, the list of transforms and how templates agree on one, goes by
/// ``standard`` alone; the properties say so.
///
/// Each property tells what it means, and then two things in one line, which a test reads:
/// - its unit, with the range in which it makes sense;
/// - where the number comes from: *measured* on captured or drawn pictures, and where it says *fit*,
///   watched by `gantry-proving fit`, which prints what labelled pairs would choose; *statistics*;
///   *convention*; or *cost*, the time that a search may take.
///
/// What can't be chosen stays where it is used: quantiles of the normal distribution, the sides of
/// tiles and blocks, JPEG's grid, the matrices of BT.601 and BT.709.
public struct MatchParameters: Sendable, Hashable {
  /// How a template is prepared.
  public var preparation = Preparation()
  /// How candidates are found, from coarse to fine.
  public var search = Search()
  /// What tells other places apart before everything is measured.
  public var quickLook = QuickLook()
  /// How far a picture may be moved and blurred.
  public var registration = RegistrationBounds()
  /// What noise and compression explain.
  public var noise = NoiseModel()
  /// What noise that is cut off at black and white explains.
  public var clipping = Clipping()
  /// From where on a residual contradicts.
  public var limits = ResidualLimits()
  /// How far the rim of a mask must be covered.
  public var rim = RimLimits()
  /// When nothing can be said.
  public var doubts = Doubts()
  /// How the photometric transform of a frame is told.
  public var photometry = Photometry()

  /// Creates the numbers that are in use.
  public init() {}

  /// The numbers that are in use.
  public static let standard = MatchParameters()
}
