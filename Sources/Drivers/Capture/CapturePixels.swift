import CLinux
import Frames
import RigDescription

extension CaptureFormat {
  /// The kernel's numbers for it (`Documentation/userspace-api/media/v4l/pixfmt.rst`).
  var codes: [UInt32] {
    switch self {
    case .nv12: [gantry_PIX_FMT_NV12]
    case .yuyv: [gantry_PIX_FMT_YUYV]
    case .uyvy: [gantry_PIX_FMT_UYVY]
    case .rgb: [gantry_PIX_FMT_RGB24]
    case .bgr: [gantry_PIX_FMT_BGR24]
    case .mjpeg: [gantry_PIX_FMT_MJPEG, gantry_PIX_FMT_JPEG]
    }
  }

  init?(code: UInt32) {
    guard let format = Self.allCases.first(where: { $0.codes.contains(code) }) else { return nil }
    self = format
  }
}

/// How the pixels of a stream lie in its buffers.
struct CaptureLayout: Hashable, Sendable {
  var format: CaptureFormat
  var size: PixelSize
  /// Bytes from the start of a row to the start of the next; for JPEG without meaning.
  var stride: Int
  var encoding: ColorEncoding

  /// The bytes that a whole picture takes; JPEG pictures vary.
  var bytes: Int {
    switch format {
    case .nv12: stride * (size.height + (size.height + 1) / 2)
    case .mjpeg: 4
    default: stride * size.height
    }
  }

  /// Makes a frame from the bytes of a buffer.
  ///
  /// - Returns: nil where the bytes are no whole picture.
  func frame(
    _ bytes: UnsafeRawBufferPointer, number: Int, capturedAt: MonotonicInstant
  ) -> Frame? {
    guard bytes.count >= self.bytes else { return nil }
    switch format {
    case .mjpeg:
      guard let whole = Self.wholeJPEG(bytes) else { return nil }
      return try? JPEGCodec.decode(whole, number: number, capturedAt: capturedAt)
    case .nv12:
      let luma = plane(bytes, from: 0, width: size.width, height: size.height, step: 1)
      let (width, height) = ((size.width + 1) / 2, (size.height + 1) / 2)
      let start = stride * size.height
      return Frame(
        luma: luma, cb: plane(bytes, from: start, width: width, height: height, step: 2),
        cr: plane(bytes, from: start + 1, width: width, height: height, step: 2),
        encoding: encoding, number: number, capturedAt: capturedAt)
    case .yuyv, .uyvy:
      let (luma, chroma) = format == .yuyv ? (0, 1) : (1, 0)
      let width = (size.width + 1) / 2
      return Frame(
        luma: plane(bytes, from: luma, width: size.width, height: size.height, step: 2),
        cb: plane(bytes, from: chroma, width: width, height: size.height, step: 4),
        cr: plane(bytes, from: chroma + 2, width: width, height: size.height, step: 4),
        encoding: encoding, number: number, capturedAt: capturedAt)
    case .rgb, .bgr:
      return Frame(
        image: image(bytes), encoding: .jpeg, chroma: .quarter, number: number,
        capturedAt: capturedAt)
    }
  }

  /// Every `step`th byte of each row, from a byte on.
  private func plane(
    _ bytes: UnsafeRawBufferPointer, from start: Int, width: Int, height: Int, step: Int
  ) -> Plane {
    let samples = [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
      for y in 0..<height {
        let row = start &+ y &* stride
        if step == 1 {
          let rest = UnsafeMutableRawBufferPointer(target)[(y * width)...]
          UnsafeMutableRawBufferPointer(rebasing: rest)
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[row..<(row + width)]))
        } else {
          for x in 0..<width { target[y &* width &+ x] = bytes[row &+ x &* step] }
        }
      }
      count = width * height
    }
    return Plane(width: width, height: height, samples: samples)
  }

  private func image(_ bytes: UnsafeRawBufferPointer) -> RGBImage {
    let (red, blue) = format == .rgb ? (0, 2) : (2, 0)
    let pixels = [UInt8](unsafeUninitializedCapacity: size.area * 4) { target, count in
      for y in 0..<size.height {
        for x in 0..<size.width {
          let (from, to) = (y &* stride &+ 3 &* x, 4 &* (y &* size.width &+ x))
          target[to] = bytes[from &+ red]
          target[to &+ 1] = bytes[from &+ 1]
          target[to &+ 2] = bytes[from &+ blue]
          target[to &+ 3] = 255
        }
      }
      count = size.area * 4
    }
    return RGBImage(size: size, pixels: pixels)
  }

  /// The bytes of a JPEG picture that begins and ends as one; grabbers pad with zeros.
  static func wholeJPEG(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
    var end = bytes.count
    while end > 2, bytes[end - 1] == 0 { end -= 1 }
    guard bytes[end - 2] == 0xFF, bytes[end - 1] == 0xD9 else { return nil }
    return Array(bytes[..<end])
  }
}
