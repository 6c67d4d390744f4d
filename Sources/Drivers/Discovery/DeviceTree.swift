import Glibc

/// The devices of a machine, as the kernel shows them below `/sys` and udev describes them below
/// `/run/udev/data`.
public struct DeviceTree: Sendable {
  /// What stands before `/sys`, `/run` and `/dev`; empty for this machine.
  public let root: String

  /// Creates a tree.
  public init(root: String = "") {
    // Devices are named by their real paths, which begin with the root's.
    self.root = root.isEmpty ? "" : Files.resolved(root) ?? root
  }

  /// All devices of a class, such as `video4linux` or `tty`, by name.
  func devices(ofClass name: String) -> [FoundDevice] { devices(in: "/sys/class/\(name)") }

  /// All devices on a bus, such as `usb`, by name.
  func devices(onBus name: String) -> [FoundDevice] { devices(in: "/sys/bus/\(name)/devices") }

  /// The device of a character device's node; nil where the kernel knows none of that number.
  func device(ofNode path: String) -> FoundDevice? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return nil }
    let (major, minor) = Self.numbers(of: UInt64(status.st_rdev))
    return device(at: "\(root)/sys/dev/char/\(major):\(minor)")
  }

  /// A device number's two parts, as glibc's `gnu_dev_major` and `gnu_dev_minor` take them apart.
  private static func numbers(of device: UInt64) -> (major: UInt64, minor: UInt64) {
    (
      (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF,
      device & 0xFF | (device >> 12) & 0xFFFF_FF00
    )
  }

  private func devices(in folder: String) -> [FoundDevice] {
    let names = (try? Files.names(in: root + folder)) ?? []
    return names.sorted(by: Self.precedes).compactMap { device(at: "\(root)\(folder)/\($0)") }
  }

  private func device(at path: String) -> FoundDevice? {
    Files.resolved(path).map { FoundDevice(path: $0, tree: self) }
  }

  /// `video2` before `video10`.
  private static func precedes(_ first: String, _ second: String) -> Bool {
    (first.count, first) < (second.count, second)
  }
}

/// A device of a tree: a folder below `/sys/devices`.
public struct FoundDevice: Sendable {
  /// The device's folder.
  let path: String
  let tree: DeviceTree
  /// What kernel and udev say of it, by key.
  public let properties: [String: String]

  init(path: String, tree: DeviceTree) {
    self.path = path
    self.tree = tree
    properties = Self.properties(of: path, in: tree)
  }

  /// The kernel's name, such as `video0`.
  public var name: String { String(path.split(separator: "/").last ?? "") }

  /// The node to open, such as `/dev/video0`; nil for a device without one.
  public var node: String? { properties["DEVNAME"] }

  /// A property, or else an attribute: a file in the device's folder.
  public func value(_ key: String) -> String? { properties[key] ?? attribute(key) }

  /// The content of a file in the device's folder.
  public func attribute(_ key: String) -> String? {
    guard !key.hasPrefix("/"), !key.contains("..") else { return nil }
    var status = stat()
    guard stat("\(path)/\(key)", &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_mode & S_IRUSR != 0
    else { return nil }
    return Files.text(of: "\(path)/\(key)")
  }

  /// The devices that it hangs on, the nearest first.
  public var ancestors: [FoundDevice] {
    var ancestors: [FoundDevice] = []
    var folder = path[...]
    let top = "\(tree.root)/sys/devices"
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      guard folder.hasPrefix(top), folder.count > top.count else { break }
      if Files.exists("\(folder)/uevent") {
        ancestors.append(FoundDevice(path: String(folder), tree: tree))
      }
    }
    return ancestors
  }

  /// The USB device that it is a part of, itself included.
  public var usbDevice: FoundDevice? {
    ([self] + ancestors).first { $0.properties["DEVTYPE"] == "usb_device" }
  }

  private static func properties(of path: String, in tree: DeviceTree) -> [String: String] {
    var properties: [String: String] = [:]
    for line in (Files.text(of: "\(path)/uevent") ?? "").split(separator: "\n") {
      add(line, to: &properties)
    }
    properties["DEVPATH"] = String(path.dropFirst("\(tree.root)/sys".count))
    if let link = Files.resolved("\(path)/subsystem"), let last = link.split(separator: "/").last {
      properties["SUBSYSTEM"] = String(last)
    }
    if let name = properties["DEVNAME"], !name.hasPrefix("/") {
      properties["DEVNAME"] = "/dev/\(name)"
    }
    let record = "\(tree.root)/run/udev/data/\(identifier(of: path, properties))"
    for line in (Files.text(of: record) ?? "").split(separator: "\n") where line.hasPrefix("E:") {
      add(line.dropFirst(2), to: &properties)
    }
    return properties
  }

  private static func add(_ line: Substring, to properties: inout [String: String]) {
    guard let equals = line.firstIndex(of: "=") else { return }
    properties[String(line[..<equals])] = String(line[line.index(after: equals)...])
  }

  /// What udev calls its record of a device (systemd's `sd_device_get_device_id`).
  private static func identifier(of path: String, _ properties: [String: String]) -> String {
    let subsystem = properties["SUBSYSTEM"] ?? ""
    if let major = properties["MAJOR"], let minor = properties["MINOR"] {
      return "\(subsystem == "block" ? "b" : "c")\(major):\(minor)"
    }
    return "+\(subsystem):\(path.split(separator: "/").last ?? "")"
  }
}
