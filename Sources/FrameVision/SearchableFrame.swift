public import Frames
import Synchronization

/// A frame with what searching it needs, each part made once and kept: give one to every search
/// on the same frame.
public final class SearchableFrame: Sendable {
  /// The frame itself.
  public let frame: Frame

  /// The frame in JPEG's encoding.
  let normal: Frame
  private let levels = Mutex<[Plane]>([])

  /// Creates a searchable frame; the work is done by the first search.
  public init(_ frame: Frame) {
    self.frame = frame
    normal = frame.inJPEGEncoding()
  }

  /// Luma at full size (0), half size (1) and so on.
  func luma(level: Int) -> Plane {
    if level == 0 { return normal.luma }
    return levels.withLock { levels in
      while levels.count < level { levels.append((levels.last ?? normal.luma).halved()) }
      return levels[level - 1]
    }
  }
}
