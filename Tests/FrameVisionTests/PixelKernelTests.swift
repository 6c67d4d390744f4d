import CPixels
import Testing

extension PixelLoops {
  /// The loops over pixels give what plain ones give, number for number: answers must not depend on
  /// how wide a processor's registers are.
  @Suite("Kernels")
  struct PixelKernelTests {
    static let sizes = [(3, 3), (7, 8), (12, 20), (37, 29), (64, 33), (261, 15), (300, 40)]

    private static func counter(_ value: Float) -> Int { value < 127 ? Int(value) : 127 }

    private static func bytes(_ count: Int, seed: Int) -> [UInt8] {
      var dice = Dice(seed)
      return (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
    }

    private static func taps(_ count: Int, seed: Int) -> [Int16] {
      var dice = Dice(seed)
      return (0..<count).map { _ in Int16.random(in: -255...255, using: &dice) }
    }

    @Test("steps of noise", arguments: sizes, 1...3)
    func noiseSteps(_ size: (Int, Int), step: Int) {
      let planes = Planes(size, seed: step)
      var (wanted, counts) = ([Int32](repeating: 0, count: 128), [Int32](repeating: 0, count: 128))
      for y in stride(from: 1, to: planes.height, by: step) {
        for at in (y * planes.width + 1)..<((y + 1) * planes.width)
        where planes.weights[at] * planes.weights[at - 1] != 0 && planes.gradient[at] < 12
          && planes.gradient[at - 1] < 12
        {
          wanted[Self.counter(4 * abs(planes.residual(at) - planes.residual(at - 1)))] += 1
        }
      }
      let total = pixels_noise_steps(
        planes.seen, planes.expected, planes.gradient, planes.weights, Int32(planes.width),
        Int32(planes.height), Int32(step), 12, &counts)
      #expect(counts == wanted)
      #expect(total == wanted.reduce(0, +))
    }

    @Test("what compression leaves at and near edges", arguments: sizes, 1...3)
    func compression(_ size: (Int, Int), step: Int) {
      let planes = Planes(size, seed: step + 3)
      let none = [Int32](repeating: 0, count: 128)
      var (wantedEdges, wantedNear, edges, near) = (none, none, none, none)
      for y in stride(from: 1, to: planes.height - 1, by: step) {
        for x in 1..<(planes.width - 1) where planes.weights[y * planes.width + x] != 0 {
          let at = y * planes.width + x
          let residual = max(0, planes.residual(at) * planes.residual(at) - 3).squareRoot()
          if planes.gradient[at] >= 36 {
            wantedEdges[Self.counter(256 * residual / planes.gradient[at])] += 1
          } else if max(planes.rmsGradient[at], planes.block(at)) >= 16 {
            wantedNear[
              Self.counter(512 * residual / max(planes.rmsGradient[at], planes.block(at)))] += 1
          }
        }
      }
      planes.withLuma { luma, blocks in
        pixels_compression_noise(&luma, &blocks, Int32(step), 3, 36, 16, &edges, &near)
      }
      #expect(edges == wantedEdges)
      #expect(near == wantedNear)
    }

    @Test("how far differences spread on flat grounds", arguments: sizes, 1...3)
    func flatSpreads(_ size: (Int, Int), seed: Int) {
      var planes = Planes(size, seed: seed)
      for at in planes.gradient.indices where at % 53 > 0 { planes.gradient[at] /= 9 }
      let none = [Int32](repeating: 0, count: 128)
      var (wantedPixels, wantedTiles, pixels, tiles) = (none, none, none, none)
      for top in stride(from: 1, to: max(1, planes.height - 6), by: 6) {
        for left in stride(from: 1, to: max(1, planes.width - 6), by: 6) {
          Self.spread(planes, left, top, &wantedPixels, &wantedTiles)
        }
      }
      pixels_flat_spreads(
        planes.seen, planes.expected, planes.gradient, planes.weights, Int32(planes.width),
        Int32(planes.height), .max, 12, &pixels, &tiles)
      #expect(pixels == wantedPixels)
      #expect(tiles == wantedTiles)
    }

    @Test("a few flat windows stand for all of them", arguments: 1...5)
    func fewWindows(seed: Int) {
      var planes = Planes((200, 64), seed: 3 * seed)
      planes.gradient = planes.gradient.map { _ in 0 }
      planes.expected = planes.expected.map { _ in 90 }
      // Only the right half and only the lower one are noisy.
      var dice = Dice(seed)
      planes.seen = planes.seen.indices.map {
        let noise = Float.random(in: -1...1, using: &dice)
        return 90 + noise * (($0 % 200 >= 100) == ($0 / 200 >= 32) ? 20 : 2)
      }
      let none = [Int32](repeating: 0, count: 128)
      var (pixels, tiles) = (none, none)
      pixels_flat_spreads(
        planes.seen, planes.expected, planes.gradient, planes.weights, 200, 64, 40, 12, &pixels,
        &tiles)
      #expect(pixels.reduce(0, +) == 40)
      let calm = pixels.prefix(20).reduce(0, +)
      #expect((12...28).contains(calm), "\(calm) of 40 windows are taken from the calm half")
    }

    /// Looks at one window of six by six pixels.
    private static func spread(
      _ planes: Planes, _ left: Int, _ top: Int, _ pixels: inout [Int32], _ tiles: inout [Int32]
    ) {
      var (count, sum, squares): (Float, Float, Float) = (0, 0, 0)
      var parts: [Float] = [0, 0, 0, 0]
      var levels: [Float] = []
      for y in 0..<6 {
        for x in 0..<6 {
          let at = (top + y) * planes.width + left + x
          if planes.weights[at] == 0 || planes.gradient[at] >= 12 { continue }
          count += 1
          sum += planes.residual(at)
          squares += planes.residual(at) * planes.residual(at)
          parts[y / 3 * 2 + x / 3] += planes.residual(at)
          levels.append(planes.expected[at])
        }
      }
      guard let low = levels.min(), let high = levels.max(), count >= 18, high - low < 12 else {
        return
      }
      pixels[counter(4 * max(0, (squares - sum * sum / count) / (count - 1)).squareRoot())] += 1
      if count < 36 { return }
      let between = parts.reduce(Float(0)) {
        let offset = $1 / 9 - sum / 36
        return $0 + offset * offset / 3
      }
      tiles[counter(12 * between.squareRoot())] += 1
    }

    @Test("RMS gradients of blocks", arguments: sizes, 0..<3)
    func blockRMSGradients(_ size: (Int, Int), seed: Int) {
      let (width, height) = size
      let (across, down) = (width + 11 * seed, height + 5 * seed)
      let (left, top) = (6 * seed, 4 * seed)
      let plane = Self.bytes(across * down, seed: seed)
      let columns = (left + width + 7) / 8 - left / 8
      let rows = (top + height + 7) / 8 - top / 8
      var roots = [Float](repeating: -1, count: columns * rows + 1)
      pixels_block_rms_gradients(
        plane, across, Int32(across), Int32(down), Int32(left), Int32(top), Int32(width),
        Int32(height), 9000, &roots)
      #expect(roots.last == -1)
      for at in 0..<(columns * rows) {
        let (blockX, blockY) = ((left / 8 + at % columns) * 8, (top / 8 + at / columns) * 8)
        var (sum, count) = (0, 0)
        for py in max(1, blockY)..<max(1, min(down - 1, blockY + 8)) {
          for px in max(1, blockX)..<max(1, min(across - 1, blockX + 8)) {
            let near = (py - 1...py + 1).flatMap { plane[($0 * across + px - 1)...].prefix(3) }
            let range = Int(near.max() ?? 0) - Int(near.min() ?? 0)
            sum += range * range
            count += 1
          }
        }
        let square = count == 0 ? 0 : Float(sum) / Float(count)
        #expect(roots[at] == max(0, square - 9000).squareRoot())
      }
    }

    @Test("RMS gradients of chroma in a part of a plane", arguments: sizes, 1...7)
    func chromaRMSGradients(_ size: (Int, Int), reach: Int) {
      let (width, height) = (size.0 + reach, size.1 + 2)
      let (left, top) = (reach / 2, 1)
      let stride = width + 3
      let plane = Self.bytes(stride * height, seed: reach)
      let count = width * height
      let wanted = Self.rmsGradient(of: plane, stride, width, height, reach)
      var gradients = [Float](repeating: 0, count: size.0 * size.1)
      var scratch = [UInt8](
        repeating: 1,
        count: pixels_chroma_rms_gradients_scratch(Int32(width), Int32(height), Int32(reach)))
      let part = PixelsPart(
        left: Int32(left), top: Int32(top), width: Int32(size.0), height: Int32(size.1))
      pixels_chroma_rms_gradients(
        plane, stride, Int32(width), Int32(height), part, Int32(reach), 4000, &gradients, &scratch)
      #expect(wanted.count == count)
      for at in gradients.indices {
        let (x, y) = (left + at % size.0, top + at / size.0)
        #expect(gradients[at] == wanted[y * width + x])
      }
    }

    /// The same for a whole plane, sample by sample.
    private static func rmsGradient(
      of plane: [UInt8], _ stride: Int, _ width: Int, _ height: Int, _ reach: Int
    ) -> [Float] {
      let count = width * height
      let ranges = (0..<count).map { at -> Int in
        if at < width || at >= count - width { return 0 }
        let near = [at - width, at, at + width].flatMap { middle in
          // Beside the plane's first and last sample there is nothing on one side; they stand alone.
          let reach = middle == 0 || middle == count - 1 ? 0 : 1
          return (middle - reach...middle + reach).map {
            Int(plane[$0 / width * stride + $0 % width])
          }
        }
        return (near.max() ?? 0) - (near.min() ?? 0)
      }
      return (0..<count).map { at in
        let (x, y) = (at % width, at / width)
        return max(0, meanSquare(ranges, x, y, width, height, reach) - 4000).squareRoot()
      }
    }

    /// The mean of the squares around a place.
    private static func meanSquare(
      _ values: [Int], _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ reach: Int
    ) -> Float {
      let across = max(0, x - reach)...min(width - 1, x + reach)
      let down = max(0, y - reach)...min(height - 1, y + reach)
      var sum = 0
      for ny in down {
        for nx in across { sum += values[ny * width + nx] * values[ny * width + nx] }
      }
      return Float(sum) * (1 / Float(across.count) * (1 / Float(down.count)))
    }

    @Test("roots of mean squares", arguments: sizes, [1, 4, 5, 6])
    func rootMeanSquares(_ size: (Int, Int), reach: Int) {
      let (width, height) = size
      let values = Self.bytes(width * height, seed: reach).map { Int($0) }
      var roots = [Float](repeating: -1, count: values.count)
      var scratch = [Float](repeating: -1, count: 2 * (width + reach))
      pixels_root_mean_squares(
        values.map { Float($0) }, &roots, Int32(width), Int32(height), Int32(reach), &scratch)
      for at in values.indices {
        let square = Self.meanSquare(values, at % width, at / width, width, height, reach)
        #expect(abs(roots[at] - square.squareRoot()) <= 1e-6 * square.squareRoot())
      }
    }

    @Test("how many values lie in each step", arguments: [0, 1, 7, 256, 1000])
    func steps(count: Int) {
      let values = Self.bytes(count, seed: count).map { Float($0) / 5 }
      var counts = [Int32](repeating: 7, count: 256)
      pixels_count_steps(values, count, 8, &counts)
      var wanted = [Int32](repeating: 0, count: 256)
      for value in values { wanted[min(255, Int(value * 8))] += 1 }
      #expect(counts == wanted)
    }

    @Test("what differs in tiles", arguments: sizes, [8, 4])
    func differences(_ size: (Int, Int), side: Int) {
      let (width, height) = size
      let stride = width + 2
      let planes = (0..<2).map { Self.bytes(stride * height, seed: side + $0) }
      let (columns, rows) = ((width + side - 1) / side, (height + side - 1) / side)
      var absolutes = [Float](repeating: -1, count: columns * rows)
      var means = absolutes
      pixels_tile_differences(
        planes[0], planes[1], stride, Int32(width), Int32(height), Int32(side), Int32(side),
        Int32(columns), Int32(rows), &absolutes, &means)
      for at in absolutes.indices {
        var (absolute, sum, count) = (0, 0, 0)
        for y in (at / columns * side)..<min(height, at / columns * side + side) {
          for x in (at % columns * side)..<min(width, at % columns * side + side) {
            let step = Int(planes[1][y * stride + x]) - Int(planes[0][y * stride + x])
            absolute += abs(step)
            sum += step
            count += 1
          }
        }
        #expect(abs(absolutes[at] - Float(absolute) / Float(count)) < 0.001)
        #expect(abs(means[at] - Float(sum) / Float(count)) < 0.001)
      }
    }

    @Test("products with places side by side", arguments: sizes, 1...8)
    func products(_ size: (Int, Int), across: Int) {
      let (width, height) = size
      let (down, stride) = (3, width + across + 5)
      let plane = Self.bytes(stride * (height + down), seed: across)
      let taps = Self.taps(width * height, seed: across)
      let rowStep = 1 + across % 3
      var around = [Int64](repeating: 0, count: 3 * across * down)
      #expect(
        pixels_products_around(
          plane, stride, taps, Int32(width), Int32(height), Int32(rowStep), Int32(across),
          Int32(down), &around) == 1)
      for place in 0..<(across * down) {
        let first = place / across * stride + place % across
        var wanted: [Int64] = [0, 0, 0]
        for y in Swift.stride(from: 0, to: height, by: rowStep) {
          for x in 0..<width {
            let level = Int64(plane[first + y * stride + x])
            wanted[0] += level * Int64(taps[y * width + x])
            wanted[1] += level
            wanted[2] += level * level
          }
        }
        #expect(Array(around[(3 * place)..<(3 * place + 3)]) == wanted)
        var alone: [Int64] = [0, 0, 0]
        plane.withUnsafeBufferPointer { plane in
          guard let start = plane.baseAddress else { return }
          pixels_products(
            start + first, stride, taps, nil, Int32(width), Int32(height), Int32(rowStep), &alone)
        }
        #expect(alone == wanted)
      }
    }

    @Test("means of two by two and of four by four", arguments: sizes)
    func means(_ size: (Int, Int)) {
      let (width, height) = size
      let stride = 4 * width + 3
      let plane = Self.bytes(stride * 4 * height, seed: width)
      func mean(_ x: Int, _ y: Int, _ side: Int) -> UInt8 {
        let levels = (0..<side).flatMap { plane[((y + $0) * stride + x)...].prefix(side) }
        return UInt8((levels.reduce(0) { $0 + Int($1) } + side * side / 2) / (side * side))
      }
      var halves = [UInt8](repeating: 0, count: width * height)
      pixels_halve(plane, stride, Int32(width), Int32(height), &halves)
      #expect(halves == halves.indices.map { mean($0 % width * 2, $0 / width * 2, 2) })
      let quarters = halves.indices.map { mean($0 % width * 4, $0 / width * 4, 4) }
      for few in [0, 1, width * height / 2, width * height - 1] {
        var range: [UInt8] = [0, 0]
        var scratch = quarters
        pixels_level_range(
          plane, stride, Int32(width), Int32(height), 1, Int32(few), &scratch, &range)
        let sorted = quarters.sorted()
        #expect(range == [sorted[few], sorted[sorted.count - 1 - few]])
      }
      let expected = Self.bytes(width * height, seed: 7)
      let allowed = Self.bytes(width * height, seed: 8)
      let curve = (0...255).map { UInt8(255 - $0 / 2) }
      for curve in [nil, curve] {
        let outliers = quarters.indices.filter {
          let wanted = curve?[Int(expected[$0])] ?? expected[$0]
          return abs(Int(quarters[$0]) - Int(wanted)) > Int(allowed[$0]) + 20
        }
        func counted(_ curve: UnsafePointer<UInt8>?) -> Int32 {
          pixels_outliers(
            plane, stride, expected, allowed, curve, 20, Int32(width), Int32(height), .max)
        }
        #expect((curve.map { counted($0) } ?? counted(nil)) == Int32(outliers.count))
      }
    }

    @Test("the middle of samples at points of a plane, and of one half as large", arguments: 0..<2)
    func median(halvings: Int) {
      let (width, height) = (40, 30)
      let plane = Self.bytes(width * height, seed: 5).map { $0 / 16 }
      var dice = Dice(6)
      for count in [1, 2, 7, 200] {
        // Some points lie beyond the last sample, which counts for them.
        let points = (0..<count).map { _ in
          PixelsPoint(
            x: .random(in: 0..<Int32(width << halvings), using: &dice),
            y: .random(in: 0..<Int32(height << halvings), using: &dice))
        }
        let (left, top) = (3, 1)
        let seen = points.map { point in
          let x = min(width - 1, (Int(point.x) + left) >> halvings)
          return plane[min(height - 1, (Int(point.y) + top) >> halvings) * width + x]
        }
        let found = plane.withUnsafeBufferPointer {
          pixels_median(
            PixelsPlane(samples: $0.baseAddress, width: Int32(width), height: Int32(height)),
            points,
            Int32(count), Int32(left), Int32(top), Int32(halvings))
        }
        // The level within which as many are lower as higher, and how far into it.
        let level = UInt8((found - 0.5).rounded(.up))
        let (lower, equal) = (seen.count { $0 < level }, seen.count { $0 == level })
        #expect(2 * lower <= count && 2 * (lower + equal) >= count)
        let wanted = Float(level) - 0.5 + (Float(count) / 2 - Float(lower)) / Float(equal)
        #expect(abs(found - wanted) < 1e-4)
      }
    }

    @Test("the highest places of a map", arguments: sizes, [2, 96])
    func peaks(_ size: (Int, Int), most: Int) {
      let (width, height) = size
      var dice = Dice(most)
      // Few levels, so that many places are as high as others.
      let scores = (0..<(width * height)).map { _ in Float(Int.random(in: 0..<40, using: &dice)) }
      func isPeak(_ at: Int) -> Bool {
        let (x, y) = (at % width, at / width)
        for ny in max(0, y - 1)...min(height - 1, y + 1) {
          for nx in max(0, x - 1)...min(width - 1, x + 1) where ny * width + nx != at {
            let other = scores[ny * width + nx]
            if other > scores[at] || other == scores[at] && ny * width + nx < at { return false }
          }
        }
        return true
      }
      let wanted = scores.indices.filter { scores[$0] >= 30 && isPeak($0) }
        .sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(most)
      var peaks = [PixelsPeak](repeating: PixelsPeak(), count: most)
      let count = pixels_peaks(scores, Int32(width), Int32(height), 30, Int32(most), &peaks)
      #expect(peaks.prefix(Int(count)).map { Int($0.y) * width + Int($0.x) } == Array(wanted))
      #expect(peaks.prefix(Int(count)).map(\.score) == wanted.map { scores[$0] })
    }

    @Test("correlation by a few taps", arguments: [40, 600])
    func fewTaps(columns: Int) {
      let (rows, count) = (5, 60)
      let stride = columns + 33
      let plane = Self.bytes(stride * (rows + 20), seed: columns)
      let weights = Self.taps(count, seed: 7)
      let taps = weights.enumerated().map { at, weight in
        PixelsTap(x: Int16(at * 7 % 31), y: Int16(at * 5 % 19), weight: weight)
      }
      var scores = [Float](repeating: 0, count: 2 * columns * rows)
      pixels_correlate_taps(
        taps, Int32(count), 0.25, 900, plane, stride, Int32(columns), Int32(rows), &scores, 2,
        2 * columns)
      for place in 0..<(columns * rows) {
        var (product, sum, squares) = (0, 0, 0)
        for tap in taps {
          let (x, y) = (Int(tap.x) + place % columns, Int(tap.y) + place / columns)
          let level = Int(plane[y * stride + x]) - 128
          product += level * Int(tap.weight)
          sum += level
          squares += level * level
        }
        let total = Float(sum)
        let spread = Float(squares) - total * total / Float(count)
        let wanted = (Float(product) - 0.25 * total) / (900 * spread.squareRoot())
        #expect(scores[2 * place] == (spread > 0.5 * Float(count) ? wanted : 0))
      }
    }

    @Test("correlation with every place", arguments: [(5, 3), (8, 8), (25, 6)], [false, true])
    func scan(_ size: (Int, Int), isMasked: Bool) {
      let (width, height) = size
      let (columns, rows) = (41, 9)
      let (line, stride) = ((width + 1) / 2 * 2, columns + width + 2)
      let plane = Self.bytes(stride * (rows + height), seed: width)
      var taps = Self.taps(line * height, seed: height)
      var mask = [Int16](repeating: 1, count: line * height)
      for at in taps.indices {
        if isMasked && at % 4 == 0 { mask[at] = 0 }
        if at % line >= width { mask[at] = 0 }
        if mask[at] == 0 { taps[at] = 0 }
      }
      let count = mask.reduce(0) { $0 + Int($1) }
      var scores = [Float](repeating: 0, count: columns * rows)
      taps.withUnsafeBufferPointer { taps in
        mask.withUnsafeBufferPointer { mask in
          var shape = PixelsShape(
            width: Int32(width), height: Int32(height), pairs: Int32(line / 2),
            weights: taps.baseAddress, mask: isMasked ? mask.baseAddress : nil, count: Int32(count),
            bias: 0.25, norm: 900)
          let isDone = pixels_correlate(
            &shape, plane, stride, Int32(columns), Int32(rows), &scores, 1, columns)
          #expect(isDone == 1)
        }
      }
      for place in scores.indices {
        var (product, sum, squares) = (0, 0, 0)
        for at in taps.indices where mask[at] == 1 {
          let (x, y) = (at % line + place % columns, at / line + place / columns)
          let level = Int(plane[y * stride + x]) - 128
          product += level * Int(taps[at])
          sum += level
          squares += level * level
        }
        let total = Float(sum)
        let spread = Float(squares) - total * total / Float(count)
        let wanted = (Float(product) - 0.25 * total) / (900 * spread.squareRoot())
        #expect(scores[place] == (spread > 0.5 * Float(count) ? wanted : 0))
      }
    }
  }
}
