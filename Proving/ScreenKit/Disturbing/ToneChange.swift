import Glibc

/// A mistake of a display or grabber in how numbers stand for light.
package enum ToneChange: Hashable, Sendable, CustomStringConvertible {
  case none
  /// So many levels are added.
  case brightness(Int)
  /// Distances from middle grey shrink to this share.
  case contrast(Float)
  /// Light is raised to this power.
  case gamma(Float)
  /// Full range is taken for limited: the darkest and brightest levels are lost.
  case fullAsLimited
  /// Limited range is taken for full: black is dark grey, white is light grey.
  case limitedAsFull
  /// Encoded by BT.601, decoded by BT.709.
  case matrix601As709
  /// Encoded by BT.709, decoded by BT.601.
  case matrix709As601

  /// Any of the changes, no change excluded.
  package init(_ dice: inout Dice) {
    switch dice.roll(1...8) {
    case 1: self = .brightness(dice.once(in: 2) ? 20 : -20)
    case 2: self = .brightness(dice.roll(-20...20))
    case 3: self = .contrast(0.9)
    case 4: self = .gamma(Float(dice.roll(90...115)) / 100)
    case 5: self = .fullAsLimited
    case 6: self = .limitedAsFull
    case 7: self = .matrix601As709
    default: self = .matrix709As601
    }
  }

  /// What it is, in words.
  package var description: String {
    switch self {
    case .none: "no tone change"
    case .brightness(let levels): "brightness \(levels)"
    case .contrast(let share): "contrast \(share)"
    case .gamma(let power): "gamma \(power)"
    case .fullAsLimited: "full range taken for limited"
    case .limitedAsFull: "limited range taken for full"
    case .matrix601As709: "601 taken for 709"
    case .matrix709As601: "709 taken for 601"
    }
  }

  /// Changes a picture.
  package func apply(to light: inout Light) {
    switch self {
    case .none: break
    case .brightness(let levels): Self.map(&light) { $0 + Float(levels) }
    case .contrast(let share): Self.map(&light) { 128 + ($0 - 128) * share }
    case .gamma(let power): Self.map(&light) { 255 * powf($0 / 255, power) }
    case .fullAsLimited: Self.map(&light) { ($0 - 16) * 255 / 219 }
    case .limitedAsFull: Self.map(&light) { 16 + $0 * 219 / 255 }
    case .matrix601As709: Self.mix(&light, from: (0.299, 0.114), to: (0.2126, 0.0722))
    case .matrix709As601: Self.mix(&light, from: (0.2126, 0.0722), to: (0.299, 0.114))
    }
  }

  /// Changes all levels alike; the light is in whole levels still.
  private static func map(_ light: inout Light, _ change: (Float) -> Float) {
    let table = (0...255).map { max(0, min(255, change(Float($0)))) }
    light.mapChannels { channel in channel.map { table[Int($0)] } }
  }

  /// Encodes by one matrix and decodes by another; each is given by the weights of red and blue.
  private static func mix(
    _ light: inout Light, from: (red: Float, blue: Float), to: (red: Float, blue: Float)
  ) {
    for at in light.red.indices {
      let (red, green, blue) = (light.red[at], light.green[at], light.blue[at])
      let luma = from.red * red + (1 - from.red - from.blue) * green + from.blue * blue
      let newRed = luma + (red - luma) * (1 - to.red) / (1 - from.red)
      let newBlue = luma + (blue - luma) * (1 - to.blue) / (1 - from.blue)
      let newGreen = (luma - to.red * newRed - to.blue * newBlue) / (1 - to.red - to.blue)
      light.red[at] = max(0, min(255, newRed))
      light.green[at] = max(0, min(255, newGreen))
      light.blue[at] = max(0, min(255, newBlue))
    }
  }
}
