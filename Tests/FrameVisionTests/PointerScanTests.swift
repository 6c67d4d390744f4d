import Frames
import Testing

@testable import FrameVision

/// Random levels that lie close together in places, so that drawings nearly fit.
private func levels(_ count: Int, by dice: inout SystemRandomNumberGenerator) -> [UInt8] {
  let span = Int.random(in: 10...255, using: &dice)
  return (0..<count).map { _ in UInt8(Int.random(in: 0...span, using: &dice)) }
}

private func plane(_ width: Int, _ height: Int, by dice: inout SystemRandomNumberGenerator)
  -> Plane
{
  Plane(width: width, height: height, samples: levels(width * height, by: &dice))
}

/// The loops over pointers, against the plainest way to write them.
@Suite struct PointerScanTests {
  /// What a pass finds, place by place.
  private static func expected(
    _ appearance: PointerAppearance, over plane: Plane, limit: Double, xs: ClosedRange<Int>,
    ys: ClosedRange<Int>
  ) -> [PointerScan.Candidate] {
    let bounds = PixelRect(plane.size)
    var found: [PointerScan.Candidate] = []
    for y in ys {
      for x in xs {
        let seen = appearance.samples.filter {
          bounds.contains(PixelPoint(x: x + $0.x, y: y + $0.y))
        }
        let differences = seen.map {
          min(48, abs(Int(plane[x + $0.x, y + $0.y]) - Int($0.luma)))
        }
        let box = PixelRect(
          x: x, y: y, width: appearance.size.width, height: appearance.size.height)
        if bounds.contains(box) {
          let early = differences.prefix(16)
          if Double(early.reduce(0, +)) > limit * 1.4 * Double(early.count) { continue }
        } else if seen.count < 12 || seen.count * 5 < appearance.samples.count {
          continue
        }
        let residual = Double(differences.reduce(0, +)) / Double(seen.count)
        if residual > limit { continue }
        if appearance.isFlat {
          let ring = appearance.ring.map { PixelPoint(x: x + $0.x, y: y + $0.y) }
            .filter(bounds.contains)
          let alike = ring.count {
            abs(Double(plane[$0.x, $0.y]) - appearance.meanLuma) < 28
          }
          if alike * 10 >= ring.count * 6 { continue }
        }
        found.append(
          PointerScan.Candidate(origin: PixelPoint(x: x, y: y), residual: residual))
      }
    }
    return found
  }

  @Test(arguments: 1...40)
  func `A pass finds what a look at each place finds`(round: Int) {
    var dice = SystemRandomNumberGenerator()
    let box = PixelSize(
      width: .random(in: 1...20, using: &dice), height: .random(in: 4...30, using: &dice))
    let luma = plane(box.width, box.height, by: &dice)
    let opaque = (0..<box.area).map { _ in Int.random(in: 0..<4, using: &dice) > 0 }
    let appearance = PointerAppearance(luma: luma, isOpaque: opaque, noise: 2)
    if appearance.samples.isEmpty { return }
    // Also smaller than the drawing.
    var seen = plane(
      .random(in: 8...90, using: &dice), .random(in: 8...50, using: &dice), by: &dice)
    let corner = PixelPoint(
      x: .random(in: -10...seen.width, using: &dice),
      y: .random(in: -10...seen.height, using: &dice))
    for sample in appearance.samples {
      let place = corner.offset(byX: sample.x, y: sample.y)
      if PixelRect(seen.size).contains(place) { seen[place.x, place.y] = sample.luma }
    }
    let left = Int.random(in: -50...40, using: &dice)
    let top = Int.random(in: -40...30, using: &dice)
    for (xs, ys) in [
      (-30...(seen.width + 20), -35...(seen.height + 20)),
      (left...(left + 40), top...(top + 25)), (corner.x...corner.x, corner.y...corner.y),
    ] {
      for limit in [27.0, 40.0] {
        let found = PointerScan(appearance, over: seen, limit: limit).candidates(xs: xs, ys: ys)
        #expect(
          found == Self.expected(appearance, over: seen, limit: limit, xs: xs, ys: ys),
          "round \(round)")
      }
    }
  }

  @Test(arguments: 1...9)
  func `The lower median is the middle one of the sorted levels`(depth: Int) {
    var dice = SystemRandomNumberGenerator()
    for count in [1, 31, 32, 33, 200] {
      let planes = (0..<depth).map { _ in levels(count, by: &dice) }
      let median = PointerStack.median(of: planes)
      for at in 0..<count {
        #expect(median[at] == planes.map { $0[at] }.sorted()[(depth - 1) / 2])
      }
    }
  }

  @Test(arguments: 1...30)
  func `A guess is found again where fewest of its pixels are missing`(round: Int) {
    var dice = SystemRandomNumberGenerator()
    let size = PixelSize(width: .random(in: 30...120, using: &dice), height: 40)
    let observations = (0..<4).map { at in
      PointerObservation(
        luma: plane(size.width, size.height, by: &dice), countsX: 10 * at, countsY: 5 * at)
    }
    let stack = PointerStack(observations)
    let box = PixelRect(x: 3, y: 4, width: 12, height: 10)
    let pixels = (0..<box.size.area).filter { _ in Bool.random(using: &dice) }
    let samples = pixels.prefix(160).map {
      PointerAppearance.Sample(
        x: $0 % 12, y: $0 / 12,
        luma: stack.lumas[0][(box.y + $0 / 12) * size.width + box.x + $0 % 12])
    }
    let seed = PointerDetection(frame: 0, box: box, samples: samples, weight: 1)
    let search = PointerTrackSearch(
      stack: stack, pixelsPerCount: 0.15...6, start: PixelPoint(x: 0, y: 0), reach: 90)
    let from = PixelPoint(x: box.x, y: box.y)
    let gain = round % 2 == 0 ? 0.5 : nil
    for frame in 1..<4 {
      let found = search.find(seed, in: frame, from: from, of: 0, gain: gain)
      var best: (place: PixelPoint, misses: Int)?
      let most = Int(Double(samples.count) * (1 - PointerTrackSearch.agreement))
      guard
        let xs = search.range(
          from.x, counts: 10 * frame, gain: gain, limit: size.width - box.width),
        let ys = search.range(
          from.y, counts: 5 * frame, gain: gain, limit: size.height - box.height)
      else {
        #expect(found == nil)
        continue
      }
      for y in ys {
        for x in xs {
          let places = samples.map { (y + $0.y) * size.width + x + $0.x }
          let news = places.count { stack.differences[frame][$0] > 15 }
          let misses = zip(places, samples).count {
            abs(Int(stack.lumas[frame][$0]) - Int($1.luma)) > 28
          }
          if misses <= most, misses < best?.misses ?? .max, news >= samples.count / 4 {
            best = (PixelPoint(x: x, y: y), misses)
          }
        }
      }
      #expect(found?.0 == best?.place)
      #expect(
        found?.1 == best.map { 1 - Double($0.misses) / Double(samples.count) })
    }
  }
}
