import Frames
import SeededRandom

/// Repeatable random numbers by seed.
struct Dice: RandomNumberGenerator {
  private var numbers: SplitMix64

  init(_ seed: Int) {
    numbers = SplitMix64(state: UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15)
  }

  mutating func next() -> UInt64 { numbers.next() }

  /// Roughly normal, with mean 0 and deviation 1: the sum of four even draws.
  mutating func normal() -> Float {
    let bits = next()
    var sum: Float = 0
    for part in 0..<4 { sum += Float((bits >> (16 * UInt64(part))) & 0xFFFF) / 65535 - 0.5 }
    return sum * 1.7320508
  }
}

/// What a display, a cable and a grabber do to a picture, in that order.
struct CaptureChain {
  /// A mistake in how numbers stand for light; a chain makes at most one.
  enum Tone: Hashable {
    case right
    case brightness(Float)
    case contrast(Float)
    case gamma(Float)
    /// Full range taken for limited: darks and lights are cut.
    case expanded
    /// Limited range taken for full: black is grey.
    case compressed
    /// Encoded as BT.601, decoded as BT.709.
    case matrix601As709
    /// Encoded as BT.709, decoded as BT.601.
    case matrix709As601
  }

  var tone = Tone.right
  var shiftX: Float = 0
  var shiftY: Float = 0
  /// The deviation of a Gaussian blur, in pixels.
  var blur: Float = 0
  /// The deviation of the noise, in levels.
  var noise: Float = 0
  /// JPEG quality with 4:2:0; nil for no JPEG.
  var quality: Int?
  var seed = 1

  /// The picture as it is captured.
  func captured(_ picture: RGBPixels) throws -> Frame {
    var picture = picture
    let size = picture.size
    picture.mapChannels { toned($0) }
    if tone == .matrix601As709 || tone == .matrix709As601 { picture = mixedUp(picture) }
    if shiftX != 0 || shiftY != 0 {
      picture.mapChannels { Self.shifted($0, size, shiftX, shiftY) }
    }
    if blur > 0 { picture.mapChannels { Self.blurred($0, size, blur) } }
    if noise > 0 {
      var dice = Dice(seed)
      picture.mapChannels { $0.map { $0 + noise * dice.normal() } }
    }
    guard let quality else { return picture.frame(chromaStep: 1) }
    let bytes = try JPEGCodec.encode(picture.frame(chromaStep: 2), quality: quality)
    return try JPEGCodec.decode(bytes)
  }

  private func toned(_ channel: [Float]) -> [Float] {
    let limit = { (value: Float) in max(0, min(255, value)) }
    switch tone {
    case .right, .matrix601As709, .matrix709As601: return channel
    case .brightness(let levels): return channel.map { limit($0 + levels) }
    case .contrast(let factor): return channel.map { limit(($0 - 128) * factor + 128) }
    case .gamma(let exponent): return Self.curve(channel, exponent)
    case .expanded: return channel.map { limit(($0 - 16) * 255 / 219) }
    case .compressed: return channel.map { 16 + $0 * 219 / 255 }
    }
  }

  private static func curve(_ channel: [Float], _ exponent: Float) -> [Float] {
    // The power by repeated square roots: the standard library has no pow.
    let table = (0...255).map { level -> Float in
      var (rest, result, factor) = (exponent, Float(1), Float(level) / 255)
      while rest >= 1 {
        result *= factor
        rest -= 1
      }
      for _ in 0..<16 {
        factor = factor.squareRoot()
        rest *= 2
        if rest >= 1 {
          result *= factor
          rest -= 1
        }
      }
      return 255 * result
    }
    return channel.map { table[Int(max(0, min(255, $0.rounded())))] }
  }

  private func mixedUp(_ picture: RGBPixels) -> RGBPixels {
    let wrong = tone == .matrix601As709
    let (kr, kb): (Float, Float) = wrong ? (0.299, 0.114) : (0.2126, 0.0722)
    let (dr, db): (Float, Float) = wrong ? (0.2126, 0.0722) : (0.299, 0.114)
    var mixed = picture
    for at in picture.red.indices {
      let light = kr * picture.red[at] + (1 - kr - kb) * picture.green[at] + kb * picture.blue[at]
      let cb = (picture.blue[at] - light) / (2 * (1 - kb))
      let cr = (picture.red[at] - light) / (2 * (1 - kr))
      let red = light + 2 * (1 - dr) * cr
      let blue = light + 2 * (1 - db) * cb
      let green = (light - dr * red - db * blue) / (1 - dr - db)
      mixed.red[at] = max(0, min(255, red))
      mixed.green[at] = max(0, min(255, green))
      mixed.blue[at] = max(0, min(255, blue))
    }
    return mixed
  }

  private static func shifted(_ channel: [Float], _ size: PixelSize, _ dx: Float, _ dy: Float)
    -> [Float]
  {
    var out = channel
    let (left, top) = (Int(dx.rounded(.down)), Int(dy.rounded(.down)))
    let (fx, fy) = (dx - Float(left), dy - Float(top))
    func at(_ x: Int, _ y: Int) -> Float {
      channel[max(0, min(size.height - 1, y)) * size.width + max(0, min(size.width - 1, x))]
    }
    for y in 0..<size.height {
      for x in 0..<size.width {
        let (sx, sy) = (x - left, y - top)
        let near = (1 - fx) * at(sx, sy) + fx * at(sx - 1, sy)
        let far = (1 - fx) * at(sx, sy - 1) + fx * at(sx - 1, sy - 1)
        out[y * size.width + x] = (1 - fy) * near + fy * far
      }
    }
    return out
  }

  private static func blurred(_ channel: [Float], _ size: PixelSize, _ sigma: Float) -> [Float] {
    // Three taps of the right variance, twice for wide blurs: s, 1 - 2s, s has variance 2s.
    let passes = sigma > 0.6 ? 3 : 1
    let side = sigma * sigma / 2 / Float(passes)
    var out = channel
    for _ in 0..<passes {
      for step in [1, size.width] {
        let from = out
        for at in from.indices {
          let position = step == 1 ? at % size.width : at / size.width
          let last = step == 1 ? size.width - 1 : size.height - 1
          let before = from[position == 0 ? at : at - step]
          let after = from[position == last ? at : at + step]
          out[at] = side * (before + after) + (1 - 2 * side) * from[at]
        }
      }
    }
    return out
  }
}
