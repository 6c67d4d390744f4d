import Bench
import Glibc
import RigDescription

/// The port of a USB hub that a device hangs on: it can cut the device's power.
///
/// For grabbers and mice that hang. Many hubs only pretend; none of them switches a recorder's
/// supply.
struct HubPort: Sendable {
  /// The hub.
  let hub: FoundDevice
  /// The port, counted from 1.
  let number: Int

  init(hub: FoundDevice, number: Int) {
    self.hub = hub
    self.number = number
  }

  /// The port of a device; nil for one that hangs on none.
  init?(of device: FoundDevice) {
    guard let last = device.attribute("devpath")?.split(separator: ".").last,
      let number = Int(last), number > 0,
      let hub = device.ancestors.first(where: { $0.properties["DEVTYPE"] == "usb_device" })
    else { return nil }
    self.init(hub: hub, number: number)
  }

  /// The port that a rig file names.
  ///
  /// - Throws: when there is no such hub, several are so, or the hub has no such port.
  init(_ settings: HubPortSettings, in tree: DeviceTree) throws(RigFault) {
    let hub: FoundDevice
    switch settings.hub {
    case .name(let name):
      let hubs = tree.devices(.usb).filter(\.isHub)
      guard let found = hubs.first(where: { $0.name == name }) else {
        let list = hubs.map(\.name).joined(separator: ", ")
        throw RigFault(
          .host, .deviceMissing,
          "there is no USB hub \(name); there \(list.isEmpty ? "is none" : "are: \(list)")")
      }
      hub = found
    case .match(let match):
      do throws(RigFault) {
        hub = try tree.device(match, of: .usb) { $0.isHub }
      } catch {
        throw RigFault(.host, .deviceMissing, "the hub is not found: \(error.reason)")
      }
    }
    let ports = hub.attribute("maxchild").flatMap { Int($0) } ?? 0
    guard settings.port >= 1, settings.port <= ports else {
      throw RigFault(
        .host, .rigIncomplete,
        "the USB hub \(hub.name) has \(ports) ports, and no number \(settings.port)")
    }
    self.init(hub: hub, number: settings.port)
  }

  /// Such as `port 2 of the hub 1-1`.
  var words: String { "port \(number) of the hub \(hub.name)" }

  /// The kernel's folder for the port.
  private var folder: String { "\(hub.path)/\(interface)/\(hub.name)-port\(number)" }
  private var interface: String {
    hub.name.hasPrefix("usb") ? "\(hub.name.dropFirst(3))-0:1.0" : "\(hub.name):1.0"
  }

  /// The other half of the same socket: a hub for USB 3 is two hubs, one for USB 2, and the socket
  /// is without power only when both have taken it away. Nil where the kernel knows of none.
  var peer: HubPort? {
    guard let other = Files.resolved("\(folder)/peer") else { return nil }
    let parts = other.split(separator: "/")
    guard parts.count > 2, let number = parts.last?.split(separator: "t").last.flatMap({ Int($0) })
    else { return nil }
    let path = "/" + parts.dropLast(2).joined(separator: "/")
    return hub.tree.device(at: path).map { HubPort(hub: $0, number: number) }
  }

  /// Switches the port and its other half; whether that could be done.
  func setPower(on: Bool) -> Bool {
    let halves = [self, peer].compactMap(\.self)
    // Each half is asked, also where another one has refused.
    return halves.map { $0.switchHalf(on: on) }.allSatisfy(\.self)
  }

  /// Kernels from 6.0 have a switch of their own (`Documentation/ABI/testing/sysfs-bus-usb`).
  private func switchHalf(on: Bool) -> Bool {
    let code = hub.tree.device(at: folder)?.setAttribute("disable", to: on ? "0" : "1") ?? ENOENT
    return code == ENOENT ? request(on: on) : code == 0
  }

  /// How long a port stays without power.
  static let rest = Duration.seconds(2)

  /// Cuts the port's power for a time; whether that could be done.
  func cycle(for time: Duration = rest) -> Bool {
    let isOff = setPower(on: false)
    if isOff { hub.tree.calls.pause(time) }
    // A half that did go off comes back, whatever became of the other.
    return setPower(on: true) && isOff
  }

  /// Sets or clears the feature "port power" (USB 2.0, sections 11.24.2.2 and 11.24.2.13).
  private func request(on: Bool) -> Bool {
    guard let (bus, address) = hub.usbAddress,
      let device = try? hub.tree.calls.openUSB(bus: bus, address: address, claims: false)
    else { return false }
    defer { device.close() }
    let (setFeature, clearFeature): (UInt8, UInt8) = (0x03, 0x01)
    let portPower: UInt16 = 8
    let setup = USBSetup(
      requestType: 0x23, request: on ? setFeature : clearFeature, value: portPower,
      index: UInt16(number))
    return device.control(setup, .init(start: nil, count: 0), milliseconds: 5_000) >= 0
  }
}

extension FoundDevice {
  /// Whether a USB device is a hub (USB 2.0, section 11.23.1).
  fileprivate var isHub: Bool { attribute("bDeviceClass") == "09" }
}
