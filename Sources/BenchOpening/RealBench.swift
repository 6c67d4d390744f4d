public import Bench
public import Drivers
import FoundationEssentials
import Frames
public import RigDescription

/// A bench of real devices.
enum RealBench {
  static func open(_ rig: RigDescription, recorder: DeviceWiring) throws(RigFault) -> OpenedBench {
    let holder = RealDevices.holder(rig)
    let diary = RigDiary()
    // What switches the supply comes first: whatever else fails, it has supplied the recorder.
    let power = try recorder.power.map { wiring throws(RigFault) in
      try RealDevices.power(wiring, holder: holder) { diary.add(.power, $0) }
    }
    let mouse = try recorder.mouse.map { wiring throws(RigFault) in
      try RealDevices.mouse(wiring, holder: holder) { diary.add(.mouse, $0) }
    }
    let screen = try recorder.screen.map { wiring throws(RigFault) in
      try RealDevices.screen(wiring, holder: holder) { diary.add(.screen, $0) }
    }
    let mailbox: MaildirMailbox? =
      if case .maildir(let path?) = recorder.mail { MaildirMailbox(path: path) } else { nil }
    let device = BenchDevice(
      screen: screen, mouse: mouse?.mouse, power: power, mailbox: mailbox)
    return OpenedBench(
      bench: Bench(devices: [Bench.defaultDevice: device], clock: HostClock(), diary: diary),
      minimumOff: recorder.power?.minimumOff ?? RigLoader.defaultMinimumOff, isVirtual: false
    ) {
      screen?.close()
      mouse?.close()
      power?.close()
    }
  }
}

/// Opens the real devices of rigs, one at a time.
public enum RealDevices {
  /// A mouse, and how it is given back.
  public struct OpenedMouse: Sendable {
    /// The mouse.
    public let mouse: any Mouse
    /// Releases all buttons and gives the mouse back.
    public let close: @Sendable () -> Void
  }

  /// What a process says of itself to those who find a device of a rig taken.
  public static func holder(_ rig: RigDescription) -> String {
    "gantry on the rig \(rig.name), process \(ProcessInfo.processInfo.processIdentifier)"
  }

  /// Opens a screen.
  public static func screen(
    _ wiring: ScreenWiring, holder: String, note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) -> V4L2Screen {
    guard case .v4l2(let capture) = wiring else { throw notReal(.screen) }
    var edid: [UInt8]?
    if let path = capture.edid {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw RigFault(.screen, "the EDID \(path) can't be read; check the path")
      }
      guard !data.isEmpty, data.count % 128 == 0 else {
        throw RigFault(.screen, "\(path) is no EDID: it has blocks of 128 bytes")
      }
      edid = Array(data)
    }
    let mode = capture.mode.map { mode in
      CaptureMode(size: PixelSize(width: mode.width, height: mode.height), rate: mode.rate)
    }
    return try V4L2Screen(
      V4L2Settings(
        selection: selection(capture.device), mode: mode,
        format: capture.format.flatMap(CaptureFormat.init), edid: edid,
        hubPort: capture.hubPort.map(hubPort)),
      holder: holder, note: note)
  }

  /// Opens a mouse.
  public static func mouse(
    _ wiring: MouseWiring, holder: String, note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) -> OpenedMouse {
    switch wiring {
    case .virtual: throw notReal(.mouse)
    case .hidGadget(let gadget):
      let mouse = try HIDGadgetMouse(
        self.gadget(gadget), interval: gadget.interval, holder: holder)
      return OpenedMouse(mouse: mouse) { mouse.close() }
    case .ch9329(let serial):
      let mouse = try CH9329Mouse(
        CH9329Settings(
          selection: selection(serial.device), baud: serial.baud,
          hubPort: serial.hubPort.map(hubPort)), holder: holder, note: note)
      return OpenedMouse(mouse: mouse) { mouse.close() }
    }
  }

  /// The gadget that a wiring describes; touches nothing.
  public static func gadget(_ wiring: GadgetWiring) -> HIDGadget {
    var identity = GadgetIdentity(
      name: wiring.name, controller: wiring.controller, wakesHost: wiring.remoteWakeup)
    identity.vendor = wiring.vendor ?? identity.vendor
    identity.product = wiring.product ?? identity.product
    identity.manufacturer = wiring.manufacturer ?? identity.manufacturer
    identity.productName = wiring.productName ?? identity.productName
    identity.serial = wiring.serial ?? identity.serial
    return HIDGadget(identity)
  }

  /// Puts a power switch into a guardian's hands.
  public static func power(
    _ wiring: PowerWiring, holder: String, note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RigFault) -> GuardedPowerSwitch {
    guard let line = line(wiring) else { throw notReal(.power) }
    return try GuardedPowerSwitch(
      line, minimumOff: wiring.minimumOff, holder: holder, note: note)
  }

  /// What switches, for the driver; nil for the virtual recorder's.
  public static func line(_ wiring: PowerWiring) -> PowerLineDescription? {
    switch wiring.switch {
    case .virtual: nil
    case .gpioRelay(let relay):
      .gpio(
        GPIOWiring(
          chip: relay.chip, line: relay.line, activeLow: relay.activeLow,
          contact: contact(relay.contact)))
    case .usbRelay(let relay):
      .usbRelay(
        USBRelayWiring(
          board: relay.match.isEmpty ? nil : match(relay.match), serial: relay.serial,
          channel: relay.channel, contact: contact(relay.contact)))
    case .file(let file):
      .file(FileWiring(path: absolute(file.path), on: file.on, off: file.off))
    }
  }

  /// The guardian works from another folder.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  private static func contact(_ wiring: ContactWiring) -> RelayContact {
    wiring == .normallyClosed ? .normallyClosed : .normallyOpen
  }

  private static func selection(_ naming: DeviceNaming) -> DeviceSelection {
    switch naming {
    case .node(let path): .node(path)
    case .match(let properties): .match(match(properties))
    }
  }

  private static func hubPort(_ naming: HubPortNaming) -> HubPortWiring {
    let hub: HubPortWiring.Hub =
      switch naming.hub {
      case .node(let name): .name(name)
      case .match(let properties): .match(match(properties))
      }
    return HubPortWiring(hub: hub, port: naming.port)
  }

  private static func match(_ properties: [DeviceNaming.Property]) -> DeviceMatch {
    DeviceMatch(properties.map { .init(key: $0.key, value: $0.value) })
  }

  private static func notReal(_ part: RigPart) -> RigFault {
    RigFault(part, "the \(part.rawValue) of a virtual rig is no device of this host")
  }
}
