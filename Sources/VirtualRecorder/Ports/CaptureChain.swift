import CTurboJPEG
import Frames

/// From the recorder's socket to the host's memory: what cable and grabber make of a picture.
///
/// Pixels become planes, are scaled where the grabber delivers another size, suffer one tone error, lie a part of a pixel off the grid, get noise, and
/// are compressed to JPEG (4:2:0) and decompressed, as a USB grabber and its driver do. All
/// buffers are kept from frame to frame.
final class CaptureChain {
  /// The size of the pictures that go in; both sides are even.
  let size: PixelSize
  /// The size of the frames that come out; both sides are even.
  private let outSize: PixelSize
  private let character: CaptureCharacter
  private let seed: UInt64
  private let compressor: tjhandle
  private let decompressor: tjhandle
  private let lumaNoise: CaptureNoise
  private let chromaNoise: CaptureNoise
  private let silence: CaptureNoise
  private var source: PaddedPlanes
  private var scaled: PaddedPlanes
  private var distorted: PaddedPlanes
  private var mixing: [Int16]
  private var compressed: [UInt8]

  /// Creates a chain.
  ///
  /// - Parameters:
  ///   - size: the size of the pictures; both sides must be even.
  ///   - lines: how many lines frames have; nil for as many as the pictures. Even.
  ///   - character: what the chain does to pictures.
  ///   - seed: what the noise is drawn from.
  init(size: PixelSize, lines: Int? = nil, character: CaptureCharacter, seed: UInt64) {
    precondition(size.width % 2 == 0 && size.height % 2 == 0, "video sizes are even")
    guard let compressor = tjInitCompress(), let decompressor = tjInitDecompress() else {
      preconditionFailure("no memory for the JPEG codec")
    }
    self.size = size
    outSize =
      lines.map { PixelSize(width: size.width * $0 / size.height / 2 * 2, height: $0) } ?? size
    self.character = character
    self.seed = seed
    self.compressor = compressor
    self.decompressor = decompressor
    var lots = RandomStream(seed: seed, for: .captureNoise)
    lumaNoise = CaptureNoise(
      deviation: character.noise, longestRow: outSize.width, lots: &lots)
    chromaNoise = CaptureNoise(
      deviation: character.noise / 2, longestRow: outSize.width / 2, lots: &lots)
    silence = CaptureNoise(deviation: 0, longestRow: outSize.width, lots: &lots)
    source = PaddedPlanes(size)
    scaled = PaddedPlanes(outSize)
    distorted = PaddedPlanes(outSize)
    mixing = [Int16](repeating: 0, count: size.width / 2)
    compressed = [UInt8](
      repeating: 0,
      count: Int(tjBufSize(Int32(outSize.width), Int32(outSize.height), Self.subsampling)))
  }

  deinit {
    tjDestroy(compressor)
    tjDestroy(decompressor)
  }

  /// Captures one picture.
  ///
  /// - Parameters:
  ///   - pixels: rows of blue, green, red and one unused byte.
  ///   - stride: bytes from one row to the next.
  ///   - isOwn: whether the picture is made inside the grabber and never saw the cable.
  ///   - number: the frame's number.
  ///   - capturedAt: the frame's capture time.
  /// - Returns: the frame that the host gets.
  func capture(
    _ pixels: UnsafeRawBufferPointer, stride: Int, isOwn: Bool = false, number: Int,
    capturedAt: MonotonicInstant
  ) -> Frame {
    split(pixels, stride: stride)
    if character.tone == .wrongMatrix && !isOwn { mixUpMatrix() }
    if outSize == size {
      distort(&source, isOwn: isOwn, number: number)
    } else {
      source.scale(into: &scaled)
      distort(&scaled, isOwn: isOwn, number: number)
    }
    let count = compress()
    return decompress(count, number: number, capturedAt: capturedAt)
  }

  private static let subsampling = Int32(TJSAMP_420.rawValue)

  private func split(_ pixels: UnsafeRawBufferPointer, stride: Int) {
    var strides = source.strides
    let outcome = source.withPointers { pointers in
      tjEncodeYUVPlanes(
        compressor, pixels.baseAddress?.assumingMemoryBound(to: UInt8.self),
        Int32(size.width), Int32(stride), Int32(size.height), Int32(TJPF_BGRX.rawValue),
        pointers, &strides, Self.subsampling, TJFLAG_FASTDCT)
    }
    precondition(outcome == 0, "a picture of the declared size always splits into planes")
    source.repeatLastColumn()
  }

  private func mixUpMatrix() {
    let (lumaStride, chromaStride) = (source.shapes[0].stride, source.shapes[1].stride)
    mixing.withUnsafeMutableBufferPointer { scratch in
      source.withPointers { pointers in
        guard let luma = pointers[0], let cb = pointers[1], let cr = pointers[2],
          let scratch = scratch.baseAddress
        else { return }
        for row in 0..<(size.height / 2) {
          let upper = luma + 2 * row * lumaStride
          MatrixMixUp.mix(
            cb: cb + row * chromaStride, cr: cr + row * chromaStride, luma: upper,
            lower: upper + lumaStride, scratch: scratch, count: size.width / 2)
        }
      }
    }
    source.repeatLastColumn()
  }

  private func distort(_ planes: inout PaddedPlanes, isOwn: Bool, number: Int) {
    let (luma, chroma) = isOwn ? (PlaneDistortion(), PlaneDistortion()) : distortions
    let shapes = planes.shapes
    planes.withPointers { from in
      distorted.withPointers { into in
        for plane in 0..<3 {
          guard let from = from[plane], let into = into[plane] else { continue }
          let noise = isOwn ? silence : plane == 0 ? lumaNoise : chromaNoise
          let distortion = plane == 0 ? luma : chroma
          let shape = shapes[plane]
          let base = (seed &+ UInt64(number) &* 3 &+ UInt64(plane)) << 12
          for row in 0..<shape.height {
            let top = UnsafePointer(from + row * shape.stride)
            let bottom = UnsafePointer(from + min(row + 1, shape.height - 1) * shape.stride)
            noise.withRow(base &+ UInt64(row)) { noise in
              distortion.row(
                top: top, bottom: bottom, noise: noise, into: into + row * shape.stride,
                count: shape.width)
            }
          }
        }
      }
    }
  }

  /// What happens to luma and to chroma. Chroma is moved half as many of its larger samples.
  private var distortions: (luma: PlaneDistortion, chroma: PlaneDistortion) {
    var (luma, chroma) = (PlaneDistortion(), PlaneDistortion())
    luma.setShift(x: 2 * character.shiftX, y: 2 * character.shiftY)
    chroma.setShift(x: character.shiftX, y: character.shiftY)
    switch character.tone {
    case .none, .wrongMatrix: break
    case .stretched:
      (luma.gain, luma.offset) = (75, -19)
      (chroma.gain, chroma.offset) = (73, -18)
    case .squeezed:
      (luma.gain, luma.offset) = (55, 16)
      (chroma.gain, chroma.offset) = (56, 16)
    case .brightness(let steps): luma.offset = Int16(steps)
    }
    return (luma, chroma)
  }

  private func compress() -> Int {
    var count = UInt(compressed.count)
    var strides = distorted.strides
    let outcome = compressed.withUnsafeMutableBufferPointer { buffer in
      var target = buffer.baseAddress
      return distorted.withPointers { pointers in
        var planes: [UnsafePointer<UInt8>?] = (0..<3).map { UnsafePointer(pointers[$0]) }
        return tjCompressFromYUVPlanes(
          compressor, &planes, Int32(outSize.width), &strides, Int32(outSize.height),
          Self.subsampling, &target, &count, Int32(character.quality),
          TJFLAG_NOREALLOC | TJFLAG_FASTDCT)
      }
    }
    precondition(outcome == 0, "planes of the declared size always compress")
    return Int(count)
  }

  private func decompress(_ count: Int, number: Int, capturedAt: MonotonicInstant) -> Frame {
    let chroma = PixelSize(width: outSize.width / 2, height: outSize.height / 2)
    var (cb, cr): ([UInt8], [UInt8]) = ([], [])
    var outcome = Int32(-1)
    // The planes are filled where they are to stay.
    let luma = [UInt8](unsafeUninitializedCapacity: outSize.area) { first, lumaCount in
      cb = [UInt8](unsafeUninitializedCapacity: chroma.area) { second, cbCount in
        cr = [UInt8](unsafeUninitializedCapacity: chroma.area) { third, crCount in
          var planes = [first.baseAddress, second.baseAddress, third.baseAddress]
          outcome = tjDecompressToYUVPlanes(
            decompressor, compressed, UInt(count), &planes, Int32(outSize.width), nil,
            Int32(outSize.height), TJFLAG_FASTDCT)
          crCount = chroma.area
        }
        cbCount = chroma.area
      }
      lumaCount = outSize.area
    }
    precondition(outcome == 0, "what was just compressed decompresses")
    return Frame(
      luma: Plane(width: outSize.width, height: outSize.height, samples: luma),
      cb: Plane(width: chroma.width, height: chroma.height, samples: cb),
      cr: Plane(width: chroma.width, height: chroma.height, samples: cr),
      number: number, capturedAt: capturedAt)
  }
}
