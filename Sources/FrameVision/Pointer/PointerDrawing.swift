import Frames

/// Lays the frames over each other at the places of a track and keeps what they share.
struct PointerDrawing {
  /// How far around the guess the drawing may reach, in pixels.
  private static let reach = 44
  /// The difference from the median, in luma levels, that shows a pixel of the drawing.
  private static let contrast = 22
  /// How far a pixel of the drawing may vary from frame to frame, in luma levels.
  private static let variation = 26

  let stack: PointerStack
  let track: PointerTrack

  /// The drawing, and its corner from the corner of the track's boxes.
  func appearance() -> (appearance: PointerAppearance, offset: PixelPoint)? {
    let width = track.size.width + 2 * Self.reach
    let height = track.size.height + 2 * Self.reach
    var values = [UInt8](repeating: 0, count: width * height)
    var opaque = [Bool](repeating: false, count: width * height)
    var residuals = [Double](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        guard let pixel = pixel(x: x - Self.reach, y: y - Self.reach) else { continue }
        values[y * width + x] = pixel.value
        residuals[y * width + x] = pixel.residual
        opaque[y * width + x] = true
      }
    }
    let core = PixelRect(
      x: Self.reach, y: Self.reach, width: track.size.width, height: track.size.height)
    let kept = connected(opaque, width: width, height: height, to: core)
    guard let box = Self.box(of: kept, width: width), kept.count(where: { $0 }) >= 24 else {
      return nil
    }
    let luma = Plane(width: width, height: height, samples: values).cropped(to: box)
    var inBox: [Bool] = []
    var noise = 0.0
    for y in box.y..<box.maxY {
      for x in box.x..<box.maxX {
        inBox.append(kept[y * width + x])
        if kept[y * width + x] { noise += residuals[y * width + x] }
      }
    }
    let area = inBox.count { $0 }
    let appearance = PointerAppearance(
      luma: luma, isOpaque: inBox, noise: noise / Double(max(1, area)))
    return (appearance, PixelPoint(x: box.x - Self.reach, y: box.y - Self.reach))
  }

  /// The drawing's luma at an offset from the track's boxes, if the frames agree on it.
  private func pixel(x: Int, y: Int) -> (value: UInt8, residual: Double)? {
    var values: [UInt8] = []
    var votes = 0
    for (frame, place) in track.places.enumerated() {
      guard let place else { continue }
      let (column, row) = (place.x + x, place.y + y)
      guard column >= 0, row >= 0, column < stack.size.width, row < stack.size.height else {
        continue
      }
      let index = row * stack.size.width + column
      values.append(stack.lumas[frame][index])
      if Int(stack.differences[frame][index]) > Self.contrast { votes += 1 }
    }
    guard values.count >= 3, votes * 2 >= values.count else { return nil }
    values.sort()
    let middle = values[values.count / 2]
    let deviations = values.map { abs(Int($0) - Int(middle)) }
    let agreeing = deviations.filter { $0 <= Self.variation }
    guard agreeing.count * 5 >= values.count * 4 else { return nil }
    return (middle, Double(agreeing.reduce(0, +)) / Double(agreeing.count))
  }

  /// The opaque pixels that hang together with those of the core, over gaps of one pixel.
  private func connected(_ opaque: [Bool], width: Int, height: Int, to core: PixelRect) -> [Bool] {
    var kept = [Bool](repeating: false, count: opaque.count)
    var open: [Int] = []
    for y in core.y..<core.maxY {
      for x in core.x..<core.maxX where opaque[y * width + x] {
        kept[y * width + x] = true
        open.append(y * width + x)
      }
    }
    while let pixel = open.popLast() {
      let (x, y) = (pixel % width, pixel / width)
      for row in max(0, y - 2)...min(height - 1, y + 2) {
        for column in max(0, x - 2)...min(width - 1, x + 2) {
          let next = row * width + column
          if opaque[next] && !kept[next] {
            kept[next] = true
            open.append(next)
          }
        }
      }
    }
    return kept
  }

  private static func box(of kept: [Bool], width: Int) -> PixelRect? {
    var box: PixelRect?
    for index in kept.indices where kept[index] {
      let pixel = PixelRect(x: index % width, y: index / width, width: 1, height: 1)
      box = box?.union(pixel) ?? pixel
    }
    return box
  }
}
