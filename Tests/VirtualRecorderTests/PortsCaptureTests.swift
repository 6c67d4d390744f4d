import Frames
import Testing

@testable import VirtualRecorder

@Suite("The capture chain")
struct PortsCaptureTests {
  static let size = PixelSize(width: 128, height: 96)
  static let clean = CaptureCharacter(tone: .none, shiftX: 0, shiftY: 0, noise: 0, quality: 92)

  /// What a chain makes of a picture.
  static func captured(
    _ image: RGBImage, _ character: CaptureCharacter, isOwn: Bool = false, number: Int = 0,
    lines: Int? = nil
  ) -> Frame {
    var pixels = image.pixels
    for pixel in 0..<image.size.area { pixels.swapAt(4 * pixel, 4 * pixel + 2) }
    let chain = CaptureChain(
      size: image.size, lines: lines, character: character, seed: 77)
    return pixels.withUnsafeBytes {
      chain.capture($0, stride: 4 * image.width, isOwn: isOwn, number: number, capturedAt: .zero)
    }
  }

  static func plain(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> RGBImage {
    RGBImage(size: size, filledWith: RGBColor(red: red, green: green, blue: blue))
  }

  static func mean(_ plane: Plane) -> Double {
    Double(plane.samples.reduce(0) { $0 + Int($1) }) / Double(plane.samples.count)
  }

  @Test("A chain that does nothing keeps colours")
  func nothing() {
    let image = Self.plain(200, 80, 40)
    let frame = Self.captured(image, Self.clean)
    let ideal = Frame(image: image, chroma: .quarter)
    #expect(frame.size == Self.size)
    #expect(frame.encoding == .jpeg)
    for (plane, expected) in [
      (frame.luma, ideal.luma), (frame.cb, ideal.cb), (frame.cr, ideal.cr),
    ] { #expect(abs(Self.mean(plane) - Double(expected[0, 0])) <= 1.5) }
  }

  @Test(
    "A grabber of another size delivers the same picture, each thing in its place",
    arguments: [
      64, 144,
    ])
  func scaled(lines: Int) {
    // The right half is light, the left one dark.
    var image = Self.plain(60, 60, 60)
    for y in 0..<Self.size.height {
      for x in (Self.size.width / 2)..<Self.size.width {
        for channel in 0..<3 { image.pixels[4 * (y * Self.size.width + x) + channel] = 200 }
      }
    }
    let frame = Self.captured(image, Self.clean, lines: lines)
    let width = 128 * lines / 96 / 2 * 2
    #expect(frame.size == PixelSize(width: width, height: lines))
    for y in [0, lines / 2, lines - 1] {
      #expect(abs(Int(frame.luma[width / 2 - 4, y]) - 60) <= 6)
      #expect(abs(Int(frame.luma[width / 2 + 4, y]) - 200) <= 6)
    }
  }

  @Test(
    "Each tone error does to grey what its name says",
    arguments: [
      (CaptureOptions.Tone.stretched, 200.0, 214.3), (.stretched, 20, 4.7),
      (.squeezed, 200, 187.8), (.squeezed, 20, 33.2), (.brightness(12), 100, 112),
      (.brightness(-20), 100, 80), (.brightness(-20), 10, 0), (.wrongMatrix, 100, 100),
    ])
  func tones(tone: CaptureOptions.Tone, grey: Double, seen: Double) {
    var character = Self.clean
    character.tone = tone
    let level = UInt8(grey)
    let frame = Self.captured(Self.plain(level, level, level), character)
    #expect(abs(Self.mean(frame.luma) - seen) <= 2)
    #expect(abs(Self.mean(frame.cb) - 128) <= 1.5)
    #expect(abs(Self.mean(frame.cr) - 128) <= 1.5)
  }

  @Test(
    "The wrong matrix gives what BT.709 makes of a colour",
    arguments: [[200, 40, 40], [30, 160, 60], [60, 60, 220]])
  func wrongMatrix(color: [UInt8]) {
    var character = Self.clean
    character.tone = .wrongMatrix
    let image = Self.plain(color[0], color[1], color[2])
    let frame = Self.captured(image, character)
    let ideal = Frame(image: image, encoding: ColorEncoding(range: .full, matrix: .bt709))
    #expect(abs(Self.mean(frame.luma) - Double(ideal.luma[0, 0])) <= 2)
    #expect(abs(Self.mean(frame.cb) - Double(ideal.cb[0, 0])) <= 2)
    #expect(abs(Self.mean(frame.cr) - Double(ideal.cr[0, 0])) <= 2)
  }

  @Test("Half a pixel to the left makes an edge lie between two columns")
  func shift() {
    var image = Self.plain(60, 60, 60)
    for y in 0..<Self.size.height {
      for x in 64..<Self.size.width { image[x, y] = RGBColor(red: 180, green: 180, blue: 180) }
    }
    var character = Self.clean
    character.shiftX = 2
    let row = Self.captured(image, character).luma.cropped(
      to: PixelRect(x: 56, y: 40, width: 16, height: 1)
    ).samples.map { Double($0) }
    #expect(abs(row[7] - 120) < 12)
    #expect(abs(row[2] - 60) < 12)
    #expect(abs(row[13] - 180) < 12)
  }

  @Test("Noise is as strong as drawn, new in each frame, and the same for the same number")
  func noise() {
    var character = Self.clean
    character.noise = 4
    let image = Self.plain(120, 120, 120)
    let frame = Self.captured(image, character, number: 3)
    let mean = Self.mean(frame.luma)
    let squares = frame.luma.samples.reduce(0.0) {
      $0 + (Double($1) - mean) * (Double($1) - mean)
    }
    let deviation = (squares / Double(frame.luma.samples.count)).squareRoot()
    // Compression at this quality takes a part of the noise away.
    #expect((2.5...4.5).contains(deviation))
    #expect(abs(mean - 120) < 0.5)
    #expect(Self.captured(image, character, number: 3).luma == frame.luma)
    #expect(Self.captured(image, character, number: 4).luma != frame.luma)
  }

  @Test("The grabber's own picture never saw the cable")
  func own() {
    var character = Self.clean
    (character.tone, character.noise) = (.squeezed, 4)
    let frame = Self.captured(Self.plain(255, 255, 255), character, isOwn: true)
    #expect(frame.luma.samples.allSatisfy { $0 >= 254 })
  }

  @Test("Seeds draw every tone error, and stay within what is promised")
  func characters() {
    let drawn = (0..<200).map { CaptureCharacter(seed: UInt64($0)) }
    for character in drawn {
      #expect((1...4).contains(character.noise))
      #expect((75...92).contains(character.quality))
      #expect((0...2).contains(character.shiftX) && (0...2).contains(character.shiftY))
    }
    for tone in [CaptureOptions.Tone.none, .stretched, .squeezed, .wrongMatrix] {
      #expect(drawn.contains { $0.tone == tone })
    }
    let steps = drawn.compactMap { character -> Int? in
      if case .brightness(let steps) = character.tone { steps } else { nil }
    }
    #expect(steps.contains { $0 > 0 } && steps.contains { $0 < 0 })
    #expect(steps.allSatisfy { (5...20).contains(abs($0)) })
  }

  @Test("A torn frame keeps its size and time, and loses its picture")
  func torn() {
    var image = Self.plain(30, 30, 30)
    for y in 0..<Self.size.height {
      for x in 0..<Self.size.width where (x / 16) % 2 == 0 {
        image[x, y] = RGBColor(red: UInt8(x), green: UInt8(2 * y), blue: 200)
      }
    }
    for number in 0..<50 {
      let frame = Self.captured(image, Self.clean, number: number)
      let torn = TornPicture(frame, seed: 9).picture
      #expect(torn.size == frame.size && torn.number == number)
      let changed = zip(torn.luma.samples, frame.luma.samples).count { $0 != $1 }
      #expect(changed > frame.size.area / 8)
    }
  }
}
