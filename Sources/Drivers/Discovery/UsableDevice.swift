public import Bench

/// Something on this host that could be a part of a rig.
public struct UsableDevice: Sendable, Hashable {
  /// The part that it could be.
  public var part: RigPart
  /// Its node or the kernel's name.
  public var name: String
  /// What it calls itself.
  public var about: String
  /// What selects it in a rig file.
  public var rigLine: String

  /// All of them: screens, mice, power switches.
  public static func all(in tree: DeviceTree = DeviceTree()) -> [UsableDevice] {
    screens(tree) + mice(tree) + relays(tree) + chips(tree)
  }

  private static func screens(_ tree: DeviceTree) -> [UsableDevice] {
    let devices = tree.devices(.capture)
    return devices.map { device in
      UsableDevice(
        part: .screen, name: device.node ?? device.name,
        about: device.value("ID_V4L_PRODUCT") ?? device.attribute("name") ?? "no name",
        rigLine: "screen: {v4l2: {\(selection(device, among: devices))}}")
    }
  }

  private static func mice(_ tree: DeviceTree) -> [UsableDevice] {
    let controllers = tree.devices(inSubsystem: "udc")
    let gadgets = controllers.map { controller in
      UsableDevice(
        part: .mouse, name: controller.name,
        about: "USB device port, \(controller.attribute("state") ?? "state unknown")",
        rigLine: controllers.count == 1
          ? "mouse: {hidGadget: {}}" : "mouse: {hidGadget: {udc: \(controller.name)}}")
    }
    let ports = tree.devices(.serial)
    let chips = ports.filter(\.mayBeMouseChip).map { port in
      UsableDevice(
        part: .mouse, name: port.node ?? port.name,
        about: "serial port of \(port.usbDevice?.attribute("product") ?? "a WCH chip")",
        rigLine: "mouse: {ch9329: {\(selection(port, among: ports))}}")
    }
    return gadgets + chips
  }

  private static func relays(_ tree: DeviceTree) -> [UsableDevice] {
    let boards = tree.devices(.usb).filter { USBRelayBoard.Dialect($0) != nil }
    return boards.map { board in
      let match =
        boards.count == 1 ? "" : "match: {\(rules(board, among: boards))}, "
      return UsableDevice(
        part: .power, name: board.name,
        about: board.attribute("product") ?? "USB relay, without read-back",
        rigLine: "power: {usbRelay: {\(match)channel: 1, contact: normally-closed}}")
    }
  }

  private static func chips(_ tree: DeviceTree) -> [UsableDevice] {
    GPIOChip.all(in: tree).map { chip in
      UsableDevice(
        part: .power, name: chip.name, about: "GPIO chip \(chip.label), \(chip.lines) lines",
        rigLine: "power: {gpioRelay: {chip: \(quoted(chip.label)), line: 0, "
          + "contact: normally-closed, whenReleased: powered}}")
    }
  }

  private static func selection(_ device: FoundDevice, among others: [FoundDevice]) -> String {
    guard Candidate(device).selection(among: others) != nil else {
      return "device: \(device.node ?? device.name)"
    }
    return "match: {\(rules(device, among: others))}"
  }

  private static func rules(_ device: FoundDevice, among others: [FoundDevice]) -> String {
    (Candidate(device).selection(among: others)?.rules ?? []).map { rule in
      "\(rule.key.hasPrefix("@") ? "\"\(rule.key)\"" : rule.key): \(quoted(rule.value))"
    }.joined(separator: ", ")
  }

  /// A text as YAML takes it literally, whatever is in it.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension FoundDevice {
  /// Whether a serial port is that of a WCH chip: a CH9329's own or the bridge before one.
  fileprivate var mayBeMouseChip: Bool {
    usbDevice?.attribute("idVendor") == "1a86"
  }
}
