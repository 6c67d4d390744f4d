import CTurboJPEG
import Frames
import Glibc

/// Keeps a picture as luma and interleaved chroma (NV12, BT.601, limited range), and converts of each
/// new one only the rows that have changed: most pictures of a recorder are the one before with
/// the pointer elsewhere.
final class PicturePacker {
  /// The size of the pictures; both sides are even.
  let size: PixelSize
  /// Luma, then pairs of blue and red difference; rows without gaps.
  private(set) var packed: [UInt8]
  private var previous: [UInt8]
  private var planes: PaddedPlanes
  private let converter: tjhandle
  /// From full to limited range: luma in 16…235, chroma in 16…240.
  private let lumaLevels = PicturePacker.levels(span: 219)
  private let chromaLevels = PicturePacker.levels(span: 224)

  /// Creates a packer that has seen no picture.
  init(size: PixelSize) {
    guard let converter = tjInitCompress() else {
      preconditionFailure("no memory for the colour converter")
    }
    self.size = size
    self.converter = converter
    packed = [UInt8](repeating: 0, count: size.area * 3 / 2)
    previous = []
    planes = PaddedPlanes(size)
  }

  deinit { tjDestroy(converter) }

  /// Takes a picture; returns whether it differs from the one before.
  func take(_ canvas: RGBCanvas) -> Bool {
    let stride = canvas.stride
    return canvas.withPixels { pixels in
      let runs = changedRuns(pixels, stride: stride)
      for run in runs { convert(run, of: pixels, stride: stride) }
      return !runs.isEmpty
    }
  }

  /// The rows that have changed, in whole pairs; remembers the picture.
  private func changedRuns(
    _ pixels: UnsafeMutableRawBufferPointer, stride: Int
  ) -> [Range<Int>] {
    guard previous.count == pixels.count else {
      previous = [UInt8](pixels)
      return [0..<size.height]
    }
    var runs: [Range<Int>] = []
    previous.withUnsafeMutableBytes { old in
      guard let old = old.baseAddress, let new = pixels.baseAddress else { return }
      for top in Swift.stride(from: 0, to: size.height, by: 2) {
        let offset = top * stride
        guard memcmp(old + offset, new + offset, 2 * stride) != 0 else { continue }
        memcpy(old + offset, new + offset, 2 * stride)
        if let last = runs.last, last.upperBound == top {
          runs[runs.count - 1] = last.lowerBound..<(top + 2)
        } else {
          runs.append(top..<(top + 2))
        }
      }
    }
    return runs
  }

  private func convert(
    _ rows: Range<Int>, of pixels: UnsafeMutableRawBufferPointer, stride: Int
  ) {
    var strides = planes.strides
    let (luma, chroma) = (planes.shapes[0], planes.shapes[1])
    let outcome = planes.withPointers { pointers in
      tjEncodeYUVPlanes(
        converter,
        pixels.baseAddress?.advanced(by: rows.lowerBound * stride)
          .assumingMemoryBound(to: UInt8.self), Int32(size.width), Int32(stride),
        Int32(rows.count), Int32(TJPF_BGRX.rawValue), pointers, &strides,
        Int32(TJSAMP_420.rawValue), TJFLAG_FASTDCT)
    }
    precondition(outcome == 0, "a picture of the declared size always splits into planes")
    packed.withUnsafeMutableBufferPointer { packed in
      planes.withPointers { pointers in
        guard let from = pointers[0], let cb = pointers[1], let cr = pointers[2],
          let into = packed.baseAddress
        else { return }
        for row in 0..<rows.count {
          let target = into + (rows.lowerBound + row) * luma.width
          Self.map(from + row * luma.stride, by: lumaLevels, into: target, count: luma.width)
        }
        let pairs = into + luma.width * luma.height
        for row in 0..<(rows.count / 2) {
          Self.interleave(
            cb + row * chroma.stride, cr + row * chroma.stride, by: chromaLevels,
            into: pairs + (rows.lowerBound / 2 + row) * luma.width, count: chroma.width)
        }
      }
    }
  }

  private static func levels(span: Int) -> [UInt8] {
    (0...255).map { (level: Int) -> UInt8 in UInt8(16 + (level * span + 127) / 255) }
  }

  @inline(__always)
  private static func interleave(
    _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, by levels: [UInt8],
    into pairs: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    levels.withUnsafeBufferPointer { levels in
      for column in 0..<count {
        pairs[2 * column] = levels[Int(first[column])]
        pairs[2 * column + 1] = levels[Int(second[column])]
      }
    }
  }

  @inline(__always)
  private static func map(
    _ samples: UnsafePointer<UInt8>, by levels: [UInt8], into mapped: UnsafeMutablePointer<UInt8>,
    count: Int
  ) {
    levels.withUnsafeBufferPointer { levels in
      for column in 0..<count { mapped[column] = levels[Int(samples[column])] }
    }
  }
}
