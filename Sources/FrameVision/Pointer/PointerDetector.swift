import Frames

/// Finds the parts of a frame that differ from the median and have a pointer's size.
struct PointerSeeds {
  /// Pixels a side of the cells in which differences are gathered.
  private static let cell = 2
  /// The largest pointer, in pixels a side.
  private static let largest = 64
  /// The side of the parts into which larger differences are cut, in pixels.
  private static let tile = 24

  let stack: PointerStack
  let frame: Int

  /// The seeds that differ most, the strongest first.
  func strongest(_ limit: Int) -> [PointerSeed] {
    let boxes = components().flatMap(parts)
    let seeds = boxes.compactMap(seed)
    return Array(
      seeds.sorted { ($1.weight, $0.box.y, $0.box.x) < ($0.weight, $1.box.y, $1.box.x) }
        .prefix(limit))
  }

  private func seed(_ box: PixelRect) -> PointerSeed? {
    let box = box.intersection(PixelRect(stack.size))
    var samples: [PointerAppearance.Sample] = []
    var weight = 0
    for y in box.y..<box.maxY {
      for x in box.x..<box.maxX {
        let index = y * stack.size.width + x
        let difference = Int(stack.differences[frame][index])
        guard difference > PointerChainSearch.threshold else { continue }
        samples.append(
          PointerAppearance.Sample(x: x - box.x, y: y - box.y, luma: stack.lumas[frame][index]))
        weight += difference
      }
    }
    guard samples.count >= 20 else { return nil }
    let step =
      (samples.count + PointerChainSearch.samplesPerSeed - 1)
      / PointerChainSearch.samplesPerSeed
    let thinned =
      step == 1
      ? samples
      : stride(from: 0, to: samples.count, by: step).map {
        samples[$0]
      }
    return PointerSeed(frame: frame, box: box, samples: thinned, weight: weight)
  }

  /// A box of a pointer's size as it is, a larger one in tiles.
  private func parts(of box: PixelRect) -> [PixelRect] {
    if box.width <= Self.largest && box.height <= Self.largest { return [box] }
    var tiles: [PixelRect] = []
    for y in stride(from: box.y, to: box.maxY, by: Self.tile) {
      for x in stride(from: box.x, to: box.maxX, by: Self.tile) {
        tiles.append(
          PixelRect(x: x, y: y, width: Self.tile, height: Self.tile).intersection(box))
      }
    }
    return tiles
  }

  /// The boxes around connected cells that differ.
  private func components() -> [PixelRect] {
    let columns = stack.size.width / Self.cell
    let rows = stack.size.height / Self.cell
    var differs = cells(columns: columns, rows: rows)
    var boxes: [PixelRect] = []
    var open: [Int] = []
    for start in differs.indices where differs[start] {
      differs[start] = false
      open.append(start)
      var (left, right, top, bottom) = (columns, 0, rows, 0)
      while let cell = open.popLast() {
        let (x, y) = (cell % columns, cell / columns)
        (left, right) = (min(left, x), max(right, x))
        (top, bottom) = (min(top, y), max(bottom, y))
        for row in max(0, y - 1)...min(rows - 1, y + 1) {
          for column in max(0, x - 1)...min(columns - 1, x + 1) {
            let next = row * columns + column
            if differs[next] {
              differs[next] = false
              open.append(next)
            }
          }
        }
      }
      guard right - left >= 1, bottom - top >= 1 else { continue }
      boxes.append(
        PixelRect(
          x: left * Self.cell, y: top * Self.cell, width: (right - left + 1) * Self.cell,
          height: (bottom - top + 1) * Self.cell))
    }
    return boxes
  }

  /// Whether any pixel of a cell differs, cell by cell.
  private func cells(columns: Int, rows: Int) -> [Bool] {
    var differs = [Bool](repeating: false, count: columns * rows)
    let difference = stack.differences[frame]
    for row in 0..<rows {
      for column in 0..<columns {
        let base = row * Self.cell * stack.size.width + column * Self.cell
        let highest = max(
          max(difference[base], difference[base + 1]),
          max(difference[base + stack.size.width], difference[base + stack.size.width + 1]))
        differs[row * columns + column] = Int(highest) > PointerChainSearch.threshold
      }
    }
    return differs
  }
}
