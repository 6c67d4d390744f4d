package import Bench
import CLinux
import CUdev
import Glibc

/// The devices of this machine, as libudev lists them.
package struct UdevDevices: DeviceSource {
  package init() {}

  package func devices(inSubsystem name: String) -> [String] {
    // A context is one thread's own (`libudev(3)`), and costs nothing.
    guard let context = udev_new() else { return [] }
    defer { udev_unref(context) }
    guard let list = udev_enumerate_new(context) else { return [] }
    defer { udev_enumerate_unref(list) }
    guard udev_enumerate_add_match_subsystem(list, name) >= 0,
      udev_enumerate_scan_devices(list) >= 0
    else { return [] }
    return UdevList(udev_enumerate_get_list_entry(list)).map(\.name)
  }

  package func device(ofNode path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return nil }
    guard let context = udev_new() else { return nil }
    defer { udev_unref(context) }
    let kind = CChar(bitPattern: UInt8(ascii: "c"))
    guard let device = udev_device_new_from_devnum(context, kind, status.st_rdev) else {
      return nil
    }
    defer { udev_device_unref(device) }
    return udev_device_get_syspath(device).map { String(cString: $0) }
  }

  package func properties(of device: String) -> [String: String]? {
    with(device) { device in UdevList.properties(of: device) }
  }

  package func attribute(_ key: String, of device: String) -> String? {
    with(device) { device in
      udev_device_get_sysattr_value(device, key).map { String(String(cString: $0).trimmed) }
    }
  }

  package func setAttribute(_ key: String, of device: String, to value: String) -> Int32 {
    with(device) { device in -min(0, udev_device_set_sysattr_value(device, key, value)) } ?? ENODEV
  }

  package func parent(of device: String) -> String? {
    with(device) { device in
      // It belongs to the device below it, and goes with that.
      udev_device_get_parent(device).flatMap { udev_device_get_syspath($0) }
        .map { String(cString: $0) }
    }
  }

  package func watch() throws(RigFault) -> any DeviceWatch { try DeviceMonitor() }

  /// Asks a device; libudev remembers what a device said, so that each question asks a new one.
  private func with<Answer>(_ path: String, _ ask: (OpaquePointer) -> Answer?) -> Answer? {
    guard let context = udev_new() else { return nil }
    defer { udev_unref(context) }
    guard let device = udev_device_new_from_syspath(context, path) else { return nil }
    defer { udev_device_unref(device) }
    return ask(device)
  }
}

/// The names and values of a list of libudev's, which owns the list.
struct UdevList: Sequence, IteratorProtocol {
  private var entry: OpaquePointer?

  init(_ first: OpaquePointer?) { entry = first }

  mutating func next() -> (name: String, value: String)? {
    guard let entry, let name = udev_list_entry_get_name(entry) else { return nil }
    let value = udev_list_entry_get_value(entry)
    self.entry = udev_list_entry_get_next(entry)
    return (String(cString: name), value.map { String(cString: $0) } ?? "")
  }

  /// What kernel and udev say of a device, by key.
  static func properties(of device: OpaquePointer) -> [String: String] {
    let list = UdevList(udev_device_get_properties_list_entry(device))
    return Dictionary(list.map { ($0.name, $0.value) }) { _, last in last }
  }
}
