import Frames
import RigDescription
import Testing

@testable import Drivers

@Suite struct CapturePixelsTests {
  private func frame(
    _ format: CaptureFormat, _ width: Int, _ height: Int, stride: Int, _ bytes: [UInt8]
  ) -> Frame? {
    let layout = CaptureLayout(
      format: format, size: PixelSize(width: width, height: height), stride: stride,
      encoding: ColorEncoding(range: .limited, matrix: .bt709))
    return bytes.withUnsafeBytes {
      layout.frame($0, number: 7, capturedAt: MonotonicInstant(nanoseconds: 9))
    }
  }

  @Test func `YUYV with padded rows becomes luma and half-width chroma`() throws {
    let bytes: [UInt8] = [10, 100, 11, 200, 12, 101, 13, 201, 0, 0]
    let frame = try #require(self.frame(.yuyv, 4, 1, stride: 10, bytes))
    #expect(frame.luma.samples == [10, 11, 12, 13])
    #expect(frame.cb.samples == [100, 101])
    #expect(frame.cr.samples == [200, 201])
    #expect(frame.encoding.matrix == .bt709)
    #expect((frame.number, frame.capturedAt.nanoseconds) == (7, 9))
  }

  @Test func `UYVY is the same, chroma first`() throws {
    let frame = try #require(self.frame(.uyvy, 2, 2, stride: 4, [100, 1, 200, 2, 101, 3, 201, 4]))
    #expect(frame.luma.samples == [1, 2, 3, 4])
    #expect(frame.cb.samples == [100, 101])
    #expect(frame.cr.samples == [200, 201])
  }

  @Test func `NV12 becomes luma and quarter chroma`() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 100, 200]
    let frame = try #require(self.frame(.nv12, 2, 2, stride: 2, bytes))
    #expect(frame.luma.samples == [1, 2, 3, 4])
    #expect(frame.cb.samples == [100])
    #expect(frame.cr.samples == [200])
  }

  @Test(arguments: [CaptureFormat.rgb, .bgr])
  func `red stays red`(format: CaptureFormat) throws {
    let red: [UInt8] = format == .rgb ? [255, 0, 0] : [0, 0, 255]
    let frame = try #require(self.frame(format, 2, 2, stride: 6, red + red + red + red))
    let pixel = RGBImage(frame)[0, 0]
    #expect(pixel.red > 250 && pixel.green < 5 && pixel.blue < 5)
  }

  @Test func `a buffer that is too short for its picture is none`() {
    #expect(frame(.yuyv, 4, 2, stride: 8, [UInt8](repeating: 0, count: 15)) == nil)
    #expect(frame(.nv12, 2, 2, stride: 2, [1, 2, 3, 4, 5]) == nil)
  }

  @Test func `a JPEG picture that is cut short is none; padding does no harm`() throws {
    let picture = Frame(
      luma: Plane(width: 32, height: 16, filledWith: 90), cb: Plane(width: 16, height: 8),
      cr: Plane(width: 16, height: 8))
    let bytes = try JPEGCodec.encode(picture)
    #expect(frame(.mjpeg, 32, 16, stride: 0, bytes) != nil)
    #expect(frame(.mjpeg, 32, 16, stride: 0, bytes + [0, 0, 0]) != nil)
    #expect(frame(.mjpeg, 32, 16, stride: 0, bytes.dropLast(20)) == nil)
    #expect(frame(.mjpeg, 32, 16, stride: 0, Array(bytes.dropFirst())) == nil)
  }

  @Test func `modes are read as people write them`() {
    #expect(
      CaptureMode("1920x1080@30")
        == CaptureMode(size: PixelSize(width: 1920, height: 1080), rate: 30))
    #expect(CaptureMode("640x480")?.rate == nil)
    for text in ["1920", "x", "1920x1080@", "1920x1080@0", "-1x5", ""] {
      #expect(CaptureMode(text) == nil, "\(text)")
    }
  }
}
