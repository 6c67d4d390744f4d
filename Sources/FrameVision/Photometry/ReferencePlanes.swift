import Frames

/// A template's planes as a frame with a certain transform would show them.
struct ReferencePlanes: Sendable {
  let width: Int
  let height: Int
  private(set) var luma: [Float]
  private(set) var cb: [Float]
  private(set) var cr: [Float]

  /// The planes as they are.
  init(_ planes: FullPlanes) {
    width = planes.luma.width
    height = planes.luma.height
    luma = planes.luma.samples.map { Float($0) }
    cb = planes.cb.samples.map { Float($0) }
    cr = planes.cr.samples.map { Float($0) }
  }

  /// Luma under another transform.
  func luma(under transform: PhotometricTransform) -> [Float] {
    transform.isNone ? luma : transform.luma(of: luma, cb, cr)
  }

  /// Chroma under a transform that does not mix colours.
  func chroma(under transform: PhotometricTransform) -> (cb: [Float], cr: [Float]) {
    transform.isNone ? (cb, cr) : (transform.saturated(cb), transform.saturated(cr))
  }

  /// Some rows of the planes, one below the other.
  func rows(_ rows: [Int]) -> ReferencePlanes {
    var part = self
    part.luma = rows.flatMap { luma[($0 * width)..<(($0 + 1) * width)] }
    part.cb = rows.flatMap { cb[($0 * width)..<(($0 + 1) * width)] }
    part.cr = rows.flatMap { cr[($0 * width)..<(($0 + 1) * width)] }
    return part
  }

  /// Rows with the strongest gradients, in order, at least five apart and two from the edge.
  ///
  /// - Parameters:
  ///   - most: how many there may be.
  ///   - slopes: from which slope on a pixel counts, and up to which it counts more.
  /// - Returns: the rows.
  func edgeRows(atMost most: Int, slopes: ClosedRange<Float>) -> [Int] {
    var energies: [(row: Int, energy: Float)] = []
    for y in 2..<max(2, height - 2) {
      var energy: Float = 0
      for x in 1..<max(1, width - 1) {
        let at = y * width + x
        let slope = abs(luma[at + 1] - luma[at - 1]) + abs(luma[at + width] - luma[at - width])
        if slope >= slopes.lowerBound { energy += min(slope, slopes.upperBound) }
      }
      energies.append((y, energy))
    }
    var rows: [Int] = []
    for (row, _) in energies.sorted(by: { ($1.energy, $0.row) < ($0.energy, $1.row) })
    where rows.count < most && rows.allSatisfy({ abs($0 - row) >= 5 }) {
      rows.append(row)
    }
    return rows.sorted()
  }
}
