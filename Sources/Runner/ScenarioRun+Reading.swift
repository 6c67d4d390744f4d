import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Reading, waiting, keeping pictures and asking people.
extension ScenarioRun {
  /// How long a region must have stood still before it is read.
  private static var calmBeforeReading: Duration { .milliseconds(250) }

  /// How long a region is given to come to rest.
  private static var longestUnrest: Duration { .seconds(1) }

  /// Reads a value off the screen until it fits its pattern twice running.
  func play(_ read: ReadValue, in state: StepState) async throws(Stop) {
    let region = try rect(read.region)
    let start = max(await clock.now(), state.device.lastActionEnd)
    var watch = Watch(after: start, until: limited(start.advanced(by: patient(read.within))))
    let isSecret = state.isSensitive || isVeiled(region)
    let expected = "read \(read.save), \(wording.words(read.within)) at most"
    var (lastValue, lastText): (String?, String?)
    var unrest = MotionWatch(in: region)
    var lastLook: Look?
    while let glance = try await glance(&watch, in: state) {
      guard let look = glance.look else {
        unrest = MotionWatch(in: region)
        continue
      }
      guard fits(look) else {
        lastText = sizeComplaint(look)
        continue
      }
      lastLook = look
      // What fades in reads wrongly, and each look is much like the one just before it. A region
      // that never comes to rest, such as a clock over a moving picture, is read all the same.
      let isRestless = start.duration(to: glance.instant) > Self.longestUnrest
      let motion = unrest.take(look.frame)
      let calmFor = motion.stillSince.duration(to: motion.capturedAt)
      let isCalm = motion.regions.isEmpty && calmFor >= Self.calmBeforeReading
      if !isCalm && !isRestless { continue }
      let lines = await reader.lines(in: look.frame, region: region, alphabet: read.alphabet)
      let text = lines.map(\.text).joined(separator: "\n")
      lastText = text
      let value = try firstMatch(of: read.pattern, in: text, at: read.location)
      if let value, value == lastValue {
        await save(isSecret ? .secret(Secret(value)) : .plain(value), as: read.save)
        let shown = isSecret ? Secret.placeholder : redactor.written(value)
        try await acted(state, "read \(read.save): \(shown)")
        try await judged(expected, held: true, seen: "“\(shown)”", look, [region], in: state)
        return
      }
      lastValue = value
      if value != nil {
        watch.hurry(from: glance.instant)
      } else {
        _ = try await sendPopUpsAway(on: look, in: state)
      }
    }
    let shown = isSecret ? Secret.placeholder : redactor.written(lastText ?? "")
    let seen = lastText == nil ? "no picture" : "“\(shown)”"
    try await judged(expected, held: false, seen: seen, lastLook, [region], in: state)
    let limit = limitReached(by: await clock.now()).map { "\($0): " } ?? ""
    throw await convict(
      Unmet(
        "\(limit)nothing that fits was read for \(read.save) within "
          + "\(wording.words(read.within)): \(seen)", ifHealthy: .failed), in: state)
  }

  private func judged(
    _ expected: String, held: Bool, seen: String, _ look: Look?, _ boxes: [PixelRect],
    in state: StepState
  ) async throws(Stop) {
    try await report(
      .judged(
        Judgement(
          step: state.number, expected: expected, held: held, seen: seen,
          frame: look?.frame.number, capturedAt: look?.frame.capturedAt, nearest: nil)))
    if let look {
      try await keep(look, as: held ? .deciding : .last, boxes: boxes, in: state)
    }
  }

  /// The first group of a pattern's first match, or the whole match where it has none.
  func firstMatch(of pattern: String, in text: String, at location: SourceLocation)
    throws(Stop) -> String?
  {
    let regex: Regex<AnyRegexOutput>
    do {
      regex = try Regex(pattern)
    } catch {
      throw .errored("\(location): the pattern can't be understood")
    }
    guard let match = text.firstMatch(of: regex) else { return nil }
    let part = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
    return part.map(String.init)
  }

  /// Lets time pass, with a look at the screen now and then.
  func wait(_ time: Duration, in state: StepState) async throws(Stop) {
    let start = await clock.now()
    let end = start.advanced(by: time)
    let last = limited(end)
    try await passTime(until: last, in: state)
    let now = await clock.now()
    state.device.lastActionEnd = max(state.device.lastActionEnd, last)
    try await acted(state, "waited \(wording.words(start.duration(to: last)))")
    if last < end {
      throw await convict(
        Unmet(
          "\(limitReached(by: now) ?? "the time ran out") while waiting", ifHealthy: .errored),
        in: state)
    }
  }

  /// Lets time pass with an eye on the screen: what goes wrong meanwhile is not left for later.
  ///
  /// A second apart is close enough to meet a capture device that goes and comes back; in long
  /// waits looking costs too much for that.
  func passTime(until end: MonotonicInstant, in state: StepState) async throws(Stop) {
    var now = await clock.now()
    let pause = max(.seconds(1), now.duration(to: end) / 240)
    while now < end {
      try await sleep(until: min(end, now.advanced(by: pause)))
      now = await clock.now()
      if state.device.screen != nil && !state.device.isCut && now < end {
        var watch = Watch(after: now, until: now.advanced(by: .seconds(1)))
        _ = try await glance(&watch, in: state)
        now = await clock.now()
      }
    }
  }

  /// Keeps the present picture under a name.
  func capture(_ name: String, in state: StepState) async throws(Stop) {
    guard let look = try await freshLook(after: await clock.now(), in: state) else {
      throw await convict(Unmet("there is no picture to keep", ifHealthy: .errored), in: state)
    }
    try await keep(look, as: .captured, name: name, in: state)
    try await acted(state, "kept the picture as \(name)")
  }

  /// Asks a person to do something.
  ///
  /// - Returns: whether it was done; the step is left out where nobody is there.
  func ask(_ request: AskOperator, in state: StepState) async throws(Stop) -> Bool {
    guard let attendant = self.request.attendant else {
      try await leaveOut(state, reason: "only a person can do this, and nobody attends the run")
      return false
    }
    let text = redactor.written(try values.text(request.ask).written)
    let answer: Bool?
    do throws(CancellationError) {
      answer = try await attendant.ask(text, within: request.within)
    } catch {
      throw .aborted
    }
    switch answer {
    case true?:
      try await acted(state, "the operator confirmed")
      return true
    case false?: throw .failed("the operator says that it did not work")
    case nil:
      throw .errored("the operator did not answer within \(wording.words(request.within))")
    }
  }
}
