import Bench
import FrameVision
import Frames
import Hands
import Patterns
import RecorderModel
import RunJournal

/// Asks independent witnesses before anything is said of the recorder.
final class Witnesses {
  /// How many pictures are read before it is said that nothing alive is on the screen.
  private static let readings = 3

  private let model: RecorderModel
  private let noInput: NoInputPicture?
  private let time: RunTime
  private let log: RunLog
  private let secrecy: Secrecy
  private let reader: any WordReader
  private let mailboxes: Mailboxes

  init(
    _ request: RunRequest, time: RunTime, log: RunLog, secrecy: Secrecy, reader: any WordReader,
    mailboxes: Mailboxes
  ) {
    model = request.model
    noInput = request.noInput
    self.time = time
    self.log = log
    self.secrecy = secrecy
    self.reader = reader
    self.mailboxes = mailboxes
  }

  /// What is said where something that an action needs is not there. The click that sends a pop-up away
  /// may close what was open beside it, too: a menu, a keyboard.
  private static let neededTargets: Set<FaultCode> = [.targetMissing, .keyboardFails]

  /// Says whose fault it is that something was not seen or could not be done.
  func convict(_ unmet: Unmet, in step: StepState) async -> Stop {
    do throws(Stop) {
      let finding = try await hear(in: step)
      try await log.note(.witness, finding.statement.words, in: step)
      let reason = secrecy.written(unmet.reason)
      switch finding.diagnosis {
      case .healthy:
        // Pictures of a size that the model is not made for say nothing of the recorder.
        if let look = unmet.look ?? step.device.lastLook, !model.fits(look) {
          let complaint = model.sizeComplaint(look)
          return Stop(
            .captureSize, reason.contains(complaint) ? reason : "\(complaint); \(reason)")
        }
        if unmet.ifHealthy.owner == .recorder, let fault = try await misplacement(on: step.device) {
          return Stop(Cause(fault), "\(fault); \(reason)")
        }
        if unmet.ifHealthy.owner == .recorder, step.device.lastPress?.doubtedSince != nil {
          return Stop(
            .popUpInterfered, "a pop-up came after the click, and may have taken it; \(reason)")
        }
        if Self.neededTargets.contains(unmet.ifHealthy), step.interruptions > 0 {
          return Stop(
            .popUpInterfered,
            "a pop-up was sent away in this step, and what went with it nobody can tell; \(reason)")
        }
        if unmet.ifHealthy.owner == .recorder, let doubt = try await mailboxes.doubt(in: step) {
          return Stop(.mailAmbiguous, "\(doubt); \(reason)")
        }
        return Stop(unmet.ifHealthy, reason)
      case .recorder(let code, let why): return Stop(code, "\(why); \(reason)")
      case .rig(let fault): return Stop(Cause(fault), "\(fault); \(reason)")
      }
    } catch {
      return error
    }
  }

  /// Asks all witnesses of a device a last time before a run is called passed.
  func convictAtEnd(in step: StepState) async throws(Stop) {
    let finding = try await hear(in: step)
    try await log.note(.witness, "at the end: \(finding.statement.words)", in: step)
    switch finding.diagnosis {
    case .healthy: break
    case .recorder(let code, let why): throw Stop(code, "at the end \(why)")
    case .rig(let fault): throw Stop(Cause(fault), "\(fault), at the end")
    }
  }

  /// What the switch of a device reads back; nil where there is none, or it can't.
  func readBack(of device: DeviceState) async throws(Stop) -> Bool? {
    guard let power = device.power else { return nil }
    return try await asking { () throws(BenchError) in try await power.readBack() }
  }

  /// What is known of the supply of a device.
  func supply(of device: DeviceState) async throws(Stop) -> WitnessStatement.Supply {
    guard let power = device.power else { return .unknown }
    return WitnessStatement.Supply(
      readBack: try await readBack(of: device),
      sensed: try await asking { () throws(BenchError) in try await power.sensedSupply() },
      isTrusted: device.isSupplyTrusted)
  }

  /// The state of the bus of a device's mouse; nil without a mouse.
  func bus(of device: DeviceState) async throws(Stop) -> USBBusState? {
    guard let mouse = device.mouse else { return nil }
    return try await asking { () throws(BenchError) in try await mouse.busState() }
  }

  /// What is wrong with a pointer that is drawn beside the place that it points at: what was clicked
  /// was not what was meant.
  private func misplacement(on device: DeviceState) async throws(Stop) -> RigFault? {
    guard let hand = device.hand, device.lastActionEnd > .zero else { return nil }
    let deadline = await time.now().advanced(by: time.patient(.seconds(20)))
    guard let way = try? await hand.misplacement(by: deadline) else { return nil }
    // A mouse that fell silent meanwhile leaves the pointer beside any place.
    if try await pointerAnswer(of: device) == .silent {
      return RigFault(.mouse, .mouseSilent, "the pointer answered, and does so no more")
    }
    return RigFault(
      .mouse, .mouseAstray,
      "the pointer is drawn \(way.x), \(way.y) pixels beside the place that it points at")
  }

  // MARK: - The hearing

  /// Asks the witnesses what a hearing wants to know, until it is closed.
  private func hear(in step: StepState) async throws(Stop) -> Hearing.Finding {
    let device = step.device
    var hearing = Hearing(
      of: Hearing.Subject(
        hasScreen: device.screen != nil, hasMouse: device.mouse != nil,
        hasHand: device.hand != nil, isCut: device.supply.isCut,
        isRestarting: device.restartingSince != nil,
        wasSeenUp: device.screen?.remembered.sawPicture ?? true,
        concernsSignal: step.concernsSignalUpwards,
        period: model.alive.filter { $0.reads != nil }.map(\.period).max(),
        longestStill: model.longestStill))
    var first: Look?
    while true {
      switch hearing.next {
      case .closed(let finding): return finding
      case .ask(let question): hearing.hear(try await answer(question, of: device, &first))
      }
    }
  }

  /// One answer of a witness.
  ///
  /// - Parameters:
  ///   - question: what is asked.
  ///   - device: who is asked.
  ///   - first: the picture that later ones are compared with, once there is one.
  /// - Returns: what the witness says.
  /// - Throws: a fault that needs no witness, or the end of the run.
  private func answer(_ question: Hearing.Question, of device: DeviceState, _ first: inout Look?)
    async throws(Stop) -> Hearing.Answer
  {
    switch question {
    case .supply: return .supply(try await supply(of: device))
    case .time: return .time(await time.now())
    case .losses: return .losses(device.screen?.remembered.spells ?? [])
    case .pointer: return .pointer(try await pointerAnswer(of: device))
    case .bus: return .bus(try await bus(of: device))
    case .life: return .life(try await showsLife(device))
    case .picture(let after, let deadline):
      let (frame, reading) = try await reading(of: device, after, deadline)
      guard let frame else { return .reading(reading) }
      let look = Look(frame, noInput: noInput, photometry: device.photometry)
      (device.lastLook, first) = (look, look)
      return .reading(reading.showing(look.condition))
    case .movement(let after, let deadline):
      let (frame, reading) = try await reading(of: device, after, deadline)
      guard let frame, let first else { return .reading(reading) }
      let ignored = await device.ignored()
      return .reading(
        reading.showing(
          .picture, moves: !frame.isStill(since: first.frame, ignoring: ignored)))
    case .tear(let after, let deadline):
      let (frame, reading) = try await reading(of: device, after, deadline)
      return .reading(frame.map { reading.showing($0.condition()) } ?? reading)
    }
  }

  /// Whether the text of something alive is on the screen.
  private func showsLife(_ device: DeviceState) async throws(Stop) -> Bool {
    let parts = model.alive.compactMap { part in part.reads.map { (part.region, $0) } }
    guard !parts.isEmpty else { return false }
    for _ in 0..<Self.readings {
      let now = await time.now()
      let (frame, _) = try await reading(of: device, now, now.advanced(by: .milliseconds(1500)))
      guard let frame else { return false }
      let look = Look(frame, noInput: noInput, photometry: device.photometry)
      guard model.fits(look) else { return false }
      for (region, pattern) in parts {
        let lines = await reader.lines(in: frame, region: region, alphabet: nil)
        let text = lines.map(\.text).joined(separator: "\n")
        if (try? pattern.match(text, fit: .part)) ?? nil != nil { return true }
      }
    }
    return false
  }

  private func reading(
    of device: DeviceState, _ instant: MonotonicInstant, _ deadline: MonotonicInstant
  ) async throws(Stop) -> (Frame?, Hearing.Reading) {
    guard let screen = device.screen else {
      throw Stop(.rigIncomplete, "the rig has no screen on \(device.name)")
    }
    let reading = try await asking { () throws(BenchError) in
      try await screen.reading(after: instant, by: deadline)
    }
    let memory = screen.remembered
    return (
      reading.frame,
      Hearing.Reading(
        signal: reading.signal, at: reading.instant, repeats: memory.repeats,
        hostWasGone: memory.openSpell?.hostWasGone ?? false)
    )
  }

  /// How long a pointer may take to answer that is known, and one that is not.
  private static let (answering, learning) = (Duration.seconds(20), Duration.seconds(60))

  private func pointerAnswer(of device: DeviceState) async throws(Stop) -> Hearing.PointerAnswer {
    guard let hand = device.hand else { return .silent }
    // A pointer that nothing was done with in this run is to be learnt first.
    let limit = await hand.hasLearnt ? Self.answering : Self.learning
    let deadline = await time.now().advanced(by: time.patient(limit))
    device.screen?.watchForPlain()
    defer { _ = device.screen?.hasOnlyBeenPlain() }
    do throws(HandError) {
      guard try await hand.answer(by: deadline) == .answered else { return .silent }
      return device.screen?.hasOnlyBeenPlain() == true ? .answeredAlone : .answered
    } catch .bench(let error) {
      throw Stop(error)
    } catch .signal(let signal, _) {
      return .signalLost(signal)
    } catch {
      return .silent
    }
  }
}
