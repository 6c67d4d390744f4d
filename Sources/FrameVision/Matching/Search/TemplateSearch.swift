public import Frames

/// One search for a template: the answer, and the places that were looked at.
public struct TemplateSearch: Sendable {
  /// Whether the template is there, and where, or what is there instead.
  public let answer: FindAnswer
  /// All places where it is, in reading order.
  public let matches: [TemplateMatch]

  /// Whether there may be further places: only so many that are alike are compared.
  public var isCutShort: Bool { pass.isCutShort }

  let pass: SearchPass

  init(
    _ template: Template, in frame: SearchableFrame, region: PixelRect?, ignoring: [PixelRect]
  ) {
    let consensus = frame.consensus
    func look() -> SearchPass {
      SearchPass(template, in: frame, region: region, ignoring: ignoring, known: consensus.known)
    }
    var pass = look()
    if let observation = pass.observation {
      consensus.saw(observation, in: frame, isSure: pass.isSure)
      if pass.isDoubtful || !consensus.isKnown,
        consensus.settle(in: frame, beside: template, isUrgent: pass.isDoubtful)
      {
        pass = look()
      }
    }
    self.pass = pass
    let other = pass.unexplained.flatMap { $0.isMatch ? $0 : nil }
    matches = (pass.judged.filter(\.isMatch) + [other].compactMap { $0 }).map(\.match)
      .sorted { ($0.rect.y, $0.rect.x) < ($1.rect.y, $1.rect.x) }
    answer = Self.answer(pass)
  }

  /// The place that resembles the template most after the best one; nil where there is none.
  public func second() -> TemplateMatch? {
    guard let best = pass.judged.first else { return nil }
    if pass.judged.count > 1 { return pass.judged[1].match }
    let size = pass.judge.template.size
    let apart = pass.excluded.first {
      !SearchPass.overlap(PixelRect($0.origin, size), best.match.rect)
    }
    return apart.map { pass.judge.judge(at: $0.origin, after: $0.look).match }
  }

  /// The places that were compared, best first, and a few that only a quick look was taken at, each
  /// with what was expected and what was seen there.
  public func explanations(atMost most: Int = 8) -> [TemplateExplanation] {
    let places = pass.judged.map(\.origin) + pass.excluded.map(\.origin)
    return places.prefix(most).map { pass.judge.explanation(at: $0) }
  }

  /// How the place compares that lies nearest to a point, no further than a pixel each way; the place
  /// at the point itself where none was compared there. The outermost rows and the rim of a mask are
  /// measured even where they can't decide, since luma contradicts already.
  ///
  /// - Parameter point: a place's top left corner; the template lies in the frame there.
  /// - Returns: what was measured there.
  public func explanation(near point: PixelPoint) -> TemplateExplanation {
    let near = pass.judged.map(\.origin).filter {
      abs($0.x - point.x) <= 1 && abs($0.y - point.y) <= 1
    }
    return pass.judge.explanation(at: near.first ?? point, measuring: .everything)
  }

  private static func answer(_ pass: SearchPass) -> FindAnswer {
    if let other = pass.unexplained {
      return other.mayBeTinted ? .unclear(other.match, reason: tintDoubt) : .matched(other.match)
    }
    guard let best = pass.judged.first else { return .absent(nearest: nil) }
    if let doubt = best.doubt { return .unclear(best.match, reason: doubt) }
    if best.isAlike, best.mayBeTinted { return .unclear(best.match, reason: tintDoubt) }
    if !best.isMatch { return .absent(nearest: best.match) }
    let second = pass.judged.dropFirst().first { $0.isMatch }
    return second.map { .ambiguous(best.match, $0.match) } ?? .matched(best.match)
  }

  private static let tintDoubt =
    "it is lighter, darker or of another colour than the reference, and nothing else in the "
    + "picture tells whether all of it is"
}
