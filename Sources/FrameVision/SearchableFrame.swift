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
  private let soft = Mutex<[Int: SoftPlane]>([:])
  private let chroma = Mutex<(cb: Plane, cr: Plane)?>(nil)

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

  /// Luma at a scale, softened for coarse search.
  func soft(level: Int) -> SoftPlane {
    let plane = luma(level: level)
    return soft.withLock { soft in
      if let made = soft[level] { return made }
      let made = SoftPlane(plane)
      soft[level] = made
      return made
    }
  }

  /// Chroma with one sample for each two by two pixels, whatever the frame has.
  var squareChroma: (cb: Plane, cr: Plane) {
    chroma.withLock { chroma in
      if let chroma { return chroma }
      let made = (
        cb: normal.cb.onSquares(normal.chromaStepX, normal.chromaStepY),
        cr: normal.cr.onSquares(normal.chromaStepX, normal.chromaStepY)
      )
      chroma = made
      return made
    }
  }
}

extension Plane {
  /// A chroma plane brought to one sample for each two by two pixels; incomplete squares are left
  /// out unless the plane has them already.
  fileprivate func onSquares(_ stepX: Int, _ stepY: Int) -> Plane {
    if stepX == 2 && stepY == 2 { return self }
    if stepX == 1 && stepY == 1 { return halved() }
    var halved = Plane(width: width, height: height / 2)
    for y in 0..<halved.height {
      for x in 0..<width {
        halved[x, y] = UInt8((Int(self[x, 2 * y]) + Int(self[x, 2 * y + 1]) + 1) / 2)
      }
    }
    return halved
  }
}
