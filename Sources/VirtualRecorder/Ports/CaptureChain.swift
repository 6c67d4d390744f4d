import CTurboJPEG
import Frames

/// From the recorder's socket to the host's memory: what cable and grabber make of a picture.
///
/// Pixels become planes (4:2:0), are scaled where the grabber delivers another size, suffer one tone
/// error, lie a part of a pixel off the grid, get noise, and lose what JPEG loses, as in a USB
/// grabber and its driver. All buffers are kept from frame to frame.
final class CaptureChain {
  /// The size of the pictures that go in; both sides are even.
  let size: PixelSize
  /// The size of the frames that come out; both sides are even.
  private let outSize: PixelSize
  private let character: CaptureCharacter
  private let seed: UInt64
  private let splitter: tjhandle
  private let loss: JPEGLoss
  private let lumaNoise: CaptureNoise
  private let chromaNoise: CaptureNoise
  private let silence: CaptureNoise
  private var source: PaddedPlanes
  private var scaled: PaddedPlanes
  private var distorted: PaddedPlanes
  private var mixing: [Int16]

  /// Creates a chain.
  ///
  /// - Parameters:
  ///   - size: the size of the pictures; both sides must be even.
  ///   - lines: how many lines frames have; nil for as many as the pictures. Even.
  ///   - character: what the chain does to pictures.
  ///   - seed: what the noise is drawn from.
  init(size: PixelSize, lines: Int? = nil, character: CaptureCharacter, seed: UInt64) {
    precondition(size.width % 2 == 0 && size.height % 2 == 0, "video sizes are even")
    guard let splitter = tjInitCompress() else {
      preconditionFailure("no memory to split colours into planes")
    }
    self.size = size
    outSize =
      lines.map { PixelSize(width: size.width * $0 / size.height / 2 * 2, height: $0) } ?? size
    self.character = character
    self.seed = seed
    self.splitter = splitter
    loss = JPEGLoss(quality: character.quality)
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
  }

  deinit { tjDestroy(splitter) }

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
    return compressed(number: number, capturedAt: capturedAt)
  }

  private func split(_ pixels: UnsafeRawBufferPointer, stride: Int) {
    var strides = source.strides
    let outcome = source.withPointers { pointers in
      tjEncodeYUVPlanes(
        splitter, pixels.baseAddress?.assumingMemoryBound(to: UInt8.self),
        Int32(size.width), Int32(stride), Int32(size.height), Int32(TJPF_BGRX.rawValue),
        pointers, &strides, Int32(TJSAMP_420.rawValue), 0)
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

  private func compressed(number: Int, capturedAt: MonotonicInstant) -> Frame {
    let shapes = distorted.shapes
    let planes = distorted.withPointers { pointers in
      shapes.indices.map { index in
        let shape = shapes[index]
        let samples = [UInt8](unsafeUninitializedCapacity: shape.width * shape.height) {
          room, count in
          guard let from = pointers[index], let into = room.baseAddress else { return }
          loss.apply(to: from, shape, isLuma: index == 0, into: into)
          count = shape.width * shape.height
        }
        return Plane(width: shape.width, height: shape.height, samples: samples)
      }
    }
    return Frame(
      luma: planes[0], cb: planes[1], cr: planes[2], number: number, capturedAt: capturedAt)
  }
}
