import Frames

/// Compares places of a frame with a template, square by square; the worst square decides.
struct TemplateJudge {
  /// What came of a comparison.
  struct Verdict {
    var match: TemplateMatch
    /// The place's corner, from which the comparison was made.
    var origin: PixelPoint
    /// Why the comparison can't be trusted either way; nil where it can.
    var doubt: String?
    /// What the capture chain left at the place.
    var quality: CaptureQuality
    /// Whether the template is there.
    var isMatch: Bool { match.score >= TemplateFinder.limit && doubt == nil }
  }

  private(set) var template: Template
  let frame: SearchableFrame
  let ignored: [PixelRect]
  /// What is known of the capture chain from another place of the frame.
  var bound: CaptureQuality?

  private static let lightLimits = SquareScan.Limits(stroke: 5, slack: 9, structure: 13, level: 7)
  private static let tintLimits = SquareScan.Limits(stroke: 8, slack: 6, structure: 8, level: 8)
  /// The least share of the template that must be seen.
  private static let leastVisible = 0.5
  /// Scaling leaves less of small parts than the picture's size has: nearer the limit than this a
  /// scaled place can't be told from one in which a small part differs.
  private static let scaledExcess: Float = 0.7
  /// A blur, as a variance in square pixels, in which the shapes of so small a template, in pixels,
  /// run together; and how much of what stands out, in units of the limit, is then no more than
  /// another shape may leave.
  private static let smallArea = 700
  private static let strongBlur: Float = 0.5
  private static let vagueShape: Float = 0.5
  /// How many tones are tried at a place.
  private static let mostTones = 6
  /// How far the worst difference may go, in units of its limit, for another tone to be tried, and
  /// for chroma to be looked at besides luma.
  private static let nearlyAlike: Float = 8
  /// From which structure on, in units of its limit, a place shows something else: that of true ones
  /// stays below 0.5 in every tone that is likely, and below 2.6 where no shift and blur are fitted.
  private static let other: Float = 1.5
  private static let otherUnfitted: Float = 3
  /// The same for levels: forty, squared, come to 33 times the limit.
  private static let otherLevel: Float = 40

  /// What a quick look at a place tells.
  struct FirstLook {
    /// Whether the place shows something else altogether.
    var isOther = false
    /// The tones that the place may have, where they were asked for.
    var tones: [Tone]?
  }

  /// Takes a quick look at a place.
  func firstLook(at origin: PixelPoint) -> FirstLook {
    // Other encodings stretch luma, which the quick look knows nothing of.
    guard frame.frame.encoding == .jpeg else { return FirstLook() }
    let (luma, hidden) = (frame.frame.luma, hidden(at: origin))
    if template.blocks.excludes(luma, at: origin, hidden: hidden) {
      return FirstLook(isOther: true)
    }
    guard hidden.isEmpty else { return FirstLook() }
    let tones = template.tones.likelyTones(
      in: frame.patch(around: PixelRect(origin, template.size)), at: origin,
      range: frame.levelRange, weights: nil)
    return FirstLook(
      isOther: template.blocks.excludes(luma, at: origin, tones: tones), tones: tones)
  }

  /// The parts of the template that are ignored where it lies at a point.
  private func hidden(at origin: PixelPoint) -> [PixelRect] {
    template.parts(under: ignored, at: origin)
  }

  /// Compares the template with the frame where its top left corner lies at a point.
  ///
  /// - Parameters:
  ///   - origin: the point.
  ///   - look: the quick look at the place, where one was taken.
  /// - Returns: what came of it.
  func judge(at origin: PixelPoint, after look: FirstLook = FirstLook()) -> Verdict {
    var best = verdict(of: compare(at: origin, after: look))
    for phase in template.phases {
      var judge = self
      judge.template = phase
      let verdict = judge.verdict(of: judge.compare(at: origin))
      if verdict.match.score > best.match.score { best = verdict }
    }
    return best
  }

  /// Everything that is measured at a place.
  struct Comparison {
    var rect: PixelRect
    /// The tone that the template was brought into.
    var tone: Tone
    /// How far between the pixels what is seen lies right and down of what is expected.
    var shift: (x: Float, y: Float)
    var light: LightComparison
    /// Nil where luma alone tells the place apart for good.
    var tint: TintComparison?
    var lightScan: SquareScan

    /// The worst colour difference.
    var worstTint: SquareScan.Finding {
      (tint?.scans ?? []).map(\.worst).max { $0.excess < $1.excess } ?? SquareScan.Finding()
    }

    /// The worst difference, in units of its limit.
    var excess: Float { max(lightScan.worst.excess, worstTint.excess) }

    /// Whether the place shows something else, whatever the tone: a wrong one moves levels, but none
    /// by more than forty, and steps between them by no larger share than compression may.
    ///
    /// - Parameter structure: from which structure on it does, in units of its limit.
    /// - Returns: whether it does.
    func isOther(from structure: Float) -> Bool {
      // In a picture that was never compressed less is explained at edges.
      let share = light.edgeShare / LightComparison.edgeShares.upperBound
      return lightScan.structure.excess * share * share >= structure
        || lightScan.level.excess >= otherLevel
    }
  }

  /// Measures what differs between the template and a place.
  ///
  /// - Parameters:
  ///   - origin: the place's top left corner.
  ///   - look: the quick look at the place, where one was taken.
  ///   - isComplete: whether chroma is measured even where it can't be what decides.
  /// - Returns: what was measured.
  func compare(
    at origin: PixelPoint, after look: FirstLook = FirstLook(), isComplete: Bool = false
  ) -> Comparison {
    let size = template.size
    let rect = PixelRect(x: origin.x, y: origin.y, width: size.width, height: size.height)
    let hidden = hidden(at: origin)
    let weights = visibility(hidden)
    let areAllCompared = template.mask == nil && hidden.isEmpty
    let patch = frame.patch(around: rect)
    let place = rect.offset(byX: -patch.origin.x, y: -patch.origin.y)
    let seen = patch.luma.levels(in: place)
    let likely =
      look.tones
      ?? template.tones.likelyTones(
        in: patch, at: origin, range: frame.levelRange, weights: hidden.isEmpty ? nil : weights)
    func compare(_ tone: Tone, fitting: Bool = true) -> Comparison {
      let expected = template.toned.template(in: tone)
      let warp =
        fitting
        ? Warp(from: expected.luma, to: seen, weights: weights, edges: expected.edges) : Warp()
      let light = LightComparison(
        expected: expected, warp: warp, seen: seen, weights: weights, in: patch.luma,
        at: PixelPoint(x: place.x, y: place.y), atMost: bound)
      let lightScan = light.scan(Self.lightLimits)
      var comparison = Comparison(
        rect: rect, tone: tone, shift: warp.shift, light: light, lightScan: lightScan)
      if lightScan.worst.excess < Self.nearlyAlike {
        comparison.tint = TintComparison(
          expected: expected, weights: weights, patch: patch, rect: rect, light: light,
          limits: Self.tintLimits,
          beyond: areAllCompared && !isComplete ? lightScan.worst.excess : nil)
      }
      return comparison
    }
    if look.isOther {
      // No shift and no blur makes it the same.
      let other = compare(likely[0], fitting: false)
      if other.isOther(from: Self.otherUnfitted) { return other }
    }
    let likeliest = compare(likely[0])
    if likeliest.isOther(from: Self.other) { return likeliest }
    let tones = ranked(likely, seen, weights)
    var best = tones[0] == likely[0] ? likeliest : compare(tones[0])
    // What is nearly alike may be so altogether in another tone.
    for tone in tones.dropFirst() where best.excess > 1 && best.excess < Self.nearlyAlike {
      let other = tone == likely[0] ? likeliest : compare(tone)
      if other.excess < best.excess { best = other }
    }
    return best
  }

  func verdict(of comparison: Comparison) -> Verdict {
    let (rect, light, scan) = (comparison.rect, comparison.light, comparison.lightScan)
    let (worstTint, excess) = (comparison.worstTint, comparison.excess)
    // Where a scaled reference begins, only the way its pixels lie can tell.
    let shift = template.scale == 1 ? (x: 0, y: 0) : comparison.shift
    let whole = template.place.offset(
      byX: Double(rect.x) + Double(shift.x), y: Double(rect.y) + Double(shift.y))
    var match = TemplateMatch(
      rect: whole.intersection(frame.frame.bounds), score: Double(1 / (1 + excess)))
    match.hidden = hiddenShare(at: PixelPoint(x: rect.x, y: rect.y))
    if excess > 1 {
      let isTint = worstTint.excess > scan.worst.excess
      let tinted = isTint ? comparison.tint?.inPixels(worstTint.square) : nil
      let square = tinted ?? scan.worst.square
      match.differs = square.offset(byX: rect.x, y: rect.y).intersection(rect)
      match.difference =
        isTint ? "colour" : excess == scan.level.excess ? "brightness" : "shape"
    }
    return Verdict(
      match: match, origin: PixelPoint(x: rect.x, y: rect.y), doubt: doubt(excess, comparison),
      quality: light.quality)
  }

  /// The tones that explain the template's flat colours, the ones that explain its edges best first,
  /// a few.
  private func ranked(_ tones: [Tone], _ seen: [Float], _ weights: [Float]) -> [Tone] {
    let width = template.size.width
    if tones.count == 1 { return tones }
    // A few rows, each with the two above and below.
    let rows = template.toneRows.flatMap { ($0 - 2)...($0 + 2) }
    func part(_ plane: [Float]) -> [Float] {
      plane.withUnsafeBufferPointer { plane in
        .made(rows.count * width) { part in
          guard let plane = plane.baseAddress else { return }
          for (at, row) in rows.enumerated() {
            (part + at * width).initialize(from: plane + row * width, count: width)
          }
        }
      }
    }
    let (seenPart, weightsPart) = (part(seen), part(weights))
    let errors = tones.map {
      let rows = template.toned.rows(in: $0)
      return Warp(from: rows.luma, to: seenPart, weights: weightsPart, edges: rows.edges).error
    }
    // The list begins with the likeliest; another must be clearly better.
    var best = 0
    for at in tones.indices where errors[at] < 0.9 * errors[best] { best = at }
    let others = tones.indices.filter { $0 != best }
      .sorted { (errors[$0], $0) < (errors[$1], $1) }
    return ([best] + others).prefix(Self.mostTones).map { tones[$0] }
  }

  /// The share of the template's pixels that ignored places cover, 0…1.
  private func hiddenShare(at origin: PixelPoint) -> Double {
    let hidden = hidden(at: origin)
    if hidden.isEmpty { return 0 }
    var (covered, counting) = (0, 0)
    for y in 0..<template.size.height {
      for x in 0..<template.size.width where template.mask.map({ $0[x, y] == 255 }) ?? true {
        counting += 1
        if hidden.contains(where: { $0.contains(PixelPoint(x: x, y: y)) }) { covered += 1 }
      }
    }
    return Double(covered) / Double(max(1, counting))
  }

  private func doubt(_ excess: Float, _ comparison: Comparison) -> String? {
    let light = comparison.light
    if !ignored.isEmpty {
      let visible = light.weights.reduce(0) { $0 + Double($1) }
      if visible < Self.leastVisible * Double(template.visiblePixels) {
        let percent = Int(100 * visible / Double(max(1, template.visiblePixels)))
        return "only \(percent) % of the reference can be seen"
      }
    }
    if template.scale != 1 && excess > Self.scaledExcess && excess <= 1 {
      return "at this scale the picture is too poor to tell whether a small part differs"
    }
    if template.size.area <= Self.smallArea && light.blur > Self.strongBlur && excess <= 1
      && comparison.lightScan.whole.excess > Self.vagueShape
    {
      return "the picture is too blurred to tell a small shape from another"
    }
    if excess > 1 && excess < 1.7
      && (light.noise > 7 || light.noise > 3 && light.edgeShare > 0.13)
    {
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

extension PixelRect {
  /// The rectangle of a size at a corner.
  init(_ corner: PixelPoint, _ size: PixelSize) {
    self.init(x: corner.x, y: corner.y, width: size.width, height: size.height)
  }
}
