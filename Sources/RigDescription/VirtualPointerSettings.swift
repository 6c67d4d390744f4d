import SourceYAML

/// What a virtual recorder's pointer does that a plain one does not.
public struct VirtualPointerSettings: Sendable, Hashable {
  /// What shapes it has.
  public enum Shapes: String, Sendable, CaseIterable {
    /// One everywhere.
    case one
    /// A hand over what can be clicked, a beam over fields, a watch while a window comes up.
    case changing
  }

  /// How fast movements go further.
  public enum Acceleration: String, Sendable, CaseIterable {
    /// By each report's own speed.
    case stretched
    /// By the speed over several reports, as desktops have it: no two ways are equally long.
    case adaptive
  }

  /// What shapes it has.
  public var shapes: Shapes
  /// How fast movements go further.
  public var acceleration: Acceleration

  /// Creates settings.
  public init(shapes: Shapes = .one, acceleration: Acceleration = .stretched) {
    self.shapes = shapes
    self.acceleration = acceleration
  }
}

extension VirtualPointerSettings {
  private static let shapes = FieldShape.word(
    "shapes", Shapes.self,
    "One shape everywhere, or others over what can be clicked, over fields and while a window comes "
      + "up; one if left out.")
  private static let acceleration = FieldShape.word(
    "acceleration", Acceleration.self,
    "Whether fast movements go further by each report's own speed, or by that over several, so that "
      + "no two ways are equally long; stretched if left out.")

  /// What the section looks like.
  static let shape = Shape.object(
    ObjectShape("what a pointer does", [shapes, acceleration]))

  /// Reads the section.
  init(_ section: YAMLNode) {
    self.init(
      shapes: section[Self.shapes]?.text.flatMap(Shapes.init) ?? .one,
      acceleration: section[Self.acceleration]?.text.flatMap(Acceleration.init) ?? .stretched)
  }
}
