package import Frames

/// A picture as light in three colours, 0…255, on which disturbances are computed.
package struct Light {
  /// How many pixels it has.
  package var size: PixelSize
  /// The red part of each pixel, a row after the other.
  package var red: [Float]
  /// The green part.
  package var green: [Float]
  /// The blue part.
  package var blue: [Float]

  /// Takes the levels of a picture.
  package init(_ image: RGBImage) {
    size = image.size
    func channel(_ part: Int) -> [Float] {
      [Float](unsafeUninitializedCapacity: image.size.area) { target, count in
        image.pixels.withUnsafeBufferPointer { source in
          for at in 0..<image.size.area { target[at] = Float(source[4 &* at &+ part]) }
        }
        count = image.size.area
      }
    }
    (red, green, blue) = (channel(0), channel(1), channel(2))
  }

  /// Rewrites red, then green, then blue.
  package mutating func mapChannels(_ change: ([Float]) -> [Float]) {
    red = change(red)
    green = change(green)
    blue = change(blue)
  }

  /// The picture in whole levels.
  package var image: RGBImage {
    let pixels = [UInt8](unsafeUninitializedCapacity: 4 * size.area) { target, count in
      for at in 0..<size.area {
        target[4 &* at] = Self.byte(red[at])
        target[4 &* at &+ 1] = Self.byte(green[at])
        target[4 &* at &+ 2] = Self.byte(blue[at])
        target[4 &* at &+ 3] = 255
      }
      count = 4 * size.area
    }
    return RGBImage(size: size, pixels: pixels)
  }

  @inline(__always)
  private static func byte(_ value: Float) -> UInt8 {
    UInt8(max(0, min(255, value + 0.5)))
  }
}
