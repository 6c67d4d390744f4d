import CUSB
import Glibc

/// The port of a USB hub that a device hangs on: it can cut the device's power.
///
/// For grabbers and mice that hang. Many hubs only pretend; none of them switches a recorder's
/// supply.
struct HubPort: Sendable {
  /// The hub.
  let hub: FoundDevice
  /// The port, counted from 1.
  let number: Int

  /// The port of a device; nil for one that hangs on none.
  init?(of device: FoundDevice) {
    guard let last = device.attribute("devpath")?.split(separator: ".").last,
      let number = Int(last), number > 0,
      let hub = device.ancestors.first(where: { $0.properties["DEVTYPE"] == "usb_device" })
    else { return nil }
    self.hub = hub
    self.number = number
  }

  /// The kernel's switch for the port, on kernels from 6.0
  /// (`Documentation/ABI/testing/sysfs-bus-usb`).
  private var file: String { "\(hub.path)/\(interface)/\(hub.name)-port\(number)/disable" }
  private var interface: String {
    hub.name.hasPrefix("usb") ? "\(hub.name.dropFirst(3))-0:1.0" : "\(hub.name):1.0"
  }

  /// Switches the port; whether that could be done.
  func setPower(on: Bool) -> Bool {
    if Files.exists(file) { return (try? Files.put(on ? "0" : "1", into: file)) != nil }
    return request(on: on)
  }

  /// Cuts the port's power for two seconds; whether that could be done.
  func cycle() -> Bool {
    guard setPower(on: false) else { return false }
    sleep(2)
    return setPower(on: true)
  }

  /// Sets or clears the feature "port power" (USB 2.0, sections 11.24.2.2 and 11.24.2.13).
  private func request(on: Bool) -> Bool {
    guard let bus = hub.attribute("busnum").flatMap({ UInt8($0) }),
      let address = hub.attribute("devnum").flatMap({ UInt8($0) })
    else { return false }
    var context: OpaquePointer?
    guard libusb_init(&context) == 0 else { return false }
    defer { libusb_exit(context) }
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let count = libusb_get_device_list(context, &list)
    defer { libusb_free_device_list(list, 1) }
    for index in 0..<max(0, count) {
      guard let device = list?[index], libusb_get_bus_number(device) == bus,
        libusb_get_device_address(device) == address
      else { continue }
      var handle: OpaquePointer?
      guard libusb_open(device, &handle) == 0, let handle else { return false }
      defer { libusb_close(handle) }
      let (setFeature, clearFeature): (UInt8, UInt8) = (0x03, 0x01)
      let portPower: UInt16 = 8
      return libusb_control_transfer(
        handle, 0x23, on ? setFeature : clearFeature, portPower, UInt16(number), nil, 0, 5_000) >= 0
    }
    return false
  }
}
