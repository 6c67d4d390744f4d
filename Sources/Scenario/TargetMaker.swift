import Frames
import SourceYAML

extension ScenarioMaker {
  mutating func target(_ node: YAMLNode) -> Target? {
    if node.text == TargetKeys.centre.word {
      return Target(kind: .point(.centre), region: nil, location: node.location)
    }
    if node.text == TargetKeys.dismissKeyboard.word {
      return Target(kind: .keyboardDismissal, region: nil, location: node.location)
    }
    guard let kind = kind(node) else { return nil }
    var target = Target(
      kind: kind,
      region: node[TargetKeys.region].flatMap { region($0) }
        ?? node[TargetKeys.near]?.text.flatMap(ScreenPart.init).map { .part($0) },
      location: Self.place(of: node))
    if let nth = node[TargetKeys.nth], let number = nth.integer,
      let count = node[TargetKeys.count]?.integer
    {
      if number > count {
        report(nth.location, "of \(count) there is no \(number)", remedy: "write 1 to \(count)")
      }
      target.choice = Target.Choice(nth: number, count: count)
    }
    return target
  }

  /// Where the name stands that a target is about, which is what a finding points at.
  private static func place(of node: YAMLNode) -> SourceLocation {
    let entry = node.entries.first { entry in
      TargetKeys.kinds.contains { $0.name == entry.key }
    }
    return entry?.value.location ?? node.location
  }

  private mutating func kind(_ node: YAMLNode) -> Target.Kind? {
    if let image = node[TargetKeys.image] { return name(image).map { .image($0) } }
    if let label = node[TargetKeys.label] { return name(label).map { .label($0) } }
    if let group = node[TargetKeys.group] { return name(group).map { .group($0) } }
    if let text = node[TargetKeys.text] { return valueText(text).map { .text($0) } }
    if let point = node[TargetKeys.point] { return self.point(point).map { .point($0) } }
    if let any = node[TargetKeys.anyOf] {
      let targets = (any.elements ?? []).compactMap { target($0) }
      return targets.isEmpty ? nil : .anyOf(targets)
    }
    for (key, side) in TargetKeys.sides {
      guard let other = node[key] else { continue }
      let gap = node[TargetKeys.gap]?.integer ?? Side.usualGap
      return target(other).map { .beside(side, $0, gap: gap) }
    }
    return nil
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
    if let name = name(node) { return .named(name) }
    if let anchor = node[TargetKeys.around] {
      return anchor[TargetKeys.image].flatMap { name($0) }.map { .around(.image($0)) }
        ?? anchor[TargetKeys.label].flatMap { name($0) }.map { .around(.label($0)) }
    }
    guard let numbers = node.integers, numbers.count == 4 else { return nil }
    if numbers[2] == 0 || numbers[3] == 0 {
      report(node.location, "the rectangle is empty", remedy: "write [x, y, width, height]")
    }
    return .rect(
      PixelRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
  }

  /// A target to look for; places that nothing shows are none.
  mutating func sight(_ node: YAMLNode) -> Target? {
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
}
