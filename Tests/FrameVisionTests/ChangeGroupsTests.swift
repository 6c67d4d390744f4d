import Frames
import Testing

@testable import FrameVision

/// The same by flooding: from each square to those at most two away, until none is left.
private func flooded(_ changed: [Bool], columns: Int) -> [PixelRect] {
  var left = changed
  var groups: [PixelRect] = []
  for start in changed.indices where left[start] {
    left[start] = false
    var (waiting, box) = (
      [start], PixelRect(x: start % columns, y: start / columns, width: 1, height: 1)
    )
    while let at = waiting.popLast() {
      let (x, y) = (at % columns, at / columns)
      box = box.union(PixelRect(x: x, y: y, width: 1, height: 1))
      for near in changed.indices
      where left[near] && abs(near % columns - x) <= 2 && abs(near / columns - y) <= 2 {
        left[near] = false
        waiting.append(near)
      }
    }
    groups.append(box)
  }
  return groups
}

@Suite("Changed squares joined into rectangles")
struct ChangeGroupsTests {
  @Test("near squares are one rectangle, over one square's gap too; the first comes first")
  func joined() {
    let rows = [
      "..#.#....#",
      "..........",
      "#...#.....",
      "..........",
      "..........",
      ".##......#",
    ]
    let changed = rows.joined().map { $0 == "#" }
    #expect(
      ChangeMap.groups(of: changed, columns: 10) == [
        PixelRect(x: 0, y: 0, width: 5, height: 3), PixelRect(x: 9, y: 0, width: 1, height: 1),
        PixelRect(x: 1, y: 5, width: 2, height: 1), PixelRect(x: 9, y: 5, width: 1, height: 1),
      ])
  }

  @Test("nothing changed, no squares, and all changed")
  func extremes() {
    #expect(ChangeMap.groups(of: [], columns: 0) == [])
    #expect(ChangeMap.groups(of: [Bool](repeating: false, count: 60), columns: 20) == [])
    #expect(
      ChangeMap.groups(of: [Bool](repeating: true, count: 60), columns: 20) == [
        PixelRect(x: 0, y: 0, width: 20, height: 3)
      ])
  }

  @Test("any squares are joined as flooding joins them", arguments: 1...60)
  func asFlooding(seed: Int) {
    var dice = Dice(seed)
    let (columns, rows) = (
      Int.random(in: 1...40, using: &dice), Int.random(in: 1...20, using: &dice)
    )
    let share = Double.random(in: 0...0.5, using: &dice)
    let changed = (0..<(columns * rows)).map { _ in Double.random(in: 0..<1, using: &dice) < share }
    #expect(
      ChangeMap.groups(of: changed, columns: columns) == flooded(changed, columns: columns),
      "\(columns) columns, \(rows) rows, a share of \(share)")
  }
}
