extension Frame {
  /// The picture at a smaller size.
  ///
  /// - Parameter size: the size wanted.
  /// - Returns: the frame with its number and time; itself where it has the size.
  /// - Precondition: neither side is larger than the frame's, or 0; both are even.
  public func reduced(to size: PixelSize) -> Frame {
    if size == self.size { return self }
    let chroma = PixelSize(width: size.width / chromaStepX, height: size.height / chromaStepY)
    return Frame(
      luma: luma.reduced(to: size), cb: cb.reduced(to: chroma), cr: cr.reduced(to: chroma), of: self
    )
  }
}

extension Frame {
  /// The frame at the size of the screen that it shows, where a grabber made it half as large again.
  ///
  /// - Parameter size: the screen's.
  /// - Returns: the frame with its number and time; itself where it has another size.
  public func fitted(to size: PixelSize) -> Frame {
    guard 2 * self.size.width == 3 * size.width, 2 * self.size.height == 3 * size.height else {
      return self
    }
    return reduced(to: size)
  }
}

extension Plane {
  /// The plane at a smaller size: each sample is the mean over its area.
  ///
  /// - Parameter size: the size wanted.
  /// - Returns: the plane.
  /// - Precondition: neither side is larger than the plane's, or 0.
  public func reduced(to size: PixelSize) -> Plane {
    let across = AreaTaps.all(from: width, to: size.width)
    let down = AreaTaps.all(from: height, to: size.height)
    var line = [Float](repeating: 0, count: width)
    let reduced = [UInt8](unsafeUninitializedCapacity: size.area) { out, count in
      samples.withUnsafeBufferPointer { samples in
        line.withUnsafeMutableBufferPointer { line in
          for (row, taps) in down.enumerated() {
            for x in 0..<width { line[x] = 0 }
            for (at, weight) in taps.weights.enumerated() {
              let start = (taps.first &+ at) &* width
              for x in 0..<width { line[x] += weight * Float(samples[start &+ x]) }
            }
            let start = row &* size.width
            for (column, taps) in across.enumerated() {
              var sum: Float = 0.5
              for at in 0..<taps.weights.count { sum += taps.weights[at] * line[taps.first &+ at] }
              out[start &+ column] = UInt8(min(255, sum))
            }
          }
        }
      }
      count = size.area
    }
    return Plane(width: size.width, height: size.height, samples: reduced)
  }
}

/// Which samples make up one sample of a reduced line: the first, and by how much each from there.
private struct AreaTaps {
  var first: Int
  var weights: [Float]

  /// The taps of all samples of a line.
  static func all(from count: Int, to target: Int) -> [AreaTaps] {
    let width = Double(count) / Double(target)
    return (0..<target).map { index in
      let (start, end) = (Double(index) * width, Double(index + 1) * width)
      let samples = Int(start)...min(count - 1, Int(end.rounded(.up)) - 1)
      let weights = samples.map { sample in
        Float((min(end, Double(sample + 1)) - max(start, Double(sample))) / width)
      }
      return AreaTaps(first: samples.lowerBound, weights: weights)
    }
  }
}
