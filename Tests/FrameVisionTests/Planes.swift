import CPixels

/// Planes of one size, as a comparison of a place takes them.
struct Planes {
  let width: Int
  let height: Int
  var seen: [Float] = []
  var expected: [Float] = []
  var gradient: [Float] = []
  /// The RMS gradient around each pixel, and in blocks of eight by eight.
  var rmsGradient: [Float] = []
  var blocks: [Float] = []
  var weights: [Float] = []

  init(_ size: (width: Int, height: Int), seed: Int) {
    (width, height) = size
    var dice = Dice(seed)
    for at in 0..<(width * height) {
      // Grounds with edges between them, and a little noise.
      let ground = Float((at % width / 9 * 37 + at / width / 8 * 71) % 200 + 20)
      expected.append(ground + Float.random(in: -1...1, using: &dice))
      seen.append((ground + Float.random(in: -9...9, using: &dice)).rounded())
      gradient.append(Float.random(in: 0...(Bool.random(using: &dice) ? 14 : 90), using: &dice))
      rmsGradient.append(Float.random(in: 8...60, using: &dice))
      weights.append(seed % 3 > 0 && Int.random(in: 0..<9, using: &dice) == 0 ? 0 : 1)
    }
    for _ in 0..<(blockColumns * ((height + blockStart.y + 7) / 8)) {
      blocks.append(Float.random(in: 0...80, using: &dice))
    }
  }

  /// How many blocks a row has, and where the first pixel lies in the first one.
  var blockColumns: Int { (width + blockStart.x + 7) / 8 }
  let blockStart = (x: 3, y: 5)

  /// The RMS gradient of the block in which a pixel lies.
  func block(_ at: Int) -> Float {
    let (x, y) = (at % width + blockStart.x, at / width + blockStart.y)
    return blocks[y / 8 * blockColumns + x / 8]
  }

  /// The same levels without gradients.
  var withoutGradients: Planes {
    var planes = self
    planes.gradient = gradient.map { _ in 0 }
    (planes.rmsGradient, planes.blocks) = (planes.gradient, blocks.map { _ in 0 })
    return planes
  }

  func residual(_ at: Int) -> Float { seen[at] - expected[at] }

  /// Hands luma and the gradients of blocks to a loop.
  func withLuma(_ body: (inout PixelsLuma, inout PixelsBlockGradients) -> Void) {
    func call(
      _ seen: UnsafePointer<Float>, _ expected: UnsafePointer<Float>,
      _ gradient: UnsafePointer<Float>, _ rmsGradient: UnsafePointer<Float>,
      _ weights: UnsafePointer<Float>, _ rms: UnsafePointer<Float>
    ) {
      var luma = PixelsLuma(
        width: Int32(width), height: Int32(height), seen: seen, expected: expected,
        gradient: gradient,
        rms_gradient: rmsGradient, weights: weights, floor: 3, edge_noise: 0.1,
        compression_noise: 0.12, least_gradient: 12)
      var blocks = PixelsBlockGradients(
        rms: rms, columns: Int32(blockColumns), left: Int32(blockStart.x),
        top: Int32(blockStart.y))
      body(&luma, &blocks)
    }
    call(seen, expected, gradient, rmsGradient, weights, blocks)
  }
}
