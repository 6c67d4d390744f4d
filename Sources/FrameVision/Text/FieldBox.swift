public import Frames

/// On which side of a label the box of its field is looked for.
public enum FieldSide: Sendable, Hashable {
  /// To its right, on the same line.
  case rightOf
  /// Below it.
  case below
}

extension Frame {
  /// The inside of the box that is drawn beside a label: an even ground with an edge all around, wider
  /// than high, a line or a few high. Its corners may be round, and its edge may be a rim, a shade or
  /// only another ground.
  ///
  /// From the label outwards, each ground is flooded as far as it goes. The one of a field ends on all
  /// sides at straight edges; the one of the panel that the label stands on reaches around the label.
  /// Strong edges go before faint ones, which a flood that takes all within fewer levels does not leak
  /// through. What stands in the field is an island in the flood.
  ///
  /// - Parameters:
  ///   - side: where it is looked for.
  ///   - label: where the label stands, in pixels.
  /// - Returns: the box, a little inside its edge, without what round corners take at its ends; nil
  ///   where none is drawn there.
  public func fieldBox(_ side: FieldSide, of label: PixelRect) -> PixelRect? {
    fieldBoxes(side, of: label).field
  }

  /// The boxes that are drawn beside a label: that of its field, or where there is none, those that are
  /// none of a field.
  ///
  /// - Parameters: as for ``fieldBox(_:of:)``.
  /// - Returns: the field's box, nil where none is drawn there, and the others, the nearest first.
  public func fieldBoxes(
    _ side: FieldSide, of label: PixelRect
  ) -> (field: PixelRect?, misfits: [FieldBoxMisfit]) {
    let label = label.intersection(bounds)
    if label.isEmpty { return (nil, []) }
    guard var search = FieldBoxSearch(luma, side, label) else { return (nil, []) }
    let field = search.box()
    return (field, field == nil ? search.misfits : [])
  }
}

/// Looks for the box of a field on one side of its label.
private struct FieldBoxSearch {
  /// How many levels of luma belong to one ground, the most that is tried first: fields with a strong
  /// edge may be shaded; the fewest is half of the faintest edge that is seen.
  private static let tolerances = [20, 14, 10, 7, 5, 3]
  /// How much larger than the deviation of noise a tolerance is at least: a ground would come to
  /// pieces, though samples are averaged by threes.
  private static let overNoise = 2.2
  /// How far from a label's end, or its middle, that of a box below it lies at most, as a part of the
  /// label's height.
  private static let alignment = 1.0
  /// How far from a label's middle that of a box to its right lies at most, as a part of the box's
  /// height.
  private static let offCenter = 0.3
  /// How far below its label a box begins at most, in heights of the label.
  private static let farthestBelow = 4
  /// How far to the right of its label a box begins at most, in heights of the label: the labels of a
  /// form are of several lengths, and what is farther off belongs to something else.
  private static let farthestRight = 30
  /// Seeds of floods lie so far apart, in pixels.
  private static let seedStep = 2

  private let side: FieldSide
  private let label: PixelRect
  private let grounds: GroundFlood
  /// Boxes that were met, and are none of a field.
  private(set) var misfits: [FieldBoxMisfit] = []

  init?(_ luma: Plane, _ side: FieldSide, _ label: PixelRect) {
    self.side = side
    self.label = label
    let tallest = Int(FieldBoxForm.heights.upperBound * Double(label.height))
    let window =
      switch side {
      case .rightOf:
        PixelRect(
          x: label.x - label.height, y: label.center.y - tallest / 2 - 2 * label.height,
          width: luma.width - label.x + label.height, height: tallest + 4 * label.height)
      case .below:
        PixelRect(
          x: 0, y: label.y - label.height, width: luma.width,
          height: (2 + Self.farthestBelow) * label.height + tallest)
      }
    guard
      let grounds = GroundFlood(luma, window.intersection(PixelRect(luma.size).insetBy(1)))
    else { return nil }
    self.grounds = grounds
  }

  mutating func box() -> PixelRect? {
    var nearest: PixelRect?
    for tolerance in Self.tolerances {
      if Double(tolerance) < Self.overNoise * grounds.noise { break }
      if let nearest, !hasRoom(before: nearest) { break }
      // Strong edges far off are another field's where faint ones are nearer.
      nearest = box(within: tolerance, before: nearest) ?? nearest
    }
    return nearest
  }

  /// Whether another box may stand between the label and one.
  private func hasRoom(before box: PixelRect) -> Bool {
    let height = Int(FieldBoxForm.heights.lowerBound * Double(label.height))
    return switch side {
    case .rightOf: box.x - label.maxX > FieldBoxForm.leastShape * height
    case .below: box.y - label.maxY > height
    }
  }

  /// The nearest box whose ground is even within a tolerance, and that ends before another begins.
  private mutating func box(within tolerance: Int, before other: PixelRect?) -> PixelRect? {
    var flooded = GroundFlood.Map(grounds)
    for seed in seeds(before: other) where grounds.isGround(at: seed) && !flooded.contains(seed) {
      guard let region = grounds.flood(from: seed, within: tolerance, in: &flooded),
        !region.bounds.intersects(label), let box = grounds.inside(of: region)
      else { continue }
      if let reason = misfit(region.bounds) {
        note(FieldBoxMisfit(box: box, reason: reason))
        continue
      }
      guard let other else { return box }
      if side == .rightOf ? box.maxX <= other.x : box.maxY <= other.y { return box }
    }
    return nil
  }

  /// Where a ground is taken up, the nearest to the label first.
  private func seeds(before other: PixelRect?) -> [PixelPoint] {
    switch side {
    case .rightOf:
      let end = other?.x ?? label.maxX + Self.farthestRight * label.height
      let rows = [label.center.y, label.y - label.height / 4, label.maxY + label.height / 4]
      return stride(from: label.maxX + 1, to: end, by: Self.seedStep)
        .flatMap { x in rows.map { PixelPoint(x: x, y: $0) } }
    case .below:
      let end = other?.y ?? label.maxY + Self.farthestBelow * label.height
      let across = min(label.width / 2, 2 * label.height)
      let columns = [label.x + across, label.x + across / 3, label.center.x, label.maxX - 2]
      return stride(from: label.maxY + 1, to: end, by: Self.seedStep).flatMap { y in
        columns.map { PixelPoint(x: $0, y: y) }
      }
    }
  }

  /// Why a ground that ends on all sides is none of a field; nil of one that is.
  private func misfit(_ bounds: PixelRect) -> FieldBoxMisfit.Reason? {
    let height = Double(bounds.height) / Double(label.height)
    if height < FieldBoxForm.heights.lowerBound { return .low }
    if height > FieldBoxForm.heights.upperBound { return .high }
    if bounds.width < FieldBoxForm.leastShape * bounds.height { return .narrow }
    switch side {
    case .rightOf:
      let offset = Double(abs(bounds.center.y - label.center.y))
      return offset <= Self.offCenter * Double(bounds.height) + 1 ? nil : .unaligned
    case .below: return bounds.y >= label.maxY && isAligned(bounds) ? nil : .unaligned
    }
  }

  /// Remembers a box that is none of a field, once: what is evener within fewer levels is the same.
  private mutating func note(_ misfit: FieldBoxMisfit) {
    let box = misfit.box
    // Letters have grounds of their own.
    guard box.height * 2 > label.height, box.width > box.height,
      !misfits.contains(where: { $0.box.intersects(box) })
    else { return }
    misfits.append(misfit)
  }

  /// Whether a box below a label begins or ends about where that does, or has its middle there: what
  /// lies below a label and is the rest of the panel that it stands on does not.
  private func isAligned(_ box: PixelRect) -> Bool {
    let left = label.x - box.x
    let right = box.maxX - label.maxX
    let slack = Int(Self.alignment * Double(label.height))
    return min(abs(left), abs(right), abs(left - right) / 2) <= slack
  }
}
