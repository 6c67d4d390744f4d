import CUSB
import Glibc

extension LiveCalls {
  package func openUSB(
    bus: UInt8, address: UInt8, claims: Bool
  ) throws(USBOpeningError) -> any OpenUSBDevice {
    var context: OpaquePointer?
    guard libusb_init(&context) == 0, let context else { throw .noLibrary }
    let (handle, code) = Self.open(bus, address, claims, context)
    guard let handle else {
      libusb_exit(context)
      throw .refused(code)
    }
    return LiveUSBDevice(context: context, handle: handle, isClaimed: claims)
  }

  private static func open(
    _ bus: UInt8, _ address: UInt8, _ claims: Bool, _ context: OpaquePointer
  ) -> (handle: OpaquePointer?, code: Int32) {
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
      guard claims else { return (handle, 0) }
      // The kernel's driver steps aside, and gets the device back when it is released.
      libusb_set_auto_detach_kernel_driver(handle, 1)
      code = libusb_claim_interface(handle, 0)
      if code == 0 { return (handle, 0) }
      libusb_close(handle)
      return (nil, code)
    }
    return (nil, LIBUSB_ERROR_NO_DEVICE.rawValue)
  }
}

/// A device that libusb has open.
private final class LiveUSBDevice: OpenUSBDevice {
  private let context: OpaquePointer
  private let handle: OpaquePointer
  private let isClaimed: Bool

  init(context: OpaquePointer, handle: OpaquePointer, isClaimed: Bool) {
    self.context = context
    self.handle = handle
    self.isClaimed = isClaimed
  }

  func control(
    _ setup: USBSetup, _ bytes: UnsafeMutableBufferPointer<UInt8>, milliseconds: UInt32
  ) -> Int32 {
    libusb_control_transfer(
      handle, setup.requestType, setup.request, setup.value, setup.index, bytes.baseAddress,
      UInt16(bytes.count), milliseconds)
  }

  func close() {
    if isClaimed { libusb_release_interface(handle, 0) }
    libusb_close(handle)
    libusb_exit(context)
  }
}
