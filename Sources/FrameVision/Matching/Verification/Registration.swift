import CPixels

/// Sub-pixel registration: a shift by part of a pixel and a blur of a whole place, across and down,
/// estimated in one step (Lucas and Kanade 1981).
///
/// Whichever of template and frame is the sharper is moved and blurred to be like the other: what
/// a half-pixel shift has blurred can't be made sharp again.
struct Registration {
  /// The filter of one direction: `blur + shift/2, 1 - 2·blur, blur - shift/2`.
  fileprivate struct Filter {
    var shift: Float = 0
    var blur: Float = 0
    /// Whether it is the frame that is filtered rather than the template.
    var isOnSeen = false
    /// A shift and a blur that are no more are not applied.
    let negligible: Float

    /// Whether it changes next to nothing and is not applied.
    var isNone: Bool { abs(shift) < negligible && abs(blur) < negligible }

    func applied(to levels: inout [Float], step: Int) {
      if isNone { return }
      let from = levels
      levels = .made(from.count) {
        pixels_filter(
          from, $0, from.count, step, blur + shift / 2, 1 - 2 * blur, blur - shift / 2)
      }
    }
  }

  /// One filter across and one down.
  fileprivate struct Stage {
    var across: Filter
    var down: Filter
    /// The mean squared residual at edges.
    var error = Float.infinity

    init(_ bounds: MatchParameters.RegistrationBounds) {
      across = Filter(negligible: bounds.negligible)
      down = across
    }
  }

  /// Which rows are looked at.
  struct Rows {
    var first: Int
    var step: Int
  }

  /// Where a picture has edges.
  struct Edges {
    fileprivate let width: Int
    fileprivate let places: [PixelsEight]
    fileprivate let bounds: MatchParameters.RegistrationBounds

    /// Looks for the edges in some rows; where there are many, those of all parts of them are
    /// taken.
    init(
      in levels: [Float], width: Int, rows: Rows, _ bounds: MatchParameters.RegistrationBounds
    ) {
      self.width = width
      self.bounds = bounds
      let height = levels.count / max(1, width)
      let most = (width + 5) / 8 * max(0, (height - rows.first + rows.step - 1) / rows.step)
      let found = [PixelsEight](unsafeUninitializedCapacity: most + 1) { places, count in
        count = Int(
          pixels_edges(
            levels, Int32(width), Int32(height), Int32(rows.first), Int32(rows.step),
            bounds.edgeSlope, places.baseAddress))
      }
      let step = max(1, found.count / bounds.enoughEdges)
      places = step == 1 ? found : stride(from: 0, to: found.count, by: step).map { found[$0] }
    }
  }

  private var stages: [Stage] = []

  /// The mean squared residual at edges.
  var error: Float { stages.last?.error ?? 0 }

  /// How far the frame's picture lies right and down of the template's, in pixels.
  var shift: (x: Float, y: Float) {
    func along(_ filter: Filter) -> Float { filter.isOnSeen ? -filter.shift : filter.shift }
    return stages.reduce((0, 0)) { ($0.0 + along($1.across), $0.1 + along($1.down)) }
  }

  /// How much wider the frame's picture is blurred than the template's, as a variance in square
  /// pixels, across or down, whichever is more.
  var blur: Float {
    func variance(_ filter: Filter) -> Float { filter.isOnSeen ? 0 : 2 * filter.blur }
    let (across, down) = stages.reduce((0, 0)) {
      ($0.0 + variance($1.across), $0.1 + variance($1.down))
    }
    return max(across, down)
  }

  /// No shift and no blur.
  init() {}

  /// Finds the least squares estimate.
  ///
  /// - Parameters:
  ///   - expected: the levels of the template.
  ///   - seen: the levels of the frame.
  ///   - weights: 1 where a pixel counts.
  ///   - edges: where the template has edges, and how far it may be moved and blurred.
  init(from expected: [Float], to seen: [Float], weights: [Float], edges: Edges) {
    let (width, bounds) = (edges.width, edges.bounds)
    guard width >= 10, expected.count / width >= 3 else { return }
    var first = Stage(bounds)
    first.fit(expected, seen, weights, edges)
    if first.error > bounds.goodError {
      for (turnsAcross, turnsDown) in [(true, false), (false, true), (true, true)] {
        var turned = Stage(bounds)
        turned.across.isOnSeen = turnsAcross
        turned.down.isOnSeen = turnsDown
        turned.fit(expected, seen, weights, edges)
        if turned.error < bounds.clearlyBetter * first.error { first = turned }
      }
    }
    stages = [first]
    if first.error > bounds.goodError {
      // What one filter of three taps can't do, such as a wide blur, two can.
      let (halfway, halfwaySeen) = applied(to: expected, and: seen, width: width)
      var second = Stage(bounds)
      second.across.isOnSeen = first.across.isOnSeen
      second.down.isOnSeen = first.down.isOnSeen
      second.fit(halfway, halfwaySeen, weights, edges)
      if second.error < bounds.clearlyBetter * first.error { stages.append(second) }
    }
  }

  /// Whether the template's picture stays as it is.
  var isOnSeenAlone: Bool {
    stages.allSatisfy { stage in
      [stage.across, stage.down].allSatisfy { $0.isOnSeen || $0.isNone }
    }
  }

  /// Both pictures after the registration; the outermost pixels are not to be relied on.
  func applied(to expected: [Float], and seen: [Float], width: Int) -> (
    expected: [Float], seen: [Float]
  ) {
    var (expected, seen) = (expected, seen)
    for stage in stages {
      for (filter, step) in [(stage.across, 1), (stage.down, width)] {
        if filter.isOnSeen {
          filter.applied(to: &seen, step: step)
        } else {
          filter.applied(to: &expected, step: step)
        }
      }
    }
    return (expected, seen)
  }
}

extension Registration.Stage {
  fileprivate mutating func fit(
    _ expected: [Float], _ seen: [Float], _ weights: [Float], _ edges: Registration.Edges
  ) {
    var raw = [Float](repeating: 0, count: 15)
    let count = pixels_registration_sums(
      expected, seen, weights, across.isOnSeen ? seen : expected, across.isOnSeen ? -1 : 1,
      down.isOnSeen ? seen : expected, down.isOnSeen ? -1 : 1, Int32(edges.width),
      edges.places, Int32(edges.places.count), edges.bounds.edgeSlope, &raw)
    let bounds = edges.bounds
    let sums = NormalEquations(raw, count: Int(count))
    guard sums.count >= bounds.fewestPixels else {
      error = 0
      return
    }
    let solution = sums.solution(ridge: bounds.ridge)
    func bounded(_ value: Float, _ range: ClosedRange<Float>) -> Float {
      max(range.lowerBound, min(range.upperBound, value))
    }
    let shifts = -bounds.largestShift...bounds.largestShift
    across.shift = bounded(solution[0], shifts)
    across.blur = bounded(solution[1], bounds.blurs)
    down.shift = bounded(solution[2], shifts)
    down.blur = bounded(solution[3], bounds.blurs)
    error = sums.error(of: SIMD4(across.shift, across.blur, down.shift, down.blur))
  }
}

/// The normal equations of a least squares problem with four unknowns.
struct NormalEquations {
  private let columns: [SIMD4<Float>]
  private let right: SIMD4<Float>
  private let squares: Float
  /// How many equations were added.
  let count: Int

  /// Takes over the ten sums of products of slopes (the upper triangle), those of their products
  /// with the values, and the sum of squared values.
  init(_ sums: [Float], count: Int) {
    columns = [
      SIMD4(sums[0], sums[1], sums[2], sums[3]), SIMD4(sums[1], sums[4], sums[5], sums[6]),
      SIMD4(sums[2], sums[5], sums[7], sums[8]), SIMD4(sums[3], sums[6], sums[8], sums[9]),
    ]
    right = SIMD4(sums[10], sums[11], sums[12], sums[13])
    squares = sums[14]
    self.count = count
  }

  /// Solves by elimination, leaning a little toward zero (ridge regression).
  func solution(ridge: Float) -> SIMD4<Float> {
    var (rows, values) = (columns, right)
    for at in 0..<4 { rows[at][at] += ridge * Float(count) }
    for pivot in 0..<4 {
      for row in (pivot + 1)..<4 {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        rows[row] -= factor * rows[pivot]
        values[row] -= factor * values[pivot]
      }
    }
    var solution = SIMD4<Float>()
    for row in stride(from: 3, through: 0, by: -1) {
      var rest = values[row]
      for column in (row + 1)..<4 { rest -= rows[row][column] * solution[column] }
      solution[row] = rest / rows[row][row]
    }
    return solution
  }

  /// The mean squared residual left by a choice of the unknowns.
  func error(of unknowns: SIMD4<Float>) -> Float {
    var left = squares - 2 * (unknowns * right).sum()
    for at in 0..<4 { left += unknowns[at] * (columns[at] * unknowns).sum() }
    return max(0, left) / Float(max(1, count))
  }
}
