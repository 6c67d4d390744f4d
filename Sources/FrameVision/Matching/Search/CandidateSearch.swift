import CPixels
import Frames

/// Finds the places where a template may be, by normalised correlation from coarse to fine.
struct CandidateSearch {
  /// A place at some scale.
  struct Place {
    var x: Int
    var y: Int
    var score: Float
  }

  let template: Template
  let frame: SearchableFrame
  /// Where the whole template must lie.
  let area: PixelRect
  /// Places of the frame that don't count.
  let ignored: [PixelRect]

  /// How far the search goes.
  private var parameters: MatchParameters.Search { template.parameters.search }

  /// What a search finds: top left corners at full size with their correlations, best first.
  struct Found {
    /// Places that may show the template.
    var candidates: [Place] = []
    /// Places that were taken for alike at a coarser scale, and neither show it nor lie near one
    /// that does, with their correlations at that scale.
    var outliers: [Place] = []
  }

  /// Looks for places.
  func found() -> Found {
    let size = template.size
    if area.width < size.width || area.height < size.height { return Found() }
    let corners = PixelRect(
      x: area.x, y: area.y, width: area.width - size.width + 1,
      height: area.height - size.height + 1)
    if corners.size.area <= parameters.fewPlaces {
      return Found(candidates: lookEverywhere(corners))
    }
    let pyramid = frame.pyramid(of: template.channel, covering: area)
    let hidden = HiddenPlaces(
      ignored.filter { $0.intersects(area) },
      from: PixelPoint(x: pyramid.area.x, y: pyramid.area.y))
    if hidden.isEmpty, let places = scanAtFullSize(corners, pyramid) {
      return finish(places, at: 1, pyramid, corners)
    }
    guard let start = coarsestScan(pyramid) else { return Found() }
    var places = scan(start, pyramid, hidden)
    var level = start.level
    while level > 2 {
      level -= 1
      places = refine(places, level: level, pyramid, hidden)
    }
    return finish(places, at: level, pyramid, corners)
  }

  /// How a scale is searched.
  private struct Scan {
    var level: Int
    /// Whether at all four phases, or only at one.
    var isDense: Bool
    /// How far apart places are, in grid steps of half a block.
    var step: Int { isDense ? 1 : 2 }
  }

  /// The coarsest scale whose pixels still tell places apart, or the best that effort allows.
  private func coarsestScan(_ pyramid: FramePyramid) -> Scan? {
    let size = pyramid.area.size
    func effort(_ scan: Scan) -> Int {
      let shape = template.levels[scan.level]
      let across = max(1, (size.width >> scan.level) - shape.width + 1)
      let down = max(1, (size.height >> scan.level) - shape.height + 1)
      return across * down * shape.effort * (scan.isDense ? 4 : 1)
    }
    let levels = template.levels.indices.dropFirst().filter { template.levels[$0].canBeScanned }
    let dense = levels.reversed().map { Scan(level: $0, isDense: true) }
    let isSparse = template.levels[0].isSparse
    let most = isSparse ? parameters.sparseEffort : parameters.effort
    let few = [parameters.fewestPixels, parameters.fewestPixelsAtAll]
    for least in isSparse ? [parameters.fewestSparsePixels] + few : few {
      let scans = dense.filter {
        template.levels[$0.level].count >= least && effort($0) <= most
      }
      // A finer one where it costs next to nothing: what repeats runs together at coarse scales.
      if let coarsest = scans.first {
        // Where little counts, nothing may run together.
        if isSparse { return scans.last }
        return scans.last { effort($0) <= parameters.littleEffort } ?? coarsest
      }
    }
    let sparse = levels.map { Scan(level: $0, isDense: false) }
    return sparse.first { effort($0) <= most } ?? sparse.last
  }

  /// Correlates at every place, where a mask leaves so little that a few samples stand for it: coarse
  /// scales lose thin lines. Nil where that costs too much, or too few samples would tell.
  private func scanAtFullSize(_ corners: PixelRect, _ pyramid: FramePyramid) -> [Place]? {
    let shape = template.levels[0]
    guard shape.isSparse, shape.canBeScanned,
      corners.size.area * shape.effort <= parameters.sparseEffort
    else { return nil }
    let (columns, rows) = (corners.width, corners.height)
    var scores = [Float](repeating: -1, count: columns * rows)
    scores.withUnsafeMutableBufferPointer { scores in
      guard let scores = scores.baseAddress else { return }
      shape.scan(
        pyramid.base, from: PixelPoint(x: corners.x, y: corners.y), columns: columns, rows: rows,
        into: scores, columnStep: 1, rowStep: columns)
    }
    return peaks(scores, columns, rows, keeping: parameters.mostPeaks).map {
      Place(
        x: corners.x - pyramid.area.x + $0.x, y: corners.y - pyramid.area.y + $0.y,
        score: $0.score)
    }
  }

  /// The places of a scale's grid at which the template lies about in the area.
  private func grid(_ level: Int, _ pyramid: FramePyramid) -> PixelRect {
    let step = 1 << (level - 1)
    let (left, top) = (area.x - pyramid.area.x, area.y - pyramid.area.y)
    let right = left + area.width - template.size.width
    let bottom = top + area.height - template.size.height
    let (x, y) = (left / step, top / step)
    return PixelRect(
      x: x, y: y, width: (right + step - 1) / step - x + 1,
      height: (bottom + step - 1) / step - y + 1)
  }

  /// Correlates at every place of a scale and keeps the best peaks, in grid steps.
  private func scan(_ scan: Scan, _ pyramid: FramePyramid, _ hidden: HiddenPlaces) -> [Place] {
    let shape = template.levels[scan.level]
    let grid = grid(scan.level, pyramid)
    let step = scan.step
    let (columns, rows) = ((grid.width + step - 1) / step, (grid.height + step - 1) / step)
    var scores = [Float](repeating: -1, count: columns * rows)
    scores.withUnsafeMutableBufferPointer { scores in
      guard let scores = scores.baseAddress else { return }
      for phaseY in 0...(scan.isDense ? 1 : 0) {
        for phaseX in 0...(scan.isDense ? 1 : 0) {
          let plane = pyramid.plane(level: scan.level, phaseX: phaseX, phaseY: phaseY)
          // The first and last places of this phase.
          let (left, top) = ((grid.x - phaseX + 1) / 2, (grid.y - phaseY + 1) / 2)
          let right = min((grid.maxX - 1 - phaseX) / 2, plane.width - shape.width)
          let bottom = min((grid.maxY - 1 - phaseY) / 2, plane.height - shape.height)
          if right < left || bottom < top { continue }
          let column = (2 * left + phaseX - grid.x) / step
          let row = (2 * top + phaseY - grid.y) / step
          shape.scan(
            plane, from: PixelPoint(x: left, y: top), columns: right - left + 1,
            rows: bottom - top + 1, into: scores + (row * columns + column),
            columnStep: 2 / step, rowStep: 2 / step * columns)
          let places = PixelRect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
          let covers = hidden.places(level: scan.level, phaseX: phaseX, phaseY: phaseY)
          let partly = shape.correlations(
            with: plane, hiding: covers, among: places, atMost: parameters.hiddenEffort)
          for (place, score) in partly {
            let (across, down) = ((place.x - left) * 2 / step, (place.y - top) * 2 / step)
            scores[(row + down) * columns + column + across] = score
          }
        }
      }
    }
    let most =
      shape.count < parameters.fewestPixels ? parameters.mostVaguePeaks : parameters.mostPeaks
    let found = peaks(scores, columns, rows, keeping: most)
    let floor = (found.first?.score ?? 0) - parameters.coarseSlack
    return found.prefix { $0.score >= floor }.map {
      // Where only one phase is looked at, the first place lies on it.
      let first = scan.isDense ? grid.x : (grid.x + 1) / 2 * 2
      let top = scan.isDense ? grid.y : (grid.y + 1) / 2 * 2
      return Place(x: first + $0.x * step, y: top + $0.y * step, score: $0.score)
    }
  }

  private func peaks(_ scores: [Float], _ columns: Int, _ rows: Int, keeping most: Int) -> [Place] {
    let peaks = [PixelsPeak](unsafeUninitializedCapacity: most) { peaks, count in
      count = Int(
        pixels_peaks(
          scores, Int32(columns), Int32(rows), parameters.leastCorrelation, Int32(most),
          peaks.baseAddress))
    }
    return peaks.map { Place(x: Int($0.x), y: Int($0.y), score: $0.score) }
  }

  /// Moves places from the next coarser scale to the best position nearby.
  private func refine(
    _ places: [Place], level: Int, _ pyramid: FramePyramid, _ hidden: HiddenPlaces
  ) -> [Place] {
    let shape = template.levels[level]
    let planes = [(0, 0), (1, 0), (0, 1), (1, 1)].map {
      pyramid.plane(level: level, phaseX: $0.0, phaseY: $0.1)
    }
    if hidden.isEmpty {
      let climbed = shape.hillClimbed(
        from: places.map { PixelPoint(x: 2 * $0.x, y: 2 * $0.y) }, in: planes)
      return sifted(
        climbed.map { Place(x: Int($0.x), y: Int($0.y), score: $0.score) },
        keeping: parameters.mostRefined)
    }
    let covers = [(0, 0), (1, 0), (0, 1), (1, 1)].map {
      hidden.places(level: level, phaseX: $0.0, phaseY: $0.1)
    }
    let refined = places.map { place in
      hillClimb(from: PixelPoint(x: 2 * place.x, y: 2 * place.y)) { point in
        if point.x < 0 || point.y < 0 { return -2 }
        let phase = 2 * (point.y & 1) + (point.x & 1)
        let plane = planes[phase]
        let (x, y) = (point.x >> 1, point.y >> 1)
        if x + shape.width > plane.width || y + shape.height > plane.height { return -2 }
        return shape.correlation(with: plane, x, y, hiding: covers[phase])
      }
    }
    return sifted(refined, keeping: parameters.mostRefined)
  }

  /// Moves places from a scale to the best position at full size.
  private func finish(
    _ places: [Place], at level: Int, _ pyramid: FramePyramid, _ corners: PixelRect
  ) -> Found {
    let step = 1 << (level - 1)
    let covers = coversAtFullSize
    var (refined, outliers) = ([Place](), [Place]())
    for (rank, place) in places.enumerated() {
      let x = pyramid.area.x + place.x * step
      let y = pyramid.area.y + place.y * step
      let start = PixelPoint(
        x: max(corners.x, min(corners.maxX - 1, x)), y: max(corners.y, min(corners.maxY - 1, y)))
      if isOutlier(near: start) {
        outliers.append(Place(x: start.x, y: start.y, score: place.score))
      } else {
        let reach = rank < parameters.closelyRefined ? 2 : 1
        refined.append(best(near: start, reach: reach, of: corners, pyramid.base, hiding: covers))
      }
    }
    return Found(
      candidates: sifted(refined, keeping: parameters.mostCandidates), outliers: outliers)
  }

  /// The best place at full size that a hill climb from a place leads to.
  private func best(
    near start: PixelPoint, reach: Int, of corners: PixelRect, _ base: Plane,
    hiding covers: [PixelRect]
  ) -> Place {
    let level = template.levels[0]
    let rowStep = level.rowStep
    let reached = PixelRect(start, template.size).insetBy(-reach - 3)
    if ignored.contains(where: { $0.intersects(reached) }) {
      return hillClimb(from: start, reach: reach) {
        corners.contains($0) ? level.correlation(with: base, $0.x, $0.y, hiding: covers) : -2
      }
    }
    // The places of the first step together: they share most of their pixels.
    let near = PixelRect(x: start.x, y: start.y, width: 1, height: 1)
      .insetBy(-reach).intersection(corners)
    let known = level.correlations(with: base, at: near, rowStep: rowStep)
    return hillClimb(from: start, reach: reach) { point in
      if let known, near.contains(point) {
        return known[(point.y - near.y) * near.width + point.x - near.x]
      }
      return corners.contains(point)
        ? level.correlation(with: base, point.x, point.y, rowStep: rowStep) : -2
    }
  }

  /// Whether the template lies nowhere to where a hill climb from a place may lead.
  private func isOutlier(near place: PixelPoint) -> Bool {
    // Other encodings stretch luma, of which blocks know nothing.
    guard frame.frame.encoding == .jpeg else { return false }
    return template.blocks.excludesNear(
      frame.frame.luma, at: place, hidden: template.parts(under: ignored, at: place))
  }

  /// The places that don't count, none overlapping another.
  private var coversAtFullSize: [PixelRect] {
    HiddenPlaces(ignored, from: PixelPoint(x: 0, y: 0)).places(level: 0)
  }

  /// Correlates at each of a few places.
  private func lookEverywhere(_ corners: PixelRect) -> [Place] {
    let base = frame.plane(of: template.channel)
    if corners.size.area == 1 { return [Place(x: corners.x, y: corners.y, score: 1)] }
    let level = template.levels[0]
    let covers = coversAtFullSize
    var scores: [Float] = []
    for y in corners.y..<corners.maxY {
      for x in corners.x..<corners.maxX {
        let touched = PixelRect(PixelPoint(x: x, y: y), template.size)
        scores.append(
          covers.contains(where: touched.intersects)
            ? level.correlation(with: base, x, y, hiding: covers)
            : level.correlation(with: base, x, y, rowStep: level.rowStep))
      }
    }
    return peaks(scores, corners.width, corners.height, keeping: parameters.mostCandidates).map {
      Place(x: corners.x + $0.x, y: corners.y + $0.y, score: $0.score)
    }
  }

  /// The places that go on, best first: those about as good as the best, and a few that are less.
  private func sifted(_ places: [Place], keeping most: Int) -> [Place] {
    let best = places.map(\.score).max() ?? 0
    let floor = max(parameters.leastCorrelation, best - parameters.slack)
    var kept: [Place] = []
    let mostOutsiders =
      best > parameters.sureCorrelation ? parameters.fewestOutsiders : parameters.mostOutsiders
    var outsiders = 0
    for place in places.sorted(by: { ($1.score, $0.y, $0.x) < ($0.score, $1.y, $1.x) }) {
      if place.score < floor || kept.count == most { break }
      if kept.contains(where: { $0.x == place.x && $0.y == place.y }) { continue }
      if place.score < best - parameters.nearlyBest {
        outsiders += 1
        if outsiders > mostOutsiders { break }
      }
      kept.append(place)
    }
    return kept
  }

  /// Goes from a place uphill to where none of the eight neighbours is higher; the first step
  /// reaches further where that is asked for.
  private func hillClimb(
    from start: PixelPoint, reach: Int = 1, score: (PixelPoint) -> Float
  ) -> Place {
    var best = Place(x: start.x, y: start.y, score: score(start))
    // A bit for each place within reach of all steps.
    var known = UInt128(0)
    let near = TemplateBlocks.nearby
    func isKnown(_ x: Int, _ y: Int) -> Bool {
      let bit = UInt128(1) << UInt128(Self.reached * (y - start.y + near) + x - start.x + near)
      defer { known |= bit }
      return known & bit != 0
    }
    _ = isKnown(start.x, start.y)
    for step in 0..<4 {
      let (from, reach) = (best, step == 0 ? reach : 1)
      for dy in -reach...reach {
        for dx in -reach...reach {
          let point = PixelPoint(x: from.x + dx, y: from.y + dy)
          if isKnown(point.x, point.y) { continue }
          let value = score(point)
          if value > best.score { best = Place(x: point.x, y: point.y, score: value) }
        }
      }
      if best.x == from.x && best.y == from.y { break }
    }
    return best
  }

  /// The places across that a hill climb may reach.
  private static let reached = 2 * TemplateBlocks.nearby + 1
}
