package import Bench

/// Where a machine's devices are listed and watched.
///
/// Devices are named by their folders below `/sys/devices`. Nothing is kept: each call tells how
/// things are now.
package protocol DeviceSource: Sendable {
  /// All devices of a subsystem, such as `video4linux` or `usb`, in no order.
  func devices(inSubsystem name: String) -> [String]

  /// The device behind a character device's node; nil where there is none.
  func device(ofNode path: String) -> String?

  /// What kernel and udev say of a device, by key; nil where there is no such device.
  func properties(of device: String) -> [String: String]?

  /// The content of a file in a device's folder; nil where there is none that can be read.
  func attribute(_ key: String, of device: String) -> String?

  /// Writes a file in a device's folder; the system's error number, 0 where the kernel took it.
  func setAttribute(_ key: String, of device: String, to value: String) -> Int32

  /// The device that a device hangs on; nil for one that hangs on none.
  func parent(of device: String) -> String?

  /// Begins to listen for devices that come and go.
  func watch() throws(RigFault) -> any DeviceWatch
}

/// Somebody who is told of devices that come and go.
package protocol DeviceWatch: Sendable {
  /// What is told within a time; returns as soon as there is something.
  func events(within limit: Duration) -> [DeviceEvent]
}

/// A device that came, left, or changed.
public struct DeviceEvent: Sendable, Hashable {
  /// `add`, `remove`, `change`, `bind` or `unbind`.
  public var action: String
  /// The device's folder, without the `/sys` before it.
  public var path: String
  /// What kernel and udev say of it, by key.
  public var properties: [String: String]

  package init(action: String, path: String, properties: [String: String]) {
    self.action = action
    self.path = path
    self.properties = properties
  }

  /// More was told than there was room for: that something came is all that is known.
  package static let lost = DeviceEvent(action: "change", path: "", properties: [:])

  /// Whether the device can be used now where it could not before.
  package var isArrival: Bool { action == "add" || action == "change" || action == "bind" }
}
