import Frames

/// One search for a template: the answer, and the places that were looked at.
public struct TemplateSearch: Sendable {
  /// Whether the template is there, and where, or what is there instead.
  public let answer: FindAnswer
  /// All places where it is, in reading order.
  public let matches: [TemplateMatch]

  private let judge: TemplateJudge
  /// Places that were compared, best first, none overlapping a better one by half.
  private let judged: [TemplateJudge.Verdict]
  /// Places that a quick look told to be something else, the most alike first.
  private let excluded: [(origin: PixelPoint, look: TemplateJudge.FirstLook)]

  /// After so many places that resemble the template and are not it, no further one is compared:
  /// the more the fewer pixels there are to compare, as much resembles what is small.
  private static let failures = 8...40
  private static let failedPixels = 32_768

  init(
    _ template: Template, in frame: SearchableFrame, region: PixelRect?, ignoring: [PixelRect]
  ) {
    let area = (region ?? frame.frame.bounds).intersection(frame.frame.bounds)
    let judge = TemplateJudge(template: template, frame: frame, ignored: ignoring)
    let search = CandidateSearch(
      template: template, frame: frame, area: area, ignored: ignoring)
    let most = min(
      Self.failures.upperBound,
      max(Self.failures.lowerBound, Self.failedPixels / template.size.area))
    var (verdicts, failures) = ([TemplateJudge.Verdict](), 0)
    var excluded: [(origin: PixelPoint, look: TemplateJudge.FirstLook)] = []
    let found = search.found()
    for candidate in found.candidates {
      let origin = PixelPoint(x: candidate.x, y: candidate.y)
      // What lies on a match is the match, seen a little beside.
      let isKnown = verdicts.contains {
        $0.isMatch && abs($0.match.rect.x - origin.x) <= 2 && abs($0.match.rect.y - origin.y) <= 2
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
    excluded += found.outliers.map {
      (PixelPoint(x: $0.x, y: $0.y), TemplateJudge.FirstLook(isOther: true))
    }
    if verdicts.isEmpty, !excluded.isEmpty {
      let nearest = excluded.removeFirst()
      verdicts.append(judge.judge(at: nearest.origin, after: nearest.look))
    }
    self.judge = judge
    self.excluded = excluded
    judged = Self.apart(Self.compared(verdicts, judge))
    matches = judged.filter(\.isMatch).map(\.match)
      .sorted { ($0.rect.y, $0.rect.x) < ($1.rect.y, $1.rect.x) }
    answer = Self.answer(judged)
  }

  /// The place that resembles the template most after the best one; nil where there is none.
  public func second() -> TemplateMatch? {
    guard let best = judged.first else { return nil }
    if judged.count > 1 { return judged[1].match }
    let size = judge.template.size
    let apart = excluded.first {
      !Self.overlap(PixelRect($0.origin, size), best.match.rect)
    }
    return apart.map { judge.judge(at: $0.origin, after: $0.look).match }
  }

  /// The places that were compared, best first, and a few that only a quick look was taken at, each
  /// with what was expected and what was seen there.
  public func explanations(atMost most: Int = 8) -> [TemplateExplanation] {
    let places = judged.map(\.origin) + excluded.map(\.origin)
    return places.prefix(most).map { judge.explanation(at: $0) }
  }

  private static func answer(_ judged: [TemplateJudge.Verdict]) -> FindAnswer {
    guard let best = judged.first else { return .absent(nearest: nil) }
    if let doubt = best.doubt { return .unclear(best.match, reason: doubt) }
    if !best.isMatch { return .absent(nearest: best.match) }
    let second = judged.dropFirst().first { $0.isMatch }
    return second.map { .ambiguous(best.match, $0.match) } ?? .matched(best.match)
  }

  /// Takes a sure match for the measure of the picture: elsewhere no worse is allowed for, lest a
  /// small thing that differs be taken for a poor picture of the template.
  private static func compared(_ verdicts: [TemplateJudge.Verdict], _ judge: TemplateJudge)
    -> [TemplateJudge.Verdict]
  {
    guard let best = verdicts.max(by: { $0.match.score < $1.match.score }),
      best.match.score >= sureScore, verdicts.count > 1
    else { return verdicts }
    var stricter = judge
    stricter.bound = best.quality.elsewhere
    return verdicts.map {
      let isOther = $0.match.rect != best.match.rect && $0.match.score >= doubtfulScore
      return isOther && $0.match.score < best.match.score - clearlyLess
        ? stricter.judge(at: $0.origin) : $0
    }
  }

  /// From which score a match is the measure of others, which others it is asked of, and how far
  /// below.
  private static let sureScore = 0.6
  private static let doubtfulScore = 0.35
  private static let clearlyLess = 0.1

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
  private static func overlap(_ a: PixelRect, _ b: PixelRect) -> Bool {
    2 * a.intersection(b).size.area > a.size.area
  }
}
