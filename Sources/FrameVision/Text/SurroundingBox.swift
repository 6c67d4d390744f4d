public import Frames

extension Frame {
  /// The smallest box that is drawn around something: a dialog, a panel, a button.
  ///
  /// A box has four straight sides, each of which differs from what is right beside it nearly all
  /// along; its corners may be round. What lies inside makes lines of its own, but none that is as
  /// long as the box that it would have to close. A box that something lies over is not closed.
  ///
  /// - Parameter place: what it is around, in pixels.
  /// - Returns: the box with its sides, in pixels; nil where none is drawn.
  public func box(around place: PixelRect) -> PixelRect? {
    let place = place.intersection(bounds)
    return place.isEmpty ? nil : SurroundingBoxSearch(luma, place).smallest()
  }
}

/// Looks for four lines that close a box.
private struct SurroundingBoxSearch {
  /// The difference of luma that makes a side: more than noise and compression leave between two
  /// places of an even ground when three pixels are averaged.
  private static let edge = 8
  /// The share of a side that must be seen.
  private static let leastShare = 0.85
  /// The pixels at each end of a side that a round corner may take.
  private static let corner = 14
  /// The pixels at each end of a side, beside its corners, that are looked at by themselves.
  private static let end = 16
  /// The pixels between what is inside and a side, at least.
  private static let gap = 2
  /// How many lines are tried on each side of the place, the nearest first.
  private static let mostLines = 48

  private let place: PixelRect
  private let columns: EdgeSums
  private let rows: EdgeSums

  init(_ luma: Plane, _ place: PixelRect) {
    self.place = place
    columns = EdgeSums(luma, isUpright: true, edge: Self.edge)
    rows = EdgeSums(luma, isUpright: false, edge: Self.edge)
  }

  func smallest() -> PixelRect? {
    let (lefts, rights) = (
      lines(columns, from: place.x - Self.gap, by: -1, over: place.y..<place.maxY),
      lines(columns, from: place.maxX - 1 + Self.gap, by: 1, over: place.y..<place.maxY)
    )
    let (tops, bottoms) = (
      lines(rows, from: place.y - Self.gap, by: -1, over: place.x..<place.maxX),
      lines(rows, from: place.maxY - 1 + Self.gap, by: 1, over: place.x..<place.maxX)
    )
    var smallest: PixelRect?
    for top in tops {
      for bottom in bottoms {
        let rightSides = rights.filter { isSide(columns, $0, over: top..<(bottom + 1)) }
        if rightSides.isEmpty { continue }
        for left in lefts where isSide(columns, left, over: top..<(bottom + 1)) {
          for right in rightSides {
            let box = PixelRect(
              x: left, y: top, width: right + 1 - left, height: bottom + 1 - top)
            if let smallest, smallest.size.area <= box.size.area { break }
            guard isSide(rows, top, over: left..<(right + 1)),
              isSide(rows, bottom, over: left..<(right + 1))
            else { continue }
            smallest = box
          }
        }
      }
    }
    return smallest
  }

  /// Lines that are seen all along beside the place, the nearest first.
  private func lines(
    _ sums: EdgeSums, from start: Int, by step: Int, over span: Range<Int>
  ) -> [Int] {
    var lines: [Int] = []
    var line = start
    while sums.lines.contains(line), lines.count < Self.mostLines {
      if sums.share(of: line, over: span) >= Self.leastShare { lines.append(line) }
      line += step
    }
    return lines
  }

  /// Whether a line is seen nearly all along a side, and at both of its ends, but for the corners: a
  /// line inside, such as a wide field's, is nearly as long, but does not reach them.
  private func isSide(_ sums: EdgeSums, _ line: Int, over span: Range<Int>) -> Bool {
    let corner = min(Self.corner, span.count / 4)
    let (first, end) = (span.lowerBound + corner, span.upperBound - corner)
    let length = min(Self.end, end - first)
    return [first..<end, first..<(first + length), (end - length)..<end].allSatisfy {
      sums.share(of: line, over: $0) >= Self.leastShare
    }
  }
}

/// Where luma differs across lines of one direction, so that the share of a line can be told at once.
private struct EdgeSums {
  /// Samples along a line that are averaged, on each side of the one that is looked at.
  private static let reach = 2

  /// The lines that have neighbours.
  let lines: Range<Int>
  private let length: Int
  /// How many samples of a line differ, before each.
  private let sums: [UInt16]

  init(_ luma: Plane, isUpright: Bool, edge: Int) {
    let (count, length) = isUpright ? (luma.width, luma.height) : (luma.height, luma.width)
    let (acrossStep, alongStep) = isUpright ? (1, luma.width) : (luma.width, 1)
    var sums = [UInt16](repeating: 0, count: count * (length + 1))
    let reach = Self.reach
    luma.samples.withUnsafeBufferPointer { samples in
      for line in 1..<max(1, count - 1) {
        let start = line * acrossStep
        var sum: UInt16 = 0
        // The difference of both neighbours, summed along the line.
        var window = 0
        func difference(_ place: Int) -> Int {
          let sample = start + min(max(0, place), length - 1) * alongStep
          return Int(samples[sample + acrossStep]) - Int(samples[sample - acrossStep])
        }
        for place in -reach..<reach { window += difference(place) }
        for place in 0..<length {
          window += difference(place + reach)
          if abs(window) >= edge * (2 * reach + 1) { sum += 1 }
          sums[line * (length + 1) + place + 1] = sum
          window -= difference(place - reach)
        }
      }
    }
    lines = 1..<max(1, count - 1)
    self.length = length
    self.sums = sums
  }

  /// The share of a span of a line that differs, 0…1.
  func share(of line: Int, over span: Range<Int>) -> Double {
    if span.isEmpty { return 0 }
    let start = line * (length + 1)
    let differing = sums[start + span.upperBound] - sums[start + span.lowerBound]
    return Double(differing) / Double(span.count)
  }
}
