import Scenario

extension AnyOf: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    var sightings: [Sighting] = []
    for (index, part) in parts.enumerated() {
      let sighting = try await judging.judge(of: part)
        .judge(glance, at: memory.part(index), in: step, judging)
      if sighting.holds { return sighting }
      sightings.append(sighting)
    }
    return .joined(sightings, holds: false)
  }
}
