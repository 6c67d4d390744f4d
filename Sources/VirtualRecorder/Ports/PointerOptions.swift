/// What a recorder's pointer does that one of a plain recorder does not.
public struct PointerOptions: Sendable, Hashable {
  /// Whether it is a hand over what can be clicked, a beam over fields, and a watch while a window
  /// comes up.
  public var changesShape: Bool
  /// Whether the recorder accelerates by the speed that it sees over several reports, as desktops do,
  /// so that no two ways are equally long; it accelerates report by report otherwise.
  public var isAdaptive: Bool

  /// Creates options.
  public init(changesShape: Bool = false, isAdaptive: Bool = false) {
    self.changesShape = changesShape
    self.isAdaptive = isAdaptive
  }
}
