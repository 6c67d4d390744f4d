import Frames
import SeededRandom
import Testing

@Suite("JPEG pictures")
struct JPEGCodecTests {
  /// A picture of soft gradients, as JPEG likes them.
  static func gradients(_ size: PixelSize) -> RGBImage {
    var image = RGBImage(size: size, filledWith: RGBColor(red: 0, green: 0, blue: 0))
    for y in 0..<size.height {
      for x in 0..<size.width {
        image[x, y] = RGBColor(
          red: UInt8(40 + x), green: UInt8(200 - y),
          blue: UInt8(60 + (x + y) / 3))
      }
    }
    return image
  }

  @Test(
    "A soft picture survives compression at every size and sampling",
    arguments: [(1, 1), (2, 1), (17, 9), (64, 48), (65, 33), (160, 120)])
  func roundTrip(width: Int, height: Int) throws {
    let image = Self.gradients(PixelSize(width: width, height: height))
    for chroma in ChromaSampling.allCases {
      let frame = try JPEGCodec.decode(JPEGCodec.encode(image, quality: 95, chroma: chroma))
      #expect(frame.size == image.size)
      #expect(frame.encoding == .jpeg)
      let errors = zip(RGBImage(frame).pixels, image.pixels).map { abs(Int($0) - Int($1)) }
      #expect(errors.reduce(0, +) <= 3 * errors.count)
    }
  }

  @Test("Planes are stored as they are, without a detour over red, green and blue")
  func planesKept() throws {
    let luma = Plane(width: 32, height: 16, samples: (0..<512).map { UInt8($0 % 32 * 4 + 60) })
    let frame = Frame(
      luma: luma, cb: Plane(width: 16, height: 8, filledWith: 255),
      cr: Plane(width: 16, height: 8, filledWith: 0), number: 4)
    let back = try JPEGCodec.decode(
      JPEGCodec.encode(frame, quality: 100), number: 9,
      capturedAt: MonotonicInstant(nanoseconds: 5))
    // These chroma values stand for no colour that red, green and blue could carry.
    #expect(back.cb.samples.allSatisfy { $0 >= 254 })
    #expect(back.cr.samples.allSatisfy { $0 <= 1 })
    #expect(back.number == 9)
    #expect(back.capturedAt == MonotonicInstant(nanoseconds: 5))
  }

  @Test(
    "A picture with an odd side is compressed as if its last column and row went on",
    arguments: [(17, 9), (16, 9), (17, 8), (1, 1), (33, 31)])
  func padding(width: Int, height: Int) throws {
    var dice = SplitMix64(state: UInt64(width))
    let (columns, rows) = ((width + 1) / 2, (height + 1) / 2)
    func plane(_ width: Int, _ height: Int) -> Plane {
      let levels = (0..<(width * height)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      return Plane(width: width, height: height, samples: levels)
    }
    let (luma, cb, cr) = (plane(width, height), plane(columns, rows), plane(columns, rows))
    var whole = Plane(width: 2 * columns, height: 2 * rows)
    for y in 0..<whole.height {
      for x in 0..<whole.width { whole[x, y] = luma[min(x, width - 1), min(y, height - 1)] }
    }
    let odd = try JPEGCodec.decode(JPEGCodec.encode(Frame(luma: luma, cb: cb, cr: cr)))
    let even = try JPEGCodec.decode(JPEGCodec.encode(Frame(luma: whole, cb: cb, cr: cr)))
    #expect(odd.luma == even.luma.cropped(to: odd.bounds))
    #expect(odd.cb == even.cb)
    #expect(odd.cr == even.cr)
  }

  @Test("A frame in video range is brought to the range of JPEG")
  func videoRange() throws {
    let frame = Frame(
      image: RGBImage(
        size: PixelSize(width: 16, height: 16),
        filledWith: RGBColor(red: 255, green: 255, blue: 255)),
      encoding: ColorEncoding(range: .limited, matrix: .bt709))
    let back = try JPEGCodec.decode(JPEGCodec.encode(frame, quality: 95))
    #expect(back.luma.samples.allSatisfy { $0 >= 253 })
  }

  @Test("A picture cut short is an error that names it")
  func truncated() throws {
    let whole = try JPEGCodec.encode(Self.gradients(PixelSize(width: 80, height: 60)))
    for length in stride(from: 0, to: whole.count - 2, by: 37) {
      let error = #expect(throws: PictureError.self) {
        try JPEGCodec.decode(Array(whole[..<length]), named: "frame 12")
      }
      #expect(error?.file == "frame 12")
    }
  }

  @Test("Damaged bytes give a frame or an error, never a crash", arguments: 0..<100)
  func damaged(seed: Int) throws {
    var dice = SplitMix64(state: UInt64(seed))
    var bytes = try JPEGCodec.encode(Self.gradients(PixelSize(width: 40, height: 30)))
    for _ in 0..<Int.random(in: 1...8, using: &dice) {
      bytes[Int.random(in: 2..<bytes.count, using: &dice)] = UInt8.random(
        in: 0...255, using: &dice)
    }
    do {
      let frame = try JPEGCodec.decode(bytes)
      #expect(frame.luma.samples.count == frame.size.area)
    } catch { #expect(!error.reason.isEmpty) }
  }
}
