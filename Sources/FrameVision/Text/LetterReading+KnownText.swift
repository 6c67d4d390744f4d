import Frames

extension LetterReading {
  /// The letters of a line of a known text, without specks and a caret behind them; nil where it has
  /// more or fewer. Letters that touch are parted where least joins them, about where letters of
  /// their usual widths would end.
  static func line(of text: [Character], in picture: Plane)
    -> (reading: LetterReading, boxes: [PixelRect])?
  {
    let hasMarks = !text.allSatisfy { $0.isLetter || $0.isNumber }
    let endsInBar = text.last.map { "lI|1i!".contains($0) } ?? false
    var calm = picture
    for isParted in [false, true] {
      var most: [PixelRect] = []
      for depth in [foregroundDepth] + strongDepths {
        let reading = LetterReading(calm, foregroundDepth: depth)
        var boxes = reading.pieces.map(\.box)
        let tallest = boxes.map(\.height).max() ?? 0
        if !hasMarks { boxes.removeAll { 3 * max($0.height, $0.width) < tallest } }
        let others = boxes.dropLast().map(\.height).max() ?? 0
        if let last = boxes.last, boxes.count > 1, 4 * last.width <= last.height,
          8 * last.height > 9 * others, boxes.count == text.count + 1 || !endsInBar
        {
          boxes.removeLast()
        }
        if boxes.count == text.count { return (reading, boxes) }
        if boxes.count > most.count, boxes.count < text.count { most = boxes }
      }
      if isParted || most.isEmpty { return nil }
      for (box, letters) in zip(most, shares(of: text, among: most)) where letters.count > 1 {
        part(box, into: letters, in: &calm)
      }
    }
    return nil
  }

  /// Which letters of a text stand in which of fewer boxes, by their usual widths: the way that
  /// stretches and squeezes them least.
  private static func shares(of text: [Character], among boxes: [PixelRect]) -> [[Character]] {
    let widths = text.map { PhraseShape.width(of: $0) }
    let unit =
      Double(boxes.reduce(0) { $0 + $1.width }) / max(0.1, widths.reduce(0, +))
    var best = [[(cost: Double, first: Int)?]](
      repeating: [(cost: Double, first: Int)?](repeating: nil, count: text.count + 1),
      count: boxes.count + 1)
    best[0][0] = (0, 0)
    for (at, box) in boxes.enumerated() {
      for end in at + 1...text.count {
        var width = 0.0
        for first in stride(from: end - 1, through: at, by: -1) {
          width += widths[first] * unit
          guard let before = best[at][first] else { continue }
          let change = (Double(box.width) - width) / unit
          let cost = before.cost + change * change
          if cost < best[at + 1][end]?.cost ?? .infinity { best[at + 1][end] = (cost, first) }
        }
      }
    }
    var shares: [[Character]] = []
    var end = text.count
    for at in boxes.indices.reversed() {
      guard let first = best[at + 1][end]?.first else { return [] }
      shares.insert(Array(text[first..<end]), at: 0)
      end = first
    }
    return shares
  }

  /// Takes away the column that joins letters least, about where each but the last should end.
  private static func part(_ box: PixelRect, into letters: [Character], in picture: inout Plane) {
    let widths = letters.map { PhraseShape.width(of: $0) }
    let unit = Double(box.width) / widths.reduce(0, +)
    var end = Double(box.x)
    for width in widths.dropLast() {
      end += width * unit
      let reach = max(2, Int(unit * width * 0.3))
      let columns = max(box.x + 1, Int(end) - reach)..<min(box.maxX - 1, Int(end) + reach + 1)
      func ink(_ x: Int) -> Int {
        (box.y..<box.maxY).reduce(0) { $0 + Int(white) - min(Int(white), Int(picture[x, $1])) }
      }
      guard let least = columns.min(by: { ink($0) < ink($1) }) else { continue }
      for y in box.y..<box.maxY { picture[least, y] = white }
    }
  }
}
