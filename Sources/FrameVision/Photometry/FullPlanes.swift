import CPixels
import Frames

/// A picture in JPEG's encoding (full range, BT.601) with chroma at the size of luma.
struct FullPlanes: Sendable {
  let luma: Plane
  let cb: Plane
  let cr: Plane

  /// The plane of a channel.
  subscript(channel: TemplateChannel) -> Plane {
    switch channel {
    case .luma: luma
    case .blue: cb
    case .red: cr
    }
  }

  /// Takes planes that are in this form.
  init(luma: Plane, cb: Plane, cr: Plane) {
    self.luma = luma
    self.cb = cb
    self.cr = cr
  }

  /// Brings a part of a frame into this form.
  init(_ frame: Frame, cropping rect: PixelRect) {
    let frame = frame.inJPEGEncoding()
    luma = rect == frame.bounds ? frame.luma : frame.luma.cropped(to: rect)
    cb = FullPlanes.chroma(frame.cb, of: frame, rect)
    cr = FullPlanes.chroma(frame.cr, of: frame, rect)
  }

  /// A part of a chroma plane at the size of luma.
  static func chroma(_ plane: Plane, of frame: Frame, _ rect: PixelRect) -> Plane {
    let (stepX, stepY) = (frame.chromaStepX, frame.chromaStepY)
    if stepX == 1 && stepY == 1 { return plane.cropped(to: rect) }
    var samples = [UInt8]()
    samples.reserveCapacity(rect.size.area)
    for y in rect.y..<rect.maxY {
      let row = (y / stepY) * plane.width
      for x in rect.x..<rect.maxX { samples.append(plane.samples[row + x / stepX]) }
    }
    return Plane(width: rect.width, height: rect.height, samples: samples)
  }
}

extension Frame {
  /// The same picture with its numbers in JPEG's encoding; the frame itself if they are already.
  func inJPEGEncoding() -> Frame {
    if encoding == .jpeg { return self }
    var table = [UInt8](repeating: 0, count: 256)
    var chromaTable = table
    for value in 0..<256 {
      let (y, c) = (Double(value) - 16, Double(value) - 128)
      let full = encoding.range == .full
      table[value] = full ? UInt8(value) : UInt8(clamping: Int((y * 255 / 219).rounded()))
      chromaTable[value] =
        full ? UInt8(value) : UInt8(clamping: Int((128 + c * 255 / 224).rounded()))
    }
    var y = Plane(
      width: luma.width, height: luma.height, samples: luma.samples.map { table[Int($0)] })
    var b = Plane(
      width: cb.width, height: cb.height, samples: cb.samples.map { chromaTable[Int($0)] })
    var r = Plane(
      width: cr.width, height: cr.height, samples: cr.samples.map { chromaTable[Int($0)] })
    if encoding.matrix == .bt709 { Frame.convert709To601(&y, &b, &r) }
    return Frame(
      luma: y, cb: b, cr: r, encoding: .jpeg, number: number, capturedAt: capturedAt)
  }

  /// Rewrites BT.709 planes as BT.601 ones (ITU-R BT.601-7 and BT.709-6, section 3).
  private static func convert709To601(_ y: inout Plane, _ b: inout Plane, _ r: inout Plane) {
    let stepX = b.width == y.width ? 1 : 2
    let stepY = b.height == y.height ? 1 : 2
    for row in 0..<y.height {
      for column in 0..<y.width {
        let at = (row / stepY) * b.width + column / stepX
        let (cb, cr) = (Int(b.samples[at]) - 128, Int(r.samples[at]) - 128)
        let level = Int(y.samples[row * y.width + column]) + (104 * cb + 201 * cr + 512) >> 10
        y.samples[row * y.width + column] = UInt8(clamping: level)
      }
    }
    for at in b.samples.indices {
      let (cb, cr) = (Int(b.samples[at]) - 128, Int(r.samples[at]) - 128)
      b.samples[at] = UInt8(clamping: 128 + (1014 * cb - 113 * cr + 512) >> 10)
      r.samples[at] = UInt8(clamping: 128 + (1007 * cr - 74 * cb + 512) >> 10)
    }
  }
}

extension Plane {
  /// Lends the plane to C.
  func withPixels<Result>(_ use: (PixelsPlane) -> Result) -> Result {
    samples.withUnsafeBufferPointer {
      use(PixelsPlane(samples: $0.baseAddress, width: Int32(width), height: Int32(height)))
    }
  }

  /// The standard deviation of the samples where a mask (255 counts) lets them count.
  func spread(where mask: Plane?) -> Double {
    var (count, sum, squares) = (0, 0, 0)
    for at in samples.indices where mask.map({ $0.samples[at] == 255 }) ?? true {
      let value = Int(samples[at])
      count += 1
      sum += value
      squares += value * value
    }
    if count == 0 { return 0 }
    let mean = Double(sum) / Double(count)
    return max(0, Double(squares) / Double(count) - mean * mean).squareRoot()
  }

  /// The levels of a part of the plane as floating point.
  func levels(in part: PixelRect) -> [Float] {
    .made(part.size.area) { levels in
      samples.withUnsafeBufferPointer { samples in
        guard let samples = samples.baseAddress else { return }
        pixels_widen(
          samples + (part.y * width + part.x), width, Int32(part.width), Int32(part.height), levels)
      }
    }
  }
}
