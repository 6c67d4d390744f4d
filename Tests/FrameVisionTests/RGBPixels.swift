import Frames

/// A picture as light in three colours, on which disturbances are computed.
struct RGBPixels {
  let size: PixelSize
  var red: [Float]
  var green: [Float]
  var blue: [Float]

  init(size: PixelSize) {
    self.size = size
    red = [Float](repeating: 0, count: size.area)
    green = red
    blue = red
  }

  /// Rewrites red, then green, then blue.
  mutating func mapChannels(_ change: ([Float]) -> [Float]) {
    red = change(red)
    green = change(green)
    blue = change(blue)
  }

  /// The picture in JPEG's encoding, chroma averaged over `chromaStep` pixels each way.
  func frame(chromaStep step: Int) -> Frame {
    let (width, height) = ((size.width + step - 1) / step, (size.height + step - 1) / step)
    var luma = Plane(width: size.width, height: size.height)
    var cb = [Float](repeating: 0, count: width * height)
    var cr = cb
    var count = cb
    for y in 0..<size.height {
      for x in 0..<size.width {
        let at = y * size.width + x
        let light = 0.299 * red[at] + 0.587 * green[at] + 0.114 * blue[at]
        luma.samples[at] = Self.byte(light)
        let to = (y / step) * width + x / step
        cb[to] += (blue[at] - light) / 1.772
        cr[to] += (red[at] - light) / 1.402
        count[to] += 1
      }
    }
    func plane(_ sums: [Float]) -> Plane {
      Plane(
        width: width, height: height,
        samples: sums.indices.map { Self.byte(128 + sums[$0] / count[$0]) })
    }
    return Frame(luma: luma, cb: plane(cb), cr: plane(cr))
  }

  private static func byte(_ value: Float) -> UInt8 {
    UInt8(max(0, min(255, value.rounded())))
  }
}
