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
    let places = judgedPlaces(template, in: frame, region: region, ignoring: ignored)
    let matches = places.filter { $0.score >= Self.limit }
    guard let best = matches.first else { return .absent(nearest: places.first) }
    if matches.count > 1 { return .ambiguous(best, matches[1]) }
    return .matched(best)
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
      .filter { $0.score >= Self.limit }
      .sorted { ($0.rect.y, $0.rect.x) < ($1.rect.y, $1.rect.x) }
  }

  /// The candidates with their scores, best first, none overlapping a better one by half.
  private func judgedPlaces(
    _ template: Template, in frame: SearchableFrame, region: PixelRect?, ignoring: [PixelRect]
  ) -> [TemplateMatch] {
    let area = (region ?? frame.frame.bounds).intersection(frame.frame.bounds)
    let judge = TemplateJudge(template: template, frame: frame, ignored: ignoring)
    let places = CandidateSearch(template: template, frame: frame, area: area).candidates()
    let judged = places.map { judge.judge(at: $0) }
      .sorted { ($1.score, $0.rect.y, $0.rect.x) < ($0.score, $1.rect.y, $1.rect.x) }
    var kept: [TemplateMatch] = []
    for match in judged
    where !kept.contains(where: {
      2 * $0.rect.intersection(match.rect).size.area > match.rect.size.area
    }) {
      kept.append(match)
    }
    return kept
  }
}
