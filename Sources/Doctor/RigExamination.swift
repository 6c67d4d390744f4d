public import Bench
public import BenchOpening
public import FrameVision
import Frames
import Hands
import RigDescription
public import Runner

/// Tries the devices of a rig one after the other. What is asked of a device is its driver's to say;
/// what takes several of them, or eyes, is asked here.
public struct RigExamination {
  private let devices: RealDevices
  private let memory: any PlugMemory
  private let patience: Int
  private let noInput: NoInputPicture?
  private let calibration: CalibratedChain?
  private let tell: (RigCheck) -> Void
  private let clock = RealDevices.clock
  /// What each check came to, in their order.
  public private(set) var checks: [RigCheck] = []

  /// Opens nothing yet.
  ///
  /// - Parameters:
  ///   - devices: what the rig has.
  ///   - memory: what is remembered of the plug.
  ///   - patience: how many times longer everything may take than on a quick host.
  ///   - noInput: what the grabber shows when it has no input; nil where that is not known.
  ///   - calibration: what its capture chain was calibrated to; nil where it was not.
  ///   - tell: is told what each check came to, as soon as it is known.
  public init(
    devices: RealDevices, memory: any PlugMemory, patience: Int, noInput: NoInputPicture?,
    calibration: CalibratedChain? = nil, tell: @escaping (RigCheck) -> Void
  ) {
    self.devices = devices
    self.memory = memory
    self.patience = patience
    self.noInput = noInput
    self.calibration = calibration
    self.tell = tell
  }

  /// Does all checks that the rig's wiring allows.
  ///
  /// Once it is cancelled nothing is said any more of what was tried.
  ///
  /// - Parameter powerCycle: whether the supply is cut, too.
  public mutating func perform(powerCycle: Bool) async {
    // The supply first: it must be on for all the others.
    let power = await examinePower()
    let screen = await examineScreen()
    let mouse = await examineMouse()
    if let screen, let mouse { await examinePointer(screen, mouse) }
    await examineMail()
    if powerCycle, !Task.isCancelled {
      if let power {
        await examineCycle(power, screen)
      } else {
        note(RigCheck(name: Name.cycle, isWell: false, found: "there is no switch that works"))
      }
    }
    mouse?.close()
    screen?.close()
    power?.close()
  }

  /// What checks are called that are made here, or that could not be begun.
  private enum Name {
    static let power = "power switch"
    static let sense = "power sense"
    static let screen = "screen"
    static let picture = "picture"
    static let calibration = "calibration"
    static let mouse = "mouse"
    static let pointer = "pointer"
    static let mailbox = "mailbox"
    static let cycle = "power cycle"
  }

  private mutating func note(_ check: RigCheck) {
    guard !Task.isCancelled else { return }
    checks.append(check)
    tell(check)
  }

  /// Opens a device; nil where it is not wired, or can't be opened.
  private mutating func opened<Device>(
    _ part: RigPart, _ check: String, _ open: (RealDevices) throws(RigFault) -> Device?
  ) -> Device? {
    do throws(RigFault) {
      return try open(devices)
    } catch {
      note(
        RigCheck(
          name: check, isWell: false, found: error.reason, remedy: devices.remedyUnopened(part)))
      return nil
    }
  }

  // MARK: One device each

  private mutating func examinePower() async -> (any PowerSwitch & RigDevice)? {
    // A program that died in the middle of a cut has left this behind, as far as it can be read.
    let isCutForgotten = ((try? await memory.cut()) ?? nil) != nil
    let power = opened(.power, Name.power) { devices throws(RigFault) in try devices.power() }
    guard let power else { return nil }
    var found: [RigCheck] = []
    let answered = await power.examine { found.append($0) }
    if answered, isCutForgotten {
      found = [
        .unwell(
          Name.power, "a cut was begun, and nobody knows how long it lasted",
          remedy: "gantry power RIG on makes a full cut anew")
      ]
    }
    for check in found { note(check) }
    return power
  }

  private mutating func examineScreen() async -> (any Screen & RigDevice)? {
    let screen = opened(.screen, Name.screen) { devices throws(RigFault) in try devices.screen() }
    guard let screen else { return nil }
    if await screen.examine({ note($0) }) {
      await examinePicture(on: screen)
      await examineCalibration(by: screen)
    }
    return screen
  }

  private mutating func examinePicture(on screen: any Screen) async {
    let now = await clock.now()
    guard
      let reading = try? await screen.reading(after: now, by: now.advanced(by: .seconds(1)))
    else { return }
    let condition = reading.frame?.condition(noInput: noInput)
    let found = condition?.rawValue ?? reading.signal.rawValue
    note(
      condition == .picture
        ? .well(Name.picture, found)
        : .unwell(
          Name.picture, found,
          remedy: "look at it with gantry frame; a black picture may be a recorder that is asleep"))
  }

  /// How many frames tell whether a calibration still fits.
  private static let stillFrames = 8

  private mutating func examineCalibration(by screen: any Screen) async {
    guard let calibration else { return }
    let now = await clock.now()
    guard
      let frames = try? await StillFrames.taken(Self.stillFrames, of: screen, clock, after: now)
    else { return }
    note(calibration.check(Name.calibration, by: frames))
  }

  private mutating func examineMouse() async -> (any Mouse & RigDevice)? {
    let mouse = opened(.mouse, Name.mouse) { devices throws(RigFault) in try devices.mouse() }
    guard let mouse else { return nil }
    _ = await mouse.examine { note($0) }
    return mouse
  }

  private mutating func examineMail() async {
    let mailbox = opened(.mail, Name.mailbox) { devices throws(RigFault) in try devices.mailbox() }
    guard let mailbox else { return }
    _ = await mailbox.examine { note($0) }
    mailbox.close()
  }

  // MARK: Several together

  private mutating func examinePointer(_ screen: any Screen, _ mouse: any Mouse) async {
    let pilot = MousePilot(screen: screen, mouse: mouse, clock: clock, timing: .patient(patience))
    do throws(HandError) {
      let end = await clock.now().advanced(by: .seconds(30) * patience)
      let answer = try await pilot.answer(by: end)
      note(
        answer == .answered
          ? .well(Name.pointer, "seen to move as the mouse was moved")
          : .unwell(
            Name.pointer, answer.rawValue,
            remedy:
              "some recorders take the mouse in one of their ports only; restart the recorder "
              + "with it plugged in"))
    } catch {
      note(.unwell(Name.pointer, error.words, remedy: "see to the screen and the mouse first"))
    }
  }

  private static let lossPatience = Duration.seconds(15)
  private static let returnPatience = Duration.seconds(180)

  private mutating func examineCycle(_ power: any PowerSwitch, _ screen: (any Screen)?) async {
    guard let minimumOff = devices.wiring.power?.minimumOff else { return }
    let plug = RememberedSwitch(power, memory: memory, minimumOff: minimumOff, clock: clock)
    let start = await clock.now()
    async let cut: Void = plug.cut(for: .zero)
    let (clock, senseEnd) = (clock, start.advanced(by: minimumOff))
    async let felt = Self.sense(of: power, says: false, on: clock, until: senseEnd)
    let lost = await waits(for: screen, live: false, until: start.advanced(by: Self.lossPatience))
    do {
      try await cut
    } catch {
      note(.unwell(Name.cycle, "\(error)", remedy: "gantry power RIG on makes a full cut anew"))
      return
    }
    if let felt = await felt { await examineSense(power, felt: felt) }
    guard screen != nil else {
      return note(.well(Name.cycle, "done; there is no screen to see it"))
    }
    guard lost else {
      return note(
        .unwell(
          Name.cycle, "the picture stayed",
          remedy: "the relay does not carry the recorder's supply; check contact and wiring"))
    }
    let end = await clock.now().advanced(by: Self.returnPatience * patience)
    note(
      await waits(for: screen, live: true, until: end)
        ? .well(Name.cycle, "the picture went and came back")
        : .unwell(
          Name.cycle, "the picture did not come back", remedy: "look whether the recorder starts"))
  }

  private static let sensePatience = Duration.seconds(2)

  /// What became of the sense in a cut that is over: `felt` is whether it said that the supply went.
  private mutating func examineSense(_ power: any PowerSwitch, felt: Bool) async {
    guard felt else {
      return note(
        .unwell(
          Name.sense, "the supply stayed sensed on through the cut",
          remedy: "the sense must hang on the recorder's side of the contact, where nothing else "
            + "feeds it"))
    }
    let end = await clock.now().advanced(by: Self.sensePatience)
    note(
      await Self.sense(of: power, says: true, on: clock, until: end) == true
        ? .well(Name.sense, "sensed the cut, and the supply after it")
        : .unwell(
          Name.sense, "the supply is not sensed again after the cut",
          remedy: "see whether the adapter gives power, then to contact and wiring"))
  }

  private static let sensePause = Duration.milliseconds(50)

  /// Whether a sense comes to say of the supply what is waited for; nil where none is wired, or it
  /// does not answer.
  static func sense(
    of power: any PowerSwitch, says supplied: Bool, on clock: any BenchClock,
    until end: MonotonicInstant
  ) async -> Bool? {
    while !Task.isCancelled {
      guard let sensed = (try? await power.sensedSupply()) ?? nil else { return nil }
      if sensed == supplied { return true }
      let now = await clock.now()
      guard now < end else { return false }
      try? await clock.sleep(until: now.advanced(by: sensePause))
    }
    return nil
  }

  private func waits(
    for screen: (any Screen)?, live: Bool, until end: MonotonicInstant
  ) async -> Bool {
    guard let screen else { return false }
    while !Task.isCancelled {
      let now = await clock.now()
      guard now < end else { break }
      let reading = try? await screen.reading(after: now, by: now.advanced(by: .seconds(1)))
      let isPicture = reading?.frame.map { $0.condition(noInput: noInput) == .picture } ?? false
      if isPicture == live { return true }
    }
    return false
  }
}
