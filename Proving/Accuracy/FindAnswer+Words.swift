import FrameVision

extension FindAnswer {
  /// The answer in one line, with places and scores.
  var words: String {
    switch self {
    case .matched(let match): "matched \(match.rect) \(match.score)"
    case .ambiguous(let one, let two): "ambiguous \(one.rect) and \(two.rect)"
    case .unclear(let match, let reason): "unclear \(match.rect) \(match.score) (\(reason))"
    case .absent(let nearest):
      "absent" + (nearest.map { ", nearest \($0.rect) \($0.score) \($0.difference ?? "")" } ?? "")
    }
  }
}
