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

  /// How many places go from the coarsest scale to the next.
  private static let mostPeaks = 96
  /// How many places come out at the end.
  private static let mostCandidates = 40
  /// Correlations below this are no candidates, coarse and fine.
  private static let leastCoarse: Float = 0.25
  private static let leastFine: Float = 0.35
  /// How far below the best a place may lie at a scale and still go on.
  private static let slack: Float = 0.3
  /// The multiplications that one search of a scale may take; finer scales are surer.
  private static let effort = 6_000_000

  /// Top left corners at full size with their correlations, best first.
  func candidates() -> [Place] {
    let size = template.size
    if area.width < size.width || area.height < size.height { return [] }
    var level = coarsestLevel()
    var places = scan(level: level)
    while level > 0 {
      level -= 1
      places = refine(places, level: level)
    }
    return Array(places.prefix(Self.mostCandidates))
  }

  /// The finest scale that can be searched with little effort, or else the coarsest.
  private func coarsestLevel() -> Int {
    let levels = template.levels
    for (at, level) in levels.enumerated() where level.coarse != nil {
      let places =
        ((area.width >> at) - level.width + 1) * ((area.height >> at) - level.height + 1)
      if places * level.count * (level.mask.isEmpty ? 1 : 3) <= Self.effort { return at }
    }
    return levels.count - 1
  }

  /// The area at a scale.
  private func area(at level: Int) -> PixelRect {
    let scaled = PixelRect(
      x: area.x >> level, y: area.y >> level, width: 0, height: 0)
    return PixelRect(
      x: scaled.x, y: scaled.y, width: (area.maxX >> level) - scaled.x,
      height: (area.maxY >> level) - scaled.y)
  }

  /// Correlates at every place of a scale and keeps the best peaks.
  private func scan(level: Int) -> [Place] {
    let shape = template.levels[level]
    let part = area(at: level)
    guard part.width >= shape.width, part.height >= shape.height else { return [] }
    guard let coarse = shape.coarse else { return [] }
    let map = CoarseMap(coarse, frame.soft(level: level), in: part)
    return map.peaks(atLeast: Self.leastCoarse, keeping: Self.mostPeaks).map {
      Place(x: $0.x + part.x, y: $0.y + part.y, score: $0.score)
    }
  }

  /// Moves places from the next coarser scale to the best position nearby.
  private func refine(_ places: [Place], level: Int) -> [Place] {
    let plane = frame.luma(level: level)
    let shape = template.levels[level]
    let part = area(at: level)
    let corners = PixelRect(
      x: part.x, y: part.y, width: part.width - shape.width + 1,
      height: part.height - shape.height + 1)
    if corners.isEmpty { return [] }
    var refined: [Place] = []
    for place in places {
      let start = PixelPoint(
        x: max(corners.x, min(corners.maxX - 1, 2 * place.x)),
        y: max(corners.y, min(corners.maxY - 1, 2 * place.y)))
      let best = climb(from: start, in: corners) { shape.correlation(with: plane, $0.x, $0.y) }
      if !refined.contains(where: { $0.x == best.x && $0.y == best.y }) { refined.append(best) }
    }
    let best = refined.map(\.score).max() ?? 0
    let floor = max(level == 0 ? Self.leastFine : Self.leastCoarse, best - Self.slack)
    return refined.filter { $0.score >= floor }
      .sorted { ($1.score, $0.y, $0.x) < ($0.score, $1.y, $1.x) }
  }

  /// Goes from a place, and the eight places two away, uphill to where no neighbour is higher.
  private func climb(
    from start: PixelPoint, in corners: PixelRect, score: (PixelPoint) -> Float
  ) -> Place {
    var known: [PixelPoint: Float] = [:]
    func value(_ point: PixelPoint) -> Float {
      if let value = known[point] { return value }
      let value = corners.contains(point) ? score(point) : -2
      known[point] = value
      return value
    }
    var best = start
    for step in [1, 1, 1, 1] {
      let from = best
      for dy in -step...step {
        for dx in -step...step {
          let point = from.offset(byX: dx, y: dy)
          if value(point) > value(best) { best = point }
        }
      }
      if best == from { break }
    }
    return Place(x: best.x, y: best.y, score: value(best))
  }
}
