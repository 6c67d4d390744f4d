public import Frames
import SourceYAML

/// A part of the screen that goes where something else goes, such as a dialog where its title stands.
public struct HangingRegion: Sendable, Hashable {
  /// How far it reaches.
  public enum Extent: Sendable, Hashable {
    /// A rectangle, from the top left corner of what it hangs on.
    case box(PixelRect)
    /// The smallest box that is drawn around what it hangs on, however large that is.
    case around
  }

  /// What it hangs on.
  public var anchor: GroupMember
  /// How far it reaches.
  public var extent: Extent

  /// Creates a part of the screen.
  public init(on anchor: GroupMember, _ extent: Extent) {
    self.anchor = anchor
    self.extent = extent
  }
}
