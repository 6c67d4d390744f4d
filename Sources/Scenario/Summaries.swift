import Frames
import SourceYAML

extension ValueText {
  /// The text as its file writes it.
  public var source: String {
    segments.map { segment in
      switch segment {
      case .literal(let text): text.replacing("${", with: "$${")
      case .reference(let name): "${\(name)}"
      }
    }.joined()
  }

  /// The text if it refers to nothing.
  public var constant: String? {
    var text = ""
    for segment in segments {
      guard case .literal(let part) = segment else { return nil }
      text += part
    }
    return text
  }
}

extension Target {
  /// A few words for reports; the same for targets that mean the same.
  public var summary: String {
    let what =
      switch kind {
      case .image(let name): "image \(name.source)"
      case .label(let key): "label \(key.source)"
      case .text(let text): "\"\(text.source)\""
      case .point(.centre): "centre"
      case .point(let point): "point \(point.x.summary), \(point.y.summary)"
      case .beside(let side, let target, let gap):
        "\(gap) px \(side.words) \(target.summary)"
      case .anyOf(let targets):
        "any of " + targets.map(\.summary).joined(separator: ", ")
      case .group(let name): "any of group \(name.source)"
      case .keyboardDismissal: "what puts the keyboard away"
      }
    let one = choice.map { "\(what), \($0.nth) of \($0.count)" } ?? what
    return region.map { "\(one) in \($0.summary)" } ?? one
  }
}

extension Side {
  fileprivate var words: String {
    switch self {
    case .below: "below"
    case .above: "above"
    case .leftOf: "left of"
    case .rightOf: "right of"
    }
  }
}

extension ScreenPoint.Coordinate {
  fileprivate var summary: String {
    switch self {
    case .share(let share): "\((share * 1_000).rounded() / 10)%"
    case .pixels(let pixels): "\(pixels)"
    }
  }
}

extension Region {
  /// A few words for reports.
  public var summary: String {
    switch self {
    case .named(let name): name.source
    case .rect(let rect): "[\(rect)]"
    case .part(let part): "the third at the \(part.rawValue)"
    case .around(.image(let name)), .around(.label(let name)): "the box around \(name.source)"
    }
  }
}
