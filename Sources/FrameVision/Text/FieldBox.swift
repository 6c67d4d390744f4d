public import Frames

/// On which side of a label the box of its field is looked for.
public enum FieldSide: Sendable, Hashable {
  /// To its right, on the same line.
  case rightOf
  /// Below it.
  case below
}

extension Frame {
  /// The inside of the box that is drawn beside a label: an even ground with an edge all around, wider
  /// than high, a line or a few high.
  ///
  /// From the label's edge outwards, each edge is tried: the ground right behind it is followed across
  /// and along until it ends. What stands in a field does not touch its edges, so that the ground is
  /// followed beside it.
  ///
  /// - Parameters:
  ///   - side: where it is looked for.
  ///   - label: where the label stands, in pixels.
  /// - Returns: the box, a little inside its edge; nil where none is drawn there.
  public func fieldBox(_ side: FieldSide, of label: PixelRect) -> PixelRect? {
    let label = label.intersection(bounds)
    if label.isEmpty { return nil }
    return FieldBoxSearch(luma, side).box(of: label)
  }
}

/// Looks for a box in one direction; across is at right angles to it.
private struct FieldBoxSearch {
  /// The difference of luma that makes an edge: more than noise and compression leave of an even
  /// ground when three pixels are averaged, less than the faintest rim around a field.
  private static let edge = 20.0
  /// How many pixels a rim takes at most, after which the inside begins.
  private static let rim = 4
  /// How high a box is, as parts of its label's height.
  private static let heights = 1.1...5.5
  /// How far from a label's end, or its middle, that of a box below it lies at most, as a part of the
  /// label's height.
  private static let alignment = 1.0
  /// How much wider than high it is at least.
  private static let leastShape = 2

  private let luma: Plane
  private let side: FieldSide

  init(_ luma: Plane, _ side: FieldSide) {
    self.luma = luma
    self.side = side
  }

  func box(of label: PixelRect) -> PixelRect? {
    let start: Int
    let across: Int
    let end: Int
    switch side {
    case .rightOf:
      start = label.maxX + 1
      across = label.center.y
      end = min(luma.width, label.maxX + luma.width / 2)
    case .below:
      start = label.maxY + 1
      across = label.x + min(label.width / 2, 2 * label.height)
      end = min(luma.height, label.maxY + 4 * label.height)
    }
    guard start + 2 < end else { return nil }
    var ground = level(start, across, along: false)
    for along in (start + 1)..<end {
      let here = level(along, across, along: false)
      if abs(here - ground) <= Self.edge {
        ground += (here - ground) / 8
        continue
      }
      if let box = inside(from: along + Self.rim, across), fits(box, label) { return box }
      ground = here
    }
    return nil
  }

  private func fits(_ box: PixelRect, _ label: PixelRect) -> Bool {
    Self.heights.contains(Double(box.height) / Double(label.height))
      && box.width >= Self.leastShape * box.height && isAligned(box, label)
  }

  /// Whether a box below a label begins or ends about where that does, or has its middle there: what
  /// lies below a label and is the rest of the panel that it stands on does not.
  private func isAligned(_ box: PixelRect, _ label: PixelRect) -> Bool {
    guard side == .below else { return true }
    let left = label.x - box.x
    let right = box.maxX - label.maxX
    let slack = Int(Self.alignment * Double(label.height))
    return min(abs(left), abs(right), abs(left - right) / 2) <= slack
  }

  /// The even ground around a place, a little inside its end; nil where it is not even.
  private func inside(from along: Int, _ across: Int) -> PixelRect? {
    let ground = level(along, across, along: true)
    func isGround(_ along: Int, _ across: Int, _ isAlong: Bool) -> Bool {
      contains(along, across) && abs(level(along, across, along: isAlong) - ground) <= Self.edge
    }
    guard isGround(along, across, true) else { return nil }
    var (first, last) = (across, across)
    while isGround(along, first - 1, true) { first -= 1 }
    while isGround(along, last + 1, true) { last += 1 }
    guard last - first > 8 else { return nil }
    // Beside what may stand in it, at both edges.
    func end(_ across: Int) -> Int {
      var end = along
      while isGround(end + 1, across, false) { end += 1 }
      return end
    }
    let ends = (end(first + 2), end(last - 2))
    guard abs(ends.0 - ends.1) <= 4 else { return nil }
    let until = min(ends.0, ends.1)
    let (low, high) = (along - 1, until - 1)
    guard high > low + 4 else { return nil }
    return switch side {
    case .rightOf: PixelRect(x: low, y: first + 1, width: high - low, height: last - first - 1)
    case .below: PixelRect(x: first + 1, y: low, width: last - first - 1, height: high - low)
    }
  }

  private func contains(_ along: Int, _ across: Int) -> Bool {
    let (x, y) = side == .rightOf ? (along, across) : (across, along)
    return (1..<luma.width - 1).contains(x) && (1..<luma.height - 1).contains(y)
  }

  /// The luma of three pixels in a row, along the direction or across it.
  private func level(_ along: Int, _ across: Int, along isAlong: Bool) -> Double {
    var sum = 0
    for shift in -1...1 {
      let (u, v) = isAlong ? (along + shift, across) : (along, across + shift)
      let (x, y) = side == .rightOf ? (u, v) : (v, u)
      sum += Int(luma[min(max(0, x), luma.width - 1), min(max(0, y), luma.height - 1)])
    }
    return Double(sum) / 3
  }
}
