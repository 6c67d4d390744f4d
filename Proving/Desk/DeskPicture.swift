import Frames

/// Draws what is behind a desk's pointer: moving pictures, menus, a keyboard, a field.
struct DeskPicture {
  let size: PixelSize
  let scenery: DeskScenery
  private let still: [UInt8]
  private let discs:
    [(x: Double, y: Double, speedX: Double, speedY: Double, radius: Int, luma: Int)]
  private let noise: [Int8]

  init(traits: DeskTraits, seed: UInt64) {
    size = traits.size
    scenery = traits.scenery
    var draw = Draw(seed: seed &+ 77)
    var still = [UInt8](repeating: 0, count: size.area)
    let panels = scenery == .menu
    for y in 0..<size.height {
      for x in 0..<size.width {
        let quarter = (x * 2 / size.width) + 2 * (y * 2 / size.height)
        let texture = ((x / 9) ^ (y / 7)) & 15
        let shade = 40 + quarter * 45 + (x + y) * 40 / (size.width + size.height)
        still[y * size.width + x] = UInt8(panels ? 60 + (y / 180) * 40 : shade + texture * 2)
      }
    }
    for _ in 0..<(panels ? 30 : 60) {
      let box = PixelRect(
        x: draw.integer(0...(size.width - 120)), y: draw.integer(0...(size.height - 60)),
        width: draw.integer(10...110), height: draw.integer(6...50))
      let luma = UInt8(draw.integer(20...235))
      for y in box.y..<box.maxY {
        for x in box.x..<box.maxX { still[y * size.width + x] = luma }
      }
    }
    self.still = still
    discs = (0..<(panels ? 0 : 14)).map { _ in
      (
        draw.number(0...1280), draw.number(0...720), draw.number(-160...160),
        draw.number(-90...90), draw.integer(6...40), draw.integer(15...245)
      )
    }
    let strength = traits.noise
    noise = (0..<(size.area + 4096)).map { _ in
      Int8(draw.integer(-strength...strength) + draw.integer(-1...1))
    }
  }

  /// The picture at a time, without pointer and noise.
  func luma(at seconds: Double) -> [UInt8] {
    var luma = still
    for disc in discs {
      let centerX = Int((disc.x + disc.speedX * seconds).remainderIn(Double(size.width)))
      let centerY = Int((disc.y + disc.speedY * seconds).remainderIn(Double(size.height)))
      let radius = disc.radius
      for y in max(0, centerY - radius)..<min(size.height, centerY + radius) {
        for x in max(0, centerX - radius)..<min(size.width, centerX + radius)
        where (x - centerX) * (x - centerX) + (y - centerY) * (y - centerY) < radius * radius {
          luma[y * size.width + x] = UInt8(disc.luma)
        }
      }
    }
    if scenery == .both {
      fill(PixelRect(x: 200, y: 120, width: 700, height: 400), 66, &luma)
      for row in 0..<6 {
        fill(PixelRect(x: 230, y: 150 + row * 60, width: 300, height: 26), 200, &luma)
      }
    }
    drawClock(at: seconds, into: &luma)
    return luma
  }

  /// Adds noise that differs from picture to picture.
  func addNoise(number: Int, to luma: inout [UInt8]) {
    var draw = Draw(seed: UInt64(truncatingIfNeeded: number) &+ 4711)
    let offset = draw.integer(0...4095)
    for index in luma.indices {
      luma[index] = UInt8(clamping: Int(luma[index]) + Int(noise[index + offset]))
    }
  }

  func fill(_ box: PixelRect, _ value: UInt8, _ luma: inout [UInt8]) {
    let box = box.intersection(PixelRect(size))
    for y in box.y..<box.maxY {
      for x in box.x..<box.maxX { luma[y * size.width + x] = value }
    }
  }

  /// A glyph: a pattern of blocks of its own for each character.
  func glyph(_ character: Character, at corner: PixelPoint, _ luma: inout [UInt8]) {
    var draw = Draw(seed: UInt64(character.unicodeScalars.first?.value ?? 0))
    for row in 0..<6 {
      for column in 0..<3 where draw.happens(0.6) {
        fill(
          PixelRect(x: corner.x + column * 3, y: corner.y + row * 3, width: 3, height: 3), 230,
          &luma)
      }
    }
  }

  private func drawClock(at seconds: Double, into luma: inout [UInt8]) {
    let digits = Array("\(Int(seconds * 4) + 10_000_000)")
    for (index, digit) in digits.enumerated() {
      glyph(digit, at: PixelPoint(x: 40 + index * 12, y: 30), &luma)
    }
  }
}

extension Double {
  fileprivate func remainderIn(_ modulus: Double) -> Double {
    let rest = truncatingRemainder(dividingBy: modulus)
    return rest < 0 ? rest + modulus : rest
  }
}
