import FrameVision
import Frames
import RecorderModel
import Scenario

extension FieldState: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    let before = memory.absent
    memory.absent = 0
    guard let look = glance.look else { return .saying("no picture", holds: false) }
    let name = try judging.values.name(field)
    switch try await judging.fields.look(for: name, at: field.location, on: look, in: step) {
    case .absent(let label, var sighting):
      if try await judging.finder.isCovered(label, in: step) {
        memory.whole.cover(label)
      }
      sighting.words = sighting.words ?? "no such field"
      sighting.kind = .absent
      return sighting
    case .hidden(let box, var label):
      label.region = .rect(box)
      memory.whole.hidden.append(label)
      return .hidden(box)
    case .here(let field):
      let description = try judging.fields.description(of: name, at: self.field.location)
      guard
        let isFilled = await judging.finder.isFilled(field, described: description, on: look)
      else {
        return Sighting(
          kind: .absent, words: "the field at \(field.box), with words in it in place of dots",
          boxes: [field.box],
          unclear: "what stands in it while it is empty, the model says as its placeholder")
      }
      let words = "the field at \(field.box), \(isFilled ? "with something" : "with nothing") in it"
      guard isFilled == self.isFilled else {
        return .saying(words, holds: false, boxes: [field.box])
      }
      // What fades in shows its label before it shows what stands beside it.
      memory.absent = before + 1
      return .saying(words, holds: memory.absent >= 2, boxes: [field.box])
    }
  }
}
