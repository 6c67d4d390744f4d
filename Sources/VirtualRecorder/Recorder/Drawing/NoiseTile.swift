import Frames

/// Sensor noise, drawn once and laid over pictures at changing places.
struct NoiseTile {
  private static let rowCount = 61
  /// The most that noise adds to a channel; backgrounds leave that much room below white.
  private static let amplitude = 11

  private let rowBytes: Int
  private let bytes: [UInt8]

  /// Draws noise for pictures up to a width.
  init(width: Int, stream: inout RandomStream) {
    let columns = 2 * width
    rowBytes = columns * 4
    var bytes = [UInt8](repeating: 0, count: rowBytes * NoiseTile.rowCount)
    var state = stream.next()
    for pixel in 0..<(columns * NoiseTile.rowCount) {
      state = RandomStream.mix(state &+ 0x9e37_79b9_7f4a_7c15)
      // The sum of two even spreads is nearer to what sensors do than one.
      let half = UInt64(NoiseTile.amplitude / 2 + 1)
      let light = (state & 0xffff) % half + (state >> 16 & 0xffff) % half
      for channel in 0..<3 {
        let tint = (state >> (32 + 8 * UInt64(channel))) & 1
        bytes[pixel * 4 + channel] = UInt8(light + tint)
      }
    }
    self.bytes = bytes
  }

  /// Writes a picture with noise into a part of a canvas; the key chooses the noise.
  func add(
    to picture: Picture, key: UInt64, into pixels: UnsafeMutableRawBufferPointer, stride: Int,
    cell: PixelRect
  ) {
    let count = cell.width * 4
    let slack = UInt64((rowBytes - count) / 4)
    guard let target = pixels.baseAddress else { return }
    bytes.withUnsafeBytes { noise in
      guard let noiseBase = noise.baseAddress else { return }
      picture.withPixels { background in
        guard let backgroundBase = background.baseAddress else { return }
        var state = key
        for row in 0..<cell.height {
          state = RandomStream.mix(state &+ 1)
          let noiseRow = Int(state % UInt64(NoiseTile.rowCount))
          let shift = Int((state >> 32) % slack)
          NoiseTile.add(
            (backgroundBase + row * picture.stride).assumingMemoryBound(to: UInt8.self),
            (noiseBase + noiseRow * rowBytes + shift * 4).assumingMemoryBound(to: UInt8.self),
            into: (target + (cell.y + row) * stride + cell.x * 4)
              .assumingMemoryBound(to: UInt8.self),
            count: count)
        }
      }
    }
  }

  /// Adds two rows of bytes; the backgrounds leave room, so nothing overflows.
  @inline(__always)
  private static func add(
    _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>,
    into sum: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    for index in 0..<count {
      sum[index] = first[index] &+ second[index]
    }
  }
}
