public import FrameVision

/// What a search came to.
public struct MatchAnswer: Sendable {
  /// Whether the template is there.
  public enum Verdict: String, Sendable {
    /// It is there, once, or at the place that was asked for.
    case matched
    /// It is not.
    case absent
    /// It is there more than once.
    case ambiguous
    /// Too much of it is hidden, or the picture is too poor, or its colours may be tinted, to tell.
    case unclear
  }

  /// Whether the template is there.
  public private(set) var verdict = Verdict.absent
  /// The scale at which it was looked for.
  public private(set) var scale = 1.0
  /// The place that resembles it most; nil where nothing does at all.
  public private(set) var best: TemplateMatch?
  /// What explains the verdict, in a phrase, where that is needed.
  public private(set) var reason: String?
  /// All places, where they were asked for.
  public private(set) var places: [TemplateMatch]?
  /// The search itself; nil where there was nothing to look for.
  public private(set) var search: TemplateSearch?

  /// Whether the template is there as it was asked for.
  public var isMatched: Bool { verdict == .matched }

  /// Nothing was looked for.
  init() {}

  init(_ search: TemplateSearch, scale: Double, all: Bool, index: Int?) {
    self.scale = scale
    self.search = search
    best = search.answer.best
    switch search.answer {
    case .matched: verdict = .matched
    case .absent: verdict = .absent
    case .ambiguous: verdict = .ambiguous
    case .unclear(_, let why): (verdict, reason) = (.unclear, why)
    }
    if !all && index == nil { return }
    let matches = search.matches
    if all { places = matches }
    if all, search.isCutShort, matches.count > 1 {
      reason = "there may be more: of so many places only the likeliest are compared"
    }
    let chosen = (index ?? 1) - 1
    if matches.indices.contains(chosen) {
      (verdict, best) = (.matched, matches[chosen])
      if !all { reason = nil }
    } else if !matches.isEmpty {
      (verdict, best, reason) = (.absent, matches.last, "there are only \(matches.count)")
    }
  }

  /// How much an answer is worth where several scales are tried: being there, then being there
  /// more than once, then what resembles most.
  var rank: Double {
    switch verdict {
    case .matched: 3
    case .ambiguous: 2
    case .absent, .unclear: best?.score ?? 0
    }
  }

  /// The best place, and the one that comes next if there is one.
  public var firstTwo: (best: TemplateMatch?, second: TemplateMatch?) {
    guard let best else { return (nil, nil) }
    if case .ambiguous(let one, let other)? = search?.answer {
      return (best, one == best ? other : one)
    }
    guard let second = search?.second(), second != best else { return (best, nil) }
    // Where neither is the template, the next one is compared only now, and may resemble it more.
    let isNearer = verdict == .absent && reason == nil && second.score > best.score
    return isNearer ? (second, best) : (best, second)
  }
}
