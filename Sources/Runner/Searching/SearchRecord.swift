import FrameVision
import Frames
import RunJournal

/// What came of searches, as the journal tells it.
extension FindAnswer {
  /// What came of looking for a reference image: nothing where nothing resembles it.
  func searches(for name: String) -> [Judgement.Search] {
    switch self {
    case .matched(let match): [match.search(name, found: true)]
    case .ambiguous(let one, let other):
      [one.search(name, found: true), other.search(name, found: true)]
    case .unclear(let match, let reason): [match.search(name, found: false, unclear: reason)]
    case .absent(let nearest?): [nearest.search(name, found: false)]
    case .absent(nil):
      [Judgement.Search(.image(name), found: false, limit: TemplateFinder.limit)]
    }
  }
}

extension TemplateMatch {
  fileprivate func search(
    _ name: String, found: Bool, unclear: String? = nil
  ) -> Judgement.Search {
    Judgement.Search(
      .image(name), found: found, box: rect, score: score, limit: TemplateFinder.limit,
      differs: found ? nil : differs, difference: found ? nil : difference, unclear: unclear)
  }
}

extension TextFindAnswer {
  /// What came of looking for words.
  ///
  /// - Parameters:
  ///   - name: what reports call the words.
  ///   - written: what may be written of what was read somewhere; nil where nothing may.
  /// - Returns: a line for each place.
  func searches(
    for name: String, written: (String, PixelRect) -> String?
  ) -> [Judgement.Search] {
    func search(_ match: TextMatch, found: Bool) -> Judgement.Search {
      Judgement.Search(
        .words(name), found: found, box: match.box, score: match.likeness, limit: TextMatch.limit,
        read: written(match.heard, match.box))
    }
    switch self {
    case .found(let match): return [search(match, found: true)]
    case .ambiguous(let one, let other):
      return [search(one, found: true), search(other, found: true)]
    case .absent(let nearest?): return [search(nearest, found: false)]
    case .absent(nil):
      return [Judgement.Search(.words(name), found: false, limit: TextMatch.limit)]
    }
  }
}

extension StepState {
  /// Takes note of searches of the present picture; one that is made again is told once.
  func note(_ searches: [Judgement.Search]) {
    for search in searches where !self.searches.contains(search) { self.searches.append(search) }
  }
}
