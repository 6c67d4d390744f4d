import Frames
import Glibc

/// Reads a picture at other places than its pixels: moved, scaled and blurred in one step.
package struct Resampling: Hashable, Sendable {
  /// What stands between samples.
  package enum Filter: String, Sendable {
    /// Straight lines between samples.
    case linear
    /// Keys' cubic (a = -0.5), also known as Catmull-Rom.
    case cubic
  }

  /// How many pixels come out for each that goes in.
  package var scale = 1.0
  /// How far the picture moves right, in pixels that come out.
  package var shiftX = 0.0
  /// How far it moves down.
  package var shiftY = 0.0
  /// The deviation of a Gaussian blur, in pixels that come out.
  package var blur = 0.0
  /// How it is read between samples.
  package var filter = Filter.linear

  /// Creates one that changes nothing.
  package init() {}

  /// Whether everything stays as it is.
  package var isNothing: Bool { scale == 1 && shiftX == 0 && shiftY == 0 && blur == 0 }

  /// The picture after it.
  package func apply(to light: Light) -> Light {
    if isNothing { return light }
    var result = light
    let size = PixelSize(
      width: Int((Double(light.size.width) * scale).rounded()),
      height: Int((Double(light.size.height) * scale).rounded()))
    let across = taps(from: light.size.width, to: size.width, shift: shiftX)
    let down = taps(from: light.size.height, to: size.height, shift: shiftY)
    result.mapChannels { channel in
      let wide = Self.across(channel, light.size, size.width, across)
      return Self.down(wide, size, down)
    }
    result.size = size
    return result
  }

  /// For one sample that comes out: the first that goes in, and the weights from there on.
  private struct Taps {
    var first: Int
    var weights: [Float]
  }

  private func taps(from: Int, to: Int, shift: Double) -> [Taps] {
    // When scaling down, the filter is as wide as a pixel that comes out.
    let width = max(1, 1 / scale)
    let reach = width * (filter == .linear ? 1 : 2) + 3 * blur / scale
    return (0..<to).map { out in
      let middle = (Double(out) + 0.5 - shift) / scale - 0.5
      let (low, high) = (Int((middle - reach).rounded(.up)), Int((middle + reach).rounded(.down)))
      var weights = [Double](repeating: 0, count: high - low + 1)
      for at in low...high {
        weights[at - low] = weight((Double(at) - middle) / width)
      }
      if blur > 0 { weights = blurred(low: low, weights, middle, width) }
      let sum = weights.reduce(0, +)
      // Beyond the edge, the outermost sample goes on.
      var inside = [Float](
        repeating: 0, count: min(from - 1, max(0, high)) - min(from - 1, max(0, low)) + 1)
      let first = min(from - 1, max(0, low))
      for at in low...high {
        inside[min(from - 1, max(0, at)) - first] += Float(weights[at - low] / sum)
      }
      return Taps(first: first, weights: inside)
    }
  }

  /// The filter's weights, each spread by the blur: the integral over the filter, in eighths.
  private func blurred(
    low: Int, _ weights: [Double], _ middle: Double, _ width: Double
  ) -> [Double] {
    let deviation = blur / scale
    return weights.indices.map { at in
      var sum = 0.0
      for step in -24...24 {
        let offset = Double(step) / 8
        let position = (Double(low + at) - middle - offset * deviation) / width
        sum += weight(position) * exp(-offset * offset / 2)
      }
      return sum
    }
  }

  private func weight(_ x: Double) -> Double {
    let x = abs(x)
    switch filter {
    case .linear: return max(0, 1 - x)
    case .cubic:
      if x < 1 { return 1.5 * x * x * x - 2.5 * x * x + 1 }
      return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0
    }
  }

  private static func across(
    _ channel: [Float], _ size: PixelSize, _ width: Int, _ taps: [Taps]
  ) -> [Float] {
    var out = [Float](repeating: 0, count: width * size.height)
    out.withUnsafeMutableBufferPointer { out in
      channel.withUnsafeBufferPointer { channel in
        for x in 0..<width {
          let first = taps[x].first
          taps[x].weights.withUnsafeBufferPointer { weights in
            for y in 0..<size.height {
              var sum: Float = 0
              let row = y &* size.width &+ first
              for at in 0..<weights.count { sum += weights[at] * channel[row &+ at] }
              out[y &* width &+ x] = sum
            }
          }
        }
      }
    }
    return out
  }

  private static func down(_ channel: [Float], _ size: PixelSize, _ taps: [Taps]) -> [Float] {
    var out = [Float](repeating: 0, count: size.area)
    out.withUnsafeMutableBufferPointer { out in
      channel.withUnsafeBufferPointer { channel in
        for y in 0..<size.height {
          for (at, weight) in taps[y].weights.enumerated() where weight != 0 {
            let (from, to) = ((taps[y].first &+ at) &* size.width, y &* size.width)
            for x in 0..<size.width { out[to &+ x] += weight * channel[from &+ x] }
          }
        }
      }
    }
    return out
  }
}
