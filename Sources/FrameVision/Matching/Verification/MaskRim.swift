import Frames

/// The pixels along the edge of a template's mask.
///
/// They can't be compared like others: blur, a shift by part of a pixel and soft edges mix them with
/// what lies beside the shape, which a mask leaves open. But the frame shows what that is. How far a
/// seen level lies from what is outside towards the shape's own is the share of the pixel that the
/// shape covers (the α of alpha compositing, Porter and Duff 1984): about 1 where the shape reaches
/// as far as its template, about a half at a soft edge, and 0 where it ends a pixel earlier.
struct MaskRim: Sendable {
  /// A pixel of the rim, the one beside it that does not count, and the one behind it that does.
  private struct Sample {
    var place: Int
    var outside: Int
    var inside: Int
  }

  /// The least share that a shape covers of its rim, in the mean over a cell.
  private static let leastCoverage: Float = 0.25
  /// The side of a cell, in pixels, and how many samples one must have.
  private static let cell = 16
  private static let fewestSamples = 8
  /// How far shape and outside must lie apart to tell, in levels, and how far a template's rim may
  /// lie from what is behind it to be no soft edge.
  private static let leastContrast: Float = 30
  private static let mostSoftness: Float = 8

  private let width: Int
  /// The samples, those of a cell together.
  private let cells: [[Sample]]

  /// Finds the rim of a mask; nil where there is none.
  ///
  /// - Parameter mask: 255 where a pixel counts.
  init?(_ mask: Plane) {
    let (width, height) = (mask.width, mask.height)
    self.width = width
    var cells: [PixelPoint: [Sample]] = [:]
    for y in 0..<height {
      for x in 0..<width where mask[x, y] == 255 {
        for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
          let (outX, outY, inX, inY) = (x + dx, y + dy, x - dx, y - dy)
          guard outX >= 0, outY >= 0, outX < width, outY < height, mask[outX, outY] != 255
          else { continue }
          // A line of one pixel has nothing behind it but itself.
          let isThick =
            inX >= 0 && inY >= 0 && inX < width && inY < height && mask[inX, inY] == 255
          cells[PixelPoint(x: x / Self.cell, y: y / Self.cell), default: []].append(
            Sample(
              place: y * width + x, outside: outY * width + outX,
              inside: isThick ? inY * width + inX : y * width + x))
        }
      }
    }
    self.cells = cells.filter { $0.value.count >= Self.fewestSamples }
      .sorted { ($0.key.y, $0.key.x) < ($1.key.y, $1.key.x) }.map(\.value)
    if self.cells.isEmpty { return nil }
  }

  /// The cell in which a place's shape reaches least far.
  ///
  /// - Parameters:
  ///   - expected: the template's luma under the frame's transform.
  ///   - seen: the frame's at the place.
  ///   - hidden: parts of the place, counted from its corner, that don't count.
  /// - Returns: the cell, and 1 where the shape reaches just far enough, more where it does not; nil
  ///   where it does everywhere, or nothing tells.
  func shortfall(_ expected: [Float], _ seen: [Float], hidden: [PixelRect])
    -> ResidualScan.Finding?
  {
    var worst: ResidualScan.Finding?
    for cell in cells {
      var (covered, all, count): (Float, Float, Int) = (0, 0, 0)
      for sample in cell {
        let (own, outside) = (expected[sample.inside], seen[sample.outside])
        let contrast = own - outside
        if abs(contrast) < Self.leastContrast
          || abs(expected[sample.place] - own) > Self.mostSoftness
          || hidden.contains(where: { $0.insetBy(-1).contains(point(sample.place)) })
        {
          continue
        }
        covered += (seen[sample.place] - outside) * contrast
        all += contrast * contrast
        count += 1
      }
      if count < Self.fewestSamples { continue }
      let coverage = covered / all
      let residual = (1 - coverage) / (1 - Self.leastCoverage)
      if residual > 1, residual > worst?.normalizedResidual ?? 0 {
        let corner = point(cell[0].place)
        worst = ResidualScan.Finding(
          normalizedResidual: residual,
          window: PixelRect(
            x: corner.x / Self.cell * Self.cell, y: corner.y / Self.cell * Self.cell,
            width: Self.cell, height: Self.cell))
      }
    }
    return worst
  }

  private func point(_ place: Int) -> PixelPoint {
    PixelPoint(x: place % width, y: place / width)
  }
}
