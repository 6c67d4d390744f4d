package import Frames

/// What a display, a cable and a grabber do to a picture, in that order.
package struct Disturbance: Hashable, Sendable, CustomStringConvertible {
  /// What becomes of the levels.
  package var tone = ToneChange.none
  /// Where the picture is read.
  package var sampling = Resampling()
  /// The deviation of the noise, in levels.
  package var noise = 0
  /// JPEG quality, with 4:2:0; nil for no JPEG.
  package var quality: Int?
  /// Whether a compressed picture went through a picture file, which has no planes.
  package var isRepacked = false
  /// What the noise comes from.
  package var seed: UInt64 = 0

  /// Creates one that changes nothing.
  package init() {}

  /// Any disturbance within the limits in which what is there must be found.
  package static func ordinary(_ dice: inout Dice) -> Disturbance {
    var result = Disturbance()
    result.seed = dice.next()
    // Now and then everything at its limit, and now and then nothing at all.
    let isWorst = dice.once(in: 20)
    if dice.once(in: 20) { return result }
    if dice.once(in: 2) || isWorst { result.tone = ToneChange(&dice) }
    if dice.once(in: 2) || isWorst { result.noise = isWorst ? 15 : dice.roll(1...15) }
    if dice.once(in: 2) || isWorst { result.quality = isWorst ? 50 : dice.roll(50...95) }
    if dice.once(in: 2) || isWorst { result.move(&dice) }
    if dice.once(in: 3) || isWorst { result.sampling.blur = isWorst ? 1 : dice.roll(0.2...1) }
    result.isRepacked = dice.once(in: 2)
    return result
  }

  /// Any disturbance within the limits in which a near miss must be told.
  package static func mild(_ dice: inout Dice) -> Disturbance {
    var result = Disturbance()
    result.seed = dice.next()
    if dice.once(in: 20) { return result }
    let isWorst = dice.once(in: 10)
    if dice.once(in: 2) || isWorst { result.tone = ToneChange(&dice) }
    if dice.once(in: 2) || isWorst { result.noise = isWorst ? 5 : dice.roll(1...5) }
    if dice.once(in: 2) || isWorst { result.quality = isWorst ? 80 : dice.roll(80...95) }
    if dice.once(in: 3) || isWorst { result.sampling.blur = isWorst ? 0.5 : dice.roll(0.2...0.5) }
    result.isRepacked = dice.once(in: 2)
    return result
  }

  /// Any disturbance beyond the limits in which a near miss must be told, and within those in which
  /// what is there must be found.
  package static func rough(_ dice: inout Dice) -> Disturbance {
    var result = mild(&dice)
    repeat {
      if dice.once(in: 2) { result.noise = dice.roll(6...15) }
      if dice.once(in: 2) { result.quality = dice.roll(50...79) }
      if dice.once(in: 2) { result.sampling.blur = dice.roll(0.6...1) }
      if dice.once(in: 3) { result.move(&dice) }
    } while result.noise < 6 && (result.quality ?? 99) > 79 && result.sampling.blur < 0.6
    return result
  }

  private mutating func move(_ dice: inout Dice) {
    sampling.shiftX = Double(dice.roll(-10...10)) / 20
    sampling.shiftY = Double(dice.roll(-10...10)) / 20
    sampling.filter = dice.once(in: 2) ? .linear : .cubic
  }

  /// The picture as it is captured.
  package func captured(_ picture: RGBImage) throws(PictureError) -> Frame {
    guard let quality else { return Frame(image: disturbed(picture)) }
    let frame = try JPEGCodec.decode(compressed(picture, quality: quality))
    return isRepacked ? Frame(image: RGBImage(frame)) : frame
  }

  /// The bytes of a JPEG file with the disturbed picture.
  package func compressed(_ picture: RGBImage, quality: Int) throws(PictureError) -> [UInt8] {
    try JPEGCodec.encode(disturbed(picture), quality: quality)
  }

  private func disturbed(_ picture: RGBImage) -> RGBImage {
    var light = Light(picture)
    tone.apply(to: &light)
    light = sampling.apply(to: light)
    if noise > 0 {
      var dice = Dice(seed)
      let deviation = Float(noise)
      light.mapChannels { channel in
        var channel = channel
        for at in channel.indices { channel[at] += deviation * dice.normal() }
        return channel
      }
    }
    return light.image
  }

  /// What was done, in words.
  package var description: String {
    var parts = tone == .none ? [] : ["\(tone)"]
    if sampling.scale != 1 {
      parts.append(
        "scaled by \((sampling.scale * 100).rounded() / 100) (\(sampling.filter.rawValue))")
    }
    if sampling.shiftX != 0 || sampling.shiftY != 0 {
      parts.append("moved by \(sampling.shiftX),\(sampling.shiftY) (\(sampling.filter.rawValue))")
    }
    if sampling.blur > 0 { parts.append("blur \((sampling.blur * 100).rounded() / 100)") }
    if noise > 0 { parts.append("noise \(noise)") }
    if let quality { parts.append("JPEG \(quality)\(isRepacked ? " as a picture" : "")") }
    return parts.isEmpty ? "undisturbed" : parts.joined(separator: ", ")
  }
}
