import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Asking independent witnesses before anything is said of the recorder.
extension ScenarioRun {
  /// How long a lost signal is watched until it is said why it went.
  private static let lossPatience = Duration.seconds(5)
  /// How long a picture is watched until it is said that nothing moves in it.
  private static let lifePatience = Duration.milliseconds(2600)

  /// Says whose fault it is that something was not seen or could not be done.
  func convict(_ unmet: Unmet, in state: StepState) async -> Stop {
    do throws(Stop) {
      let statement = try await hearWitnesses(in: state)
      try await note(.witness, statement.words, in: state)
      let reason = redactor.written(unmet.reason)
      switch Diagnosis(statement) {
      case .healthy:
        // Pictures of a size that the model is not made for say nothing of the recorder.
        if let look = unmet.look ?? state.device.lastLook, !fits(look) {
          let complaint = sizeComplaint(look)
          return .errored(reason.contains(complaint) ? reason : "\(complaint); \(reason)")
        }
        return unmet.ifHealthy == .failed ? .failed(reason) : .errored(reason)
      case .recorder(let why): return .failed("\(why); \(reason)")
      case .rig(let fault): return .errored("\(fault); \(reason)")
      }
    } catch {
      return error
    }
  }

  /// Asks all witnesses a last time before a run is called passed.
  func askWitnessesLast() async throws(Stop) {
    for name in devices.keys.sorted() {
      guard let device = devices[name] else { continue }
      let state = outside(device)
      if device.restartingSince != nil { try await awaitReturn(in: state) }
      let statement = try await hearWitnesses(in: state)
      try await note(.witness, "at the end: \(statement.words)", in: state)
      switch Diagnosis(statement) {
      case .healthy: break
      case .recorder(let why): throw .failed("at the end \(why)")
      case .rig(let fault): throw .errored("\(fault), at the end")
      }
    }
  }

  private func awaitReturn(in state: StepState) async throws(Stop) {
    guard state.device.screen != nil else { return }
    let start = await clock.now()
    var watch = Watch(after: start, until: limited(start.advanced(by: model.boot.longest)))
    while let glance = try await glance(&watch, in: state) {
      if let look = glance.look, look.condition == .picture { return }
    }
  }

  /// Takes note that the recorder has gone into a restart, or is back from one.
  func noticeRecovery(
    _ predicate: any Predicate, on device: DeviceState, at instant: MonotonicInstant?
  ) {
    if predicate.meaning.saysSignalIsLost {
      if device.restartingSince == nil { device.restartingSince = instant }
      device.lastLook = nil
      device.readings = [:]
    } else if predicate.meaning.showsRecorder, device.restartingSince != nil {
      device.restartingSince = nil
      device.lossesOfRestart = device.screen?.remembered.spells ?? []
      device.screen?.explainLosses()
      // No dialog from before shows what was typed into it.
      veil = []
    }
  }

  // MARK: - The hearing

  private func hearWitnesses(in state: StepState) async throws(Stop) -> WitnessStatement {
    let device = state.device
    var statement = WitnessStatement(
      signal: .live, picture: nil, isRestarting: device.restartingSince != nil, gap: .none,
      bus: nil, shouldBeSupplied: !device.isCut, supply: try await supply(of: device),
      pictureMoves: nil, pointerAnswers: nil, repeats: false)
    if let screen = device.screen {
      let reading = try await presentReading(of: screen, device)
      statement.signal = reading.signal
      if let frame = reading.frame {
        let look = Look(frame, noInput: request.noInput)
        device.lastLook = look
        statement.picture = look.condition
        if look.condition == .garbled, try await !isGarbled(screen, after: frame.capturedAt) {
          statement.picture = .picture
        }
        if statement.picture != .garbled, statement.picture != .noInput, !device.isCut {
          try await watchLife(&statement, look, screen, device)
        }
      }
      if device.restartingSince == nil, !state.concernsSignalUpwards {
        statement.gap = gap(screen.remembered)
      }
    }
    if let mouse = device.mouse {
      statement.bus = try await asking { () throws(BenchError) in try await mouse.busState() }
    }
    if device.restartingSince != nil, let screen = device.screen {
      statement.startsOver = startsOver(screen.remembered, now: statement)
    }
    return statement
  }

  /// Whether a recorder that restarts has gone down again before it was up.
  ///
  /// A cable that fails while it starts looks so at first. But then its USB host comes up and stays,
  /// and there are no more than these two losses.
  private func startsOver(_ memory: SignalMemory, now statement: WitnessStatement) -> Bool {
    let hostIsThere = statement.bus?.isHosted == true
    let mayBeCable = statement.signal != .live && hostIsThere
    return memory.spells.filter(\.hostWasGone).count > (mayBeCable ? 2 : 1)
  }

  /// What the screen says now; a lost signal is watched until the mouse's host has gone too.
  private func presentReading(of screen: WatchedScreen, _ device: DeviceState)
    async throws(Stop) -> ScreenReading
  {
    let start = await clock.now()
    var after = start
    while true {
      let reading: ScreenReading
      let from = after
      reading = try await asking { () throws(BenchError) in
        try await screen.reading(after: from, by: from.advanced(by: .milliseconds(1500)))
      }
      if reading.frame != nil || reading.signal == .deviceGone { return reading }
      if start.duration(to: reading.instant) > Self.lossPatience { return reading }
      if screen.remembered.openSpell?.hostWasGone ?? false { return reading }
      after = max(reading.instant, from.advanced(by: .milliseconds(100)))
    }
  }

  /// Watches whether anything moves by itself, then whether the pointer answers.
  private func watchLife(
    _ statement: inout WitnessStatement, _ look: Look, _ screen: WatchedScreen,
    _ device: DeviceState
  ) async throws(Stop) {
    let start = look.frame.capturedAt
    let ignored = await device.ignored()
    statement.pictureMoves = false
    var after = start
    while start.duration(to: after) < Self.lifePatience {
      let from = after.advanced(by: .milliseconds(400))
      let reading = try await asking { () throws(BenchError) in
        try await screen.reading(after: from, by: from.advanced(by: .milliseconds(1500)))
      }
      guard let frame = reading.frame else {
        statement.signal = reading.signal
        statement.picture = nil
        statement.pictureMoves = nil
        return
      }
      after = frame.capturedAt
      if !frame.isStill(since: look.frame, ignoring: ignored) {
        statement.pictureMoves = true
        break
      }
    }
    statement.repeats = screen.remembered.repeats >= 3
    guard let hand = device.hand else { return }
    do throws(HandError) {
      let deadline = await clock.now().advanced(by: patient(.seconds(20)))
      statement.pointerAnswers = try await hand.answer(by: deadline) == .answered
    } catch .bench(let error) {
      throw Stop(error)
    } catch .signal(let signal, _) {
      statement.signal = signal
    } catch {
      statement.pointerAnswers = false
    }
    // Nothing is found in a torn picture, nor is the pointer; not every tear shows as one.
    if statement.pointerAnswers == false, statement.signal == .live,
      try await isGarbled(screen, after: await clock.now())
    {
      statement.picture = .garbled
    }
  }

  /// Whether several of the next pictures are garbled. A single one may be, when a mode changes.
  private func isGarbled(_ screen: WatchedScreen, after instant: MonotonicInstant)
    async throws(Stop) -> Bool
  {
    var (garbled, after) = (0, instant)
    for _ in 0..<5 {
      let from = after.advanced(by: .milliseconds(100))
      let reading = try await asking { () throws(BenchError) in
        try await screen.reading(after: from, by: from.advanced(by: .milliseconds(1500)))
      }
      guard let frame = reading.frame else { return false }
      after = frame.capturedAt
      if frame.condition() == .garbled { garbled += 1 }
      if garbled == 2 { return true }
    }
    return false
  }

  private func gap(_ memory: SignalMemory) -> WitnessStatement.Gap {
    guard let spell = memory.spells.last else { return .none }
    if spell.bus.isEmpty { return .hostUnknown }
    return spell.hostWasGone ? .withHostGone : .withHostThere
  }
}

extension WitnessStatement {
  /// What was said, for the journal.
  var words: String {
    var parts = ["signal \(signal.rawValue)"]
    if let picture { parts.append("picture \(picture.rawValue)") }
    switch gap {
    case .none: break
    case .withHostGone: parts.append("signal and USB host were gone")
    case .withHostThere: parts.append("signal was gone, USB host was not")
    case .hostUnknown: parts.append("signal was gone")
    }
    parts.append("USB \(bus?.rawValue ?? "not wired")")
    switch supply {
    case .on: parts.append("supply reads back on")
    case .off: parts.append("supply reads back off")
    case .unknown: parts.append("supply can't be read back")
    }
    if let pictureMoves { parts.append(pictureMoves ? "picture moves" : "picture stands") }
    if repeats { parts.append("picture repeats to the last bit") }
    if let pointerAnswers {
      parts.append(pointerAnswers ? "pointer answers" : "pointer does not answer")
    }
    if isRestarting { parts.append(startsOver ? "starts over and over" : "restart not over") }
    return parts.joined(separator: ", ")
  }
}
