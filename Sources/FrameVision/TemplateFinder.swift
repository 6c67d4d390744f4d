public import Frames

/// Finds templates in frames.
public struct TemplateFinder: Sendable {
  /// The score from which a place is a match.
  public static let limit = 0.5

  /// Creates a finder.
  public init() {}

  /// Looks for a template that should be there once.
  ///
  /// - Parameters:
  ///   - template: what to look for.
  ///   - frame: where to look.
  ///   - region: where the whole template must lie; nil for anywhere in the frame.
  ///   - ignored: places of the frame that don't count, such as the pointer.
  /// - Returns: whether it is there, and where, or what is there instead.
  public func find(
    _ template: Template, in frame: SearchableFrame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> FindAnswer {
    let verdicts = judgedPlaces(template, in: frame, region: region, ignoring: ignored)
    if let best = verdicts.first, let doubt = best.doubt {
      return .unclear(best.match, reason: doubt)
    }
    let matches = verdicts.filter { $0.match.score >= Self.limit && $0.doubt == nil }.map(\.match)
    guard let best = matches.first else { return .absent(nearest: verdicts.first?.match) }
    return matches.count > 1 ? .ambiguous(best, matches[1]) : .matched(best)
  }

  /// Looks for a template in a frame that is searched only once.
  public func find(
    _ template: Template, in frame: Frame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> FindAnswer {
    find(template, in: SearchableFrame(frame), region: region, ignoring: ignored)
  }

  /// All places where a template is, in reading order.
  public func findAll(
    _ template: Template, in frame: SearchableFrame, region: PixelRect? = nil,
    ignoring ignored: [PixelRect] = []
  ) -> [TemplateMatch] {
    judgedPlaces(template, in: frame, region: region, ignoring: ignored)
      .filter { $0.match.score >= Self.limit && $0.doubt == nil }
      .map(\.match)
      .sorted { ($0.rect.y, $0.rect.x) < ($1.rect.y, $1.rect.x) }
  }

  /// The candidates with their scores, best first, none overlapping a better one by half.
  private func judgedPlaces(
    _ template: Template, in frame: SearchableFrame, region: PixelRect?, ignoring: [PixelRect]
  ) -> [TemplateJudge.Verdict] {
    let area = (region ?? frame.frame.bounds).intersection(frame.frame.bounds)
    let judge = TemplateJudge(template: template, frame: frame, ignored: ignoring)
    let places = CandidateSearch(template: template, frame: frame, area: area).candidates()
    let judged = places.map { judge.judge(at: PixelPoint(x: $0.x, y: $0.y)) }
      .sorted {
        ($1.match.score, $0.match.rect.y, $0.match.rect.x)
          < ($0.match.score, $1.match.rect.y, $1.match.rect.x)
      }
    var kept: [TemplateJudge.Verdict] = []
    for verdict in judged
    where !kept.contains(where: {
      2 * $0.match.rect.intersection(verdict.match.rect).size.area > template.size.area
    }) {
      kept.append(verdict)
    }
    return kept
  }
}
