import Frames
import SeededRandom
import Testing

/// Pictures as broken or strange files hold them: an answer or one clear line, never a crash.
@Suite("Odd pictures")
struct OddPictureTests {
  /// A picture with something in every corner.
  private static func picture(_ width: Int, _ height: Int) -> RGBImage {
    let size = PixelSize(width: width, height: height)
    return RGBImage(
      size: size,
      pixels: (0..<size.area).flatMap { pixel -> [UInt8] in
        let (x, y) = (pixel % width, pixel / width)
        return [UInt8(truncatingIfNeeded: 7 * x), UInt8(truncatingIfNeeded: 11 * y), 90, 255]
      })
  }

  /// Cuts, repeats, inserts and overwrites, as storage and cables do.
  private static func damaged(_ bytes: [UInt8], _ dice: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &dice) where bytes.count > 16 {
      let at = Int.random(in: 0..<bytes.count, using: &dice)
      let end = min(bytes.count, at + Int.random(in: 1...40, using: &dice))
      switch Int.random(in: 0...5, using: &dice) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 2: bytes.insert(contentsOf: [0xFF, 0xD8, 0xFF, 0xC0], at: at)
      case 3: for index in at..<end { bytes[index] = 0xFF }
      case 4: for index in at..<end { bytes[index] = 0 }
      default: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &dice)
      }
    }
    return bytes
  }

  private static func isOneLine(_ error: PictureError) -> Bool {
    !error.reason.isEmpty && !"\(error)".contains { $0.isNewline }
  }

  @Test("Whatever happened to a PNG file, it gives a picture or one line", arguments: 0..<40)
  func brokenPNG(seed: Int) throws {
    var dice = SplitMix64(state: UInt64(seed) &+ 900)
    let whole = try PNGCodec.encode(Self.picture(3 + seed, 41 - seed))
    for _ in 0..<10 {
      do throws(PictureError) {
        let picture = try PNGCodec.decode(Self.damaged(whole, &dice), named: "broken.png")
        #expect(picture.pixels.count == 4 * picture.size.area)
      } catch { #expect(Self.isOneLine(error), "\(error)") }
    }
  }

  @Test("Whatever happened to a JPEG file, it gives a frame or one line", arguments: 0..<40)
  func brokenJPEG(seed: Int) throws {
    var dice = SplitMix64(state: UInt64(seed) &+ 500)
    let sampling = ChromaSampling.allCases[seed % ChromaSampling.allCases.count]
    let whole = try JPEGCodec.encode(Self.picture(3 + seed, 41 - seed), chroma: sampling)
    for _ in 0..<10 {
      do throws(PictureError) {
        let frame = try JPEGCodec.decode(Self.damaged(whole, &dice), named: "broken.jpg")
        #expect(frame.luma.samples.count == frame.size.area)
      } catch { #expect(Self.isOneLine(error), "\(error)") }
    }
  }

  @Test("One pixel is a picture", arguments: ChromaSampling.allCases)
  func onePixel(_ sampling: ChromaSampling) throws {
    let picture = Self.picture(1, 1)
    #expect(try PNGCodec.decode(PNGCodec.encode(picture)) == picture)
    let frame = try JPEGCodec.decode(JPEGCodec.encode(picture, chroma: sampling))
    #expect(frame.size == picture.size)
    #expect(RGBImage(frame).size == picture.size)
  }

  @Test("A PNG file without columns or rows is an error", arguments: [(0, 0), (0, 5), (5, 0)])
  func noPixels(width: UInt32, height: UInt32) {
    let file = HandMadePNG(width: width, height: height, depth: 8, colorType: 2, rows: [])
    let error = #expect(throws: PictureError.self) {
      try PNGCodec.decode(file.bytes, named: "empty.png")
    }
    #expect(error.map(Self.isOneLine) == true)
  }

  @Test("A JPEG file without columns or rows is an error", arguments: [(0, 0), (0, 5), (5, 0)])
  func noPixels(width: UInt8, height: UInt8) throws {
    var bytes = try JPEGCodec.encode(Self.picture(9, 9))
    let start = try #require(
      bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    // The start of frame holds two bytes of height, then two of width (ITU-T T.81, B.2.2).
    bytes.replaceSubrange((start + 5)..<(start + 9), with: [0, height, 0, width])
    let error = #expect(throws: PictureError.self) { try JPEGCodec.decode(bytes) }
    #expect(error.map(Self.isOneLine) == true)
  }

  /// Depths and colour types that the PNG specification allows together (11.2.2), with the bits of
  /// a pixel.
  private static let formats: [(depth: UInt8, colorType: UInt8, bits: Int)] = [
    (1, 0, 1), (2, 0, 2), (4, 0, 4), (8, 0, 8), (16, 0, 16), (8, 2, 24), (16, 2, 48), (1, 3, 1),
    (2, 3, 2), (4, 3, 4), (8, 3, 8), (8, 4, 16), (16, 4, 32), (8, 6, 32), (16, 6, 64),
  ]

  @Test("Every depth and colour type gives a picture, and cut short an error")
  func depths() throws {
    for format in Self.formats {
      let rows = (0..<6).map { row in
        (0..<((5 * format.bits + 7) / 8)).map { UInt8(truncatingIfNeeded: 37 * $0 + 59 * row) }
      }
      let palette: [(name: String, bytes: [UInt8])] =
        format.colorType == 3
        ? [("PLTE", [UInt8](repeating: 7, count: 3 << Int(format.depth)))] : []
      let file = HandMadePNG(
        width: 5, height: 6, depth: format.depth, colorType: format.colorType, chunks: palette,
        rows: rows)
      let picture = try PNGCodec.decode(file.bytes)
      #expect(picture.size == PixelSize(width: 5, height: 6))
      for missing in [1, 3, 6] {
        var cut = file
        cut.rows.removeLast(missing)
        #expect(throws: PictureError.self, "\(format) without \(missing) rows") {
          try PNGCodec.decode(cut.bytes)
        }
      }
    }
  }

  @Test("A palette file without its palette, and impossible formats, are errors in one line")
  func impossible() {
    let files = [
      HandMadePNG(width: 2, height: 1, depth: 8, colorType: 3, rows: [[0, 1]]),
      HandMadePNG(width: 2, height: 1, depth: 3, colorType: 0, rows: [[0]]),
      HandMadePNG(width: 2, height: 1, depth: 8, colorType: 5, rows: [[0, 0]]),
      HandMadePNG(width: 2, height: 1, depth: 8, colorType: 0, rows: [[0, 0]], interlace: 9),
    ]
    for file in files {
      let error = #expect(throws: PictureError.self) { try PNGCodec.decode(file.bytes) }
      #expect(error.map(Self.isOneLine) == true)
    }
  }

  @Test("A colour of a palette that has fewer is an answer or an error")
  func paletteTooShort() {
    let file = HandMadePNG(
      width: 3, height: 1, depth: 8, colorType: 3, chunks: [("PLTE", [1, 2, 3])],
      rows: [[0, 200, 255]])
    do throws(PictureError) {
      #expect(try PNGCodec.decode(file.bytes).size == PixelSize(width: 3, height: 1))
    } catch { #expect(Self.isOneLine(error)) }
  }

  @Test("The longest sides are taken, one pixel more is refused")
  func longest() throws {
    let longest = RGBImage.longestSide
    for (width, height) in [(longest, 3), (3, longest)] {
      let picture = Self.picture(width, height)
      #expect(try PNGCodec.decode(PNGCodec.encode(picture, effort: .fast)) == picture)
      #expect(try JPEGCodec.decode(JPEGCodec.encode(picture)).size == picture.size)
    }
    let tooLong = Self.picture(longest + 1, 1)
    #expect(throws: PictureError.self) { try PNGCodec.encode(tooLong) }
    #expect(throws: PictureError.self) { try JPEGCodec.encode(tooLong) }
  }

  @Test("A screen of 8K comes back whole")
  func large() throws {
    let size = PixelSize(width: 7680, height: 4320)
    let picture = RGBImage(size: size, filledWith: RGBColor(red: 40, green: 80, blue: 120))
    #expect(try PNGCodec.decode(PNGCodec.encode(picture, effort: .fast)) == picture)
    #expect(try JPEGCodec.decode(JPEGCodec.encode(picture)).size == size)
  }

  @Test("What claims to be large and holds nothing is an error")
  func hollow() {
    let file = HandMadePNG(
      width: UInt32(RGBImage.longestSide), height: UInt32(RGBImage.longestSide), depth: 1,
      colorType: 0, rows: [])
    #expect(throws: PictureError.self) { try PNGCodec.decode(file.bytes) }
  }

  @Test("Files of another kind are errors that say so")
  func strangers() {
    let starts: [[UInt8]] = [
      [], [0], Array("GIF89a".utf8), Array("BM".utf8), Array("RIFF____WEBP".utf8),
      [0xFF, 0xD8], [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
    ]
    for bytes in starts {
      for error in [
        #expect(throws: PictureError.self) { try PNGCodec.decode(bytes) },
        #expect(throws: PictureError.self) { try JPEGCodec.decode(bytes) },
      ] {
        #expect(error.map(Self.isOneLine) == true)
      }
    }
  }
}
