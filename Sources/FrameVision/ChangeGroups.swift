import Frames

extension ChangeMap {
  /// Changed squares of one row, none further than one square's gap from the next.
  private struct Run {
    var row: Int
    var first: Int
    var last: Int
    /// An earlier run of the same group, or the run itself.
    var parent: Int
  }

  /// How far squares lie apart and still belong together: one may be missing between them.
  private static let nearness = 2

  /// Joins neighbouring squares (also over one square's gap) into rectangles, in reading order.
  ///
  /// Rows are taken apart into runs, and runs joined with those that they come near in the two rows
  /// above (the union-find of Hoshen and Kopelman 1976): pictures that change have far fewer runs
  /// than squares.
  static func groups(of changed: [Bool], columns: Int) -> [PixelRect] {
    if columns == 0 { return [] }
    var runs: [Run] = []
    // Where the runs of each row begin.
    var starts = [0]
    changed.withUnsafeBytes { changed in
      for row in 0..<(changed.count / columns) {
        let squares = UnsafeRawBufferPointer(
          rebasing: changed[(row * columns)..<((row + 1) * columns)])
        appendRuns(of: squares, row, to: &runs)
        starts.append(runs.count)
        for above in max(0, row - nearness)..<row {
          join(starts[row]..<runs.count, with: starts[above]..<starts[above + 1], in: &runs)
        }
      }
    }
    return rectangles(of: &runs)
  }

  private static func appendRuns(
    of squares: UnsafeRawBufferPointer, _ row: Int, to runs: inout [Run]
  ) {
    var column = 0
    while column < squares.count {
      if column + 8 <= squares.count,
        squares.loadUnaligned(fromByteOffset: column, as: UInt64.self) == 0
      {
        column += 8
        continue
      }
      if squares[column] != 0 {
        if runs.count > 0, runs[runs.count - 1].row == row,
          column - runs[runs.count - 1].last <= nearness
        {
          runs[runs.count - 1].last = column
        } else {
          runs.append(Run(row: row, first: column, last: column, parent: runs.count))
        }
      }
      column += 1
    }
  }

  /// Joins the runs of two rows that come near each other.
  private static func join(_ lower: Range<Int>, with upper: Range<Int>, in runs: inout [Run]) {
    var (below, above) = (lower.lowerBound, upper.lowerBound)
    while below < lower.upperBound && above < upper.upperBound {
      if runs[above].last + nearness < runs[below].first {
        above += 1
      } else if runs[below].last + nearness < runs[above].first {
        below += 1
      } else {
        let (one, other) = (root(of: below, in: &runs), root(of: above, in: &runs))
        runs[max(one, other)].parent = min(one, other)
        if runs[above].last < runs[below].last { above += 1 } else { below += 1 }
      }
    }
  }

  /// The first run of a run's group; the way there is made shorter.
  private static func root(of run: Int, in runs: inout [Run]) -> Int {
    var run = run
    while runs[run].parent != run {
      runs[run].parent = runs[runs[run].parent].parent
      run = runs[run].parent
    }
    return run
  }

  private static func rectangles(of runs: inout [Run]) -> [PixelRect] {
    var groups: [PixelRect] = []
    // Which rectangle a group's first run began.
    var numbers = [Int](repeating: 0, count: runs.count)
    for at in runs.indices {
      let run = runs[at]
      let root = root(of: at, in: &runs)
      let rect = PixelRect(x: run.first, y: run.row, width: run.last - run.first + 1, height: 1)
      if root == at {
        numbers[at] = groups.count
        groups.append(rect)
      } else {
        groups[numbers[root]] = groups[numbers[root]].union(rect)
      }
    }
    return groups
  }
}
