public import Frames

/// A box beside a label that is none of a field.
public struct FieldBoxMisfit: Sendable, Hashable {
  /// Why it is none.
  public enum Reason: Sendable, Hashable {
    /// It is lower than the words of its label, or hardly higher.
    case low
    /// It is too high for a line of text.
    case high
    /// It is not much wider than high.
    case narrow
    /// It stands elsewhere than its label: below it, it neither begins nor ends nor has its middle where
    /// that does; to its right, it is not on its line.
    case unaligned
  }

  /// Its inside.
  public var box: PixelRect
  /// Why it is none.
  public var reason: Reason
}

/// What the box of a field is like.
public enum FieldBoxForm {
  /// How high it is, as parts of its label's height.
  public static let heights = 1.1...4.5
  /// How much wider than high it is at least.
  public static let leastShape = 2
}
