import Bench
import Frames

/// What leaves the HDMI socket at an instant.
enum VideoOutput: Hashable, Sendable {
  case none
  case picture(PixelSize)
}

/// A recorder in software: power and mouse reports in; pictures, USB state and mail out.
///
/// Its state has layers: the supply with its capacitors, the board with what survives a restart,
/// and the running firmware that a restart forgets.
final class RecorderDevice {
  /// What the processor does.
  enum Phase {
    /// No power.
    case unpowered
    /// Power, but no proper start.
    case stuck
    /// Starting since an instant.
    case booting(since: MonotonicInstant)
    /// Writing a firmware from the stick, in a start that began at an instant.
    case flashing(FirmwareRelease, since: MonotonicInstant)
    /// The firmware runs.
    case running(Firmware)
  }

  let model: VirtualModel
  let style: Style
  private let traits: Unkindness
  /// The defects that are at work, whatever firmware runs.
  private var ownDefects: Set<VirtualDefect>
  /// The defects that set in later, the first one last.
  private var onsets: [(at: MonotonicInstant, defect: VirtualDefect)]
  private var supply: PowerSupply
  private var isMousePlugged = true
  private var hadPowerCut = false
  private var artist: ScreenArtist?
  private let seed: UInt64
  private let cameras: CameraFeed
  private let timeline: Timeline
  /// Reads the image on the stick in the recorder's USB port; nil where there is none.
  private let stick: () -> [UInt8]?
  /// Why the image on the stick was not taken in this start.
  private var refusal: FirmwareImage.Refusal?
  private(set) var board: Mainboard
  private(set) var phase: Phase
  private(set) var now: MonotonicInstant
  /// Counts what has changed of what a memory keeps, but for where the pointer is.
  private(set) var revision = 0

  /// How the pointer is drawn, for faults that tamper with it.
  var pointerDrawing = PointerRendering()

  /// Creates a recorder that has been running for long, or one that goes on where a run left it.
  ///
  /// The calendar shows `calendarStart`, in seconds since 1970, at instant zero, and so does the
  /// clock of a recorder without a memory. A defect without an onset is at work from the beginning.
  /// Of a recorder with a memory, the seed draws what comes unasked in this run; its traits stay.
  init(
    model: VirtualModel, seed: UInt64, defects: Set<VirtualDefect> = [],
    calendarStart: Double, onsets: [VirtualDefect: Duration] = [:],
    unkindness: Unkindness.Switches = .all, noticeAfter: Duration? = nil,
    acceleration: Double? = nil, pointer: PointerOptions = PointerOptions(),
    cameras: CameraFeed = .lively, firmware: String? = nil,
    memory: DeviceMemory? = nil, stick: @escaping () -> [UInt8]? = { nil }
  ) {
    self.model = model
    self.seed = memory?.seed ?? seed
    self.cameras = cameras
    self.stick = stick
    timeline = Timeline(calendarStart: calendarStart)
    let ownDefects = defects.filter { onsets[$0] == nil }
    self.ownDefects = ownDefects
    let version: String? =
      if let memory { memory.board.flash.firmware } else {
        firmware ?? model.identity.firmwareVersion
      }
    let atWork = ownDefects.union(version.flatMap(model.release)?.defects ?? [])
    // In the order of the list where two set in at once: a set's order differs from run to run.
    self.onsets = VirtualDefect.allCases.filter(defects.contains).compactMap { defect in
      onsets[defect].map { (MonotonicInstant.zero.advanced(by: $0), defect) }
    }.reversed().sorted { $0.at > $1.at }
    style = Style(model)
    traits = Unkindness(
      seed: self.seed, switches: unkindness, model: model, noticeAfter: noticeAfter,
      acceleration: acceleration, pointer: pointer)
    guard let memory else {
      now = .zero
      supply = PowerSupply(discharge: model.discharge)
      board = Mainboard(
        model: model, seed: seed, defects: atWork, calendarStart: calendarStart,
        firmware: firmware ?? model.identity.firmwareVersion)
      let isAlive = version.flatMap(model.release)?.isAlive == true
      phase =
        isAlive
        ? .running(
          Firmware(
            style: style, traits: traits, defects: atWork, board: board, startedAt: .zero,
            isFirstStart: true)) : .stuck
      return
    }
    let past = memory.timeline(before: timeline)
    now = past.instant(of: memory.at)
    hadPowerCut = memory.hadPowerCut
    supply = PowerSupply(discharge: model.discharge, memory: memory.supply, timeline: past)
    board = Mainboard(
      model: model, seed: seed, defects: atWork, calendarStart: calendarStart,
      memory: memory.board)
    phase =
      switch memory.phase {
      case .unpowered: .unpowered
      case .stuck: .stuck
      case .booting(let since): .booting(since: past.instant(of: since))
      case .flashing(let version, let since):
        if let release = model.release(version) {
          .flashing(release, since: past.instant(of: since))
        } else {
          .stuck
        }
      case .running(let firmware):
        .running(
          Firmware(
            style: style, traits: traits, defects: atWork, board: board, memory: firmware,
            timeline: past))
      }
    liveUntilRun(
      lots: Unkindness(
        seed: seed, switches: unkindness, model: model, noticeAfter: noticeAfter,
        acceleration: acceleration, pointer: pointer))
  }

  /// Goes through the time between the last run and this one, in which nobody touches it.
  ///
  /// Whoever left it in a cut had a guardian, which completed the cut and supplied it.
  private func liveUntilRun(lots: Unkindness) {
    if !supply.isOn {
      let completed = (supply.offSince ?? now).advanced(by: supply.discharge)
      advance(to: min(max(now, completed), .zero))
      supply = PowerSupply(
        discharge: supply.discharge, isOn: false,
        offSince: now.advanced(by: .zero - supply.discharge))
      setSupply(on: true)
    }
    advance(to: .zero)
    withFirmware { firmware, now, _ in
      if firmware.hungAt == nil { firmware.expectUnasked(of: lots, from: now) }
    }
    revision += 1
  }

  /// What is kept of it.
  var memory: DeviceMemory? {
    DeviceMemory(
      at: timeline.moment(of: now), seed: seed, hadPowerCut: hadPowerCut,
      supply: supply.memory(on: timeline),
      board: board.memory(calendarStart: timeline.calendarStart),
      phase: phase.memory(on: timeline))
  }

  /// The firmware that lies in the flash; nil where only a part of one does.
  private var release: FirmwareRelease? { board.flash.firmware.flatMap(model.release) }

  /// The defects that are at work.
  private var defects: Set<VirtualDefect> { ownDefects.union(release?.defects ?? []) }

  /// The running firmware.
  var firmware: Firmware? {
    if case .running(let firmware) = phase { firmware } else { nil }
  }

  /// Whether the mouse can reach the firmware.
  private var isUSBReady: Bool {
    switch phase {
    case .unpowered, .stuck, .flashing: false
    case .running: true
    case .booting(let since):
      now
        >= since.advanced(by: model.boot.dark + model.boot.logo * model.boot.usbReady)
    }
  }

  // MARK: Time

  /// Lets happen what is due by an instant, which never lies before the last one.
  func advance(to instant: MonotonicInstant) {
    while let next = nextChange(until: instant) {
      now = next
      change()
    }
    now = max(now, instant)
  }

  /// The next instant at which the phase may change, or a defect sets in.
  private func nextChange(until instant: MonotonicInstant) -> MonotonicInstant? {
    let due: MonotonicInstant? =
      switch phase {
      case .unpowered, .stuck: nil
      case .booting(let since): since.advanced(by: model.boot.dark + model.boot.logo)
      case .flashing(_, let since):
        // What lies in the flash is gone with the first byte that is written.
        since.advanced(
          by: board.flash.firmware == nil
            ? model.boot.dark + Self.flashingTime : model.boot.dark)
      case .running(let firmware):
        firmware.hungAt == nil ? firmware.agenda.nextInstant : nil
      }
    return [due, onsets.last?.at].compactMap { $0 }.filter { $0 <= instant }.min()
  }

  /// Does what is due now.
  private func change() {
    revision += 1
    if let onset = onsets.last, onset.at <= now {
      onsets.removeLast()
      ownDefects.insert(onset.defect)
      board.strikes.setIn(onset.defect)
      withFirmware { $0.setIn(onset.defect, at: $1, &$2) }
      return
    }
    switch phase {
    case .unpowered, .stuck: break
    case .booting: finishBoot()
    case .flashing(let release, _): flash(release)
    case .running: withFirmware { $0.advance(to: $1, &$2) }
    }
  }

  /// Lends the firmware for a change, then restarts if it wants to.
  private func withFirmware(
    _ body: (inout Firmware, MonotonicInstant, inout Mainboard) -> Void
  ) {
    guard case .running(var firmware) = phase else { return }
    phase = .unpowered
    body(&firmware, now, &board)
    if let use = firmware.wantsOfStick {
      firmware.wantsOfStick = nil
      let found = Result { () throws(FirmwareImage.Refusal) in try firmwareOnStick() }
      if use == .install, case .success(let release?) = found { return beginWriting(release) }
      firmware.tellUpdate(found.map { $0?.version }, at: now, &board)
    }
    if firmware.wantsRestart {
      beginBoot()
    } else {
      phase = .running(firmware)
    }
  }

  /// The firmware that the stick holds; nil where it holds nothing.
  private func firmwareOnStick() throws(FirmwareImage.Refusal) -> FirmwareRelease? {
    guard let bytes = stick() else { return nil }
    return try FirmwareImage.read(bytes, for: model)
  }

  /// Begins a start in which a firmware is written.
  private func beginWriting(_ release: FirmwareRelease) {
    board.flash.tried = release.version
    phase = .flashing(release, since: now)
  }

  /// How long a firmware takes to be written, during which the supply must stay.
  static let flashingTime = Duration.seconds(40)

  /// Writes a firmware: first what makes an end of the old one, then the last of the new one.
  private func flash(_ release: FirmwareRelease) {
    if board.flash.firmware == nil {
      board.flash.firmware = release.version
      board.strikes.follow(defects)
      beginBoot()
    } else {
      board.flash.firmware = nil
    }
  }

  /// The firmware on the stick, if it is another than what lies in the flash. An image is tried
  /// once, so that no recorder writes one over and over: after a cut in the midst, another one must
  /// be written before it is taken again, unless the model begins anew with what was cut off. One
  /// that updates by a menu takes none here while its firmware lives.
  ///
  /// What looks at the stick is no part of the firmware, so that one that shows no life, or is only
  /// half there, can be replaced.
  private func update() -> FirmwareRelease? {
    refusal = nil
    if model.updatesByMenu, release?.isAlive == true { return nil }
    do throws(FirmwareImage.Refusal) {
      guard let found = try firmwareOnStick() else { return nil }
      let isTorn = board.flash.firmware == nil
      if isTorn, model.tornUpdate == .beginsAnew { return found }
      let isKnown = [board.flash.firmware, board.flash.tried].contains(found.version)
      return isKnown ? nil : found
    } catch {
      refusal = error
      return nil
    }
  }

  private func beginBoot() {
    if let release = update() { return beginWriting(release) }
    guard release?.isAlive == true else {
      phase = .stuck
      return
    }
    if defects.contains(.bootsWithFactorySettings) {
      board.flash.password = model.identity.factoryPassword
      board.flash.cameras = model.factoryCameras
    }
    phase = .booting(since: now)
  }

  private func finishBoot() {
    if hadPowerCut, defects.contains(.bootLoopAfterPowerCut) {
      phase = .booting(since: now)
      return
    }
    phase = .running(
      Firmware(
        style: style, traits: traits, defects: defects, board: board, startedAt: now,
        isFirstStart: false))
  }

  // MARK: Inputs

  /// Takes a report of the mouse at the present instant.
  func receive(_ report: [UInt8]) {
    guard isMousePlugged else { return }
    withFirmware { firmware, now, board in
      let buttons = firmware.buttons
      firmware.receive(report, at: now, &board)
      if firmware.buttons != buttons { revision += 1 }
    }
  }

  /// Plugs the mouse in or out.
  func mousePlugged(_ plugged: Bool) {
    isMousePlugged = plugged
  }

  /// Switches the supply at the present instant.
  func setSupply(on: Bool) {
    revision += 1
    switch supply.set(on: on, at: now) {
    case .none: break
    case .dies: phase = .unpowered
    case .sticks: phase = .stuck
    case .starts:
      hadPowerCut = true
      if defects.contains(.clockResetByPowerCut) { board.clockOrigin = -now.seconds }
      if defects.contains(.noBootAfterPowerCut) {
        phase = .stuck
      } else {
        beginBoot()
      }
    }
  }

  // MARK: Outputs

  /// What the mouse sees of the recorder's host controller.
  var usbState: USBBusState {
    guard supply.isOn, isMousePlugged else { return .notAttached }
    guard isUSBReady else { return .notConfigured }
    return firmware?.isAsleep(at: now) == true ? .suspended : .configured
  }

  /// What leaves the HDMI socket.
  var video: VideoOutput {
    switch phase {
    case .unpowered, .stuck: .none
    case .booting(let since), .flashing(_, let since):
      now < since.advanced(by: model.boot.dark) ? .none : .picture(model.screenSize)
    case .running: .picture(model.screenSize)
    }
  }

  /// Draws the present picture with its pointer; nothing where there is none.
  func draw(into canvas: RGBCanvas) {
    let artist = self.artist ?? ScreenArtist(style: style, seed: seed, cameras: cameras)
    self.artist = artist
    switch phase {
    case .unpowered, .stuck: break
    case .booting(let since):
      let logoStart = since.advanced(by: model.boot.dark)
      let part = logoStart.duration(to: now).inSeconds / model.boot.logo.inSeconds
      artist.drawBoot(
        progress: min(max(part, 0), 1),
        saying: refusal.map { "Update refused: \($0)" } ?? model.wordings.starting, into: canvas)
    case .flashing(let release, let since):
      let start = since.advanced(by: model.boot.dark)
      let part = start.duration(to: now).inSeconds / Self.flashingTime.inSeconds
      artist.drawBoot(
        progress: min(max(part, 0), 1),
        saying: "Updating to \(release.version). Do not switch off.", into: canvas)
    case .running(let firmware):
      artist.draw(
        firmware, board: board, at: firmware.hungAt ?? now, pointer: pointerDrawing,
        into: canvas)
    }
  }

  /// Takes the mail that was sent since the last call.
  func drainMail() -> [OutgoingMail] {
    defer { board.outbox.removeAll() }
    return board.outbox
  }
}

/// How the pointer is drawn, apart from where it is.
struct PointerRendering: Hashable, Sendable {
  /// Whether it is drawn at all.
  var isDrawn = true
  /// How far from its place it is drawn, in pixels.
  var offset = PixelPoint(x: 0, y: 0)
}
