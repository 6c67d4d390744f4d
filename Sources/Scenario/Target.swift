public import Frames
public import SourceYAML

/// Where something is done or looked for.
public struct Target: Sendable {
  /// What makes the place.
  public indirect enum Kind: Sendable {
    /// A reference image of the model.
    case image(ValueText)
    /// A wording of the model, such as `forgotPassword`.
    case label(ValueText)
    /// Words as they are.
    case text(ValueText)
    /// A place on the screen.
    case point(ScreenPoint)
    /// A place beside another target: just outside one of its edges, at its middle.
    case beside(Side, Target, gap: Int)
    /// Any one of several, drawn by the run's seed among those that are there.
    case anyOf([Target])
    /// Any one of a named group of the model's images or labels, such as the menu bar's icons.
    case group(ValueText)
    /// Where a click puts the on-screen keyboard away.
    case keyboardDismissal
  }

  /// One of several places that look the same.
  public struct Choice: Sendable, Hashable {
    /// Which, from 1, in reading order.
    public var nth: Int
    /// How many there are: with another number of them nobody knows which is meant.
    public var count: Int
  }

  /// What makes the place.
  public var kind: Kind
  /// Where to look; nil means the model's own region for it, or the whole screen.
  public var region: Region?
  /// Which of several that look the same; nil where there is one.
  public var choice: Choice?
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

  /// How far past an edge a place lies where nothing else is said, in pixels.
  public static let usualGap = 12
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
  /// What a part may be around.
  public enum Anchor: Sendable, Hashable {
    /// A reference image of the model.
    case image(ValueText)
    /// A wording of the model.
    case label(ValueText)
  }

  /// A region that the model names.
  case named(ValueText)
  /// Pixels of the model's screen size.
  case rect(PixelRect)
  /// A third of the screen.
  case part(ScreenPart)
  /// The smallest box that is drawn around something, wherever that stands.
  case around(Anchor)
}

extension Target {
  /// The texts that the target looks for, without the names that it uses.
  public var texts: [ValueText] {
    switch kind {
    case .text(let text): [text]
    case .beside(_, let other, _): other.texts
    case .anyOf(let targets): targets.flatMap(\.texts)
    case .image, .label, .point, .group, .keyboardDismissal: []
    }
  }

  /// What the target, and those that it is made of, need of the model.
  var needs: [ModelNeed] {
    let own: [ModelNeed] =
      switch kind {
      case .image(let name): [.named(.image, name)]
      case .label(let key): [.named(.label, key)]
      case .group(let name): [.named(.group, name)]
      case .point(let point): [.point(point, at: location)]
      case .beside(_, let other, _): other.needs
      case .anyOf(let targets): targets.flatMap(\.needs)
      case .keyboardDismissal: [.keyboard(at: location)]
      case .text: []
      }
    return own + (region?.needs(at: location) ?? [])
  }

  /// Whether there is something to look for, rather than a mere place.
  var canBeSeen: Bool {
    switch kind {
    case .image, .label, .text, .group: true
    case .anyOf(let targets): targets.allSatisfy(\.canBeSeen)
    case .point, .beside, .keyboardDismissal: false
    }
  }
}
