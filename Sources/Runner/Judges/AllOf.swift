import Scenario

extension AllOf: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    var sightings: [Sighting] = []
    for (index, part) in parts.enumerated() {
      sightings.append(
        try await judging.judge(of: part)
          .judge(glance, at: memory.part(index), in: step, judging))
    }
    let missing = sightings.filter { !$0.holds }
    return .joined(missing.isEmpty ? sightings : missing, holds: missing.isEmpty)
  }
}
