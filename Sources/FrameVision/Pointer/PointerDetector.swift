import Frames

/// Finds the parts of a frame that differ from the median and have a pointer's size.
struct PointerDetector {
  /// Pixels a side of the blocks in which differences are gathered.
  private static let block = 2
  /// The largest pointer, in pixels a side.
  private static let largest = 64
  /// The side of the parts into which larger differences are cut, in pixels.
  private static let tile = 24

  let stack: PointerStack
  let frame: Int

  /// The detections that differ most, the strongest first.
  func strongest(_ limit: Int) -> [PointerDetection] {
    let boxes = components().flatMap(parts)
    let detections = boxes.compactMap(detection)
    return Array(
      detections.sorted { ($1.weight, $0.box.y, $0.box.x) < ($0.weight, $1.box.y, $1.box.x) }
        .prefix(limit))
  }

  private func detection(_ box: PixelRect) -> PointerDetection? {
    let box = box.intersection(PixelRect(stack.size))
    var samples: [PointerAppearance.Sample] = []
    var weight = 0
    for y in box.y..<box.maxY {
      for x in box.x..<box.maxX {
        let index = y * stack.size.width + x
        let difference = Int(stack.differences[frame][index])
        guard difference > PointerTrackSearch.threshold else { continue }
        samples.append(
          PointerAppearance.Sample(x: x - box.x, y: y - box.y, luma: stack.lumas[frame][index]))
        weight += difference
      }
    }
    guard samples.count >= 20 else { return nil }
    let step =
      (samples.count + PointerTrackSearch.samplesPerDetection - 1)
      / PointerTrackSearch.samplesPerDetection
    let thinned =
      step == 1
      ? samples
      : stride(from: 0, to: samples.count, by: step).map {
        samples[$0]
      }
    return PointerDetection(frame: frame, box: box, samples: thinned, weight: weight)
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

  /// The boxes around connected blocks that differ.
  private func components() -> [PixelRect] {
    let columns = stack.size.width / Self.block
    let rows = stack.size.height / Self.block
    var differs = blocks(columns: columns, rows: rows)
    var boxes: [PixelRect] = []
    var open: [Int] = []
    for start in differs.indices where differs[start] {
      differs[start] = false
      open.append(start)
      var (left, right, top, bottom) = (columns, 0, rows, 0)
      while let block = open.popLast() {
        let (x, y) = (block % columns, block / columns)
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
          x: left * Self.block, y: top * Self.block, width: (right - left + 1) * Self.block,
          height: (bottom - top + 1) * Self.block))
    }
    return boxes
  }

  /// Whether any pixel of a block differs, block by block.
  private func blocks(columns: Int, rows: Int) -> [Bool] {
    var differs = [Bool](repeating: false, count: columns * rows)
    let difference = stack.differences[frame]
    for row in 0..<rows {
      for column in 0..<columns {
        let base = row * Self.block * stack.size.width + column * Self.block
        let highest = max(
          max(difference[base], difference[base + 1]),
          max(difference[base + stack.size.width], difference[base + stack.size.width + 1]))
        differs[row * columns + column] = Int(highest) > PointerTrackSearch.threshold
      }
    }
    return differs
  }
}
