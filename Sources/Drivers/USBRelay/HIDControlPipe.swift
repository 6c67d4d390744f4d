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
    case usb(any OpenUSBDevice)
    case hidraw(Descriptor)
  }

  private let name: String
  private let way: Way
  private let calls: any HostCalls
  private static let patience: UInt32 = 1000
  /// How often a device is asked that does not answer in time. A host under load is late for a moment,
  /// and reports set and tell a state, so that one that arrives twice does no more.
  private static let tries = 3

  init(_ device: FoundDevice) throws(RigFault) {
    name = "the USB device \(device.name)"
    calls = device.tree.calls
    let code: Int32
    do throws(USBOpeningError) {
      way = .usb(try Self.open(device, calls))
      return
    } catch {
      switch error {
      case .noLibrary: throw RigFault(.host, .hostFails, "libusb can't be used")
      case .refused(let number): code = number
      }
    }
    guard let node = Self.hidraw(of: device),
      let descriptor = try? Descriptor(opening: node, O_RDWR, through: calls)
    else {
      let words = String(cString: libusb_strerror(code))
      throw RigFault(.power, .powerUnreachable, "\(name) can't be opened: \(words)")
    }
    way = .hidraw(descriptor)
  }

  deinit {
    if case .usb(let device) = way { device.close() }
  }

  /// Asks for feature report 0.
  func featureReport(length: Int) throws(RigFault) -> [UInt8] {
    let failure = "does not tell its state"
    switch way {
    case .usb(let device):
      var bytes = [UInt8](repeating: 0, count: length)
      let setup = USBSetup(requestType: 0xA1, request: 0x01, value: 0x0300, index: 0)
      let count = Self.control(device, setup, &bytes)
      guard Int(count) == length else { throw usbFailure(failure, count) }
      return bytes
    case .hidraw(let descriptor):
      var bytes = [UInt8](repeating: 0, count: length + 1)
      let request = gantry_HIDIOCGFEATURE(UInt32(length + 1))
      let count = bytes.withUnsafeMutableBytes {
        calls.ioctl(descriptor.number, request, $0, nil)
      }
      guard count >= length else { throw nodeFailure(failure, Int(count)) }
      // The kernel leaves the number out where the device does.
      return Int(count) == length + 1 ? Array(bytes[1...]) : Array(bytes[..<length])
    }
  }

  /// Sends feature report 0.
  func setFeatureReport(_ bytes: [UInt8]) throws(RigFault) {
    switch way {
    case .usb(let device): try set(device, kind: 0x0300, bytes)
    case .hidraw(let descriptor):
      var report = [0] + bytes
      let request = gantry_HIDIOCSFEATURE(UInt32(report.count))
      let count = report.withUnsafeMutableBytes {
        calls.ioctl(descriptor.number, request, $0, nil)
      }
      guard count >= 0 else { throw nodeFailure(Self.refusal, Int(count)) }
    }
  }

  /// Sends output report 0.
  func setOutputReport(_ bytes: [UInt8]) throws(RigFault) {
    switch way {
    case .usb(let device): try set(device, kind: 0x0200, bytes)
    case .hidraw(let descriptor):
      let report = [0] + bytes
      let count = report.withUnsafeBytes { calls.write(descriptor.number, $0) }
      guard count == report.count else { throw nodeFailure(Self.refusal, count) }
    }
  }

  private static let refusal = "does not take an order"

  private func set(
    _ device: any OpenUSBDevice, kind: UInt16, _ bytes: [UInt8]
  ) throws(RigFault) {
    var report = bytes
    let setup = USBSetup(requestType: 0x21, request: 0x09, value: kind, index: 0)
    let count = Self.control(device, setup, &report)
    guard Int(count) == report.count else { throw usbFailure(Self.refusal, count) }
  }

  /// Makes a control transfer, again where it took too long.
  ///
  /// - Returns: how many bytes went, or the library's error code.
  private static func control(
    _ device: any OpenUSBDevice, _ setup: USBSetup, _ bytes: inout [UInt8]
  ) -> Int32 {
    var count = LIBUSB_ERROR_TIMEOUT.rawValue
    for _ in 1...tries where count == LIBUSB_ERROR_TIMEOUT.rawValue {
      count = bytes.withUnsafeMutableBufferPointer {
        device.control(setup, $0, milliseconds: patience)
      }
    }
    return count
  }

  private func usbFailure(_ what: String, _ count: Int32) -> RigFault {
    let words = count < 0 ? String(cString: libusb_strerror(count)) : "\(count) bytes only"
    return RigFault(.power, .powerUnreachable, "\(name) \(what): \(words)")
  }

  private func nodeFailure(_ what: String, _ count: Int) -> RigFault {
    let words = count < 0 ? systemWords(Int32(-count)) : "\(count) bytes only"
    return RigFault(
      .power, .powerUnreachable, "\(name) \(what): \(words)",
      errno: count < 0 ? Int32(-count) : nil)
  }

  /// Opens the device of a bus and device number and claims its first interface.
  private static func open(
    _ device: FoundDevice, _ calls: any HostCalls
  ) throws(USBOpeningError) -> any OpenUSBDevice {
    guard let (bus, address) = device.usbAddress else {
      throw .refused(LIBUSB_ERROR_NO_DEVICE.rawValue)
    }
    return try calls.openUSB(bus: bus, address: address, claims: true)
  }

  /// The hidraw node of a USB device.
  private static func hidraw(of device: FoundDevice) -> String? {
    device.tree.devices(inSubsystem: "hidraw").first { node in
      node.ancestors.contains { $0.path == device.path }
    }?.node
  }
}

extension FoundDevice {
  /// Where a USB device is on its bus, by which libusb knows it; nil for one that is not there.
  var usbAddress: (bus: UInt8, address: UInt8)? {
    guard let bus = attribute("busnum").flatMap({ UInt8($0) }),
      let address = attribute("devnum").flatMap({ UInt8($0) })
    else { return nil }
    return (bus, address)
  }
}
