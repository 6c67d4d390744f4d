import Bench
import CLinux
import CUSB
import Glibc

/// Class requests to a HID device's first interface (HID 1.11, section 7.2).
///
/// They go through libusb, which asks the kernel's driver to step aside and gives the device back
/// to it afterwards; where that is not allowed, feature reports go through the driver's own hidraw
/// node.
final class HIDControlPipe {
  private enum Way {
    case usb(OpaquePointer)
    case hidraw(Descriptor)
  }

  private let name: String
  private let way: Way
  private let context: OpaquePointer?
  private static let patience: UInt32 = 1000

  init(_ device: FoundDevice) throws(RigFault) {
    name = "the USB device \(device.name)"
    var context: OpaquePointer?
    guard libusb_init(&context) == 0 else {
      throw RigFault(.host, "libusb can't be used")
    }
    let (handle, code) = Self.open(device, context)
    if let handle {
      self.context = context
      way = .usb(handle)
      return
    }
    libusb_exit(context)
    self.context = nil
    guard let node = Self.hidraw(of: device),
      let descriptor = try? Descriptor(opening: node, O_RDWR)
    else {
      let words = String(cString: libusb_strerror(code))
      throw RigFault(.power, "\(name) can't be opened: \(words)")
    }
    way = .hidraw(descriptor)
  }

  deinit {
    if case .usb(let handle) = way {
      // With automatic detaching on, releasing gives the interface back to the kernel's driver.
      libusb_release_interface(handle, 0)
      libusb_close(handle)
    }
    if let context { libusb_exit(context) }
  }

  /// Asks for feature report 0.
  func featureReport(length: Int) throws(RigFault) -> [UInt8] {
    switch way {
    case .usb(let handle):
      var bytes = [UInt8](repeating: 0, count: length)
      let count = libusb_control_transfer(
        handle, 0xA1, 0x01, 0x0300, 0, &bytes, UInt16(length), Self.patience)
      guard Int(count) == length else { throw failure("does not tell its state", count) }
      return bytes
    case .hidraw(let descriptor):
      var bytes = [UInt8](repeating: 0, count: length + 1)
      let count = ioctl(descriptor.number, gantry_HIDIOCGFEATURE(UInt32(length + 1)), &bytes)
      guard count >= length else { throw failure("does not tell its state", nil) }
      // The kernel leaves the number out where the device does.
      return Int(count) == length + 1 ? Array(bytes[1...]) : Array(bytes[..<length])
    }
  }

  /// Sends feature report 0.
  func setFeatureReport(_ bytes: [UInt8]) throws(RigFault) {
    switch way {
    case .usb(let handle): try set(handle, kind: 0x0300, bytes)
    case .hidraw(let descriptor):
      var report = [0] + bytes
      let request = gantry_HIDIOCSFEATURE(UInt32(report.count))
      guard ioctl(descriptor.number, request, &report) >= 0 else {
        throw failure("does not take an order", nil)
      }
    }
  }

  /// Sends output report 0.
  func setOutputReport(_ bytes: [UInt8]) throws(RigFault) {
    switch way {
    case .usb(let handle): try set(handle, kind: 0x0200, bytes)
    case .hidraw(let descriptor):
      let report = [0] + bytes
      guard write(descriptor.number, report, report.count) == report.count else {
        throw failure("does not take an order", nil)
      }
    }
  }

  private func set(_ handle: OpaquePointer, kind: UInt16, _ bytes: [UInt8]) throws(RigFault) {
    var report = bytes
    let count = libusb_control_transfer(
      handle, 0x21, 0x09, kind, 0, &report, UInt16(report.count), Self.patience)
    guard Int(count) == report.count else { throw failure("does not take an order", count) }
  }

  private func failure(_ what: String, _ code: Int32?) -> RigFault {
    let words = code.map { $0 < 0 ? String(cString: libusb_strerror($0)) : "\($0) bytes only" }
    return RigFault(.power, "\(name) \(what): \(words ?? systemWords(errno))")
  }

  /// Opens the device of a bus and device number and claims its first interface.
  private static func open(
    _ device: FoundDevice, _ context: OpaquePointer?
  ) -> (handle: OpaquePointer?, code: Int32) {
    guard let bus = device.attribute("busnum").flatMap({ UInt8($0) }),
      let address = device.attribute("devnum").flatMap({ UInt8($0) })
    else { return (nil, LIBUSB_ERROR_NO_DEVICE.rawValue) }
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let count = libusb_get_device_list(context, &list)
    defer { libusb_free_device_list(list, 1) }
    for index in 0..<max(0, count) {
      guard let candidate = list?[index], libusb_get_bus_number(candidate) == bus,
        libusb_get_device_address(candidate) == address
      else { continue }
      var handle: OpaquePointer?
      var code = libusb_open(candidate, &handle)
      guard code == 0, let handle else { return (nil, code) }
      libusb_set_auto_detach_kernel_driver(handle, 1)
      code = libusb_claim_interface(handle, 0)
      if code == 0 { return (handle, 0) }
      libusb_close(handle)
      return (nil, code)
    }
    return (nil, LIBUSB_ERROR_NO_DEVICE.rawValue)
  }

  /// The hidraw node of a USB device.
  private static func hidraw(of device: FoundDevice) -> String? {
    device.tree.devices(inSubsystem: "hidraw").first { node in
      node.ancestors.contains { $0.path == device.path }
    }?.node
  }
}
