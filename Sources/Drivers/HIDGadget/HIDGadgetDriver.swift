public import Bench
public import RigDescription

extension HIDGadgetSettings: MouseDriver {
  /// Takes the gadget in hand.
  public func open(for user: DeviceUser) throws(RigFault) -> any Mouse & RigDevice {
    try HIDGadgetMouse(HIDGadget(self), holder: user.holder)
  }

  /// All USB device ports.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] {
    let controllers = tree.devices(inSubsystem: "udc")
    return controllers.map { controller in
      let port = controllers.count == 1 ? "" : "udc: \(controller.name)"
      return UsableDevice(
        part: .mouse, name: controller.name,
        about: "USB device port, \(controller.attribute("state") ?? "state unknown")",
        rigLine: "mouse: {\(key): {\(port)}}")
    }
  }

  /// What the doctor says to try next where the mouse can't be taken.
  public static var remedyUnopened: String {
    "gantry gadget status RIG and gantry devices say more"
  }
}

extension HIDGadgetMouse: RigDevice {}
