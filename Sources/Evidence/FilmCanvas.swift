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
  ///   - below: the strip's brightness, of full range.
  /// - Returns: luma, then both chroma planes, row by row.
  func samples(_ frame: Frame?, below: Plane) -> [UInt8] {
    let frame = frame.flatMap { frame in
      frame.size.width >= screen.width && frame.size.height >= screen.height ? frame : nil
    }
    return [UInt8](unsafeUninitializedCapacity: size.area * 3 / 2) { target, count in
      var rest = target[...]
      add(frame?.luma, of: frame, at: screen, halved: false, to: &rest)
      add(below, to: &rest)
      for chroma in [frame?.cb, frame?.cr] {
        add(chroma, of: frame, at: screen, halved: true, to: &rest)
        fill(strip.area / 4, with: 128, of: &rest)
      }
      count = target.count - rest.count
    }
  }

  private typealias Target = Slice<UnsafeMutableBufferPointer<UInt8>>

  /// Adds the strip.
  private func add(_ strip: Plane, to target: inout Target) {
    for (index, sample) in zip(target.indices, strip.samples) {
      target[index] = Self.luma[Int(sample)]
    }
    target = target.dropFirst(strip.samples.count)
  }

  private func fill(_ count: Int, with value: UInt8, of target: inout Target) {
    for index in target.startIndex..<(target.startIndex + count) { target[index] = value }
    target = target.dropFirst(count)
  }

  /// Adds a plane at full or half size; black where there is none.
  private func add(
    _ plane: Plane?, of frame: Frame?, at size: PixelSize, halved: Bool, to target: inout Target
  ) {
    let (width, height) = halved ? (size.width / 2, size.height / 2) : (size.width, size.height)
    guard let plane, let frame else {
      return fill(width * height, with: halved ? 128 : 16, of: &target)
    }
    let isFull = frame.encoding.range == .full
    let map = isFull ? (halved ? Self.chroma : Self.luma) : Self.same
    // Chroma that has more samples than video keeps is thinned.
    let stepX = halved ? 2 / frame.chromaStepX : 1
    let stepY = halved ? 2 / frame.chromaStepY : 1
    plane.samples.withUnsafeBufferPointer { source in
      map.withUnsafeBufferPointer { map in
        var index = target.startIndex
        for y in 0..<height {
          var from = y * stepY * plane.width
          for _ in 0..<width {
            target[index] = map[Int(source[from])]
            index += 1
            from += stepX
          }
        }
      }
    }
    target = target.dropFirst(width * height)
  }

  private static let same: [UInt8] = (0..<256).map { UInt8($0) }
  private static let luma: [UInt8] = (0..<256).map { UInt8(16 + ($0 * 219 + 127) / 255) }
  private static let chroma: [UInt8] = (0..<256).map {
    UInt8(128 + Int((Double($0 - 128) * 224 / 255).rounded()))
  }
}
