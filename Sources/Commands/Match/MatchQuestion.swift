import FrameVision
import Frames
import OrderedJSON
import RunJournal

/// One question about a template in a picture.
struct MatchQuestion {
  var picture: Frame
  /// The template at each scale to be tried.
  var templates: [Template]
  var region: PixelRect?
  var ignored: [PixelRect] = []
  /// Whether all places are wanted.
  var all = false
  /// Which of several places is wanted, from 1 in reading order.
  var index: Int?

  /// The answer, nothing remembered from one search to the next.
  func answer() -> MatchAnswer {
    var best: MatchAnswer?
    let frame = SearchableFrame(picture)
    for template in templates.map(\.unseen) {
      let search = TemplateFinder().search(template, in: frame, region: region, ignoring: ignored)
      let answer = MatchAnswer(search, scale: template.scale, all: all, index: index)
      if answer.rank > best?.rank ?? -1 { best = answer }
      if answer.isMatched { break }
    }
    return best ?? MatchAnswer(verdict: "absent", scale: 1)
  }
}

/// What a search came to.
struct MatchAnswer: CustomStringConvertible {
  /// `matched`, `absent`, `ambiguous` or `unclear`.
  var verdict: String
  var scale: Double
  var best: TemplateMatch?
  var reason: String?
  /// All places, where they were asked for.
  var places: [TemplateMatch]?
  /// The search itself.
  var search: TemplateSearch?

  var isMatched: Bool { verdict == "matched" }

  init(verdict: String, scale: Double) {
    self.verdict = verdict
    self.scale = scale
  }

  init(_ search: TemplateSearch, scale: Double, all: Bool, index: Int?) {
    self.init(verdict: "absent", scale: scale)
    self.search = search
    best = search.answer.best
    switch search.answer {
    case .matched: verdict = "matched"
    case .absent: verdict = "absent"
    case .ambiguous: verdict = "ambiguous"
    case .unclear(_, let why): (verdict, reason) = ("unclear", why)
    }
    if !all && index == nil { return }
    let matches = search.matches
    if all { places = matches }
    let chosen = (index ?? 1) - 1
    if matches.indices.contains(chosen) {
      (verdict, best, reason) = ("matched", matches[chosen], nil)
    } else if !matches.isEmpty {
      (verdict, best, reason) = ("absent", matches.last, "there are only \(matches.count)")
    }
  }

  /// How much an answer is worth where several scales are tried: being there, then being there
  /// more than once, then what resembles most.
  var rank: Double {
    switch verdict {
    case "matched": 3
    case "ambiguous": 2
    default: best?.score ?? 0
    }
  }

  /// The best place, and the one that comes next if there is one.
  var firstTwo: (best: TemplateMatch?, second: TemplateMatch?) {
    guard let best else { return (nil, nil) }
    if case .ambiguous(let one, let other)? = search?.answer {
      return (best, one == best ? other : one)
    }
    guard let second = search?.second(), second != best else { return (best, nil) }
    // Where neither is the template, the next one is compared only now, and may resemble it more.
    let isNearer = verdict == "absent" && reason == nil && second.score > best.score
    return isNearer ? (second, best) : (best, second)
  }

  var description: String {
    if let places {
      return places.isEmpty ? "absent" : places.map(Self.line).joined(separator: "\n")
    }
    var text = verdict
    let (best, second) = firstTwo
    if let best { text += (isMatched ? " " : ", nearest ") + Self.line(best) }
    if verdict == "ambiguous", let second { text += " and " + Self.line(second) }
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
      .init("matched", .bool(isMatched)), .init("verdict", .string(verdict)),
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
