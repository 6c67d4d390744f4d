import Frames

/// A shift by part of a pixel and a blur of a whole place, across and down.
///
/// Whichever of template and frame is the sharper is moved and blurred to be like the other: what
/// a half-pixel shift has blurred can't be made sharp again.
struct Warp {
  /// The filter of one direction: `blur + shift/2, 1 - 2·blur, blur - shift/2`.
  fileprivate struct Filter {
    var shift: Float = 0
    var blur: Float = 0
    /// Whether it is the frame that is filtered rather than the template.
    var isOnSeen = false

    func applied(to levels: inout [Float], step: Int) {
      if abs(shift) < 0.02 && abs(blur) < 0.02 { return }
      let from = levels
      let (before, after) = (blur + shift / 2, blur - shift / 2)
      let middle = 1 - 2 * blur
      levels.withUnsafeMutableBufferPointer { out in
        from.withUnsafeBufferPointer { from in
          for at in step..<max(step, from.count - step) {
            out[at] = before * from[at &- step] + middle * from[at] + after * from[at &+ step]
          }
        }
      }
    }
  }

  /// One filter across and one down.
  fileprivate struct Stage {
    var across = Filter()
    var down = Filter()
    /// The mean square that is left at edges.
    var error = Float.infinity
  }

  private var stages: [Stage] = []

  /// The largest shift that is allowed for, in pixels.
  fileprivate static let largestShift: Float = 0.75
  fileprivate static let leastBlur: Float = -0.2
  fileprivate static let mostBlur: Float = 0.35
  /// A mean square at edges that noise alone may leave; no better fit is looked for.
  private static let goodError: Float = 25

  /// The mean square that is left at edges.
  var error: Float { stages.last?.error ?? 0 }

  /// Finds the least squares estimate.
  ///
  /// - Parameters:
  ///   - expected: the levels of the template.
  ///   - seen: the levels of the frame.
  ///   - weights: 1 where a pixel counts.
  ///   - width: pixels a row.
  ///   - pixels: how many pixels to look at, about; they are chosen row by row.
  ///   - thoroughly: whether to try what takes longer when the simple does not fit.
  init(
    from expected: [Float], to seen: [Float], weights: [Float], width: Int, pixels: Int,
    thoroughly: Bool = true
  ) {
    let height = expected.count / width
    guard width >= 5, height >= 5 else { return }
    let rows = stride(from: 1, to: height - 1, by: max(1, expected.count / pixels))
    var first = Stage()
    first.fit(expected, seen, weights, width, rows)
    if thoroughly && first.error > Self.goodError {
      for (turnsAcross, turnsDown) in [(true, false), (false, true), (true, true)] {
        var turned = Stage()
        turned.across.isOnSeen = turnsAcross
        turned.down.isOnSeen = turnsDown
        turned.fit(expected, seen, weights, width, rows)
        if turned.error < 0.9 * first.error { first = turned }
      }
    }
    stages = [first]
    if thoroughly && first.error > Self.goodError {
      // What one filter of three taps can't do, such as a wide blur, two can.
      let (halfway, halfwaySeen) = applied(to: expected, and: seen, width: width)
      var second = Stage()
      second.across.isOnSeen = first.across.isOnSeen
      second.down.isOnSeen = first.down.isOnSeen
      second.fit(halfway, halfwaySeen, weights, width, rows)
      if second.error < 0.9 * first.error { stages.append(second) }
    }
  }

  /// Both pictures after the warp; the outermost pixels are not to be relied on.
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

extension Warp.Stage {
  fileprivate mutating func fit(
    _ expected: [Float], _ seen: [Float], _ weights: [Float], _ width: Int,
    _ rows: StrideTo<Int>
  ) {
    var sums = NormalEquations()
    let (xOnSeen, yOnSeen) = (across.isOnSeen, down.isOnSeen)
    expected.withUnsafeBufferPointer { e in
      seen.withUnsafeBufferPointer { s in
        weights.withUnsafeBufferPointer { w in
          let (h, v) = (xOnSeen ? s : e, yOnSeen ? s : e)
          let (hSign, vSign): (Float, Float) = (xOnSeen ? -1 : 1, yOnSeen ? -1 : 1)
          for y in rows {
            for x in 1..<(width - 1) {
              let at = y &* width &+ x
              if w[at] == 0 { continue }
              let slope =
                abs(e[at &+ 1] - e[at &- 1]) + abs(e[at &+ width] - e[at &- width])
              if slope < 12 { continue }
              let (left, right) = (h[at &- 1], h[at &+ 1])
              let (above, below) = (v[at &- width], v[at &+ width])
              sums.add(
                SIMD4(
                  hSign * (left - right) / 2, hSign * (left + right - 2 * h[at]),
                  vSign * (above - below) / 2, vSign * (above + below - 2 * v[at])),
                s[at] - e[at])
            }
          }
        }
      }
    }
    guard sums.count >= 12 else {
      error = 0
      return
    }
    let solution = sums.solution()
    func bounded(_ value: Float, _ low: Float, _ high: Float) -> Float {
      max(low, min(high, value))
    }
    across.shift = bounded(solution[0], -Warp.largestShift, Warp.largestShift)
    across.blur = bounded(solution[1], Warp.leastBlur, Warp.mostBlur)
    down.shift = bounded(solution[2], -Warp.largestShift, Warp.largestShift)
    down.blur = bounded(solution[3], Warp.leastBlur, Warp.mostBlur)
    error = sums.error(of: SIMD4(across.shift, across.blur, down.shift, down.blur))
  }
}

/// The normal equations of a least squares problem with four unknowns.
struct NormalEquations {
  private var columns = [SIMD4<Float>](repeating: .zero, count: 4)
  private var right = SIMD4<Float>()
  private var squares: Float = 0
  /// How many equations were added.
  private(set) var count = 0

  /// Adds the equation `slopes · unknowns = value`.
  @inline(__always)
  mutating func add(_ slopes: SIMD4<Float>, _ value: Float) {
    columns.withUnsafeMutableBufferPointer { columns in
      for at in 0..<4 { columns[at] += slopes * slopes[at] }
    }
    right += slopes * value
    squares += value * value
    count += 1
  }

  /// Solves by elimination, leaning a little toward zero.
  func solution() -> SIMD4<Float> {
    var (rows, values) = (columns, right)
    for at in 0..<4 { rows[at][at] += 4 * Float(count) }
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

  /// The mean square left by a choice of the unknowns.
  func error(of unknowns: SIMD4<Float>) -> Float {
    var left = squares - 2 * (unknowns * right).sum()
    for at in 0..<4 { left += unknowns[at] * (columns[at] * unknowns).sum() }
    return max(0, left) / Float(max(1, count))
  }
}
