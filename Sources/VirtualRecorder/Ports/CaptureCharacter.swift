import Frames

/// What one grabber and its cable do to every picture, drawn by seed.
struct CaptureCharacter: Sendable, Equatable {
  /// What is wrong with light and colour.
  var tone: CaptureOptions.Tone
  /// How far the picture lies to the left of the pixel grid, in quarters of a pixel: 0, 1 or 2.
  var shiftX: Int
  /// How far the picture lies above the pixel grid, in quarters of a pixel: 0, 1 or 2.
  var shiftY: Int
  /// The standard deviation of the noise on luma, in steps; half of it on chroma.
  var noise: Double
  /// The quality of the grabber's JPEG compression, as libjpeg counts.
  var quality: Int

  /// Creates a character.
  init(tone: CaptureOptions.Tone, shiftX: Int, shiftY: Int, noise: Double, quality: Int) {
    self.tone = tone
    self.shiftX = shiftX
    self.shiftY = shiftY
    self.noise = noise
    self.quality = quality
  }

  /// Draws a character.
  init(seed: UInt64) {
    var lots = RandomStream(seed: seed, for: .capture)
    switch lots.integer(in: 0...5) {
    case 0: tone = .stretched
    case 1: tone = .squeezed
    case 2: tone = .brightness(lots.integer(in: 5...20))
    case 3: tone = .brightness(-lots.integer(in: 5...20))
    case 4: tone = .wrongMatrix
    default: tone = .none
    }
    shiftX = lots.integer(in: 0...2)
    shiftY = lots.integer(in: 0...2)
    noise = lots.number(in: 1...4)
    quality = lots.integer(in: 75...92)
  }
}
