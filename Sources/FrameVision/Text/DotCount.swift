public import Frames

extension Frame {
  /// How many password dots a field shows: equal marks on one line, light on dark or dark on
  /// light. A caret beside them does not count, nor what stands at an end of the field, clear of them
  /// and unlike them, such as the eye that shows the password.
  ///
  /// - Parameter region: the inside of the field.
  /// - Returns: the number, 0 for an empty field, nil when what stands there is not dots.
  public func dotCount(in region: PixelRect) -> Int? {
    let area = region.intersection(bounds)
    if area.isEmpty { return nil }
    return DotCounter(luma.cropped(to: area)).count()
  }
}

/// Counts equal components on one line.
struct DotCounter {
  private let luma: Plane

  init(_ luma: Plane) {
    self.luma = luma
  }

  func count() -> Int? {
    let sorted = luma.samples.sorted()
    let ground = Int(sorted[sorted.count / 2])
    let contrast = max(Int(sorted[sorted.count - 1]) - ground, ground - Int(sorted[0]))
    if contrast < 40 { return 0 }
    let isLight = Int(sorted[sorted.count - 1]) - ground >= ground - Int(sorted[0])
    let bits = luma.samples.map {
      (isLight ? Int($0) - ground : ground - Int($0)) > contrast / 2 ? AdaptiveThreshold.light : 0
    }
    // What touches the edge is the field's own rim, seen through a shift of the capture chain;
    // specks are what noise leaves of a caret's ends.
    let inner = PixelRect(luma.size).insetBy(1)
    let components = ComponentLabeling.components(
      in: bits, width: luma.width, bit: AdaptiveThreshold.light
    ).map(\.box)
      .filter { inner.contains($0) && max($0.width, $0.height) > 2 }
      .sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let carets = components.filter(Self.isCaret)
    if let caret = carets.first, carets.contains(where: { abs($0.x - caret.x) > 1 }) {
      return nil
    }
    // Noise may tear a faint caret; its pieces stand above each other.
    let marks = components.filter { component in
      !carets.contains { $0.x - 1 <= component.x && component.maxX <= $0.maxX + 1 }
    }
    let typed = withoutEnds(marks)
    return Self.dots(among: typed) ?? dotsBehindIcon(typed)
  }

  /// The number of dots; nil where something else stands among them.
  private static func dots(among marks: [PixelRect]) -> Int? {
    guard let tallest = marks.map(\.height).max() else { return 0 }
    let dots = marks.filter {
      abs($0.height - tallest) <= 2 && abs($0.width - tallest) <= 2
        && abs($0.center.y - marks[0].center.y) <= 2
    }
    return dots.count == marks.count ? dots.count : nil
  }

  /// The number of dots behind something at the field's near end that is close to them, such as a
  /// lock: nothing that was typed last and still shows stands before dots.
  private func dotsBehindIcon(_ marks: [PixelRect]) -> Int? {
    let reach = Int(Self.endWidth * Double(luma.height))
    let icon = marks.prefix { $0.maxX <= reach }
    for size in icon.indices.map({ $0 + 1 }) where marks.count - size >= Self.fewestBehindIcon {
      let rest = Array(marks[size...])
      guard let count = Self.dots(among: rest), let end = marks[..<size].map(\.maxX).max() else {
        continue
      }
      let gaps = zip(rest, rest.dropFirst()).map { $1.x - $0.maxX }
      return rest[0].x - end > (gaps.max() ?? 0) ? count : nil
    }
    return nil
  }

  /// How many dots tell that what stands before them is none.
  private static let fewestBehindIcon = 2
  /// How wide what stands at an end of the field is at most, in heights of the field.
  private static let endWidth = 1.5
  /// How tall dots are at most where nothing else is in the field than what stands at its far end, as a
  /// share of its height.
  private static let tallestLone = 0.4

  /// Marks without those that stand at either end of the field, clear of all others, and are no dots as
  /// the others are.
  private func withoutEnds(_ marks: [PixelRect]) -> [PixelRect] {
    let reach = Int(Self.endWidth * Double(luma.height))
    var clusters = Self.clusters(of: marks)
    if let last = clusters.last, last.allSatisfy({ $0.x >= luma.width - reach }),
      !belongs(last, beside: clusters.dropLast().flatMap(\.self), isFarEnd: true)
    {
      clusters.removeLast()
    }
    if let first = clusters.first, first.allSatisfy({ $0.maxX <= reach }),
      !belongs(first, beside: clusters.dropFirst().flatMap(\.self), isFarEnd: false)
    {
      clusters.removeFirst()
    }
    return clusters.flatMap(\.self)
  }

  /// Marks, which come from left to right, parted where nothing is for as far as the tallest of them is tall.
  private static func clusters(of marks: [PixelRect]) -> [[PixelRect]] {
    let clear = marks.map(\.height).max() ?? 0
    var clusters: [[PixelRect]] = []
    var end = 0
    for mark in marks {
      if clusters.isEmpty || mark.x - end >= clear { clusters.append([]) }
      clusters[clusters.count - 1].append(mark)
      end = max(end, mark.maxX)
    }
    return clusters
  }

  /// Whether what stands at an end of the field is dots, as the others are.
  private func belongs(_ end: [PixelRect], beside others: [PixelRect], isFarEnd: Bool) -> Bool {
    guard others.isEmpty else { return Self.dots(among: others + end) != nil }
    // An icon is one thing, though it has parts; marks side by side were typed, and the last still shows.
    let isOneThing = zip(end, end.dropFirst()).allSatisfy { $1.x < $0.maxX }
    if !isFarEnd, !isOneThing { return true }
    let tallest = end.map(\.height).max() ?? 0
    return Self.dots(among: end) != nil
      && (!isFarEnd || Double(tallest) <= Self.tallestLone * Double(luma.height))
  }

  /// Whether a component is the thin upright stroke that shows where the next character goes.
  private static func isCaret(_ component: PixelRect) -> Bool {
    component.width * 4 <= component.height
  }
}
