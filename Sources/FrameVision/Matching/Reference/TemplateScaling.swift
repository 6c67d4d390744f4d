import Frames

extension Template {
  /// The scales by which captures differ from references: none, 1080 lines captured as 720, and
  /// 720 as 1080.
  public static let usualScales = [1, 2.0 / 3, 1.5]

  /// The reference as a frame of another size shows it.
  ///
  /// The place of a reference need not begin with a pixel of the scaled frame, so that a scaled
  /// template is kept at several phases; a comparison takes the one that fits best. Larger scales
  /// interpolate linearly, smaller ones average.
  ///
  /// - Parameter scale: the frame's size in terms of the picture that the reference was cut from.
  /// - Returns: the template at that scale; itself at scale 1.
  /// - Precondition: the scale lies in 0.25…4.
  public func scaled(by scale: Double) -> Template {
    precondition((0.25...4).contains(scale), "captures are not scaled that far")
    if abs(scale - 1) < 1e-6 { return self }
    let offsets = Self.offsets(at: scale)
    let last = offsets.last ?? 0
    let target = PixelSize(
      width: max(1, Int(Double(size.width) * scale - last + 1e-6)),
      height: max(1, Int(Double(size.height) * scale - last + 1e-6)))
    let whole = PixelSize(
      width: Int((Double(size.width) * scale).rounded()),
      height: Int((Double(size.height) * scale).rounded()))
    var phases: [Template] = []
    for y in offsets {
      for x in offsets {
        let across = Resampling(size.width, to: target.width, scale: scale, offset: x)
        let down = Resampling(size.height, to: target.height, scale: scale, offset: y)
        func resampled(_ plane: Plane) -> Plane { Resampling.plane(plane, across, down) }
        let planes = FullPlanes(
          luma: resampled(self.planes.luma), cb: resampled(self.planes.cb),
          cr: resampled(self.planes.cr))
        let mask = mask.map { Self.whole(resampled($0)) }
        let place = PlaceInPixels(x: -x, y: -y, size: whole)
        phases.append(
          Template(
            planes, mask: mask, scale: scale, place: place, parameters: parameters))
      }
    }
    // The one in the middle stands for all where places are looked for.
    var middle = phases.remove(at: phases.count / 2)
    middle.phases = phases
    return middle
  }

  /// Where the first whole pixel of a scaled frame may lie after the reference's edge, in pixels of
  /// that frame.
  private static func offsets(at scale: Double) -> [Double] {
    // Scales are fractions of small numbers: 2/3 has three phases, 3/2 two.
    for steps in 1...6 {
      let numerator = scale * Double(steps)
      if abs(numerator - numerator.rounded()) < 1e-3 {
        return (0..<steps).map { Double($0) / Double(steps) }
      }
    }
    return [0, 0.25, 0.5, 0.75]
  }

  /// A mask that counts only where all counted.
  private static func whole(_ mask: Plane) -> Plane {
    Plane(
      width: mask.width, height: mask.height, samples: mask.samples.map { $0 == 255 ? 255 : 0 })
  }
}

/// How the samples of one direction are made of those at another scale.
private struct Resampling {
  /// For each sample: the first source sample, and the weights from there.
  let taps: [(first: Int, weights: [Double])]

  init(_ count: Int, to target: Int, scale: Double, offset: Double) {
    // A box as wide as a target pixel for smaller scales, a tent as wide as a source pixel for
    // larger ones.
    taps = (0..<target).map { at in
      let middle = (Double(at) + offset + 0.5) / scale - 0.5
      let reach = scale < 1 ? 0.5 / scale + 0.5 : 1
      let first = max(0, Int((middle - reach).rounded(.up)))
      let last = max(first, min(count - 1, Int((middle + reach).rounded(.down))))
      var weights = (first...last).map { source -> Double in
        let distance = abs(Double(source) - middle)
        if scale > 1 { return max(0, 1 - distance) }
        return max(0, min(1, 0.5 / scale + 0.5 - distance))
      }
      let sum = weights.reduce(0, +)
      weights = sum > 0 ? weights.map { $0 / sum } : [1] + weights.dropFirst().map { _ in 0 }
      return (min(first, count - 1), weights)
    }
  }

  static func plane(_ plane: Plane, _ across: Resampling, _ down: Resampling) -> Plane {
    let rows = (0..<plane.height).map { y in
      across.taps.map { tap in
        tap.weights.indices.reduce(0.0) {
          $0 + tap.weights[$1] * Double(plane[min(plane.width - 1, tap.first + $1), y])
        }
      }
    }
    var samples: [UInt8] = []
    samples.reserveCapacity(across.taps.count * down.taps.count)
    for tap in down.taps {
      for x in across.taps.indices {
        let sum = tap.weights.indices.reduce(0.0) {
          $0 + tap.weights[$1] * rows[min(plane.height - 1, tap.first + $1)][x]
        }
        samples.append(UInt8(max(0, min(255, sum.rounded()))))
      }
    }
    return Plane(width: across.taps.count, height: down.taps.count, samples: samples)
  }
}
