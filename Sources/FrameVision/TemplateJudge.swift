import Frames

/// Compares places of a frame with a template, square by square; the worst square decides.
struct TemplateJudge {
  /// What came of a comparison.
  struct Verdict {
    var match: TemplateMatch
    /// Why the comparison can't be trusted either way; nil where it can.
    var doubt: String?
    /// Whether the template is there.
    var isMatch: Bool { match.score >= TemplateFinder.limit && doubt == nil }
  }

  let template: Template
  let frame: SearchableFrame
  let ignored: [PixelRect]

  private static let lightLimits = SquareScan.Limits(stroke: 5, slack: 9, structure: 13, level: 7)
  private static let tintLimits = SquareScan.Limits(stroke: 8, slack: 6, structure: 5, level: 8)
  /// The least share of the template that must be seen.
  private static let leastVisible = 0.5
  /// How many rows are looked at to choose between tones, and about how many pixels.
  private static let fewestToneRows = 6
  private static let tonePixels = 2000
  /// About how many pixels are looked at to measure shift and blur.
  private static let warpPixels = 6000

  /// Whether a place shows something else altogether, as a quick look tells.
  func excludes(_ origin: PixelPoint) -> Bool {
    // Other encodings stretch luma, which the quick look knows nothing of.
    frame.frame.encoding == .jpeg
      && template.blocks.excludes(frame.frame.luma, at: origin, hidden: hidden(at: origin))
  }

  /// The parts of the template that are ignored where it lies at a point.
  private func hidden(at origin: PixelPoint) -> [PixelRect] {
    ignored.map { $0.offset(byX: -origin.x, y: -origin.y) }
      .filter { $0.intersects(PixelRect(template.size)) }
  }

  /// Compares the template with the frame where its top left corner lies at a point.
  func judge(at origin: PixelPoint) -> Verdict {
    let size = template.size
    let rect = PixelRect(x: origin.x, y: origin.y, width: size.width, height: size.height)
    let hidden = hidden(at: origin)
    let weights = visibility(hidden)
    let patch = frame.patch(around: rect)
    let place = rect.offset(byX: -patch.origin.x, y: -patch.origin.y)
    let seen = patch.luma.levels(in: place)
    let expected = expectation(seen, weights, !hidden.isEmpty, patch, origin)
    let warp = Warp(
      from: expected.luma, to: seen, weights: weights, width: size.width,
      rows: .init(first: 1, step: max(1, size.area / Self.warpPixels)))
    let light = LightComparison(
      expected: expected.luma, warp: warp, seen: seen, weights: weights, width: size.width,
      height: size.height, in: patch.luma, at: PixelPoint(x: place.x, y: place.y))
    let tint = TintComparison(
      expected: expected, weights: weights, patch: patch, rect: rect, light: light)

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
    return Verdict(match: match, doubt: doubt(excess, light, weights))
  }

  /// What the template would look like in the frame's tone: of the tones that explain its flat
  /// colours, the one that explains its edges best.
  private func expectation(
    _ seen: [Float], _ weights: [Float], _ isHidden: Bool, _ patch: FramePatch,
    _ origin: PixelPoint
  ) -> ExpectedPlanes {
    let width = template.size.width
    let tones = template.tones.likelyTones(
      in: patch, at: origin, range: frame.levelRange, weights: isHidden ? weights : nil)
    if tones.count == 1 { return template.expected.toned(tones[0]) }
    // A few rows, each with the two above and below.
    let height = template.size.height
    let count = min(max(Self.fewestToneRows, Self.tonePixels / width), (height - 1) / 5)
    let rows = (0..<count).flatMap { at -> [Int] in
      let middle = 2 + at * (height - 4) / count
      return Array((middle - 2)...(middle + 2))
    }
    func part(_ plane: [Float]) -> [Float] {
      rows.flatMap { plane[($0 * width)..<(($0 + 1) * width)] }
    }
    let (seenPart, weightsPart) = (part(seen), part(weights))
    let expectedPart = template.expected.rows(rows)
    let errors = tones.map {
      Warp(
        from: expectedPart.toned($0).luma, to: seenPart, weights: weightsPart, width: width,
        rows: .init(first: 2, step: 5)
      ).error
    }
    // The list begins with the likeliest; another must be clearly better.
    var best = 0
    for at in tones.indices where errors[at] < 0.9 * errors[best] { best = at }
    return template.expected.toned(tones[best])
  }

  private func doubt(_ excess: Float, _ light: LightComparison, _ weights: [Float]) -> String? {
    if !ignored.isEmpty {
      let visible = weights.reduce(0) { $0 + Double($1) }
      if visible < Self.leastVisible * Double(template.visiblePixels) {
        let percent = Int(100 * visible / Double(max(1, template.visiblePixels)))
        return "only \(percent) % of the reference can be seen"
      }
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
