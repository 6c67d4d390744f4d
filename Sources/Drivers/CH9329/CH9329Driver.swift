public import Bench
public import RigDescription

extension CH9329Settings: MouseDriver {
  /// Opens the chip's serial port.
  public func open(for user: DeviceUser) throws(RigFault) -> any Mouse & RigDevice {
    try CH9329Mouse(
      self, answerTime: CH9329Mouse.answerTime * user.patience, holder: user.holder,
      note: user.note)
  }

  /// The serial ports of WCH's chips: a CH9329's own or the bridge before one.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] {
    let ports = tree.devices(.serial)
    let chips = ports.filter { $0.usbDevice?.attribute("idVendor") == "1a86" }
    return chips.map { port in
      UsableDevice(
        part: .mouse, name: port.node ?? port.name,
        about: "serial port of \(port.usbDevice?.attribute("product") ?? "a WCH chip")",
        rigLine: "mouse: {\(key): {\(port.selection(among: ports))}}")
    }
  }

  /// What the doctor says to try next where the port can't be opened.
  public static var remedyUnopened: String {
    "gantry devices lists the serial ports that may be a mouse chip"
  }
}

extension CH9329Mouse: RigDevice {}
