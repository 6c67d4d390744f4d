import Bench
import Drivers
import Frames
import RigDescription
import SourceYAML
import VirtualRecorder

/// A bench around the virtual recorder.
enum VirtualBench {
  /// The folders that the recorder's mail may land in.
  private static let mailFolders = ["Junk"]

  static func open(
    _ virtual: VirtualRecorderSettings, wiring: DeviceWiring, patience: Int, seed: UInt64,
    pace: BenchOpener.Pace
  ) throws(RigFault) -> OpenedBench {
    let server = wiring.mail?.settings as? IMAPSettings
    if server != nil, pace == .virtual {
      throw RigFault(
        .host, .hostFails,
        "a mail server's time is real, so that the recorder's must be: --clock real")
    }
    var options = VirtualRecorderOptions(virtual, seed: seed)
    options.patience = patience
    let memory: RecorderMemoryFolder? =
      if let folder = virtual.memory?.text {
        try RecorderMemoryFolder(path: folder, for: options)
      } else { nil }
    let mail = server == nil ? try MailHome(wiring.mail, memory: memory) : nil
    let delivery = try mail.map { home throws(RigFault) in
      try MaildirDelivery(path: home.path, folders: mailFolders)
    }
    let rig: VirtualRig
    do throws(UnknownVirtualName) {
      rig = try VirtualRig(
        options, memory: memory, pace: pace == .real ? .real : .asFastAsPossible
      ) { arrival in
        if let probe = server?.probe {
          return try send(arrival.mail.bytes, by: probe, authority: server?.authority)
        }
        try delivery?.deliver(
          arrival.mail.bytes, folder: arrival.mail.folder.rawValue,
          at: arrival.secondsSince1970, serial: arrival.serial)
      }
    } catch {
      mail?.remove()
      throw RigFault(.host, .hostFails, error.description)
    }
    let device = BenchDevice(
      screen: wiring.screen.map { _ in rig.screen },
      mouse: wiring.mouse.map { _ in rig.mouse },
      power: wiring.power.map { _ in rig.power },
      isSupplyTrusted: wiring.power?.isTrusted ?? false,
      mailbox: wiring.mail.flatMap { _ -> (any Mailbox)? in
        if let server { return HostMailbox(mailbox: IMAPMailbox(server), clock: rig.clock) }
        return mail.map { rig.mailbox(over: MaildirMailbox(path: $0.path)) }
      },
      isMailTrusted: wiring.mailTraits.isTrusted, mailNaming: wiring.mailTraits.naming)
    return OpenedBench(
      bench: Bench(devices: [Bench.defaultDevice: device], clock: rig.clock),
      minimumOff: wiring.power?.minimumOff ?? PowerWiring.defaultMinimumOff, isVirtual: true
    ) {
      mail?.remove()
      memory?.close()
    }
  }

  /// Hands a recorder's mail to a real server, by the way that the rig's own probe takes.
  private static func send(
    _ message: [UInt8], by probe: MailProbeSettings, authority: String?
  ) throws(BenchError) {
    try SMTPDelivery(to: probe.server, logIn: probe.logIn, authority: authority).send(
      message, from: probe.from, to: probe.to, by: HostClock.present.advanced(by: .seconds(20)))
  }
}

extension VirtualRecorderOptions {
  /// What a rig file says, and a seed.
  fileprivate init(_ virtual: VirtualRecorderSettings, seed: UInt64) {
    self.init(
      model: virtual.recorder.text, seed: seed, defects: virtual.defects.map(\.text),
      faults: virtual.faults.map(\.text), autoReboot: virtual.autoReboot,
      popUpAfter: virtual.popUpAfter,
      captureLines: virtual.captureLines.map { $0 / 2 * 2 },
      strikes: virtual.strikes.reduce(into: [:]) { $0[$1.key.text] = $1.value },
      capture: CaptureOptions(virtual.capture),
      acceleration: virtual.acceleration.map { Double($0) / 100 },
      pointer: PointerOptions(
        changesShape: virtual.pointer.shapes == .changing,
        isAdaptive: virtual.pointer.acceleration == .adaptive),
      pauses: virtual.pauses.map { HostPause(at: $0.at, length: $0.length) },
      hasSense: virtual.hasSense, firmware: virtual.firmware?.text,
      flow: ResetFlow(virtual.flow))
  }
}

extension ResetFlow {
  /// What a rig file says.
  fileprivate init(_ settings: VirtualFlowSettings) {
    self.init(
      passwordPages: settings.passwordPages == .one ? .one : .two,
      confirmsAfterButton: settings.confirmsAfterButton,
      confirmReset: settings.confirmReset.flatMap { Asking(rawValue: $0.rawValue) } ?? .never,
      success: settings.success.flatMap { Success(rawValue: $0.rawValue) } ?? .message,
      menuHidesAfter: settings.menuHidesAfter,
      formsSettleBy: settings.formsSettleBy ?? 0, placeholder: settings.placeholder,
      refusals: settings.refusals == .inline ? .inline : .message,
      keepsRefused: settings.keepsRefused ?? false)
  }
}

extension CaptureOptions {
  /// What a rig file says.
  fileprivate init(_ settings: VirtualCaptureSettings) {
    let tone: Tone? =
      switch settings.tone {
      case nil: settings.brightness.map(Tone.brightness)
      case .some(.none): Tone.none
      case .stretched: .stretched
      case .squeezed: .squeezed
      case .wrongMatrix: .wrongMatrix
      }
    self.init(
      tone: tone, noise: settings.noise, quality: settings.quality, every: settings.every)
  }
}
