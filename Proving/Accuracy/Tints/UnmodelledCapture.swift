import Frames
import ScreenKit

/// What capture chains do to pictures that the matcher has no hypothesis for.
enum UnmodelledCapture: CustomStringConvertible {
  case none
  /// The picture plus so much of its difference from its blurred self.
  case sharpening(Float)
  /// Distances from grey grow or shrink to this share.
  case saturation(Float)
  /// Red and blue are multiplied.
  case gains(red: Float, blue: Float)
  /// The corners lose this share of their light.
  case vignette(Float)
  /// Each row is lighter or darker by so many levels' deviation.
  case rowNoise(Float, seed: UInt64)
  /// Compressed once more beforehand, at this quality.
  case compressed(Int)
  /// Drawn so many times as large, about the left upper corner.
  case scaled(Double)

  /// What is done, without how far.
  enum Kind {
    case sharpening, saturation, gains, vignette, rowNoise, compressed, scaled
  }

  /// One of those that leave everything where it is, mild.
  init(_ dice: inout Dice) {
    let kinds: [Kind] = [.sharpening, .saturation, .gains, .vignette, .rowNoise, .compressed]
    self.init(dice.pick(kinds), &dice)
  }

  /// One of a kind, mild.
  init(_ kind: Kind, _ dice: inout Dice) {
    switch kind {
    case .sharpening: self = .sharpening(Float(dice.roll(0.2...0.5)))
    case .saturation: self = .saturation(Float(dice.roll(0.92...1.08)))
    case .gains:
      self = .gains(red: Float(dice.roll(0.97...1.03)), blue: Float(dice.roll(0.97...1.03)))
    case .vignette: self = .vignette(Float(dice.roll(0.01...0.04)))
    case .rowNoise: self = .rowNoise(Float(dice.roll(0.5...2)), seed: dice.next())
    case .compressed: self = .compressed(dice.roll(80...95))
    case .scaled: self = .scaled(dice.once(in: 2) ? 1.003 : 0.997)
    }
  }

  /// How much larger everything is drawn.
  var scale: Double { if case .scaled(let scale) = self { scale } else { 1 } }

  /// The picture after it.
  func applied(to picture: RGBImage) throws(PictureError) -> RGBImage {
    var light = Light(picture)
    let size = light.size
    switch self {
    case .none: return picture
    case .compressed(let quality):
      return RGBImage(try JPEGCodec.decode(try JPEGCodec.encode(picture, quality: quality)))
    case .sharpening(let amount):
      var blur = Resampling()
      blur.blur = 0.8
      let soft = blur.apply(to: light)
      func sharpened(_ channel: [Float], _ soft: [Float]) -> [Float] {
        zip(channel, soft).map { $0 + amount * ($0 - $1) }
      }
      light.red = sharpened(light.red, soft.red)
      light.green = sharpened(light.green, soft.green)
      light.blue = sharpened(light.blue, soft.blue)
    case .saturation(let share):
      for at in light.red.indices {
        let luma = 0.299 * light.red[at] + 0.587 * light.green[at] + 0.114 * light.blue[at]
        light.red[at] = luma + share * (light.red[at] - luma)
        light.green[at] = luma + share * (light.green[at] - luma)
        light.blue[at] = luma + share * (light.blue[at] - luma)
      }
    case .gains(let red, let blue):
      light.red = light.red.map { $0 * red }
      light.blue = light.blue.map { $0 * blue }
    case .vignette(let loss):
      let (middleX, middleY) = (Float(size.width) / 2, Float(size.height) / 2)
      light.mapChannels { channel in
        channel.indices.map { at in
          let (x, y) = (Float(at % size.width) / middleX - 1, Float(at / size.width) / middleY - 1)
          return channel[at] * (1 - loss * (x * x + y * y) / 2)
        }
      }
    case .scaled(let scale):
      var scaling = Resampling()
      scaling.scale = scale
      scaling.filter = .cubic
      light = scaling.apply(to: light)
    case .rowNoise(let deviation, let seed):
      var dice = Dice(seed)
      let rows = (0..<size.height).map { _ in deviation * dice.normal() }
      light.mapChannels { channel in channel.indices.map { channel[$0] + rows[$0 / size.width] } }
    }
    return light.image
  }

  /// What it is, in words.
  var description: String {
    switch self {
    case .none: "nothing else"
    case .sharpening(let amount): "sharpened by \(amount)"
    case .saturation(let share): "saturation \(share)"
    case .gains(let red, let blue): "gains \(red) and \(blue)"
    case .vignette(let loss): "vignette \(loss)"
    case .rowNoise(let deviation, _): "row noise \(deviation)"
    case .compressed(let quality): "JPEG \(quality) before"
    case .scaled(let scale): "\(scale) times as large"
    }
  }
}
