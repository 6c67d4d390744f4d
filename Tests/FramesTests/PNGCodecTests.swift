import Foundation
import Frames
import SeededRandom
import Testing

@Suite("PNG files")
struct PNGCodecTests {
  @Test("A picture comes back as it was written", arguments: 0..<40)
  func roundTrip(seed: Int) throws {
    var dice = SplitMix64(state: UInt64(seed))
    let size = PixelSize(
      width: Int.random(in: 1...70, using: &dice), height: Int.random(in: 1...50, using: &dice))
    var bytes = (0..<(4 * size.area)).map { _ in UInt8.random(in: 0...255, using: &dice) }
    if seed.isMultiple(of: 2) { for pixel in 0..<size.area { bytes[4 * pixel + 3] = 255 } }
    let picture = RGBImage(size: size, pixels: bytes)
    for effort in [PNGCodec.Effort.fast, .small] {
      #expect(try PNGCodec.decode(PNGCodec.encode(picture, effort: effort)) == picture)
    }
  }

  @Test("Files keep a picture, and say their name when they can't")
  func files() throws {
    let path = FileManager.default.temporaryDirectory.path + "/frames-\(UUID().uuidString).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let picture = RGBImage(
      size: PixelSize(width: 3, height: 2),
      filledWith: RGBColor(red: 9, green: 8, blue: 7, alpha: 100))
    try PNGCodec.write(picture, to: path)
    #expect(try PNGCodec.read(path) == picture)

    let missing = "/nowhere/at/all.png"
    #expect(
      throws: PictureError(
        file: missing, reason: "can't be opened: No such file or directory")
    ) { try PNGCodec.read(missing) }
    #expect(
      throws: PictureError(
        file: missing, reason: "can't be created: No such file or directory")
    ) { try PNGCodec.write(picture, to: missing) }
  }

  @Test("A palette becomes the colours that it stands for")
  func palette() throws {
    let file = HandMadePNG(
      width: 3, height: 1, depth: 2, colorType: 3,
      chunks: [("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255]), ("tRNS", [255, 128])],
      rows: [[0b00_01_10_00]])
    let picture = try PNGCodec.decode(file.bytes)
    #expect(picture[0, 0] == RGBColor(red: 255, green: 0, blue: 0))
    #expect(picture[1, 0] == RGBColor(red: 0, green: 255, blue: 0, alpha: 128))
    #expect(picture[2, 0] == RGBColor(red: 0, green: 0, blue: 255))
  }

  @Test("Sixteen bits and grey are brought to eight bits of red, green and blue")
  func depths() throws {
    let deep = HandMadePNG(
      width: 1, height: 1, depth: 16, colorType: 2,
      chunks: [], rows: [[255, 255, 128, 128, 0, 0]])
    let color = try PNGCodec.decode(deep.bytes)[0, 0]
    #expect(color == RGBColor(red: 255, green: 128, blue: 0))

    let grey = HandMadePNG(
      width: 8, height: 1, depth: 1, colorType: 0, chunks: [], rows: [[0b1000_0000]])
    let picture = try PNGCodec.decode(grey.bytes)
    #expect(picture[0, 0] == RGBColor(red: 255, green: 255, blue: 255))
    #expect(picture[7, 0] == RGBColor(red: 0, green: 0, blue: 0))
  }

  @Test("A file that claims an absurd size is refused before it costs memory")
  func absurdSize() {
    let file = HandMadePNG(
      width: 900_000, height: 900_000, depth: 8, colorType: 2, chunks: [], rows: [])
    #expect(
      throws: PictureError(
        file: "logo.png", reason: "the picture is too large (900000x900000); at most 8192x8192")
    ) { try PNGCodec.decode(file.bytes, named: "logo.png") }
  }

  @Test("Every way of cutting a file short is an error in one line")
  func truncated() throws {
    var dice = SplitMix64(state: 7)
    let size = PixelSize(width: 20, height: 20)
    let noise = (0..<(4 * size.area)).map { _ in UInt8.random(in: 0...255, using: &dice) }
    let whole = try PNGCodec.encode(RGBImage(size: size, pixels: noise))
    // The last twelve bytes say only that nothing follows.
    for length in stride(from: 0, to: whole.count - 12, by: 7) {
      let error = #expect(throws: PictureError.self) {
        try PNGCodec.decode(Array(whole[..<length]), named: "cut.png")
      }
      #expect(error?.description.hasPrefix("cut.png: ") == true)
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test("Damaged bytes give a picture or an error, never a crash", arguments: 0..<200)
  func damaged(seed: Int) throws {
    var dice = SplitMix64(state: UInt64(seed))
    let picture = RGBImage(
      size: PixelSize(width: 16, height: 9), filledWith: RGBColor(red: 1, green: 2, blue: 3))
    var bytes = try PNGCodec.encode(picture)
    for _ in 0..<Int.random(in: 1...6, using: &dice) {
      bytes[Int.random(in: 8..<bytes.count, using: &dice)] = UInt8.random(
        in: 0...255, using: &dice)
    }
    do {
      let decoded = try PNGCodec.decode(bytes)
      #expect(decoded.pixels.count == 4 * decoded.size.area)
    } catch { #expect(!error.reason.isEmpty) }
  }

  @Test("A picture without pixels can't be written")
  func empty() {
    let picture = RGBImage(size: PixelSize(width: 0, height: 4), pixels: [])
    #expect(throws: PictureError.self) { try PNGCodec.encode(picture) }
  }
}
