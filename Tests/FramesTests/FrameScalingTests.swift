import Frames
import Testing

@Suite("Pictures at a smaller size")
struct FrameScalingTests {
  private static func plane(_ width: Int, _ height: Int, _ level: (Int, Int) -> Int) -> Plane {
    Plane(
      width: width, height: height,
      samples: (0..<(width * height)).map { UInt8(level($0 % width, $0 / width)) })
  }

  @Test("what is flat stays flat, to the edge", arguments: [0, 16, 128, 235, 255])
  func flat(level: Int) {
    let small = Self.plane(48, 27) { _, _ in level }.reduced(to: PixelSize(width: 32, height: 18))
    #expect(small.samples == [UInt8](repeating: UInt8(level), count: 32 * 18))
  }

  @Test("each sample is the mean over its area")
  func mean() {
    // Three by three become two by two: each takes a whole sample, and half of those in the middle.
    let small = Self.plane(3, 3) { x, y in 60 * x + 15 * y }.reduced(
      to: PixelSize(width: 2, height: 2))
    #expect(small.samples == [25, 105, 45, 125])
  }

  @Test("no light is lost or made, whatever the sizes", arguments: 1...20)
  func light(seed: Int) {
    let (width, height) = (40 + seed * 3, 30 + seed)
    let large = Self.plane(width, height) { ($0 * 37 + $1 * 91 + $0 * $1 * seed) % 256 }
    let size = PixelSize(width: width - seed, height: height - seed / 2)
    let small = large.reduced(to: size)
    func mean(_ plane: Plane) -> Double {
      Double(plane.samples.reduce(0) { $0 + Int($1) }) / Double(plane.samples.count)
    }
    #expect(abs(mean(small) - mean(large)) < 0.3)
  }

  @Test("chroma keeps its share of the samples, the frame its number and time")
  func frame() {
    let chroma = Self.plane(24, 14) { x, _ in 10 * x }
    let frame = Frame(
      luma: Self.plane(48, 27) { x, y in x + y }, cb: chroma, cr: chroma, number: 7,
      capturedAt: MonotonicInstant(nanoseconds: 5))
    let small = frame.reduced(to: PixelSize(width: 32, height: 18))
    #expect(small.size == PixelSize(width: 32, height: 18))
    #expect(small.cb.size == PixelSize(width: 16, height: 9))
    #expect(small.number == 7 && small.capturedAt == frame.capturedAt)
  }

  @Test("a frame of another size holds what was captured, under the same number and time")
  func captured() {
    let chroma = Self.plane(24, 14) { x, _ in 10 * x }
    let frame = Frame(luma: Self.plane(48, 27) { x, y in x + y }, cb: chroma, cr: chroma)
    #expect(frame.asCaptured.luma == frame.luma)
    let small = frame.reduced(to: PixelSize(width: 32, height: 18))
    #expect(small.asCaptured.luma == frame.luma)
    let later = small.stamped(number: 8, at: MonotonicInstant(nanoseconds: 9))
    #expect(later.size == small.size && later.asCaptured.size == frame.size)
    #expect(later.asCaptured.number == 8 && later.asCaptured.capturedAt == later.capturedAt)
  }
}
