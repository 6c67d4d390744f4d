import Frames
import SourceYAML

extension ScenarioMaker {
  /// How far past an edge a place beside another lies, in pixels, where the file does not say.
  static let defaultGap = 12

  mutating func target(_ node: YAMLNode) -> Target? {
    if node.text == "centre" {
      return Target(kind: .point(.centre), region: nil, location: node.location)
    }
    guard let kind = kind(node) else { return nil }
    return Target(
      kind: kind, region: node["in"].flatMap { region($0) }, location: Self.place(of: node))
  }

  /// Where the name stands that a target is about, which is what a finding points at.
  private static func place(of node: YAMLNode) -> SourceLocation {
    let entry = node.entries.first { ScenarioFormat.placeKinds.contains($0.key) }
    return entry?.value.location ?? node.location
  }

  private mutating func kind(_ node: YAMLNode) -> Target.Kind? {
    guard
      let entry = node.entries.first(where: { ScenarioFormat.placeKinds.contains($0.key) })
    else { return nil }
    let value = entry.value
    switch entry.key {
    case "image": return value.text.map { .image($0) }
    case "label": return value.text.map { .label($0) }
    case "group": return value.text.map { .group($0) }
    case "text": return valueText(value).map { .text($0) }
    case "point": return point(value).map { .point($0) }
    case "anyOf":
      let targets = (value.elements ?? []).compactMap { target($0) }
      return targets.isEmpty ? nil : .anyOf(targets)
    default:
      guard let side = Side(rawValue: entry.key), let other = target(value) else { return nil }
      return .beside(side, other, gap: node["gap"]?.integer ?? Self.defaultGap)
    }
  }

  private func point(_ node: YAMLNode) -> ScreenPoint? {
    guard let parts = node.elements, parts.count == 2, let x = coordinate(parts[0]),
      let y = coordinate(parts[1])
    else { return nil }
    return ScreenPoint(x: x, y: y)
  }

  private func coordinate(_ node: YAMLNode) -> ScreenPoint.Coordinate? {
    if let text = node.text, text.hasSuffix("%") {
      return Double(text.dropLast()).map { .share($0 / 100) }
    }
    return node.integer.map { .pixels($0) }
  }

  mutating func region(_ node: YAMLNode) -> Region? {
    if let name = node.text { return .named(name, node.location) }
    guard let numbers = node.integers, numbers.count == 4 else { return nil }
    if numbers[2] == 0 || numbers[3] == 0 {
      report(node.location, "the rectangle is empty", remedy: "write [x, y, width, height]")
    }
    return .rect(
      PixelRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
  }

  // MARK: Expectations

  /// What must hold; `within` may stand beside it or in it.
  mutating func expectation(_ node: YAMLNode, within: YAMLNode?) -> Expectation? {
    if let inner = node["within"], let within {
      report(
        inner.location, "\"within\" is given here and at line \(within.location.line)",
        remedy: "keep one")
    }
    let time = limit(node["within"] ?? within, else: ScenarioParser.defaultWithin)
    guard let predicate = self.predicate(node) else { return nil }
    if case .still(_, let still) = predicate, still > time {
      report(
        node.location,
        "still for \(DurationText.text(still)) can't be seen within \(DurationText.text(time))",
        remedy: "write a longer within")
    }
    return Expectation(predicate: predicate, within: time, location: node.location)
  }

  private mutating func predicate(_ node: YAMLNode) -> Predicate? {
    switch node.content {
    case .nothing: return nil
    case .scalar(let word):
      switch word {
      case "signal-lost": return .signalLost
      case "signal-back": return .signalBack
      case "rebooting": return .rebooting
      case "changed": return .changed(nil)
      default: return nil
      }
    case .sequence(let parts): return joined(parts).map { .allOf($0) }
    case .mapping: return mapped(node)
    }
  }

  private mutating func joined(_ nodes: [YAMLNode]?) -> [Predicate]? {
    let parts = (nodes ?? []).compactMap { predicate($0) }
    return parts.isEmpty ? nil : parts
  }

  private mutating func mapped(_ node: YAMLNode) -> Predicate? {
    if let other = node["not"] { return sight(other).map { .notSeen($0) } }
    if let parts = node["any"] { return joined(parts.elements).map { .anyOf($0) } }
    if let parts = node["all"] { return joined(parts.elements).map { .allOf($0) } }
    if let still = node["still"] {
      let region = still["in"].flatMap { self.region($0) }
      guard let time = still.duration ?? still["for"]?.duration else { return nil }
      return .still(region, for: time)
    }
    if let changed = node["changed"] {
      return changed["in"].flatMap { region($0) }.map { .changed($0) }
    }
    if let texts = node["equal"] {
      return pair(texts).map { .equal($0, $1) }
    }
    return sight(node).map { .seen($0) }
  }

  /// A target to look for; places that nothing shows are none.
  private mutating func sight(_ node: YAMLNode) -> Target? {
    guard let target = self.target(node) else { return nil }
    if case .anyOf(let targets) = target.kind {
      for part in targets where !part.canBeSeen {
        report(
          part.location, "\(part.summary) is a place, which nothing shows",
          remedy: "look for an image, a label or a text")
      }
    }
    return target
  }

  private mutating func pair(_ node: YAMLNode) -> (ValueText, ValueText)? {
    guard let texts = node.elements, texts.count == 2, let first = valueText(texts[0]),
      let second = valueText(texts[1])
    else { return nil }
    return (first, second)
  }

  mutating func condition(_ node: YAMLNode) -> Condition? {
    if node.text == "rebootsByItself" { return .modelRebootsByItself }
    if let texts = node["equal"] { return pair(texts).map { .equal($0, $1) } }
    if let seen = node["seen"] { return expectation(seen, within: nil).map { .seen($0) } }
    if let other = node["not"] { return condition(other).map { .not($0) } }
    return nil
  }
}

extension Target {
  /// Whether there is something to look for, rather than a mere place.
  fileprivate var canBeSeen: Bool {
    switch kind {
    case .image, .label, .text, .group: true
    case .anyOf(let targets): targets.allSatisfy(\.canBeSeen)
    case .point, .beside: false
    }
  }
}
