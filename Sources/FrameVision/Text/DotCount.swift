public import Frames

extension Frame {
  /// How many password dots a field shows: equal marks on one line, light on dark or dark on
  /// light. A caret beside them does not count.
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
    guard let tallest = marks.map(\.height).max() else { return 0 }
    let dots = marks.filter {
      abs($0.height - tallest) <= 2 && abs($0.width - tallest) <= 2
        && abs($0.center.y - marks[0].center.y) <= 2
    }
    return dots.count == marks.count ? dots.count : nil
  }

  /// Whether a component is the thin upright stroke that shows where the next character goes.
  private static func isCaret(_ component: PixelRect) -> Bool {
    component.width * 4 <= component.height
  }
}
