import CPixels
import Frames
import Synchronization

/// A part of a plane at coarser scales, each made when it is first asked for.
///
/// A scale is the mean of blocks, 2 by 2 pixels at level 1, twice that at each further level. A
/// template may begin anywhere inside a block, so that each level is kept at four phases: with
/// blocks that begin half a block further right, further down, and both. Together they sample the
/// blocks' means on a grid of half a block, and no place is further than a quarter of a block from
/// where it can be seen.
final class FramePyramid: Sendable {
  /// The plane at full size.
  let base: Plane
  /// The part that is covered; places count from its top left corner.
  let area: PixelRect
  private let planes = Mutex<[Int: Plane]>([:])

  /// Covers a part of a plane.
  init(_ base: Plane, area: PixelRect) {
    self.base = base
    self.area = area
  }

  /// The means of a level's blocks at a phase (0 or 1 each way); the level is 1 or more.
  func plane(level: Int, phaseX: Int, phaseY: Int) -> Plane {
    planes.withLock { Self.make(&$0, base, area, level, phaseX, phaseY) }
  }

  private static func make(
    _ planes: inout [Int: Plane], _ base: Plane, _ area: PixelRect, _ level: Int, _ phaseX: Int,
    _ phaseY: Int
  ) -> Plane {
    let key = 4 * level + 2 * phaseY + phaseX
    if let made = planes[key] { return made }
    let plane: Plane
    if level == 1 {
      plane = base.halved(
        PixelRect(
          x: area.x + phaseX, y: area.y + phaseY, width: area.width - phaseX,
          height: area.height - phaseY))
    } else {
      let finer = make(&planes, base, area, level - 1, 0, 0)
      plane = finer.halved(
        PixelRect(
          x: phaseX, y: phaseY, width: max(0, finer.width - phaseX),
          height: max(0, finer.height - phaseY)))
    }
    planes[key] = plane
    return plane
  }
}

extension Plane {
  /// The plane at half width and height (rounded down), each sample the mean of four.
  func halved() -> Plane { halved(PixelRect(size)) }

  /// A part of the plane at half width and height.
  func halved(_ part: PixelRect) -> Plane {
    let (w, h) = (part.width / 2, part.height / 2)
    let halved = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
      samples.withUnsafeBufferPointer { source in
        guard w > 0, h > 0, let input = source.baseAddress, let output = out.baseAddress
        else { return }
        pixels_halve(input + (part.y * width + part.x), width, Int32(w), Int32(h), output)
      }
      count = w * h
    }
    return Plane(width: w, height: h, samples: halved)
  }
}
