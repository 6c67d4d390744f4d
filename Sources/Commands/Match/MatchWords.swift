import FrameVision
import Frames
import MatchCases
import OrderedJSON

extension MatchAnswer {
  /// The answer for people: a line, or one a place where all places were asked for.
  var words: String {
    if let places {
      if places.isEmpty { return "absent" }
      return (places.map(Self.line) + [reason].compactMap { $0 }).joined(separator: "\n")
    }
    var text = verdict.rawValue
    let (best, second) = firstTwo
    if let best { text += (isMatched ? " " : ", nearest ") + Self.line(best) }
    if verdict == .ambiguous, let second { text += " and " + Self.line(second) }
    if let reason { text += " (\(reason))" }
    return text
  }

  private static func line(_ match: TemplateMatch) -> String {
    var text = "at \(match.rect), score \(JSONValue.decimal(match.score, digits: 3))"
    if let differs = match.differs, let difference = match.difference {
      text += ", \(difference) differs at \(differs)"
    }
    return text
  }

  /// The answer as the members of a JSON object.
  func members(_ milliseconds: Double) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("matched", .bool(isMatched)), .init("verdict", .string(verdict.rawValue)),
    ]
    let (best, second) = firstTwo
    members += best?.rect.jsonMembers ?? ["x", "y", "width", "height"].map { .init($0, .null) }
    members += [
      .init("score", best.map { .decimal($0.score, digits: 4) } ?? .null),
      .init("limit", .decimal(TemplateFinder.limit, digits: 4)),
      .init("second", second.map(Self.place) ?? .null),
      .init("differs", best.map(Self.differs) ?? .null),
      .init("hidden", .decimal(best?.hidden ?? 0, digits: 4)),
      .init("scale", .decimal(scale, digits: 4)),
      .init("cpuMilliseconds", .decimal(milliseconds, digits: 3)),
    ]
    if let reason { members.append(.init("reason", .string(reason))) }
    if let places { members.append(.init("matches", .array(places.map(Self.place)))) }
    return members
  }

  private static func place(_ match: TemplateMatch) -> JSONValue {
    .object(match.rect.jsonMembers + [.init("score", .decimal(match.score, digits: 4))])
  }

  private static func differs(_ match: TemplateMatch) -> JSONValue {
    guard let differs = match.differs else { return .null }
    return .object(differs.jsonMembers + [.init("how", .optional(match.difference))])
  }
}
