import Frames

/// Luma at a coarser scale as floating point, slightly blurred, so that it looks nearly the same
/// wherever the picture lies on the coarse grid.
struct SoftPlane: Sendable {
  let width: Int
  let height: Int
  let samples: [Float]

  /// Blurs a plane by 1 2 1 both ways.
  init(_ plane: Plane) {
    let (width, height) = (plane.width, plane.height)
    self.width = width
    self.height = height
    samples = [Float](unsafeUninitializedCapacity: width * height) { out, count in
      var line = [Float](repeating: 0, count: width)
      plane.samples.withUnsafeBufferPointer { samples in
        line.withUnsafeMutableBufferPointer { line in
          for y in 0..<height {
            let here = y * width
            let above = max(0, y - 1) * width
            let below = min(height - 1, y + 1) * width
            for x in 0..<width {
              let sum =
                UInt16(samples[above &+ x]) &+ 2 &* UInt16(samples[here &+ x])
                &+ UInt16(samples[below &+ x])
              line[x] = Float(sum) * 0.0625
            }
            for x in 1..<max(1, width - 1) {
              out[here &+ x] = line[x &- 1] + 2 * line[x] + line[x &+ 1]
            }
            out[here] = width > 1 ? 3 * line[0] + line[1] : 4 * line[0]
            if width > 1 { out[here + width - 1] = 3 * line[width - 1] + line[width - 2] }
          }
        }
      }
      count = width * height
    }
  }
}
