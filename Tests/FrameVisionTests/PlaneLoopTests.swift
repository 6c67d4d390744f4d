import CPixels
import Frames
import Testing

@testable import FrameVision

extension PixelLoops {
  /// Loops over whole pictures, against the plainest way to write them.
  @Suite("Whole pictures") struct PlaneLoopTests {
    private static func plane(
      _ width: Int, _ height: Int, by dice: inout SystemRandomNumberGenerator
    ) -> Plane {
      let span = UInt8.random(in: 1...255, using: &dice)
      return Plane(
        width: width, height: height,
        samples: (0..<(width * height)).map { _ in UInt8.random(in: 0...span, using: &dice) })
    }

    /// Each sample's rise above the opening of the smoothed picture, looked up square by square.
    private static func residue(_ luma: Plane, isLight: Bool) -> [UInt8] {
      func near(_ plane: Plane, _ x: Int, _ y: Int, _ reach: Int) -> [UInt8] {
        (max(0, y - reach)...min(plane.height - 1, y + reach)).flatMap { row in
          (max(0, x - reach)...min(plane.width - 1, x + reach)).map { plane[$0, row] }
        }
      }
      func mapped(_ plane: Plane, _ value: (Int, Int) -> UInt8) -> Plane {
        Plane(
          width: plane.width, height: plane.height,
          samples: plane.samples.indices.map { value($0 % plane.width, $0 / plane.width) })
      }
      let smooth = mapped(luma) { x, y in
        var sum = 8
        for (row, rowWeight) in [(y - 1, 1), (y, 2), (y + 1, 1)] {
          for (column, weight) in [(x - 1, 1), (x, 2), (x + 1, 1)] {
            let (column, row) = (
              min(max(column, 0), luma.width - 1), min(max(row, 0), luma.height - 1)
            )
            sum += weight * rowWeight * Int(luma[column, row])
          }
        }
        return UInt8(sum >> 4)
      }
      func least(_ values: [UInt8]) -> UInt8 { values.min() ?? 0 }
      func greatest(_ values: [UInt8]) -> UInt8 { values.max() ?? 0 }
      let first = mapped(smooth) { (isLight ? least : greatest)(near(smooth, $0, $1, 6)) }
      let ground = mapped(first) { (isLight ? greatest : least)(near(first, $0, $1, 6)) }
      return zip(luma.samples, ground.samples).map { level, ground in
        UInt8(max(0, isLight ? Int(level) - Int(ground) : Int(ground) - Int(level)))
      }
    }

    @Test(arguments: [
      (1, 1), (2, 30), (40, 1), (13, 13), (14, 27), (31, 40), (50, 39), (67, 12),
    ])
    func `Strokes rise above what the square finds room in`(width: Int, height: Int) {
      var dice = SystemRandomNumberGenerator()
      let luma = Self.plane(width, height, by: &dice)
      for isLight in [true, false] {
        #expect(TopHat.residue(in: luma, isLight: isLight) == Self.residue(luma, isLight: isLight))
      }
    }

    /// Two rows of runs of columns, so that cells differ, the lower ones moved to the side, with noise.
    private static func movedRows(
      noise: Int, by dice: inout SystemRandomNumberGenerator
    ) -> (luma: Plane, shift: Int) {
      let width = Int.random(in: 64...400, using: &dice)
      let tiles = width / 4
      var luma = Plane(width: width, height: 4)
      for x in 0..<width { luma[x, 0] = .random(in: 0...255, using: &dice) }
      for x in 0..<width { luma[x, 0] = luma[x / 6 * 6, 0] }
      let shift = 4 * Int.random(in: -(tiles / 3)...(tiles / 3), using: &dice)
      for x in 0..<width {
        let from = x - shift
        let level = Int(luma[from < 0 || from >= width ? x : from, 0])
        luma[x, 1] = luma[x, 0]
        luma[x, 2] = UInt8(
          min(255, max(0, level + Int.random(in: -noise...noise, using: &dice))))
        luma[x, 3] = luma[x, 2]
      }
      return (luma, shift)
    }

    @Test(arguments: 1...60)
    func `A row is found elsewhere where a plain comparison finds it`(round: Int) {
      var dice = SystemRandomNumberGenerator()
      let (luma, _) = Self.movedRows(noise: round % 3 * 30, by: &dice)
      let tiles = luma.width / 4
      let rows = [0, 2].map { row in
        let sums = (0..<tiles).map { at in
          (4 * at..<(4 * at + 4)).reduce(0) { $0 + Int(luma[$1, row]) + Int(luma[$1, row + 1]) }
        }
        let mean = sums.reduce(0, +) / tiles
        return sums.map { $0 - mean }
      }
      let found = RowShift(luma, above: 0, below: 2)
      #expect(found.distance == Self.distance(rows[0], rows[1]), "round \(round)")
    }

    /// A narrow row may resemble itself by chance, and is rightly left open: most are found, none
    /// elsewhere than it is.
    @Test func `Most rows that are only moved are found where they are`() {
      var dice = SystemRandomNumberGenerator()
      var (moved, found) = (0, 0)
      for _ in 1...200 {
        let (luma, shift) = Self.movedRows(noise: 0, by: &dice)
        guard abs(shift) >= 40, abs(shift) <= luma.width / 4 else { continue }
        moved += 1
        guard let distance = RowShift(luma, above: 0, below: 2).distance else { continue }
        found += 1
        #expect(distance == shift)
      }
      #expect(moved > 0 && 2 * found > moved, "\(found) of \(moved) found")
    }

    /// The distance by all rules, one after the other.
    private static func distance(_ above: [Int], _ below: [Int]) -> Int? {
      func isRich(_ row: [Int]) -> Bool {
        let range = (row.max() ?? 0) - (row.min() ?? 0)
        var (travel, last) = (0, row[0])
        for value in row where abs(value - last) * 12 >= range {
          travel += abs(value - last)
          last = value
        }
        return range >= 320 && travel >= 6 * range / 2
      }
      if !isRich(above) || !isRich(below) { return nil }
      let (count, reach) = (above.count, above.count / 2)
      let differences = (-reach...reach).map { shift in
        let places = (0..<count).filter { (0..<count).contains($0 + shift) }
        return 2 * places.reduce(0) { $0 + abs(above[$1] - below[$1 + shift]) } / places.count
      }
      let best = differences.indices.min { differences[$0] < differences[$1] } ?? 0
      let least = differences[best]
      let usual = differences.sorted()[differences.count / 2]
      let straight = differences[(reach - 1)...(reach + 1)].min() ?? 0
      let rival = differences.indices.filter { abs($0 - best) > 3 }.map { differences[$0] }.min()
      guard abs(best - reach) >= 2, 5 * least <= 2 * usual, 2 * straight >= usual,
        5 * least <= 2 * straight, 3 * least <= 2 * (rival ?? .max)
      else { return nil }
      return 4 * (best - reach)
    }

    @Test(arguments: 1...20, [false, true])
    func `Places are moved uphill among the phases of a scale`(round: Int, isMasked: Bool) throws {
      var dice = SystemRandomNumberGenerator()
      // Smooth enough for hills.
      let large = Self.plane(30, 24, by: &dice)
      let ground = Plane(
        width: 120, height: 96,
        samples: (0..<(120 * 96)).map { large[$0 % 120 / 4, $0 / 120 / 4] })
      let pyramid = FramePyramid(ground, area: PixelRect(ground.size))
      let cut = PixelRect(
        x: .random(in: 0...60, using: &dice), y: .random(in: 0...40, using: &dice),
        width: .random(in: 20...55, using: &dice), height: .random(in: 20...50, using: &dice))
      var mask = Plane(width: cut.width, height: cut.height, filledWith: 255)
      for y in 0..<6 { for x in 0..<8 { mask[x, y] = 0 } }
      let levels = TemplateLevel.pyramid(
        of: ground.cropped(to: cut), mask: isMasked ? mask : nil, .standard)
      guard levels.count > 1 else { return }
      let planes = [(0, 0), (1, 0), (0, 1), (1, 1)].map {
        pyramid.plane(level: 1, phaseX: $0.0, phaseY: $0.1)
      }
      func score(_ x: Int, _ y: Int) -> Float {
        if x < 0 || y < 0 { return -2 }
        let plane = planes[2 * (y & 1) + (x & 1)]
        if x >> 1 + levels[1].width > plane.width || y >> 1 + levels[1].height > plane.height {
          return -2
        }
        return levels[1].correlation(with: plane, x >> 1, y >> 1)
      }
      let starts = (0..<12).map { _ in
        PixelPoint(x: .random(in: 0...100, using: &dice), y: .random(in: 0...90, using: &dice))
      }
      let found = levels[1].hillClimbed(from: starts, in: planes)
      for (start, found) in zip(starts, found) {
        var best = (x: start.x, y: start.y, score: score(start.x, start.y))
        for _ in 0..<4 {
          let from = best
          for y in (from.y - 1)...(from.y + 1) {
            for x in (from.x - 1)...(from.x + 1) where score(x, y) > best.score {
              best = (x, y, score(x, y))
            }
          }
        }
        #expect((Int(found.x), Int(found.y)) == (best.x, best.y), "round \(round)")
        #expect(found.score == best.score)
      }
    }

    @Test(arguments: 1...60)
    func `A picture is plain where nearly all levels lie together`(round: Int) {
      var dice = SystemRandomNumberGenerator()
      let size = PixelSize(width: 60, height: 48)
      var luma = Plane(width: size.width, height: size.height, filledWith: 20)
      // Some rows, those looked at first or others, carry as many odd pixels as may just be.
      let (odd, row) = (Int.random(in: 0...12, using: &dice), [0, 8, 3, 5][round % 4])
      for x in 0..<odd { luma[x, row] = 0 }
      for x in 0..<Int.random(in: 0...12, using: &dice) {
        luma[x, row + 1] = .random(in: 22...46, using: &dice)
        luma[59 - x, row] = .random(in: 22...46, using: &dice)
      }
      let chroma = Plane(width: 30, height: 24, filledWith: 128)
      let sorted = luma.samples.sorted()
      let (low, high) = (
        Int(sorted[Int(0.002 * Double(size.area))]), Int(sorted[Int(0.998 * Double(size.area))])
      )
      let isBlack = Frame(luma: luma, cb: chroma, cr: chroma).condition() == .black
      #expect(isBlack == (high - low <= 24 && high < 48), "round \(round)")
    }
  }
}
