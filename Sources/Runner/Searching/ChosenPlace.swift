import Frames
import Scenario

extension [Place] {
  /// One of several places that look the same, by its number in reading order.
  ///
  /// With fewer of them it is not told which is missing, with more which one is new.
  func chosen(_ choice: Target.Choice, _ sign: Sign) -> Sighting {
    let boxes = compactMap(\.box)
    if count > choice.count { return .ambiguous(sign, boxes[0], boxes[1]) }
    guard count == choice.count else {
      return Sighting(
        kind: .absent, words: "\(sign.name) is in \(count) places, not in \(choice.count)",
        boxes: boxes)
    }
    let places = inReadingOrder
    return .here([places[choice.nth - 1]])
  }

  /// Line by line from the top, each from the left; places whose middles are no further apart than
  /// half their height stand on one line.
  private var inReadingOrder: [Place] {
    var lines: [[Place]] = []
    for place in sorted(by: { ($0.box?.center.y ?? 0) < ($1.box?.center.y ?? 0) }) {
      guard let box = place.box else { continue }
      if let first = lines.last?.first?.box, box.center.y - first.center.y <= first.height / 2 {
        lines[lines.count - 1].append(place)
      } else {
        lines.append([place])
      }
    }
    return lines.flatMap { line in line.sorted { ($0.box?.x ?? 0) < ($1.box?.x ?? 0) } }
  }
}
