import CPixels
import Testing

extension PixelLoops {
  /// What is done to whole planes gives what plain loops give, number for number.
  @Suite("Planes as a whole") struct PixelTransformTests {
    private static let counts = [1, 7, 8, 16, 33, 100, 257]

    private static func levels(_ count: Int, seed: Int) -> [Float] {
      var dice = Dice(seed)
      return (0..<count).map { _ in Float.random(in: -9...264, using: &dice) }
    }

    private static func within(_ level: Float) -> Float {
      level < 0 ? 0 : level > 255 ? 255 : level
    }

    @Test("bytes become floats, and floats are halved", arguments: [(1, 1), (5, 3), (33, 9)])
    func floats(_ size: (Int, Int)) {
      let (width, height) = size
      let stride = 2 * width + 3
      var dice = Dice(width)
      let bytes = (0..<(stride * 2 * height)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      var wide = [Float](repeating: -1, count: width * height)
      pixels_widen(bytes, stride, Int32(width), Int32(height), &wide)
      #expect(
        wide == wide.indices.map { Float(bytes[$0 / width * stride + $0 % width]) })
      let levels = bytes.map { Float($0) / 7 }
      var halves = wide
      pixels_halve_levels(levels, stride, Int32(width), Int32(height), &halves)
      for at in halves.indices {
        let first = at / width * 2 * stride + at % width * 2
        let sum =
          levels[first] + levels[first + 1] + levels[first + stride] + levels[first + stride + 1]
        #expect(halves[at] == sum / 4)
      }
    }

    @Test("a curve of luma, a stretch of chroma, the larger of two", arguments: counts)
    func curves(count: Int) {
      let (levels, others) = (Self.levels(count, seed: 1), Self.levels(count, seed: 2))
      let curve = (0...255).map { 250 - 0.9 * Float($0) }
      var out = [Float](repeating: -1, count: count)
      pixels_transform_luma(levels, count, curve, &out)
      #expect(out == levels.map { curve[Int(Self.within($0) + 0.5)] })
      pixels_saturate(levels, count, 1.25, &out)
      #expect(out == levels.map { Self.within(128 + ($0 - 128) * 1.25) })
      pixels_raise(levels, others, 0.5, count, &out)
      #expect(out == zip(levels, others).map { max($0, 0.5 * $1) })
    }

    @Test("a curve of red, green and blue, also where pixels repeat", arguments: counts)
    func primaries(count: Int) {
      var planes = (0..<3).map { Self.levels(count, seed: 3 + $0).map(Self.within) }
      for at in planes[0].indices where at >= 16 && at / 16 % 2 > 0 {
        for index in planes.indices { planes[index][at] = planes[index][at - 16] }
      }
      let curve = (0...255).map { 3 + 0.9 * Float($0) }
      func curved(_ level: Float) -> Float { curve[Int(Self.within(level) + 0.5)] }
      var (luma, cb, cr) = (planes[0], planes[1], planes[2])
      planes[0].withUnsafeBufferPointer { y in
        planes[1].withUnsafeBufferPointer { b in
          planes[2].withUnsafeBufferPointer { r in
            pixels_transform_primaries(
              PixelsColors(luma: y.baseAddress, cb: b.baseAddress, cr: r.baseAddress), count,
              curve, &luma, &cb, &cr)
          }
        }
      }
      for at in 0..<count {
        let (y, b, r) = (planes[0][at], planes[1][at] - 128, planes[2][at] - 128)
        let red = curved(y + 1.402 * r)
        let (less, more) = (0.344136 * b, 0.714136 * r)
        let green = curved(y - less - more)
        let blue = curved(y + 1.772 * b)
        let (redPart, greenPart, bluePart) = (0.299 * red, 0.587 * green, 0.114 * blue)
        let light = redPart + greenPart + bluePart
        #expect(luma[at] == Self.within(light))
        #expect(cb[at] == Self.within(128 + (blue - light) / 1.772))
        #expect(cr[at] == Self.within(128 + (red - light) / 1.402))
      }
    }

    @Test("morphological gradients", arguments: [(1, 3), (2, 2), (3, 3), (9, 5), (37, 12)])
    func gradients(_ size: (Int, Int)) {
      let (width, height) = size
      let count = width * height
      let levels = Self.levels(count, seed: width)
      var (out, scratch) = (
        [Float](repeating: -1, count: count), [Float](repeating: .nan, count: 6 * width)
      )
      pixels_morphological_gradient(levels, &out, Int32(width), Int32(height), &scratch)
      for at in 0..<count {
        if height < 3 || at < width || at >= count - width {
          #expect(out[at] == 0)
          continue
        }
        // Rows go on in the next; the plane's first and last sample stand alone.
        let near = [at - width, at, at + width].flatMap { middle in
          let reach = middle == 0 || middle == count - 1 ? 0 : 1
          return levels[(middle - reach)...(middle + reach)]
        }
        #expect(out[at] == (near.max() ?? 0) - (near.min() ?? 0))
      }
    }

    @Test("filters across and down", arguments: [(5, 3), (9, 1), (33, 8)], [false, true])
    func filters(_ size: (Int, Int), isDown: Bool) {
      let (width, height) = size
      let levels = Self.levels(width * height, seed: width)
      let step = isDown ? width : 1
      var out = [Float](repeating: -1, count: levels.count)
      pixels_filter(levels, &out, levels.count, step, 0.25, 0.7, 0.05)
      for at in levels.indices {
        let isInside = at >= step && at < levels.count - step && levels.count >= 2 * step
        let (before, after) = (isInside ? levels[at - step] : 0, isInside ? levels[at + step] : 0)
        let (one, two, three) = (0.25 * before, 0.7 * levels[at], 0.05 * after)
        #expect(out[at] == (isInside ? one + two + three : levels[at]))
      }
    }

    @Test("adaptive thresholds", arguments: [(1, 1), (7, 9), (40, 21)], [1, 4, 15])
    func thresholds(_ size: (Int, Int), reach: Int) {
      let (width, height) = size
      var dice = Dice(reach)
      let plane = (0..<(width * height)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      var (bits, scratch) = (plane, [Int32](repeating: -1, count: 3 * width + 1))
      pixels_adaptive_threshold(
        plane, Int32(width), Int32(height), Int32(reach), 18, &bits, &scratch)
      for at in plane.indices {
        let (x, y) = (at % width, at / width)
        let across = max(0, x - reach)...min(width - 1, x + reach)
        let down = max(0, y - reach)...min(height - 1, y + reach)
        let sum = down.reduce(0) { sum, row in
          across.reduce(sum) { $0 + Int(plane[row * width + $1]) }
        }
        let area = across.count * down.count
        let off = Int(plane[at]) * area - sum
        #expect(bits[at] == (off > 18 * area ? 1 : off < -18 * area ? 2 : 0))
      }
    }
  }
}
