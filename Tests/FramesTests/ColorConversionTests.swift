import Frames
import SeededRandom
import Testing

@Suite("Colours between planes and pictures")
struct ColorConversionTests {
  static let encodings = [
    ColorEncoding(range: .full, matrix: .bt601), ColorEncoding(range: .full, matrix: .bt709),
    ColorEncoding(range: .limited, matrix: .bt601),
    ColorEncoding(range: .limited, matrix: .bt709),
  ]

  @Test("Known colours have the values of the standards")
  func knownValues() {
    func planes(_ color: RGBColor, _ encoding: ColorEncoding) -> [UInt8] {
      let frame = Frame(
        image: RGBImage(size: PixelSize(width: 1, height: 1), filledWith: color),
        encoding: encoding)
      return [frame.luma[0, 0], frame.cb[0, 0], frame.cr[0, 0]]
    }
    let red = RGBColor(red: 255, green: 0, blue: 0)
    #expect(planes(red, .jpeg) == [76, 85, 255])
    #expect(planes(red, Self.encodings[3]) == [63, 102, 240])
    let blue = RGBColor(red: 0, green: 0, blue: 255)
    #expect(planes(blue, Self.encodings[2]) == [41, 240, 110])
    for encoding in Self.encodings {
      let (black, white): (UInt8, UInt8) = encoding.range == .full ? (0, 255) : (16, 235)
      #expect(planes(RGBColor(red: 0, green: 0, blue: 0), encoding) == [black, 128, 128])
      #expect(planes(RGBColor(red: 255, green: 255, blue: 255), encoding) == [white, 128, 128])
    }
  }

  @Test("Full chroma comes back within rounding", arguments: encodings)
  func fullChroma(encoding: ColorEncoding) {
    var dice = SplitMix64(state: 11)
    let size = PixelSize(width: 97, height: 31)
    var bytes = (0..<(4 * size.area)).map { _ in UInt8.random(in: 0...255, using: &dice) }
    for pixel in 0..<size.area { bytes[4 * pixel + 3] = 255 }
    let back = RGBImage(Frame(image: RGBImage(size: size, pixels: bytes), encoding: encoding))
    let worst = zip(bytes, back.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
    #expect(worst <= 3)
    #expect(worst > 0)
  }

  @Test("One colour survives every chroma sampling, at odd sizes too", arguments: 0..<30)
  func oneColor(seed: Int) {
    var dice = SplitMix64(state: UInt64(seed))
    let size = PixelSize(
      width: Int.random(in: 1...40, using: &dice), height: Int.random(in: 1...40, using: &dice))
    let color = RGBColor(
      red: UInt8.random(in: 0...255, using: &dice), green: UInt8.random(in: 0...255, using: &dice),
      blue: UInt8.random(in: 0...255, using: &dice))
    let image = RGBImage(size: size, filledWith: color)
    for encoding in Self.encodings {
      let full = RGBImage(Frame(image: image, encoding: encoding))
      for chroma in ChromaSampling.allCases {
        let frame = Frame(image: image, encoding: encoding, chroma: chroma)
        #expect(RGBImage(frame) == full)
        #expect(frame.size == size)
      }
    }
  }

  @Test("A chroma ramp at quarter sampling comes back as a ramp, not as steps")
  func upsampling() {
    let cb = Plane(width: 8, height: 1, samples: (0..<8).map { UInt8(100 + 8 * $0) })
    let frame = Frame(
      luma: Plane(width: 16, height: 2, filledWith: 128), cb: cb,
      cr: Plane(width: 8, height: 1, filledWith: 128))
    let picture = RGBImage(frame)
    let blues = (1..<15).map { Int(picture[$0, 0].blue) }
    for (left, right) in zip(blues, blues.dropFirst()) { #expect((6...8).contains(right - left)) }
  }
}
