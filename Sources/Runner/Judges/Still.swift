import FrameVision
import Frames
import Scenario

extension Still: JudgedPredicate {
  func judge(
    _ glance: Glance, at memory: PartMemory, in step: StepState, _ judging: Judging
  ) async throws(Stop) -> Sighting {
    guard let look = glance.look, look.condition == .picture else {
      memory.motion = nil
      return .saying("no whole picture", holds: false)
    }
    let area: PixelRect?
    switch try await judging.finder.locate(region, on: look, in: step) {
    case .here(let rect): area = rect
    case .absent(let sighting):
      memory.motion = nil
      return sighting
    }
    var watch = memory.motion.flatMap { $0.region == area ? $0 : nil } ?? MotionWatch(in: area)
    let motion = watch.take(look.frame, ignoring: await judging.alive(on: step.device))
    memory.motion = watch
    if let moved = motion.regions.first {
      let verb = moved.kind == .fading ? "is fading" : "moved"
      return .saying(
        "something \(verb) at \(moved.box)", holds: false, boxes: motion.regions.map(\.box))
    }
    let length = motion.stillSince.duration(to: motion.capturedAt)
    // In less than that a slow fade looks still, too. Where no more time is left, it has to do.
    let isSure = length >= MotionWatch.fadeLag || memory.whole.isLastGlance
    return .saying("still for \(judging.wording.words(length))", holds: length >= time && isSure)
  }
}
