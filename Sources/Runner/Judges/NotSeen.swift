import FrameVision
import Frames
import Scenario

extension NotSeen: JudgedPredicate {
  /// From this likeness on, something that is no match is not surely another thing either.
  private static var nearLimit: Double { 0.75 * TemplateFinder.limit }

  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    let before = memory.absent
    memory.absent = 0
    guard let look = glance.look else { return .saying("no picture", holds: false) }
    guard judging.model.fits(look), look.condition == .picture else {
      return .saying(
        judging.model.fits(look) ? "no whole picture" : judging.model.sizeComplaint(look),
        holds: false)
    }
    let sighting = try await judging.finder.search(target, on: look, in: step)
    let boxes = sighting.places.compactMap(\.box)
    switch sighting.kind {
    case .here:
      let place = sighting.places.first?.point.description ?? ""
      return .saying("still there, at \(place)", holds: false, boxes: boxes)
    case .ambiguous:
      let places = boxes.map(\.description).joined(separator: " and ")
      return .saying("still there, at \(places)", holds: false, boxes: boxes)
    case .absent: break
    }
    let isNear = sighting.template ?? 0 >= Self.nearLimit
    if sighting.unclear != nil || isNear {
      var unclear = sighting
      unclear.words = sighting.words ?? ""
      unclear.unclear = sighting.unclear ?? "too like it to be called gone"
      return unclear
    }
    // What lies under the pointer is not seen either, and may be there all the same.
    if !memory.whole.isUncovered, try await judging.finder.isCovered(target, in: step) {
      memory.whole.cover(target)
      return .saying("the pointer hides the place where it would be", holds: false)
    }
    // One frame without it may be a flicker.
    memory.absent = before + 1
    return Sighting(
      kind: memory.absent >= 2 ? .here : .absent, nearest: sighting.nearest,
      words: "it is not there")
  }
}
