import Frames

/// Puts a picture and the strip below it together, as video wants them: luma and quarter chroma of
/// limited range.
struct FilmCanvas {
  /// The pictures' size; both sides are even.
  let screen: PixelSize
  /// The strip's size.
  let strip: PixelSize

  /// The size of both together.
  var size: PixelSize { PixelSize(width: screen.width, height: screen.height + strip.height) }

  init(_ screen: PixelSize) {
    self.screen = PixelSize(width: screen.width / 2 * 2, height: screen.height / 2 * 2)
    strip = PixelSize(
      width: self.screen.width, height: FilmStrip.height(below: self.screen.width))
  }

  /// The samples of a picture with its strip.
  ///
  /// - Parameters:
  ///   - frame: the picture; nil where there is none to be shown.
  ///   - below: the strip.
  /// - Returns: luma, then both chroma planes, row by row.
  func samples(_ frame: Frame?, below: RGBImage) -> [UInt8] {
    let below = Frame(image: below, encoding: .jpeg, chroma: .quarter)
    let parts: [(frame: Frame?, size: PixelSize)] = [
      (
        frame.flatMap {
          $0.size.width >= screen.width && $0.size.height >= screen.height ? $0 : nil
        },
        screen
      ), (below, strip),
    ]
    var samples: [UInt8] = []
    samples.reserveCapacity(size.area * 3 / 2)
    for part in parts { add(part.frame?.luma, part.frame, part.size, 1, to: &samples) }
    for part in parts { add(part.frame?.cb, part.frame, part.size, 2, to: &samples) }
    for part in parts { add(part.frame?.cr, part.frame, part.size, 2, to: &samples) }
    return samples
  }

  /// Adds a plane at full or half size; black where there is none.
  private func add(
    _ plane: Plane?, _ frame: Frame?, _ size: PixelSize, _ step: Int, to samples: inout [UInt8]
  ) {
    let (width, height) = (size.width / step, size.height / step)
    guard let plane, let frame else {
      samples += repeatElement(step == 1 ? 16 : 128, count: width * height)
      return
    }
    let isFull = frame.encoding.range == .full
    let map = step == 1 ? Self.luma : Self.chroma
    // Chroma that has more samples than video keeps is thinned.
    let stepX = step == 1 ? 1 : 2 / frame.chromaStepX
    let stepY = step == 1 ? 1 : 2 / frame.chromaStepY
    plane.samples.withUnsafeBufferPointer { source in
      for y in 0..<height {
        let row = y * stepY * plane.width
        if stepX == 1, !isFull {
          samples += source[row..<(row + width)]
        } else if stepX == 1 {
          samples += source[row..<(row + width)].lazy.map { map[Int($0)] }
        } else {
          for x in 0..<width {
            let sample = source[row + x * stepX]
            samples.append(isFull ? map[Int(sample)] : sample)
          }
        }
      }
    }
  }

  private static let luma: [UInt8] = (0..<256).map { UInt8(16 + ($0 * 219 + 127) / 255) }
  private static let chroma: [UInt8] = (0..<256).map {
    UInt8(128 + Int((Double($0 - 128) * 224 / 255).rounded()))
  }
}
