import Frames
import RunJournal
import Scenario

extension Seen: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    guard let look = glance.look else { return .saying("no picture", holds: false) }
    var sighting = try await judging.finder.search(target, on: look, in: step)
    switch sighting.kind {
    case .here:
      memory.ambiguous = 0
      let place = sighting.places.first
      sighting.nearest = place?.candidate
      sighting.boxes = sighting.places.compactMap(\.box)
      sighting.words =
        place?.sign.map { "\($0.name) at \(place?.point.description ?? "")" } ?? "a place"
    case .absent:
      memory.ambiguous = 0
      if try await judging.finder.isCovered(target, in: step) { memory.whole.cover(target) }
      sighting.words = sighting.words ?? "nothing like it"
      sighting.boxes = sighting.nearest.map { [$0.box] } ?? []
    case .ambiguous:
      // Menus that open may show a thing twice for a moment; three times running is no accident.
      memory.ambiguous += 1
      if memory.ambiguous >= 3 { throw sighting.ambiguity(of: target) }
      let name = sighting.places.first?.sign?.name ?? ""
      let boxes = sighting.boxes.map(\.description).joined(separator: " and ")
      sighting.words = "\(name) in two places, \(boxes)"
    }
    return sighting
  }
}
