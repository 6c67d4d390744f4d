public import Frames
public import SourceYAML

/// What must be seen, and by when.
public struct Expectation: Sendable {
  /// What must hold.
  public var predicate: Predicate
  /// How long after the action's end it may take.
  public var within: Duration
  /// Where it is written.
  public var location: SourceLocation

  /// Creates an expectation.
  public init(predicate: Predicate, within: Duration, location: SourceLocation) {
    self.predicate = predicate
    self.within = within
    self.location = location
  }
}

/// Something that a frame, or a run of frames, shows or does not show.
public indirect enum Predicate: Sendable {
  /// The target is there, once.
  case seen(Target)
  /// The target is nowhere in a live picture.
  case notSeen(Target)
  /// At least one holds.
  case anyOf([Predicate])
  /// All hold on one and the same frame.
  case allOf([Predicate])
  /// The picture is gone: no signal, no cable or no sync.
  case signalLost
  /// A live picture is there again.
  case signalBack
  /// The recorder restarts by itself: signal lost and its USB host gone while it has power.
  case rebooting
  /// Nothing but what is always alive moves or fades in the region for a time.
  case still(Region?, for: Duration)
  /// The region differs from the last frame before the action.
  case changed(Region?)
  /// Two texts are the same; judged once, without a frame.
  case equal(ValueText, ValueText)
}

/// Where something is done or looked for.
public struct Target: Sendable {
  /// What makes the place.
  public indirect enum Kind: Sendable {
    /// A reference image of the model.
    case image(String)
    /// A wording of the model, such as `forgotPassword`.
    case label(String)
    /// Words as they are.
    case text(ValueText)
    /// A place on the screen.
    case point(ScreenPoint)
    /// A place beside another target: just outside one of its edges, at its middle.
    case beside(Side, Target, gap: Int)
    /// Any one of several, drawn by the run's seed among those that are there.
    case anyOf([Target])
    /// Any one of a named group of the model's images or labels, such as the menu bar's icons.
    case group(String)
  }

  /// What makes the place.
  public var kind: Kind
  /// Where to look; nil means the model's own region for it, or the whole screen.
  public var region: Region?
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a target.
  public init(kind: Kind, region: Region?, location: SourceLocation) {
    self.kind = kind
    self.region = region
    self.location = location
  }
}

/// An edge of a box.
public enum Side: String, Sendable, Hashable, CaseIterable {
  /// Past the bottom edge.
  case below
  /// Past the top edge.
  case above
  /// Past the left edge.
  case leftOf
  /// Past the right edge.
  case rightOf
}

/// A place on the screen, as a share of its size or in pixels.
public struct ScreenPoint: Sendable, Hashable {
  /// A coordinate along one axis.
  public enum Coordinate: Sendable, Hashable {
    /// A share of the axis, 0…1.
    case share(Double)
    /// Pixels of the model's screen size.
    case pixels(Int)
  }

  /// From the left.
  public var x: Coordinate
  /// From the top.
  public var y: Coordinate

  /// Creates a place.
  public init(x: Coordinate, y: Coordinate) {
    self.x = x
    self.y = y
  }

  /// The middle of the screen.
  public static let centre = ScreenPoint(x: .share(0.5), y: .share(0.5))
}

/// A part of the screen to look in.
public enum Region: Sendable, Hashable {
  /// A region that the model names.
  case named(String, SourceLocation)
  /// Pixels of the model's screen size.
  case rect(PixelRect)
}
