/// How much chroma a frame made from a picture gets.
public enum ChromaSampling: Sendable, CaseIterable {
  /// 4:4:4: as much as luma.
  case full
  /// 4:2:2: half the columns.
  case halfWidth
  /// 4:2:0: half the columns and half the rows.
  case quarter

  var stepX: Int { self == .full ? 1 : 2 }
  var stepY: Int { self == .quarter ? 2 : 1 }
}

/// The weights between red, green, blue and luma, chroma in fixed point (ITU-R BT.601 and BT.709;
/// limited range as in BT.601, section 2.5.3).
private struct ColorWeights {
  /// Fraction bits of the weights.
  static let bits: Int32 = 14
  static let half = Int32(1) << (bits - 1)

  var yOffset: Int32
  // To luma and chroma.
  var yr: Int32, yg: Int32, yb: Int32
  var cbr: Int32, cbg: Int32, cbb: Int32
  var crr: Int32, crg: Int32, crb: Int32
  // And back.
  var luma: Int32
  var redCr: Int32, greenCb: Int32, greenCr: Int32, blueCb: Int32

  init(_ encoding: ColorEncoding) {
    let (kr, kb) = encoding.matrix == .bt601 ? (0.299, 0.114) : (0.2126, 0.0722)
    let kg = 1 - kr - kb
    let (lumaScale, chromaScale) =
      encoding.range == .full ? (1.0, 1.0) : (219.0 / 255, 224.0 / 255)
    func fixed(_ value: Double) -> Int32 {
      Int32((value * Double(Int32(1) << Self.bits)).rounded())
    }
    yOffset = encoding.range == .full ? 0 : 16
    // The green weight closes each sum, so that white is exactly white and grey has no colour.
    (yr, yb) = (fixed(kr * lumaScale), fixed(kb * lumaScale))
    yg = fixed(lumaScale) - yr - yb
    let (cbScale, crScale) = (chromaScale / (2 * (1 - kb)), chromaScale / (2 * (1 - kr)))
    (cbr, cbb) = (fixed(-kr * cbScale), fixed((1 - kb) * cbScale))
    cbg = -cbr - cbb
    (crr, crb) = (fixed((1 - kr) * crScale), fixed(-kb * crScale))
    crg = -crr - crb
    luma = fixed(1 / lumaScale)
    redCr = fixed(2 * (1 - kr) / chromaScale)
    blueCb = fixed(2 * (1 - kb) / chromaScale)
    greenCb = fixed(-2 * (1 - kb) * kb / kg / chromaScale)
    greenCr = fixed(-2 * (1 - kr) * kr / kg / chromaScale)
  }
}

@inline(__always)
private func clamped(_ value: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: max(0, min(255, value)))
}

extension Frame {
  /// Creates a frame from a picture; its opacity is left out of account.
  ///
  /// Chroma at less than full sampling is the mean over the pixels that share a sample.
  ///
  /// - Parameters:
  ///   - image: the picture.
  ///   - encoding: what the planes' numbers are to stand for.
  ///   - chroma: how much chroma to keep.
  ///   - number: the frame's number.
  ///   - capturedAt: the frame's capture time.
  public init(
    image: RGBImage, encoding: ColorEncoding = .jpeg, chroma: ChromaSampling = .full,
    number: Int = 0, capturedAt: MonotonicInstant = .zero
  ) {
    let weights = ColorWeights(encoding)
    let (cb, cr) = Self.chromaPlanes(of: image, chroma, weights)
    self.init(
      luma: Self.lumaPlane(of: image, weights), cb: cb, cr: cr, encoding: encoding,
      number: number, capturedAt: capturedAt)
  }

  private static func lumaPlane(of image: RGBImage, _ weights: ColorWeights) -> Plane {
    let area = image.size.area
    let offset = (weights.yOffset << ColorWeights.bits) + ColorWeights.half
    let samples = [UInt8](unsafeUninitializedCapacity: area) { target, count in
      image.pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<area {
          let sum =
            weights.yr &* Int32(source[4 &* pixel]) &+ weights.yg
            &* Int32(source[4 &* pixel &+ 1]) &+ weights.yb &* Int32(source[4 &* pixel &+ 2])
          target[pixel] = clamped((sum &+ offset) >> ColorWeights.bits)
        }
      }
      count = area
    }
    return Plane(width: image.width, height: image.height, samples: samples)
  }

  private static func chromaPlanes(
    of image: RGBImage, _ chroma: ChromaSampling, _ weights: ColorWeights
  ) -> (cb: Plane, cr: Plane) {
    let (stepX, stepY) = (chroma.stepX, chroma.stepY)
    let width = (image.width + stepX - 1) / stepX
    let height = (image.height + stepY - 1) / stepY
    var cb = [UInt8](repeating: 128, count: width * height)
    var cr = cb
    // Sums of one, two or four pixels; the shift takes the mean with the weights' fraction.
    let shift = ColorWeights.bits + Int32(stepX * stepY / 2)
    let offset = (Int32(128) << shift) + (Int32(1) << (shift - 1))
    image.pixels.withUnsafeBufferPointer { source in
      for y in 0..<height {
        let top = y * stepY
        let bottom = min(top + stepY - 1, image.height - 1)
        for x in 0..<width {
          let left = x * stepX
          let right = min(left + stepX - 1, image.width - 1)
          var (red, green, blue) = (Int32(0), Int32(0), Int32(0))
          func add(_ column: Int, _ row: Int) {
            let start = 4 &* (row &* image.width &+ column)
            red &+= Int32(source[start])
            green &+= Int32(source[start &+ 1])
            blue &+= Int32(source[start &+ 2])
          }
          add(left, top)
          if stepX == 2 { add(right, top) }
          if stepY == 2 {
            add(left, bottom)
            add(right, bottom)
          }
          let blueness = weights.cbr &* red &+ weights.cbg &* green &+ weights.cbb &* blue
          let redness = weights.crr &* red &+ weights.crg &* green &+ weights.crb &* blue
          cb[y &* width &+ x] = clamped((blueness &+ offset) >> shift)
          cr[y &* width &+ x] = clamped((redness &+ offset) >> shift)
        }
      }
    }
    return (
      Plane(width: width, height: height, samples: cb),
      Plane(width: width, height: height, samples: cr)
    )
  }
}

extension RGBImage {
  /// Creates an opaque picture from a frame.
  ///
  /// Chroma samples are taken to lie in the middle of the pixels that share them, as in JPEG, and
  /// are interpolated linearly in between.
  public init(_ frame: Frame) {
    let weights = ColorWeights(frame.encoding)
    let (width, height) = (frame.size.width, frame.size.height)
    var bytes = [UInt8](repeating: 255, count: 4 * width * height)
    var cbRow = [Int32](repeating: 0, count: width)
    var crRow = cbRow
    var blend = [Int32](repeating: 0, count: frame.cb.width)
    for y in 0..<height {
      frame.cb.spreadRow(y, stepX: frame.chromaStepX, stepY: frame.chromaStepY, &blend, &cbRow)
      frame.cr.spreadRow(y, stepX: frame.chromaStepX, stepY: frame.chromaStepY, &blend, &crRow)
      frame.luma.samples.withUnsafeBufferPointer { luma in
        for x in 0..<width {
          let base =
            weights.luma &* (Int32(luma[y &* width &+ x]) &- weights.yOffset) &+ ColorWeights.half
          let (cb, cr) = (cbRow[x] &- 128, crRow[x] &- 128)
          let green = weights.greenCb &* cb &+ weights.greenCr &* cr
          let start = 4 &* (y &* width &+ x)
          bytes[start] = clamped((base &+ weights.redCr &* cr) >> ColorWeights.bits)
          bytes[start &+ 1] = clamped((base &+ green) >> ColorWeights.bits)
          bytes[start &+ 2] = clamped((base &+ weights.blueCb &* cb) >> ColorWeights.bits)
        }
      }
    }
    self.init(size: frame.size, pixels: bytes)
  }
}

extension Plane {
  /// One full-size row of a chroma plane: three quarters of the nearer sample, one of the farther.
  fileprivate func spreadRow(
    _ y: Int, stepX: Int, stepY: Int, _ blend: inout [Int32], _ row: inout [Int32]
  ) {
    let near = y / stepY
    // Rows 0, 1 of a pair lean toward the pair above, below.
    let far = stepY == 1 ? near : max(0, min(height - 1, y % 2 == 0 ? near - 1 : near + 1))
    for x in 0..<width {
      blend[x] = 3 &* Int32(samples[near &* width &+ x]) &+ Int32(samples[far &* width &+ x])
    }
    if stepX == 1 {
      for x in 0..<row.count { row[x] = (blend[x] &+ 2) >> 2 }
      return
    }
    for x in 0..<row.count {
      let near = x / 2
      let far = max(0, min(width - 1, x % 2 == 0 ? near - 1 : near + 1))
      row[x] = (3 &* blend[near] &+ blend[far] &+ 8) >> 4
    }
  }
}
