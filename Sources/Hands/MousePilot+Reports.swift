import Bench
import Frames

/// Reports: sending, pacing, buttons.
extension MousePilot {
  /// How often the picture is looked at while the host does not listen.
  private static let picturePoll = Duration.milliseconds(500)

  /// Returns once the host listens.
  ///
  /// - Throws: that the picture is lost, too, where it is: a recorder that restarts leaves its mouse
  ///   alone, and has both again by the time that a patient hand goes on.
  func ready(by deadline: MonotonicInstant) async throws(HandError) {
    var lastLook: MonotonicInstant?
    while true {
      let state = try await busState()
      if state.isHosted { return }
      let now = await clock.now()
      if now >= deadline { throw .mouse(state) }
      if lastLook.map({ $0.duration(to: now) >= Self.picturePoll }) ?? true {
        lastLook = now
        do throws(HandError) {
          _ = try await picture(after: now, by: deadline)
        } catch .outOfTime {
          throw .mouse(state)
        }
      }
      try await sleep(until: min(deadline, now.advanced(by: timing.busPoll)))
    }
  }

  func busState() async throws(HandError) -> USBBusState {
    do { return try await mouse.busState() } catch { throw .bench(error) }
  }

  func sleep(until instant: MonotonicInstant) async throws(HandError) {
    do { try await clock.sleep(until: instant) } catch { throw .bench(error) }
  }

  func pause(_ duration: Duration) async throws(HandError) {
    try await sleep(until: await clock.now().advanced(by: duration))
  }

  /// Sends one report as soon as the interval since the last one has passed.
  func send(_ report: MouseReport, by deadline: MonotonicInstant) async throws(HandError) {
    try await sleep(until: lastReport.advanced(by: timing.reportInterval))
    let started = await clock.now()
    if started >= deadline { throw .outOfTime }
    let delivery: MouseDelivery
    do { delivery = try await mouse.send(report, by: deadline) } catch { throw .bench(error) }
    lastReport = await clock.now()
    buttons = report.buttons
    switch delivery {
    case .delivered:
      delivered += 1
    case .refused:
      position = nil
      throw .mouse(try await busState())
    case .unknown:
      position = nil
      throw .deliveryUnknown
    }
  }

  /// Sends the same buttons several times without movement: a lost report then loses nothing.
  func sendButtons(_ buttons: MouseButtons, times: Int, by deadline: MonotonicInstant)
    async throws(HandError)
  {
    for _ in 0..<times {
      try await send(MouseReport(buttons: buttons), by: deadline)
    }
  }

  /// Moves to and fro. The first report, which a sleeping host loses, moves nothing.
  func jiggle(by deadline: MonotonicInstant) async throws(HandError) {
    try await send(MouseReport(buttons: buttons), by: deadline)
    for dx: Int8 in [1, 1, -1, -1] {
      try await send(MouseReport(buttons: buttons, dx: dx), by: deadline)
    }
  }

  /// Pushes the pointer into the top left corner, from wherever it is.
  func runHome(by deadline: MonotonicInstant) async throws(HandError) {
    position = nil
    try await jiggle(by: deadline)
    let reports = homingReports
    for _ in 0..<reports {
      try await send(MouseReport(buttons: buttons, dx: -127, dy: -127), by: deadline)
    }
    try await pause(latency)
  }

  /// Pushes the pointer into the top left corner, and takes it to be there.
  func goHome(by deadline: MonotonicInstant) async throws(HandError) {
    try await runHome(by: deadline)
    position = PixelPoint(x: 0, y: 0)
  }

  /// Enough to cross the largest picture even if a count moves less than half a pixel.
  var homingReports: Int { 2 * 1920 / 100 + 4 }

  /// Sends runs along both axes, one axis after the other, so that reports of one size are alike.
  func sendRuns(
    x: [StepGains.Run], towardsRight: Bool, y: [StepGains.Run], towardsBottom: Bool,
    by deadline: MonotonicInstant
  ) async throws(HandError) {
    // After a pause the first report may be lost, or taken for a slow one: it moves nothing.
    try await send(MouseReport(buttons: buttons), by: deadline)
    for run in x {
      let dx = Int8(towardsRight ? run.size : -run.size)
      for _ in 0..<run.reports {
        try await send(MouseReport(buttons: buttons, dx: dx), by: deadline)
      }
    }
    for run in y {
      let dy = Int8(towardsBottom ? run.size : -run.size)
      for _ in 0..<run.reports {
        try await send(MouseReport(buttons: buttons, dy: dy), by: deadline)
      }
    }
  }

  /// Presses and releases a button where the pointer is.
  func press(
    _ button: MouseButtons, count: Int, at point: PixelPoint, framesBefore: Int,
    by deadline: MonotonicInstant
  ) async throws(HandError) -> ClickRecord {
    for click in 0..<count {
      if click > 0 { try await pause(timing.betweenClicks) }
      try await sendButtons(button, times: 3, by: deadline)
      try await pause(timing.hold)
      try await sendButtons([], times: 3, by: deadline)
    }
    return ClickRecord(point: point, endedAt: lastReport, frames: frames - framesBefore)
  }

  /// Turns the wheel, one detent a report.
  func turnWheel(_ detents: Int, by deadline: MonotonicInstant) async throws(HandError) {
    try await send(MouseReport(), by: deadline)
    for _ in 0..<abs(detents) {
      try await send(MouseReport(wheel: detents > 0 ? 1 : -1), by: deadline)
      try await pause(timing.reportInterval * 3)
    }
  }
}
