/// The devices of a machine.
public struct DeviceTree: Sendable {
  /// Where they are listed and watched.
  let source: any DeviceSource
  /// The calls through which they are used.
  let calls: any HostCalls

  /// The devices of this machine.
  public init() {
    self.init(UdevDevices())
  }

  /// The devices of a source, used through some calls.
  package init(_ source: any DeviceSource, calls: any HostCalls = LiveCalls()) {
    self.source = source
    self.calls = calls
  }

  /// All devices of a subsystem, such as `video4linux`, `tty` or `usb`, by name.
  func devices(inSubsystem name: String) -> [FoundDevice] {
    source.devices(inSubsystem: name).compactMap(device(at:)).sorted { first, second in
      Self.precedes(first.name, second.name)
    }
  }

  /// The device behind a character device's node; nil where the kernel knows none of that number.
  func device(ofNode path: String) -> FoundDevice? {
    source.device(ofNode: path).flatMap(device(at:))
  }

  /// The device of a folder below `/sys`; nil where there is none.
  func device(at path: String) -> FoundDevice? {
    source.properties(of: path).map { FoundDevice(path: path, properties: $0, tree: self) }
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
  /// What kernel and udev said of it when it was found, by key.
  public let properties: [String: String]
  /// The tree that it was found in.
  let tree: DeviceTree

  fileprivate init(path: String, properties: [String: String], tree: DeviceTree) {
    self.path = path
    self.properties = properties
    self.tree = tree
  }

  /// The kernel's name, such as `video0`.
  public var name: String { String(path.split(separator: "/").last ?? "") }

  /// The node to open, such as `/dev/video0`; nil for a device without one.
  public var node: String? { properties["DEVNAME"] }

  /// A property, or else an attribute: a file in the device's folder.
  public func value(_ key: String) -> String? { properties[key] ?? attribute(key) }

  /// The content of a file in the device's folder, as it is now.
  public func attribute(_ key: String) -> String? {
    guard !key.hasPrefix("/"), !key.contains("..") else { return nil }
    return tree.source.attribute(key, of: path)
  }

  /// Writes a file in the device's folder; the system's error number, 0 where the kernel took it.
  func setAttribute(_ key: String, to value: String) -> Int32 {
    tree.source.setAttribute(key, of: path, to: value)
  }

  /// The device that it hangs on; nil for one that hangs on none.
  var parent: FoundDevice? { tree.source.parent(of: path).flatMap(tree.device(at:)) }

  /// The devices that it hangs on, the nearest first.
  public var ancestors: [FoundDevice] {
    Array(sequence(first: self, next: \.parent).dropFirst())
  }

  /// The USB device that it is a part of, itself included.
  public var usbDevice: FoundDevice? {
    ([self] + ancestors).first { $0.properties["DEVTYPE"] == "usb_device" }
  }
}
