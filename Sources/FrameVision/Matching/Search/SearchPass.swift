import Frames

/// The places at which a template is compared with a frame, by what is known of the frame's
/// transform.
struct SearchPass {
  let judge: TemplateJudge
  /// Places that were compared, best first, none overlapping a better one by half.
  let judged: [TemplateJudge.Verdict]
  /// Places that a quick look told to be something else, the most alike first.
  private(set) var excluded: [(origin: PixelPoint, look: TemplateJudge.FirstLook)] = []
  /// Where a transform is known, a place that shows the template under another one.
  let other: TemplateJudge.Verdict?
  private let known: KnownTransform?
  /// Whether there were more places to compare than are compared.
  let isCutShort: Bool

  init(
    _ template: Template, in frame: SearchableFrame, region: PixelRect?, ignoring: [PixelRect],
    known: KnownTransform?
  ) {
    let area = (region ?? frame.frame.bounds).intersection(frame.frame.bounds)
    var judge = TemplateJudge(template: template, frame: frame, ignored: ignoring)
    judge.known = known?.transforms(for: template.photometricSamples)
    let search = CandidateSearch(
      template: template, frame: frame, area: area, ignored: ignoring)
    let parameters = template.parameters.search
    let most = min(
      parameters.failures.upperBound,
      max(parameters.failures.lowerBound, parameters.failedPixels / template.size.area))
    var (verdicts, failures) = ([TemplateJudge.Verdict](), 0)
    let found = search.found()
    for candidate in found.candidates {
      let origin = PixelPoint(x: candidate.x, y: candidate.y)
      // What lies on a match is the match, seen a little beside.
      let isKnown = verdicts.contains {
        $0.isMatch && abs($0.match.rect.x - origin.x) <= parameters.besideMatch
          && abs($0.match.rect.y - origin.y) <= parameters.besideMatch
      }
      if isKnown { continue }
      let look = judge.firstLook(at: origin)
      if look.isOther {
        excluded.append((origin, look))
        continue
      }
      let verdict = judge.judge(at: origin, after: look)
      verdicts.append(verdict)
      if !verdict.isMatch { failures += 1 }
      if failures == most { break }
    }
    isCutShort =
      found.candidates.count == parameters.mostCandidates
      && verdicts.suffix(3).contains(where: \.isMatch)
    let mostAlike = excluded.first?.origin
    excluded += found.outliers.map {
      (PixelPoint(x: $0.x, y: $0.y), TemplateJudge.FirstLook(isOther: true))
    }
    if verdicts.isEmpty, !excluded.isEmpty {
      let nearest = excluded.removeFirst()
      verdicts.append(judge.judge(at: nearest.origin, after: nearest.look))
    }
    self.judge = judge
    self.known = known
    judged = Self.apart(Self.compared(verdicts, judge))
    let isThere = judged.first?.isAlike ?? false
    other =
      known == nil || isThere
      ? nil : Self.other(judge, at: [judged.first?.origin, mostAlike].compactMap { $0 })
  }

  /// The first of some places that shows the template under a transform that is not the known one.
  private static func other(_ judge: TemplateJudge, at places: [PixelPoint])
    -> TemplateJudge.Verdict?
  {
    var free = judge
    free.known = nil
    for place in places where free.mayHaveOther(than: judge.known ?? [], at: place) {
      let verdict = free.judge(at: place)
      if verdict.isAlike { return verdict }
    }
    return nil
  }

  /// The place that says most of the frame's transform: where the template surely is, or may be.
  private var telling: TemplateJudge.Verdict? {
    other ?? judged.first(where: \.isMatch) ?? judged.first.flatMap { $0.isAlike ? $0 : nil }
  }

  private var parameters: MatchParameters.Search { judge.template.parameters.search }

  /// Whether the template is there for good under what is known.
  var isSure: Bool {
    other == nil && judged.contains { $0.isMatch && $0.match.score >= parameters.sureScore }
  }

  /// Whether more must be known of the frame's transform.
  var isDoubtful: Bool { other != nil || judged.contains(where: \.mayBeTinted) }

  /// What the place that says most says of the frame's transform; nil where nothing is flat there,
  /// or the template is not there.
  var observation: PhotometricObservation? {
    guard let verdict = telling, let fit = judge.fit(at: verdict.origin) else { return nil }
    return PhotometricObservation(
      fit, of: judge.template, at: PixelRect(verdict.origin, judge.template.size),
      range: judge.frame.levelRange, seenUnder: verdict.transform,
      needsTransform: verdict.needsTransform)
  }

  /// The place that shows the template under a transform that the frame may have and is not known
  /// to have.
  var unexplained: TemplateJudge.Verdict? {
    guard let other, let known, known.isStale || known.possible.contains(other.transform) else {
      return nil
    }
    return other
  }

  /// Takes a sure match for the measure of the picture: elsewhere no worse is allowed for, lest a
  /// small thing that differs be taken for a poor picture of the template.
  private static func compared(_ verdicts: [TemplateJudge.Verdict], _ judge: TemplateJudge)
    -> [TemplateJudge.Verdict]
  {
    let parameters = judge.template.parameters
    let search = parameters.search
    guard let best = verdicts.max(by: { $0.match.score < $1.match.score }),
      best.match.score >= search.sureScore, verdicts.count > 1
    else { return verdicts }
    var stricter = judge
    stricter.bound = best.quality.elsewhere(parameters.noise)
    return verdicts.map {
      let isOther = $0.match.rect != best.match.rect && $0.match.score >= search.doubtfulScore
      return isOther && $0.match.score < best.match.score - search.clearlyLess
        ? stricter.judge(at: $0.origin) : $0
    }
  }

  /// Verdicts, best first, none overlapping a better one by half.
  private static func apart(_ verdicts: [TemplateJudge.Verdict]) -> [TemplateJudge.Verdict] {
    let sorted = verdicts.sorted {
      ($1.match.score, $0.match.rect.y, $0.match.rect.x)
        < ($0.match.score, $1.match.rect.y, $1.match.rect.x)
    }
    var kept: [TemplateJudge.Verdict] = []
    for verdict in sorted
    where !kept.contains(where: { overlap($0.match.rect, verdict.match.rect) }) {
      kept.append(verdict)
    }
    return kept
  }

  /// Whether two places overlap by half.
  static func overlap(_ a: PixelRect, _ b: PixelRect) -> Bool {
    2 * a.intersection(b).size.area > a.size.area
  }
}
