import Frames

/// Compares places of a frame with a template, square by square; the worst square decides.
struct TemplateJudge {
  /// What came of a comparison.
  struct Verdict {
    var match: TemplateMatch
    /// Why the comparison can't be trusted either way; nil where it can.
    var doubt: String?
    /// What each measure of luma and chroma found, in units of its limit.
    var measures: [Float] = []
  }

  let template: Template
  let frame: SearchableFrame
  let ignored: [PixelRect]

  private static let lightLimits = SquareScan.Limits(stroke: 5, slack: 9, structure: 13, level: 9)
  private static let tintLimits = SquareScan.Limits(stroke: 8, slack: 6, structure: 5, level: 8)
  /// The least share of the template that must be seen.
  private static let leastVisible = 0.5

  /// Compares the template with the frame where its top left corner lies at a point.
  func judge(at origin: PixelPoint) -> Verdict {
    let size = template.size
    let rect = PixelRect(x: origin.x, y: origin.y, width: size.width, height: size.height)
    let hidden = ignored.map { $0.offset(byX: -origin.x, y: -origin.y) }
      .filter { $0.intersects(PixelRect(size)) }
    let weights = visibility(hidden)
    var seen = [Float](repeating: 0, count: size.area)
    let luma = frame.normal.luma
    for y in 0..<size.height {
      let from = (origin.y + y) * luma.width + origin.x
      for x in 0..<size.width { seen[y * size.width + x] = Float(luma.samples[from + x]) }
    }
    let expected = expectation(seen, weights, origin)
    let warp = Warp(
      from: expected.luma, to: seen, weights: weights, width: size.width, pixels: 6000)
    let light = LightComparison(
      expected: expected.luma, warp: warp, seen: seen, weights: weights, width: size.width,
      height: size.height, in: luma, at: origin)
    let tint = TintComparison(
      expected: expected, weights: weights, frame: frame, rect: rect, light: light)

    let lightScan = light.scan(Self.lightLimits)
    let tints = tint.scans(Self.tintLimits).map(\.worst)
    let worstTint = tints.max { $0.excess < $1.excess } ?? SquareScan.Finding()
    let excess = max(lightScan.worst.excess, worstTint.excess)
    var match = TemplateMatch(rect: rect, score: Double(1 / (1 + excess)))
    if excess > 1 {
      let isTint = worstTint.excess > lightScan.worst.excess
      let square = isTint ? tint.inPixels(worstTint.square) : lightScan.worst.square
      match.differs = square.offset(byX: rect.x, y: rect.y).intersection(rect)
      match.difference =
        isTint ? "colour" : excess == lightScan.level.excess ? "brightness" : "shape"
    }
    return Verdict(
      match: match, doubt: doubt(excess, light, weights),
      measures: [lightScan.stroke, lightScan.structure, lightScan.level, worstTint].map(\.excess))
  }

  /// What the template would look like in the frame's tone: of the tones that explain its flat
  /// colours, the one that explains its edges best.
  private func expectation(_ seen: [Float], _ weights: [Float], _ origin: PixelPoint)
    -> ExpectedPlanes
  {
    let tones = template.tones.likelyTones(in: frame, at: origin) {
      weights[$0.y * template.size.width + $0.x] != 0
    }
    let choices = tones.map { ExpectedPlanes(template.planes, tone: $0) }
    if choices.count == 1 { return choices[0] }
    let errors = choices.map {
      Warp(
        from: $0.luma, to: seen, weights: weights, width: template.size.width, pixels: 2000,
        thoroughly: false
      ).error
    }
    // The list begins with the likeliest; another must be clearly better.
    var best = 0
    for at in choices.indices where errors[at] < 0.9 * errors[best] { best = at }
    return choices[best]
  }

  private func doubt(_ excess: Float, _ light: LightComparison, _ weights: [Float]) -> String? {
    let visible = weights.reduce(0) { $0 + Double($1) }
    if visible < Self.leastVisible * Double(template.visiblePixels) {
      let percent = Int(100 * visible / Double(max(1, template.visiblePixels)))
      return "only \(percent) % of the reference can be seen"
    }
    if excess > 1 && excess < 1.7 && (light.noise > 7 || light.edgeShare > 0.16) {
      return "the picture is too poor to tell whether a small part differs"
    }
    return nil
  }

  /// 1 for pixels that are compared: opaque, not hidden, and not beside one that is.
  private func visibility(_ hidden: [PixelRect]) -> [Float] {
    var weights = template.weights
    for rect in hidden {
      let shadow = rect.insetBy(-1).intersection(PixelRect(template.size))
      for y in shadow.y..<shadow.maxY {
        for x in shadow.x..<shadow.maxX { weights[y * template.size.width + x] = 0 }
      }
    }
    return weights
  }
}

/// A template's planes as a frame with a certain tone would show them.
struct ExpectedPlanes {
  let width: Int
  let height: Int
  private(set) var luma: [Float]
  private(set) var cb: [Float]
  private(set) var cr: [Float]

  init(_ planes: FullPlanes, tone: Tone) {
    width = planes.luma.width
    height = planes.luma.height
    luma = planes.luma.samples.map { Float($0) }
    cb = planes.cb.samples.map { Float($0) }
    cr = planes.cr.samples.map { Float($0) }
    if tone.isNone { return }
    for at in luma.indices {
      let color = tone.applied(to: YCbCr(y: luma[at], cb: cb[at], cr: cr[at]))
      luma[at] = max(0, min(255, color.y))
      cb[at] = max(0, min(255, color.cb))
      cr[at] = max(0, min(255, color.cr))
    }
  }
}
