import Frames

/// Compares places of a frame with a template, window by window; the worst window decides.
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
    /// The transform under which it was compared, by its place in the list.
    var transform: Int
    /// Whether the place alone can't tell that transform from a tint.
    var mayBeTinted = false
    /// Whether the place can't be explained without a transform; only looked at where none is known.
    var needsTransform = false
    /// Whether the score reaches the limit.
    var isWithinLimits: Bool
    /// Whether the template is there.
    var isMatch: Bool { isAlike && !mayBeTinted }
    /// Whether the template is there, tinted or not.
    var isAlike: Bool { isWithinLimits && doubt == nil }
  }

  private(set) var template: Template
  let frame: SearchableFrame
  let ignored: [PixelRect]
  /// The transforms that the frame is known to have, about the same for the template; nil where
  /// none is known.
  var known: [Int]?
  /// What is known of the capture chain from another place of the frame.
  var bound: CaptureQuality?

  /// The numbers that decide.
  private var parameters: MatchParameters { template.parameters }

  /// What a quick look at a place tells.
  struct FirstLook {
    /// Whether the place shows something else altogether.
    var isOther = false
    /// The transforms that the place may have, where they were asked for.
    var transforms: [Int]?
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
    let transforms = likelyTransforms(at: origin)
    return FirstLook(
      isOther: template.blocks.excludes(
        luma, at: origin, transforms: transforms.map { PhotometricTransform.all[$0] }),
      transforms: transforms)
  }

  /// How well each transform explains a place's flat colours; nil where nothing is flat.
  func fit(at origin: PixelPoint) -> PhotometricFit? {
    fit(at: origin, in: frame.patch(around: PixelRect(origin, template.size)))
  }

  private func fit(at origin: PixelPoint, in patch: FramePatch) -> PhotometricFit? {
    let hidden = hidden(at: origin)
    return template.photometricSamples.fit(
      in: patch, at: origin, range: frame.levelRange,
      weights: hidden.isEmpty ? nil : visibility(hidden))
  }

  /// Whether a place's flat colours may well have a transform that is none of some.
  func mayHaveOther(than known: [Int], at origin: PixelPoint) -> Bool {
    guard let fit = fit(at: origin) else { return false }
    let likely = template.photometricSamples.likelyTransforms(by: fit)
    return fit.costs[likely[0]] <= parameters.photometry.littleCost && !known.contains(likely[0])
  }

  /// The transforms that a place may have, the likeliest first.
  private func likelyTransforms(at origin: PixelPoint) -> [Int] {
    // With nothing to choose from nothing need be measured.
    if let known, known.count == 1 { return known }
    return template.photometricSamples.likelyTransforms(by: fit(at: origin), among: known)
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
    var best = examined(compare(at: origin, after: look), at: origin)
    for phase in template.phases {
      var judge = self
      judge.template = phase
      let verdict = judge.examined(judge.compare(at: origin), at: origin)
      if verdict.match.score > best.match.score { best = verdict }
    }
    return best
  }

  /// What comes of a comparison; where the frame's transform is not known, also whether the place
  /// may be tinted.
  private func examined(_ comparison: Comparison, at origin: PixelPoint) -> Verdict {
    var verdict = verdict(of: comparison)
    guard known == nil, verdict.isAlike else { return verdict }
    let (samples, transform) = (template.photometricSamples, comparison.transform)
    if transform == 0 { return verdict }
    let plain = compare(at: origin, after: FirstLook(transforms: [0]))
    verdict.needsTransform = plain.normalizedResidual > 1
    // A transform that moves little does not make up for more.
    let isTintLike =
      samples.distance(transform, 0) <= parameters.photometry.littleMove
      || samples.movesAsTint(transform)
    verdict.mayBeTinted =
      verdict.needsTransform && isTintLike
      && !samples.tellsFromTint(transform, range: frame.levelRange)
      && !parameters.photometry.isLarge(comparison.rect.size)
    return verdict
  }

  /// Everything that is measured at a place.
  struct Comparison {
    var rect: PixelRect
    /// The transform under which the template was rendered, by its place in the list.
    var transform: Int
    /// How far between the pixels what is seen lies right and down of what is expected.
    var shift: (x: Float, y: Float)
    var luma: LumaComparison
    /// Nil where luma alone tells the place apart for good.
    var chroma: ChromaComparison?
    var lumaScan: ResidualScan
    /// Where the shape of a mask reaches least far; nil where that was not looked at, or it covers
    /// all of its rim. It counts where it is beyond its limit.
    var rim: ResidualScan.Finding?
    /// Whether the shape of a mask goes on beyond one of its ends.
    var goesOn = false
    /// The worst of the outermost rows and columns; nil where they were not looked at. It counts
    /// where all else of luma is within its limits.
    var outermost: ResidualScan.Finding?

    /// The worst residual of luma.
    var worstLuma: ResidualScan.Finding {
      let windows = lumaScan.worst
      if windows.normalizedResidual > 1 { return windows }
      let rim = rim.flatMap { $0.normalizedResidual > 1 ? $0 : nil }
      return [rim, outermost].compactMap { $0 }.reduce(windows) {
        $1.normalizedResidual > $0.normalizedResidual ? $1 : $0
      }
    }

    /// The worst residual of chroma.
    var worstChroma: ResidualScan.Finding {
      (chroma?.scans ?? []).map(\.worst).max { $0.normalizedResidual < $1.normalizedResidual }
        ?? ResidualScan.Finding()
    }

    /// The worst normalised residual.
    var normalizedResidual: Float {
      max(worstLuma.normalizedResidual, worstChroma.normalizedResidual)
    }

    /// Whether the place shows something else, whatever the transform: a wrong one moves levels,
    /// but none by more than forty, and steps between them by no larger share than compression may.
    ///
    /// - Parameters:
    ///   - variance: from which variance on it does, in units of its limit.
    ///   - parameters: from which mean on it does, and how much is explained at edges.
    /// - Returns: whether it does.
    func isOther(from variance: Float, _ parameters: MatchParameters) -> Bool {
      // In a picture that was never compressed less is explained at edges.
      let share = luma.edgeNoise / parameters.noise.edgeNoise.upperBound
      return lumaScan.variance.normalizedResidual * share * share >= variance
        || lumaScan.mean.normalizedResidual >= parameters.quickLook.otherMean
    }
  }

  /// How much is measured at a place.
  enum Detail {
    /// What may be the worst.
    case decisive
    /// Also a plane of chroma that goes no further than luma.
    case allPlanes
    /// Also the outermost rows and a mask's rim where luma contradicts already.
    case everything
  }

  /// Measures what differs between the template and a place.
  ///
  /// - Parameters:
  ///   - origin: the place's top left corner.
  ///   - look: the quick look at the place, where one was taken.
  ///   - detail: how much is measured besides what decides.
  /// - Returns: what was measured.
  func compare(
    at origin: PixelPoint, after look: FirstLook = FirstLook(), measuring detail: Detail = .decisive
  ) -> Comparison {
    let size = template.size
    let rect = PixelRect(x: origin.x, y: origin.y, width: size.width, height: size.height)
    let hidden = hidden(at: origin)
    let weights = visibility(hidden)
    let areAllCompared = template.mask == nil && hidden.isEmpty
    let shape = template.mask.map { mask in
      without(hidden, of: mask.samples.map { $0 == 255 ? 1 : 0 })
    }
    let patch = frame.patch(around: rect)
    let place = rect.offset(byX: -patch.origin.x, y: -patch.origin.y)
    let seen = patch.luma.levels(in: place)
    let likely = look.transforms ?? likelyTransforms(at: origin)
    let (parameters, limits) = (self.parameters, self.parameters.limits.luma)
    let quickLook = parameters.quickLook
    func compare(_ transform: Int, fitting: Bool = true) -> Comparison {
      let expected = template.rendered.reference(under: PhotometricTransform.all[transform])
      let registration =
        fitting
        ? Registration(from: expected.luma, to: seen, weights: weights, edges: expected.edges)
        : Registration()
      let luma = LumaComparison(
        expected: expected, registration: registration, seen: seen, weights: weights,
        in: patch.luma, at: PixelPoint(x: place.x, y: place.y), parameters, atMost: bound)
      let lumaScan = luma.scan(limits, shape: shape)
      var comparison = Comparison(
        rect: rect, transform: transform, shift: registration.shift, luma: luma, lumaScan: lumaScan)
      if detail == .everything || lumaScan.worst.normalizedResidual <= 1 {
        comparison.rim = template.rim?.shortfall(expected.luma, seen, hidden: hidden)
        comparison.goesOn = template.rim?.goesOn(expected.luma, seen, hidden: hidden) ?? false
        // A scaled reference begins between the pixels.
        if template.scale == 1 {
          comparison.outermost = OutermostRows(
            expected: expected, registration: registration, weights: weights, frame: patch.luma,
            origin: PixelPoint(x: place.x, y: place.y)
          ).worst(luma, limits)
        }
      }
      if lumaScan.worst.normalizedResidual < quickLook.nearlyAlike {
        comparison.chroma = ChromaComparison(
          expected: expected, weights: weights, patch: patch, rect: rect, luma: luma, parameters,
          beyond: areAllCompared && detail == .decisive ? lumaScan.worst.normalizedResidual : nil)
      }
      return comparison
    }
    if look.isOther {
      // No shift and no blur makes it the same.
      let other = compare(likely[0], fitting: false)
      if other.isOther(from: quickLook.otherVarianceUnfitted, parameters) { return other }
    }
    let likeliest = compare(likely[0])
    if likeliest.isOther(from: quickLook.otherVariance, parameters) { return likeliest }
    let transforms = ranked(likely, seen, weights)
    var best = transforms[0] == likely[0] ? likeliest : compare(transforms[0])
    // What is nearly alike may be so altogether under another transform.
    for transform in transforms.dropFirst()
    where best.normalizedResidual > 1 && best.normalizedResidual < quickLook.nearlyAlike {
      let other = transform == likely[0] ? likeliest : compare(transform)
      if other.normalizedResidual < best.normalizedResidual { best = other }
    }
    return best
  }

  func verdict(of comparison: Comparison) -> Verdict {
    let (rect, luma, scan) = (comparison.rect, comparison.luma, comparison.lumaScan)
    let (worstChroma, normalizedResidual) = (comparison.worstChroma, comparison.normalizedResidual)
    // Where a scaled reference begins, only the way its pixels lie can tell.
    let shift = template.scale == 1 ? (x: 0, y: 0) : comparison.shift
    let whole = template.place.offset(
      byX: Double(rect.x) + Double(shift.x), y: Double(rect.y) + Double(shift.y))
    var match = TemplateMatch(
      rect: whole.intersection(frame.frame.bounds), score: Double(1 / (1 + normalizedResidual)))
    match.hidden = hiddenShare(at: PixelPoint(x: rect.x, y: rect.y))
    if normalizedResidual > 1 {
      let isChroma = worstChroma.normalizedResidual > comparison.worstLuma.normalizedResidual
      let chroma = isChroma ? comparison.chroma?.inPixels(worstChroma.window) : nil
      let window = chroma ?? comparison.worstLuma.window
      match.differs = window.offset(byX: rect.x, y: rect.y).intersection(rect)
      match.difference =
        isChroma
        ? "colour" : normalizedResidual == scan.mean.normalizedResidual ? "brightness" : "shape"
    }
    return Verdict(
      match: match, origin: PixelPoint(x: rect.x, y: rect.y),
      doubt: doubt(normalizedResidual, comparison),
      quality: luma.quality, transform: comparison.transform,
      isWithinLimits: match.score >= parameters.limits.score)
  }

  /// The transforms that explain the template's flat colours, the ones that explain its edges best
  /// first, a few.
  private func ranked(_ transforms: [Int], _ seen: [Float], _ weights: [Float]) -> [Int] {
    let width = template.size.width
    if transforms.count == 1 { return transforms }
    // A few rows, each with the two above and below.
    let rows = template.transformRows.flatMap { ($0 - 2)...($0 + 2) }
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
    let errors = transforms.map {
      let rows = template.rendered.rows(under: PhotometricTransform.all[$0])
      return Registration(from: rows.luma, to: seenPart, weights: weightsPart, edges: rows.edges)
        .error
    }
    // The list begins with the likeliest; another must be clearly better.
    let share = parameters.quickLook.clearlyBetter
    var best = 0
    for at in transforms.indices where errors[at] < share * errors[best] { best = at }
    let others = transforms.indices.filter { $0 != best }
      .sorted { (errors[$0], $0) < (errors[$1], $1) }
    return ([best] + others).prefix(parameters.quickLook.mostTransforms).map { transforms[$0] }
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

  private func doubt(_ normalizedResidual: Float, _ comparison: Comparison) -> String? {
    let (luma, doubts) = (comparison.luma, parameters.doubts)
    if !ignored.isEmpty {
      let visible = luma.weights.reduce(0) { $0 + Double($1) }
      if visible < doubts.leastVisible * Double(template.visiblePixels) {
        let percent = Int(100 * visible / Double(max(1, template.visiblePixels)))
        return "only \(percent) % of the reference can be seen"
      }
    }
    if template.scale != 1 && normalizedResidual > doubts.scaledResidual && normalizedResidual <= 1
    {
      return "at this scale the picture is too poor to tell whether a small part differs"
    }
    if comparison.goesOn && normalizedResidual <= 1 {
      return
        "beyond an end of the shape the picture goes on as it does: it may be part of a longer one"
    }
    if template.size.area <= doubts.smallArea && luma.blur > doubts.strongBlur
      && normalizedResidual <= 1
      && comparison.lumaScan.whole.normalizedResidual > doubts.vagueShape
    {
      return "the picture is too blurred to tell a small shape from another"
    }
    if normalizedResidual > 1 && normalizedResidual < doubts.poorResidual
      && luma.noise > doubts.poorNoise
    {
      return "the picture is too poor to tell whether a small part differs"
    }
    return nil
  }

  /// 1 for pixels that are compared: opaque, not hidden, and not beside one that is.
  private func visibility(_ hidden: [PixelRect]) -> [Float] {
    without(hidden, of: template.weights)
  }

  /// Weights of the template's pixels where parts are hidden.
  private func without(_ hidden: [PixelRect], of weights: [Float]) -> [Float] {
    var weights = weights
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
