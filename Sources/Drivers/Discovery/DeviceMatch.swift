public import Bench
public import RigDescription

extension DeviceMatch {
  /// Whether a device is meant.
  func accepts(_ device: FoundDevice) -> Bool {
    rules.allSatisfy { rule in
      guard rule.key.hasPrefix("@") else { return device.value(rule.key) == rule.value }
      let key = String(rule.key.dropFirst())
      return device.ancestors.contains { $0.value(key) == rule.value }
    }
  }
}

/// A kind of device that a rig can use.
public enum DeviceKind: String, Sendable, CaseIterable {
  /// Video capture.
  case capture = "capture device"
  /// A serial port.
  case serial = "serial port"
  /// A USB device as a whole.
  case usb = "USB device"

  /// The part of a rig that such a device is.
  var part: RigPart {
    switch self {
    case .capture: .screen
    case .serial: .mouse
    case .usb: .power
    }
  }
}

extension DeviceTree {
  /// All devices of a kind.
  public func devices(_ kind: DeviceKind) -> [FoundDevice] {
    switch kind {
    case .capture: devices(inSubsystem: "video4linux").filter(\.mayCapture)
    case .serial:
      // The virtual terminals and the ports that a machine merely could have are no candidates.
      devices(inSubsystem: "tty").filter { $0.node != nil && $0.parent != nil }
    case .usb: devices(inSubsystem: "usb").filter { $0.properties["DEVTYPE"] == "usb_device" }
    }
  }

  /// The one device that is meant.
  ///
  /// - Parameters:
  ///   - match: what it must be.
  ///   - kind: the kind that it is of.
  ///   - extra: what else it must be.
  /// - Returns: the device.
  /// - Throws: when none is so or more than one; the fault lists the candidates, and where there
  ///   are several, by what they can be told apart.
  public func device(
    _ match: DeviceMatch, of kind: DeviceKind,
    where extra: (FoundDevice) -> Bool = { _ in true }
  ) throws(RigFault) -> FoundDevice {
    let all = devices(kind).filter(extra)
    let found = all.filter(match.accepts)
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      let keys = match.rules.map(\.key)
      let list = all.map { Candidate($0).line(keys: keys) }
      throw RigFault(
        kind.part,
        .deviceMissing,
        "no \(kind.rawValue) matches \(match); "
          + (list.isEmpty ? "there is none at all" : "there are: " + list.joined(separator: "; ")))
    }
    let keys = Candidate.differences(found)
    let list = found.map { Candidate($0).line(keys: keys) }
    throw RigFault(
      kind.part,
      .deviceAmbiguous,
      "\(found.count) \(kind.rawValue)s match \(match); what tells them apart: "
        + list.joined(separator: "; "))
  }
}

extension FoundDevice {
  /// Whether a video device is there to capture: grabbers come with nodes for other uses, too.
  fileprivate var mayCapture: Bool {
    guard let capabilities = properties["ID_V4L_CAPABILITIES"] else { return true }
    return capabilities.contains(":capture:")
  }
}

/// A device as an error lists it.
struct Candidate {
  private let device: FoundDevice

  init(_ device: FoundDevice) {
    self.device = device
  }

  /// What people tell devices apart by, the best first.
  private static let telling = [
    "ID_SERIAL_SHORT", "ID_PATH", "ID_V4L_PRODUCT", "ID_MODEL", "ID_VENDOR_ID", "ID_MODEL_ID",
    "ID_USB_INTERFACE_NUM", "name", "index", "serial", "product", "@serial", "@busnum", "@devpath",
    "DEVPATH",
  ]

  /// The keys, at most three, whose values differ.
  static func differences(_ devices: [FoundDevice]) -> [String] {
    let keys = telling.filter { key in
      Set(devices.map { Candidate($0).value(key) ?? "" }).count > 1
    }
    return Array(keys.prefix(3))
  }

  /// Such as `/dev/video0 (ID_PATH=platform-…, index=0)`.
  func line(keys: [String]) -> String {
    let name = device.node ?? device.name
    let values = keys.map { "\($0)=\(value($0) ?? "(none)")" }
    return values.isEmpty ? name : "\(name) (\(values.joined(separator: ", ")))"
  }

  /// What a key of a match would find; of ancestors, the nearest one's.
  func value(_ key: String) -> String? {
    guard key.hasPrefix("@") else { return device.value(key) }
    let bare = String(key.dropFirst())
    return device.ancestors.lazy.compactMap { $0.value(bare) }.first
  }

  /// The rules that select this device and none of the others; nil where none of the telling keys
  /// does it.
  func selection(among others: [FoundDevice]) -> DeviceMatch? {
    for key in Self.telling {
      guard let value = value(key), !value.isEmpty else { continue }
      let match = DeviceMatch([.init(key: key, value: value)])
      if others.filter(match.accepts).count == 1 { return match }
    }
    return nil
  }
}
