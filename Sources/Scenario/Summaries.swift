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
      case .image(let name): "image \(name)"
      case .label(let key): "label \(key)"
      case .text(let text): "\"\(text.source)\""
      case .point(.centre): "centre"
      case .point(let point): "point \(point.x.summary), \(point.y.summary)"
      case .beside(let side, let target, let gap):
        "\(gap) px \(side.words) \(target.summary)"
      case .anyOf(let targets):
        "any of " + targets.map(\.summary).joined(separator: ", ")
      case .group(let name): "any of group \(name)"
      }
    return region.map { "\(what) in \($0.summary)" } ?? what
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
    case .named(let name, _): name
    case .rect(let rect): "[\(rect)]"
    }
  }
}

extension Predicate {
  /// A few words for reports; the same for predicates that mean the same.
  public var summary: String {
    switch self {
    case .seen(let target): "\(target.summary) seen"
    case .notSeen(let target): "\(target.summary) not seen"
    case .anyOf(let parts): "(" + parts.map(\.summary).joined(separator: " or ") + ")"
    case .allOf(let parts): "(" + parts.map(\.summary).joined(separator: " and ") + ")"
    case .signalLost: "signal lost"
    case .signalBack: "signal back"
    case .rebooting: "rebooting"
    case .still(let region, let time):
      "still for \(DurationText.text(time))" + (region.map { " in \($0.summary)" } ?? "")
    case .changed(let region): "changed" + (region.map { " in \($0.summary)" } ?? "")
    case .equal(let first, let second): "\"\(first.source)\" equal to \"\(second.source)\""
    }
  }
}

extension Action {
  /// What a step is called that its file gives no name.
  var summary: String {
    switch self {
    case .click(let target, let button, let count):
      "\(button == .right ? "Right-click" : count == 2 ? "Double-click" : "Click") \(target.summary)"
    case .move(let target): "Move to \(target.summary)"
    case .drag(let from, let to): "Drag \(from.summary) to \(to.summary)"
    case .scroll(let target, let detents): "Scroll \(detents) over \(target.summary)"
    case .type(let field, _): "Type into \(field.name)"
    case .power(.off): "Power off"
    case .power(.on): "Power on"
    case .power(.cycle): "Power cycle"
    case .power(.restore): "Restore power"
    case .mail(let mail): "Mail" + (mail.subject.map { " \($0.source)" } ?? "")
    case .read(let read): "Read \(read.save)"
    case .wait(let time): "Wait \(DurationText.text(time))"
    case .capture(let name): "Capture \(name)"
    case .operate: "Ask the operator"
    case .use(let use): "Use \(use.scenario.name)"
    case .either: "Either"
    }
  }
}
