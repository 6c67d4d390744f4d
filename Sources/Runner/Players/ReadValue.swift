import Bench
import FrameVision
import Frames
import Patterns
import RecorderModel
import RunJournal
import Scenario

extension ReadValue: SingleAction {
  /// Reads a value off the screen until it fits its pattern twice running.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let start = max(await run.time.now(), step.device.lastActionEnd)
    let end = run.time.limited(start.advanced(by: run.time.patient(within)))
    var watch = Watch(after: start, until: end)
    var isSecret = step.isSensitive
    func shown(_ text: String) -> String {
      isSecret ? Secret.placeholder : run.secrecy.written(text)
    }
    var (lastValue, lastText): (String?, String?)
    var calm: Calm?
    var isUnclear = false
    var lastLook: (look: Look, area: PixelRect)?
    while let glance = try await run.observer.glance(&watch, in: step) {
      guard let look = glance.look else {
        calm = nil
        continue
      }
      guard run.model.fits(look) else {
        lastText = run.model.sizeComplaint(look)
        continue
      }
      let area: PixelRect
      switch try await run.finder.locate(region, on: look, in: step) {
      case .here(let rect): area = rect ?? PixelRect(run.model.screen)
      case .absent(let sighting):
        // Its place is not there to be read.
        (calm, lastValue, lastText) = (nil, nil, sighting.words)
        isUnclear = sighting.unclear != nil
        _ = try await run.popUps.sendAway(on: look, in: step)
        continue
      }
      isUnclear = false
      lastLook = (look, area)
      isSecret = isSecret || run.secrecy.mayBeSeen(in: area, of: look)
      if calm?.region != area { calm = Calm(in: area, since: start) }
      if calm?.mayRead(look.frame) == false { continue }
      let lines = await run.reader.lines(in: look.frame, region: area, alphabet: alphabet)
      run.trace.read(lines.count, in: area, of: look.frame)
      let text = lines.map(\.text).joined(separator: "\n")
      lastText = text
      let fitting = try self.fitting(in: text)
      let value = fitting.flatMap { isOfKind($0, in: run) ? $0 : nil }
      if let value, value == lastValue {
        await run.values.save(isSecret ? .secret(Secret(value)) : .plain(value), as: save)
        run.values.take(kind, as: save)
        try await run.log.acted(step, "read \(save): \(shown(value))")
        try await judged(held: true, seen: "“\(shown(value))”", (look, area), in: step, run)
        return
      }
      lastValue = value
      if value != nil {
        watch.hurry(from: glance.instant)
      } else {
        _ = try await run.popUps.sendAway(on: look, in: step)
      }
    }
    let seen = lastText.map { "“\(shown($0))”" } ?? "no picture"
    try await judged(held: false, seen: seen, lastLook, in: step, run)
    let limit = run.time.limitReached(by: await run.time.now()).map { "\($0): " } ?? ""
    let reason =
      "\(limit)nothing that fits was read for \(save) within \(run.wording.words(within)): \(seen)"
    // A value with scraps around it may be misread: that is no evidence against the recorder.
    var isScrappy = isUnclear
    if !isUnclear, let lastText {
      isScrappy = try pattern.match(lastText, fit: .part, at: location) != nil
    }
    throw await run.witnesses.convict(
      watch.unwatched.map { Unmet(unwatched: $0, reason, run.wording) }
        ?? Unmet(isScrappy ? .pictureUnclear : .valueUnread, reason), in: step)
  }

  /// What fits in a text: all of it, or the one line that does, since moving pictures behind a line
  /// leave scraps that are read as lines of their own.
  private func fitting(in text: String) throws(Stop) -> String? {
    if let whole = try pattern.match(text.trimmed, fit: fit, at: location) { return whole.value }
    var found: String?
    for line in text.split(separator: "\n") {
      guard let match = try pattern.match(String(line).trimmed, fit: fit, at: location) else {
        continue
      }
      if let found, found != match.value { return nil }
      found = match.value
    }
    return found
  }

  /// Whether a text is a value of the kind that is read; a date that may be one of two days is one.
  private func isOfKind(_ text: String, in run: RunContext) -> Bool {
    do throws(TypedValue.Problem) {
      _ = try TypedValue(text, as: kind, dates: run.model.dateOrder)
      return true
    } catch {
      return error == .twoDays
    }
  }

  private func judged(
    held: Bool, seen: String, _ place: (look: Look, area: PixelRect)?, in step: StepState,
    _ run: RunContext
  ) async throws(Stop) {
    try await run.log.judged(
      step, expected: "read \(save), \(run.wording.words(within)) at most", held: held,
      .saying(seen, holds: held), frame: place?.look.frame.number, at: place?.look.frame.capturedAt)
    if let (look, area) = place {
      try await run.pictures.keep(look, as: held ? .deciding : .last, boxes: [area], in: step)
    }
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
  }
}

/// Whether a region is at rest, so that it can be read.
///
/// What fades in reads wrongly, and each look is much like the one just before it. A region that
/// never comes to rest, such as a clock over a moving picture, is read all the same.
private struct Calm {
  /// How long a region must have stood still before it is read.
  private static let calmBeforeReading = Duration.milliseconds(250)
  /// How long a region is given to come to rest.
  private static let longestUnrest = Duration.seconds(1)

  let region: PixelRect
  private let start: MonotonicInstant
  private var motion: MotionWatch

  init(in region: PixelRect, since start: MonotonicInstant) {
    (self.region, self.start) = (region, start)
    motion = MotionWatch(in: region)
  }

  /// Takes a picture; whether its region may be read.
  mutating func mayRead(_ frame: Frame) -> Bool {
    let motion = motion.take(frame)
    let calmFor = motion.stillSince.duration(to: motion.capturedAt)
    let isCalm = motion.regions.isEmpty && calmFor >= Self.calmBeforeReading
    return isCalm || start.duration(to: frame.capturedAt) > Self.longestUnrest
  }
}
