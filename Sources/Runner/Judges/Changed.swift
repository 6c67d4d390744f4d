import Bench
import FrameVision
import Frames
import Scenario

extension Changed: JudgedPredicate {
  /// Compares with the picture from before the action, not from picture to picture: what came at once
  /// had come before the first picture after the action, and a fade adds up, however slow it is.
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    guard let look = glance.look, look.condition == .picture else {
      return .saying("no whole picture", holds: false)
    }
    guard let before = step.before else {
      throw Stop(.scenarioInvalid, "there is no picture from before the action to compare with")
    }
    let area: PixelRect?
    switch try await judging.finder.locate(region, on: look, in: step) {
    case .here(let rect): area = rect
    case .absent(let sighting): return sighting
    }
    let ignored = await judging.alive(on: step.device) + step.ignoredBefore
    let changes = look.frame.changes(since: before.frame, in: area, ignoring: ignored)
    return .saying(
      changes.first.map { "it changed at \($0)" } ?? "nothing changed", holds: !changes.isEmpty,
      boxes: changes)
  }
}
