public import Bench
public import FrameVision
public import Frames

/// Where and when a click went.
public struct ClickRecord: Sendable, Hashable {
  /// Where the pointer's hot spot was seen before the button went down.
  public var point: PixelPoint
  /// When the last report of the click had been sent: its effect is looked for in later frames.
  public var endedAt: MonotonicInstant
  /// Frames that it took to get there.
  public var frames: Int

  /// Creates a record.
  public init(point: PixelPoint, endedAt: MonotonicInstant, frames: Int) {
    self.point = point
    self.endedAt = endedAt
    self.frames = frames
  }
}

/// What the pointer did when the mouse was moved a little: a witness that recorder and mouse are
/// alive.
public enum PointerAnswer: String, Sendable, Hashable {
  /// It moved as the mouse was moved.
  case answered
  /// It is seen, but did not move.
  case still
  /// It is not seen.
  case unseen
  /// The host has not taken the mouse.
  case noHost
}

/// Moves a recorder's pointer by a relative mouse and by what the screen shows.
///
/// The pilot learns what the pointer looks like and where its hot spot is by homing it into the
/// top left corner and stepping out of it; it learns how far reports of a few sizes move it; every
/// move is made open loop, seen, and corrected until the hot spot is seen where it should be. A
/// pilot serves one task at a time. After any error the buttons are released.
public actor MousePilot {
  /// Times that a host may let the mouse go on one way.
  private static let mostResets = 3

  let screen: any Screen
  let mouse: any Mouse
  let clock: any BenchClock
  let timing: MouseTiming

  /// What has been learnt about the pointer; nil before the first move.
  var hand: LearntHand?
  /// Where the hot spot is believed to be; nil when unknown.
  var position: PixelPoint?
  /// Where it was last seen in a shape that tells where the hot spot is, the latest last.
  var exactPlaces: [PixelPoint] = []
  /// Pictures from before the present way, each with where the pointer was in it.
  var earlier: [(frame: Frame, pointer: PixelPoint)] = []
  /// The picture in which it was seen last.
  var sightFrame: Frame?
  /// The buttons as last reported.
  var buttons: MouseButtons = []
  /// When the last report had been sent.
  var lastReport = MonotonicInstant.zero
  /// After which report the pointer was last seen, and in a frame of when.
  var sight: (report: MonotonicInstant, capturedAt: MonotonicInstant)?
  /// Reports that the host took, since the pilot was made.
  var delivered = 0
  /// Frames looked at, since the pilot was made.
  var frames = 0
  /// From a report to a frame that surely shows its effect, while nothing has been learnt yet.
  var learningPatience: Duration
  /// Whether what was learnt of the pointer last led nowhere.
  var hasLedNowhere = false

  /// The drawing of the pointer as last seen, to be left out when pictures are judged.
  public private(set) var pointerBox: PixelRect?

  /// Creates a pilot; nothing moves yet.
  public init(
    screen: any Screen, mouse: any Mouse, clock: any BenchClock, timing: MouseTiming = .standard
  ) {
    self.screen = screen
    self.mouse = mouse
    self.clock = clock
    self.timing = timing
    learningPatience = timing.patience
  }

  /// Where the hot spot was last seen; nil when unknown.
  public var pointer: PixelPoint? { position }

  /// How many frames the pilot has looked at so far.
  public var framesSeen: Int { frames }

  /// How long after a report a frame surely shows its effect, as far as it is known.
  public var latency: Duration { hand?.latency ?? learningPatience }

  /// How long after a report most frames show its effect.
  var soon: Duration { min(latency, max(MouseTiming.standard.patience, latency / 2)) }

  /// What the pointer looks like; nil before the first move.
  public var appearance: PointerAppearance? { hand?.shape.finder.appearance }

  /// Forgets where the pointer is, after a restart of the recorder.
  public func forgetPosition() {
    position = nil
    pointerBox = nil
  }

  /// The pointer's drawing with a margin, for judging pictures without it.
  var covered: [PixelRect] { pointerBox.map { [$0.insetBy(-3)] } ?? [] }

  /// A picture later than an instant and later than the effect of the last report.
  func freshFrame(after instant: MonotonicInstant?, by deadline: MonotonicInstant)
    async throws(HandError) -> Frame
  {
    let shown = lastReport.advanced(by: latency)
    return try await picture(after: max(shown, instant ?? shown), by: deadline)
  }

  func saw(_ sighting: PointerSighting?) {
    pointerBox = sighting?.box
  }

  // MARK: - What a hand does

  /// Makes the host listen and a hidden pointer show, by moving it to and fro.
  public func wake(by deadline: MonotonicInstant) async throws(HandError) {
    try await ready(by: deadline)
    try await jiggle(by: deadline)
  }

  /// Brings the pointer into the top left corner.
  public func home(by deadline: MonotonicInstant) async throws(HandError) {
    try await persisting(by: deadline) { pilot throws(HandError) in
      try await pilot.ready(by: deadline)
      try await pilot.goHome(by: deadline)
    }
  }

  /// Brings the hot spot to a point.
  ///
  /// - Parameters:
  ///   - target: where it should be.
  ///   - box: what it must be in; a larger box allows a larger distance from the target. Without
  ///     one the distance is at most 3 pixels.
  ///   - earlier: a picture from before, in which the pointer is elsewhere: what stands at the target
  ///     in both is not the pointer, however much it looks like it.
  ///   - deadline: when to give up.
  /// - Returns: where the hot spot is then seen.
  /// - Throws: what kept the pointer from getting there; the buttons are released before.
  @discardableResult
  public func move(
    to target: PixelPoint, inside box: PixelRect? = nil, unlike earlier: Frame? = nil,
    by deadline: MonotonicInstant
  )
    async throws(HandError) -> PixelPoint
  {
    try await releasingOnError { pilot throws(HandError) in
      try await pilot.travel(to: Destination(target, inside: box), unlike: earlier, by: deadline)
    }
  }

  /// Moves to a point and clicks there.
  ///
  /// - Parameters:
  ///   - target: where to click.
  ///   - box: what the hot spot must be in; see ``move(to:inside:unlike:by:)``.
  ///   - button: the button.
  ///   - count: 2 for a double click.
  ///   - earlier: see ``move(to:inside:unlike:by:)``.
  ///   - deadline: when to give up.
  /// - Returns: where and when it was clicked.
  /// - Throws: what kept the click from being made; the buttons are released before.
  @discardableResult
  public func click(
    at target: PixelPoint, inside box: PixelRect? = nil, button: MouseButtons = .left,
    count: Int = 1, unlike earlier: Frame? = nil, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    let before = frames
    return try await releasingOnError { pilot throws(HandError) in
      let point = try await pilot.travel(
        to: Destination(target, inside: box), unlike: earlier, by: deadline)
      return try await pilot.press(
        button, count: count, at: point, framesBefore: before, by: deadline)
    }
  }

  /// Presses the left button at one point and releases it at another.
  @discardableResult
  public func drag(
    from start: PixelPoint, to end: PixelPoint, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    let before = frames
    return try await releasingOnError { pilot throws(HandError) in
      try await pilot.dragging(from: start, to: end, framesBefore: before, by: deadline)
    }
  }

  /// Moves to a point and turns the wheel there, away from the user for positive detents.
  @discardableResult
  public func scroll(
    at target: PixelPoint, inside box: PixelRect? = nil, detents: Int, by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    let before = frames
    return try await releasingOnError { pilot throws(HandError) in
      let point = try await pilot.travel(to: Destination(target, inside: box), by: deadline)
      try await pilot.turnWheel(detents, by: deadline)
      return ClickRecord(
        point: point, endedAt: pilot.lastReport, frames: pilot.frames - before)
    }
  }

  /// Moves the pointer off rectangles that are to be judged, if it covers any; the way is short.
  public func park(awayFrom rects: [PixelRect], by deadline: MonotonicInstant)
    async throws(HandError)
  {
    try await releasingOnError { pilot throws(HandError) in
      try await pilot.parking(awayFrom: rects, by: deadline)
    }
  }

  /// Whether it is known what the pointer looks like, and how far a report moves it.
  public var hasLearnt: Bool { hand != nil }

  /// Moves the mouse a little and says what the pointer did. Never throws for what it finds.
  public func answer(by deadline: MonotonicInstant) async throws(HandError) -> PointerAnswer {
    try await probing(by: deadline)
  }

  /// Brings the pointer to a known place near the top left corner, and says how far from it it is
  /// drawn.
  ///
  /// - Returns: the way in pixels; nil where it is drawn where it points, where nothing has been learnt
  ///   of it yet, and where no two looks agree.
  public func misplacement(by deadline: MonotonicInstant) async throws(HandError) -> PixelPoint? {
    try await measureMisplacement(by: deadline)
  }

  /// Releases all buttons, as far as the host listens.
  public func releaseAll(by deadline: MonotonicInstant) async throws(HandError) {
    try await sendButtons([], times: 3, by: deadline)
  }

  /// Goes a way again, from wherever the pointer then is, where the host let the mouse go meanwhile and
  /// took it back: hosts reset a port for a disturbance on its cable, some go through their ports twice
  /// as they start, and a gadget's endpoint is there a little later than its bus says that it is
  /// configured. Ways only: a button that was down may have been taken or not.
  func persisting<Result: Sendable>(
    by deadline: MonotonicInstant,
    _ way: (isolated MousePilot) async throws(HandError) -> Result
  ) async throws(HandError) -> Result {
    for _ in 0..<Self.mostResets {
      do throws(HandError) {
        return try await way(self)
      } catch {
        guard case .mouse = error, buttons.isEmpty, await clock.now() < deadline else {
          throw error
        }
        try await pause(timing.busPoll)
      }
    }
    return try await way(self)
  }

  /// Runs an action and, if it throws, releases the buttons before passing the error on.
  private func releasingOnError<Result: Sendable>(
    _ action: (isolated MousePilot) async throws(HandError) -> Result
  ) async throws(HandError) -> Result {
    do {
      return try await action(self)
    } catch {
      if !buttons.isEmpty {
        let limit = await clock.now().advanced(by: .milliseconds(500))
        try? await sendButtons([], times: 3, by: limit)
      }
      throw error
    }
  }
}
