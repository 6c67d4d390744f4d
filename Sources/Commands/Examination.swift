import Bench
import BenchOpening
import Drivers
import FrameVision
import Frames
import Hands
import OrderedJSON
import RigDescription
import RunJournal
import Runner

/// What one check of a rig came to.
struct ExaminationResult: Sendable, Hashable {
  /// What was checked.
  var check: String
  /// Whether it is well.
  var isWell: Bool
  /// What was found.
  var found: String
  /// What to try next where it is not well.
  var remedy: String?

  /// Such as `not ok  mouse: bus notAttached; check the cable`.
  var line: String {
    "\(isWell ? "ok    " : "not ok")  \(check): \(found)" + (remedy.map { "; \($0)" } ?? "")
  }

  var json: JSONValue {
    .object([
      .init("check", .string(check)), .init("ok", .bool(isWell)), .init("found", .string(found)),
      .init("next", .optional(remedy)),
    ])
  }
}

/// Tries the hands and eyes of a rig one after the other.
struct Examination {
  let recorder: DeviceWiring
  let holder: String
  let memory: PlugFile
  /// How many times longer everything may take than on a quick host.
  let patience: Int
  /// What the grabber shows when it has no input; nil where that is not known.
  let noInput: NoInputPicture?
  private(set) var results: [ExaminationResult] = []
  private let report: (ExaminationResult) -> Void
  private let clock = HostClock()

  init(
    recorder: DeviceWiring, holder: String, memory: PlugFile, patience: Int,
    noInput: NoInputPicture?, report: @escaping (ExaminationResult) -> Void
  ) {
    self.recorder = recorder
    self.holder = holder
    self.memory = memory
    self.patience = patience
    self.noInput = noInput
    self.report = report
  }

  /// Does all checks that the rig's wiring allows.
  ///
  /// Once it is cancelled nothing more is tried, and nothing said of what was.
  mutating func perform(powerCycle: Bool) async {
    // The supply first: it must be on for all the others.
    let power = await examinePower()
    let screen = await examineScreen()
    let mouse = await examineMouse()
    if let screen, let mouse { await examinePointer(screen, mouse.mouse) }
    await examineMail()
    if powerCycle, !Task.isCancelled {
      if let power {
        await examineCycle(power, screen)
      } else {
        note("power cycle", false, "there is no switch that works", nil)
      }
    }
    mouse?.close()
    screen?.close()
    power?.close()
  }

  private mutating func note(
    _ check: String, _ isWell: Bool, _ found: String, _ remedy: String?
  ) {
    guard !Task.isCancelled else { return }
    let result = ExaminationResult(
      check: check, isWell: isWell, found: found, remedy: isWell ? nil : remedy)
    results.append(result)
    report(result)
  }

  // MARK: Power

  private mutating func examinePower() async -> GuardedPowerSwitch? {
    guard let wiring = recorder.power else { return nil }
    // A program that died in the middle of a cut has left this behind, as far as it can be read.
    let isCutForgotten = ((try? memory.cut()) ?? nil) != nil
    do throws(RigFault) {
      let power = try RealDevices.power(wiring, holder: holder)
      do throws(BenchError) {
        let state = try await power.readBack()
        switch state {
        case _ where isCutForgotten:
          note(
            "power switch", false, "a cut was begun, and nobody knows how long it lasted",
            "gantry power RIG on makes a full cut anew")
        case true?: note("power switch", true, "reads back on" + Self.fallback(of: wiring), nil)
        case nil: note("power switch", true, "taken; it can't read back", nil)
        case false?:
          note(
            "power switch", false, "reads back off",
            "gantry power RIG on makes a full cut and switches on")
        }
      } catch {
        note("power switch", false, error.words, "check the cable of the relay board")
      }
      return power
    } catch {
      note(
        "power switch", false, error.reason,
        "gantry devices lists the switches of this host; gantry power RIG status says who holds it")
      return nil
    }
  }

  /// What a dead program would leave behind, where that is worth a word.
  private static func fallback(of wiring: PowerWiring) -> String {
    guard case .gpioRelay(let relay) = wiring.switch, relay.whenReleased == .kept else { return "" }
    return "; the line keeps its level when nobody holds it, so that a cut in which guardian and "
      + "program die lasts until the next run"
  }

  // MARK: Screen

  private static let watching = Duration.seconds(2)

  private mutating func examineScreen() async -> V4L2Screen? {
    guard let wiring = recorder.screen else { return nil }
    let screen: V4L2Screen
    do throws(RigFault) {
      screen = try RealDevices.screen(wiring, holder: holder)
    } catch {
      note("screen", false, error.reason, "gantry devices lists the capture devices of this host")
      return nil
    }
    do throws(BenchError) {
      // A stream takes its time to begin.
      let start = HostClock.present
      var reading = try await screen.reading(after: start, by: start.advanced(by: .seconds(5)))
      while reading.frame == nil, start.duration(to: HostClock.present) < .seconds(5) {
        reading = try await screen.reading(
          after: reading.instant, by: HostClock.present.advanced(by: .seconds(1)))
      }
      guard let first = reading.frame else {
        note("signal", false, reading.signal.rawValue, Self.remedy(for: reading.signal))
        return screen
      }
      note("signal", true, "live, \(screen.setting ?? "\(first.size)")", nil)
      try await examineClock(of: screen, from: first)
      let condition = first.condition(noInput: noInput)
      note(
        "picture", condition == .picture, condition.rawValue,
        "look at it with gantry frame; a black picture may be a recorder that is asleep")
    } catch {
      note("screen", false, error.words, "check the USB cable of the capture device")
    }
    return screen
  }

  private mutating func examineClock(
    of screen: V4L2Screen, from first: Frame
  ) async throws(BenchError) {
    var last = first
    var pictures = 0
    let end = HostClock.present.advanced(by: Self.watching)
    while HostClock.present < end {
      let reading = try await screen.reading(after: last.capturedAt, by: end)
      guard let frame = reading.frame else { break }
      last = frame
      pictures += 1
    }
    let seconds = first.capturedAt.duration(to: last.capturedAt).inSeconds
    let rate = seconds > 0 ? Double(pictures) / seconds : 0
    let counts = screen.counts
    note(
      "frame clock", pictures >= 5,
      "\((rate * 10).rounded() / 10) pictures a second, \(counts.dropped) dropped, "
        + "\(counts.lost) lost",
      "try another mode, or another USB port: the stream stands")
  }

  private static func remedy(for state: SignalState) -> String {
    switch state {
    case .noSignal, .noCable: "check that the recorder has power and the HDMI cable at both ends"
    case .noSync, .outOfRange: "set the recorder to a mode that the capture device takes"
    case .frozen: "unplug the capture device and plug it in again"
    case .deviceGone: "check the USB cable of the capture device"
    case .live: "look again"
    }
  }

  // MARK: Mouse

  private mutating func examineMouse() async -> RealDevices.OpenedMouse? {
    guard let wiring = recorder.mouse else { return nil }
    do throws(RigFault) {
      let mouse = try RealDevices.mouse(wiring, holder: holder)
      do throws(BenchError) {
        let state = try await mouse.mouse.busState()
        note(
          "mouse", state.isHosted, "bus \(state.rawValue)",
          "check that the recorder has power, and the USB cable: it must carry data")
      } catch {
        note("mouse", false, error.words, "check the cable to the mouse chip")
      }
      return mouse
    } catch {
      let remedy =
        if case .hidGadget = wiring {
          "gantry gadget status RIG and gantry devices say more"
        } else {
          "gantry devices lists the serial ports that may be a mouse chip"
        }
      note("mouse", false, error.reason, remedy)
      return nil
    }
  }

  private mutating func examinePointer(_ screen: V4L2Screen, _ mouse: any Mouse) async {
    let pilot = MousePilot(
      screen: screen, mouse: mouse, clock: clock, timing: .patient(patience))
    do throws(HandError) {
      let answer = try await pilot.answer(
        by: HostClock.present.advanced(by: .seconds(30) * patience))
      note(
        "pointer", answer == .answered,
        answer == .answered ? "seen to move as the mouse was moved" : answer.rawValue,
        "some recorders take the mouse in one of their ports only; restart the recorder with it "
          + "plugged in")
    } catch {
      note("pointer", false, error.words, "see to the screen and the mouse first")
    }
  }

  // MARK: Mail

  private mutating func examineMail() async {
    guard case .maildir(let path?) = recorder.mail else { return }
    do throws(BenchError) {
      let deadline = HostClock.present.advanced(by: .seconds(10))
      let mail = try await MaildirMailbox(path: path).listing(of: ["INBOX"], by: deadline)
      note("mailbox", true, "\(mail.count) messages", nil)
    } catch {
      note("mailbox", false, error.words, "check the path of the Maildir and who may read it")
    }
  }

  // MARK: Power cycle

  private static let lossPatience = Duration.seconds(15)
  private static let returnPatience = Duration.seconds(180)

  private mutating func examineCycle(_ power: GuardedPowerSwitch, _ screen: V4L2Screen?) async {
    guard let minimumOff = recorder.power?.minimumOff else { return }
    let hand = PowerHand(power: power, memory: memory, minimumOff: minimumOff)
    let start = HostClock.present
    async let cut: Void = hand.cut(for: .zero)
    let lost = await waits(for: screen, live: false, until: start.advanced(by: Self.lossPatience))
    do {
      try await cut
    } catch {
      note("power cycle", false, "\(error)", "gantry power RIG on makes a full cut anew")
      return
    }
    guard screen != nil else {
      note("power cycle", true, "done; there is no screen to see it", nil)
      return
    }
    guard lost else {
      note(
        "power cycle", false, "the picture stayed",
        "the relay does not carry the recorder's supply; check contact and wiring")
      return
    }
    let back = await waits(
      for: screen, live: true, until: HostClock.present.advanced(by: Self.returnPatience * patience)
    )
    note(
      "power cycle", back,
      back ? "the picture went and came back" : "the picture did not come back",
      "look whether the recorder starts")
  }

  private func waits(
    for screen: V4L2Screen?, live: Bool, until end: MonotonicInstant
  ) async -> Bool {
    guard let screen else { return false }
    while HostClock.present < end, !Task.isCancelled {
      let now = HostClock.present
      let reading = try? await screen.reading(after: now, by: now.advanced(by: .seconds(1)))
      let isPicture = reading?.frame.map { $0.condition(noInput: noInput) == .picture } ?? false
      if isPicture == live { return true }
    }
    return false
  }
}
