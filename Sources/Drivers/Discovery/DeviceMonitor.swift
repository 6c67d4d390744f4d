public import Bench
import CLinux
import Frames
import Glibc

/// A device that came, left, or changed.
public struct DeviceEvent: Sendable, Hashable {
  /// `add`, `remove`, `change`, `bind` or `unbind`.
  public var action: String
  /// The device's folder below `/sys`.
  public var path: String
  /// What kernel and udev say of it, by key.
  public var properties: [String: String]

  /// Whether the device can be used now where it could not before.
  var isArrival: Bool { action == "add" || action == "change" || action == "bind" }
}

/// What is told of devices that come and go: by udev, once its rules are through with a device and
/// its properties are known, or by the kernel itself on machines without udev.
///
/// Whoever uses it looks at the device tree again when something is told; what is told is never
/// believed for itself, since any process may send into the group.
public final class DeviceMonitor: Sendable {
  private let socket: Descriptor

  /// The groups of the kernel's netlink for devices (systemd's `sd-device/device-monitor.c`).
  private static let (kernelGroup, udevGroup): (UInt32, UInt32) = (1, 2)
  private static let longestMessage = 1 << 14

  /// Starts listening.
  ///
  /// - Throws: when the system has no such socket to give.
  public init() throws(RigFault) {
    let kind =
      Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let number = Glibc.socket(AF_NETLINK, kind, NETLINK_KOBJECT_UEVENT)
    guard number >= 0 else {
      throw RigFault(.host, "devices can't be watched: \(systemWords(errno))")
    }
    socket = Descriptor(number)
    var address = sockaddr_nl()
    address.nl_family = UInt16(AF_NETLINK)
    address.nl_groups = Files.exists("/run/udev/control") ? Self.udevGroup : Self.kernelGroup
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
      }
    }
    guard code == 0 else {
      throw RigFault(.host, "devices can't be watched: \(systemWords(errno))")
    }
  }

  /// What is told within a time; returns as soon as there is something.
  public func events(within limit: Duration) -> [DeviceEvent] {
    let milliseconds = Int32(clamping: limit.wholeNanoseconds / 1_000_000)
    guard socket.wait(for: POLLIN, milliseconds: milliseconds) & POLLIN != 0 else { return [] }
    var events: [DeviceEvent] = []
    var bytes = [UInt8](repeating: 0, count: Self.longestMessage)
    while true {
      let count = recv(socket.number, &bytes, bytes.count, 0)
      // More was told than there was room for: that something came is all that is known.
      if count < 0, errno == ENOBUFS {
        events.append(DeviceEvent(action: "change", path: "", properties: [:]))
        continue
      }
      guard count > 0 else { return events }
      if let event = DeviceEvent(message: bytes[..<count]) { events.append(event) }
    }
  }
}

extension DeviceEvent {
  /// Reads a message of the kernel's (`ACTION@PATH`, then `KEY=VALUE`, each with a zero behind it)
  /// or of udev's: a header that begins with `libudev`, a zero and a magic number, and tells in its
  /// fifth and sixth word where the pairs are.
  init?(message: ArraySlice<UInt8>) {
    let bytes = Array(message)
    var pairs = bytes[...]
    if bytes.starts(with: Array("libudev\0".utf8)) {
      guard let start = Self.word(bytes, at: 16), let length = Self.word(bytes, at: 20),
        start <= bytes.count, length <= bytes.count - start
      else { return nil }
      pairs = bytes[start..<(start + length)]
    }
    var properties: [String: String] = [:]
    for part in pairs.split(separator: 0) {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = String(decoding: part[..<equals], as: UTF8.self)
      properties[key] = String(decoding: part[(equals + 1)...], as: UTF8.self)
    }
    guard let action = properties["ACTION"], let path = properties["DEVPATH"] else { return nil }
    if let name = properties["DEVNAME"], !name.hasPrefix("/") {
      properties["DEVNAME"] = "/dev/\(name)"
    }
    self.init(action: action, path: path, properties: properties)
  }

  /// A number of four bytes as this machine writes it.
  private static func word(_ bytes: [UInt8], at place: Int) -> Int? {
    guard bytes.count >= place + 4 else { return nil }
    let word = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt32.self) }
    return Int(word)
  }
}
