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

  /// The samples of a part of a contour.
  private struct Cell {
    /// The open part beside it, by its number.
    var contour: Int
    var samples: [Sample]
  }

  /// The side of a cell, in pixels.
  private static let cell = 16

  private let limits: MatchParameters.RimLimits
  private let width: Int
  /// The ends of the shape: rim across which it is narrow.
  private let ends: [[Sample]]
  /// The samples, those together that lie in one cell beside one open part.
  private let cells: [Cell]
  private let contours: Int

  /// Finds the rim of a mask; nil where there is none.
  ///
  /// - Parameters:
  ///   - mask: 255 where a pixel counts.
  ///   - limits: how far the rim must be covered.
  init?(_ mask: Plane, _ limits: MatchParameters.RimLimits) {
    self.limits = limits
    let (width, height) = (mask.width, mask.height)
    self.width = width
    let open = Self.openParts(of: mask)
    contours = open.count
    var cells: [CellKey: [Sample]] = [:]
    for y in 0..<height {
      for x in 0..<width where mask[x, y] == 255 {
        for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
          let (outX, outY, inX, inY) = (x + dx, y + dy, x - dx, y - dy)
          guard outX >= 0, outY >= 0, outX < width, outY < height, mask[outX, outY] != 255
          else { continue }
          // A line of one pixel has nothing behind it but itself.
          let isThick =
            inX >= 0 && inY >= 0 && inX < width && inY < height && mask[inX, inY] == 255
          let key = CellKey(
            row: y / Self.cell, column: x / Self.cell, contour: open.parts[outY * width + outX])
          cells[key, default: []].append(
            Sample(
              place: y * width + x, outside: outY * width + outX,
              inside: isThick ? inY * width + inX : y * width + x))
        }
      }
    }
    ends = Self.ends(of: mask, limits)
    self.cells = cells.sorted {
      ($0.key.row, $0.key.column, $0.key.contour) < ($1.key.row, $1.key.column, $1.key.contour)
    }.map { Cell(contour: $0.key.contour, samples: $0.value) }
    if self.cells.isEmpty { return nil }
  }

  private struct CellKey: Hashable {
    var row: Int
    var column: Int
    var contour: Int
  }

  /// The parts that a mask leaves open, each in one piece: the number of a pixel's, 0 where the pixel
  /// counts; and how many numbers there are.
  private static func openParts(of mask: Plane) -> (parts: [Int], count: Int) {
    var (parts, count) = ([Int](repeating: 0, count: mask.samples.count), 1)
    for start in mask.samples.indices where mask.samples[start] != 255 && parts[start] == 0 {
      var rest = [start]
      parts[start] = count
      while let at = rest.popLast() {
        let (x, y) = (at % mask.width, at / mask.width)
        for (x, y) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
        where x >= 0 && y >= 0 && x < mask.width && y < mask.height {
          let next = y * mask.width + x
          if mask.samples[next] == 255 || parts[next] != 0 { continue }
          parts[next] = count
          rest.append(next)
        }
      }
      count += 1
    }
    return (parts, count)
  }

  /// The runs of rim across which a shape is narrow: open beyond all of it, and at both of its ends.
  private static func ends(of mask: Plane, _ limits: MatchParameters.RimLimits) -> [[Sample]] {
    func counts(_ x: Int, _ y: Int) -> Bool {
      x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask[x, y] == 255
    }
    func isOpen(_ x: Int, _ y: Int) -> Bool {
      x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask[x, y] != 255
    }
    var ends: [[Sample]] = []
    for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
      func isRim(_ x: Int, _ y: Int) -> Bool { counts(x, y) && isOpen(x + dx, y + dy) }
      // Runs go down beside open columns, and right beside open rows.
      let (alongX, alongY) = (abs(dy), abs(dx))
      for y in 0..<mask.height {
        for x in 0..<mask.width where isRim(x, y) && !isRim(x - alongX, y - alongY) {
          var length = 1
          while isRim(x + length * alongX, y + length * alongY) { length += 1 }
          guard length > 2, length <= limits.widestEnd, !counts(x - alongX, y - alongY),
            !counts(x + length * alongX, y + length * alongY)
          else { continue }
          let (middleX, middleY) = (x + length / 2 * alongX, y + length / 2 * alongY)
          let isLong = (0..<limits.slenderness * length).allSatisfy {
            counts(middleX - $0 * dx, middleY - $0 * dy)
          }
          if !isLong { continue }
          ends.append(
            (0..<length).map { at in
              let (x, y) = (x + at * alongX, y + at * alongY)
              return Sample(
                place: y * mask.width + x, outside: (y + dy) * mask.width + x + dx,
                inside: (y - dy) * mask.width + x - dx)
            })
        }
      }
    }
    return ends
  }

  /// Whether a place's shape goes on beyond an end that the template has: it may be a part of a longer
  /// one.
  ///
  /// - Parameters: as for ``shortfall(_:_:hidden:)``.
  func goesOn(_ expected: [Float], _ seen: [Float], hidden: [PixelRect]) -> Bool {
    ends.contains { end in
      let telling = end.filter { sample in
        abs(expected[sample.inside] - expected[sample.outside]) >= limits.leastContrast
          && !hidden.contains { $0.insetBy(-1).contains(point(sample.outside)) }
      }
      return 2 * telling.count > end.count
        && telling.allSatisfy { sample in
          let own = seen[sample.inside]
          return abs(seen[sample.outside] - own) < limits.leastDifference
            && abs(seen[sample.place] - own) < limits.leastDifference
        }
    }
  }

  /// What samples say together.
  private struct Coverage {
    var covered: Float = 0
    var all: Float = 0
    var count = 0

    static func += (sum: inout Coverage, other: Coverage) {
      sum.covered += other.covered
      sum.all += other.all
      sum.count += other.count
    }

    /// How far the shape falls short, 1 where it reaches just far enough; nil where too few say it.
    func shortfall(least: Float, fewest: Int) -> Float? {
      count < fewest ? nil : (1 - covered / all) / (1 - least)
    }
  }

  /// The cell, or the contour, on which a place's shape reaches least far.
  ///
  /// - Parameters:
  ///   - expected: the template's luma under the frame's transform.
  ///   - seen: the frame's at the place.
  ///   - hidden: parts of the place, counted from its corner, that don't count.
  /// - Returns: where, and 1 where the shape reaches just far enough, more where it does not; nil
  ///   where it covers all of its rim, or nothing tells.
  func shortfall(_ expected: [Float], _ seen: [Float], hidden: [PixelRect])
    -> ResidualScan.Finding?
  {
    var worst: ResidualScan.Finding?
    func note(_ residual: Float?, _ window: PixelRect) {
      guard let residual, residual > worst?.normalizedResidual ?? 0 else { return }
      worst = ResidualScan.Finding(normalizedResidual: residual, window: window)
    }
    var whole = [(sum: Coverage, window: PixelRect?)](repeating: (Coverage(), nil), count: contours)
    for cell in cells {
      let coverage = coverage(of: cell.samples, expected, seen, hidden)
      let corner = point(cell.samples[0].place)
      let window = PixelRect(
        x: corner.x / Self.cell * Self.cell, y: corner.y / Self.cell * Self.cell,
        width: Self.cell, height: Self.cell)
      note(coverage.shortfall(least: limits.leastCoverage, fewest: limits.fewestSamples), window)
      whole[cell.contour].sum += coverage
      whole[cell.contour].window = whole[cell.contour].window.map { $0.union(window) } ?? window
    }
    for case (let sum, let window?) in whole {
      note(
        sum.shortfall(
          least: limits.leastContourCoverage, fewest: limits.fewestContourSamples), window)
    }
    return worst
  }

  private func coverage(
    of samples: [Sample], _ expected: [Float], _ seen: [Float], _ hidden: [PixelRect]
  ) -> Coverage {
    var coverage = Coverage()
    for sample in samples {
      let (own, outside) = (expected[sample.inside], seen[sample.outside])
      let contrast = own - outside
      if abs(contrast) < limits.leastContrast
        || abs(expected[sample.place] - own) > limits.mostSoftness
        || hidden.contains(where: { $0.insetBy(-1).contains(point(sample.place)) })
      {
        continue
      }
      coverage += Coverage(
        covered: (seen[sample.place] - outside) * contrast, all: contrast * contrast, count: 1)
    }
    return coverage
  }

  private func point(_ place: Int) -> PixelPoint {
    PixelPoint(x: place % width, y: place / width)
  }
}
