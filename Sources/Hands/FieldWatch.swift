import Frames

/// Tells whether a part of the picture changed by more than a caret.
struct FieldWatch: Sendable {
  /// The difference, in luma levels, that noise and compression don't reach.
  private static let threshold = 32
  /// The fewest pixels that count as a change.
  private static let fewest = 5
  /// The widest caret, in pixels.
  private static let caret = 4

  /// How a part of the picture differs from what it was.
  enum Change: Sendable, Hashable {
    /// Not at all.
    case none
    /// In a bar that may be a caret blinking, or a narrow character.
    case narrow
    /// In more than a caret.
    case clear
  }

  let box: PixelRect
  private let before: Plane

  /// Remembers a part of a frame.
  init(_ box: PixelRect, of frame: Frame) {
    self.box = box.intersection(frame.bounds)
    before = frame.luma.cropped(to: self.box)
  }

  /// How a later frame differs, outside the ignored rectangles.
  func change(in frame: Frame, ignoring ignored: [PixelRect]) -> Change {
    guard frame.bounds.contains(box) else { return .clear }
    let (count, columns) = differences(in: frame, ignoring: ignored)
    guard count >= Self.fewest, let columns else { return .none }
    return columns.count <= Self.caret ? .narrow : .clear
  }

  /// Whether the part that is remembered shows a bar that another frame lacks, as a caret that
  /// blinks, and differs in nothing else.
  func hasBar(unlike frame: Frame) -> Bool {
    guard frame.bounds.contains(box) else { return false }
    let (count, columns) = differences(in: frame, ignoring: [])
    guard count >= Self.fewest, let columns, columns.count <= Self.caret else { return false }
    // What the bar stands on is seen beside it, behind the text.
    let beside = min(box.width - 1, columns.upperBound + 2)
    func contrast(_ level: (Int, Int) -> UInt8) -> Int {
      (0..<box.height).reduce(0) { sum, y in
        sum + columns.reduce(0) { $0 + abs(Int(level($1, y)) - Int(level(beside, y))) }
      }
    }
    let now = contrast { frame.luma[box.x + $0, box.y + $1] }
    return contrast { before[$0, $1] } > now
  }

  /// The share of pixels that differ in a later frame, outside the ignored rectangles.
  func share(in frame: Frame, ignoring ignored: [PixelRect]) -> Double {
    guard frame.bounds.contains(box), !box.isEmpty else { return 1 }
    return Double(differences(in: frame, ignoring: ignored).count) / Double(box.size.area)
  }

  private func differences(in frame: Frame, ignoring ignored: [PixelRect]) -> (
    count: Int, columns: ClosedRange<Int>?
  ) {
    let covering = ignored.map { $0.intersection(box) }.filter { !$0.isEmpty }
    var count = 0
    var columns: ClosedRange<Int>?
    let now = frame.luma.samples
    for y in 0..<box.height {
      let row = (box.y + y) * frame.luma.width + box.x
      for x in 0..<box.width {
        let difference = abs(Int(now[row + x]) - Int(before.samples[y * box.width + x]))
        guard difference > Self.threshold else { continue }
        let point = PixelPoint(x: box.x + x, y: box.y + y)
        guard !covering.contains(where: { $0.contains(point) }) else { continue }
        count += 1
        columns = columns.map { min($0.lowerBound, x)...max($0.upperBound, x) } ?? x...x
      }
    }
    return (count, columns)
  }
}
