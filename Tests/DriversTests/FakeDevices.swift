import Bench
import Drivers
import Glibc
import Synchronization

/// A machine with the devices that a test puts into it.
final class FakeDevices: DeviceSource {
  private struct Device {
    var subsystem: String
    var properties: [String: String]
    var attributes: [String: String]
  }

  private struct State {
    var devices: [String: Device] = [:]
    var events: [DeviceEvent] = []
  }

  private let state = Mutex(State())

  /// Puts a device into a folder, or changes the one that is there.
  func put(
    _ path: String, in subsystem: String, _ properties: [String: String],
    attributes: [String: String] = [:]
  ) {
    state.withLock { state in
      state.devices[path] = Device(
        subsystem: subsystem, properties: properties, attributes: attributes)
    }
  }

  func devices(inSubsystem name: String) -> [String] {
    // In an order that nobody may rely upon.
    state.withLock { $0.devices.filter { $0.value.subsystem == name }.keys.sorted(by: >) }
  }

  func device(ofNode path: String) -> String? {
    state.withLock { state in
      state.devices.first { $0.value.properties["DEVNAME"] == path }?.key
    }
  }

  func properties(of device: String) -> [String: String]? {
    state.withLock { $0.devices[device]?.properties }
  }

  func attribute(_ key: String, of device: String) -> String? {
    state.withLock { $0.devices[device]?.attributes[key] }
  }

  /// Writes into a file that a test has laid into the device's folder.
  func setAttribute(_ key: String, of device: String, to value: String) -> Int32 {
    let file = open("\(device)/\(key)", O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard file >= 0 else { return errno }
    defer { close(file) }
    return write(file, value, value.utf8.count) == value.utf8.count ? 0 : errno
  }

  func parent(of device: String) -> String? {
    state.withLock { state in
      state.devices.keys.filter { device.hasPrefix("\($0)/") }.max { $0.count < $1.count }
    }
  }

  func watch() throws(RigFault) -> any DeviceWatch {
    throw RigFault(
      .host, .hostFails, "devices can't be watched: nothing happens here", errno: errno)
  }
}
