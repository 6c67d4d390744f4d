public import Bench
import Glibc
public import RigDescription

/// The mouse that this machine shows on its USB device port, as configfs builds it (the kernel's
/// `Documentation/usb/gadget_configfs.rst` and `gadget_hid.rst`).
///
/// It has exactly one interface, a boot mouse with three buttons and a wheel: recorders refuse
/// richer mice.
public struct HIDGadget: Sendable {
  /// What it presents itself as.
  public let settings: HIDGadgetSettings
  /// What stands before `/sys` and `/dev`; empty for this machine.
  let root: String

  private var folder: String { "\(root)/sys/kernel/config/usb_gadget/\(settings.name)" }
  private var function: String { "\(folder)/functions/\(Self.functionName)" }
  private static let functionName = "hid.mouse"

  /// Describes a gadget; touches nothing.
  public init(_ settings: HIDGadgetSettings, root: String = "") {
    self.settings = settings
    self.root = root
  }

  /// A boot mouse: three buttons and five bits of padding, X, Y and wheel as signed bytes (HID
  /// 1.11, appendices B.2 and E.10, with a wheel).
  static let reportDescriptor: [UInt8] = [
    0x05, 0x01, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x01, 0xA1, 0x00,
    0x05, 0x09, 0x19, 0x01, 0x29, 0x03, 0x15, 0x00, 0x25, 0x01, 0x95, 0x03, 0x75, 0x01, 0x81, 0x02,
    0x95, 0x01, 0x75, 0x05, 0x81, 0x03,
    0x05, 0x01, 0x09, 0x30, 0x09, 0x31, 0x09, 0x38, 0x15, 0x81, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x03,
    0x81, 0x06, 0xC0, 0xC0,
  ]

  // MARK: Up and down

  /// Builds the gadget and connects it. One that is there already is taken down first.
  ///
  /// - Throws: when the kernel lacks what it takes, or refuses.
  public func up() throws(RigFault) {
    let controller = try controllerName()
    try down()
    do throws(FileError) {
      try build()
      try Files.put(controller, into: "\(folder)/UDC")
    } catch {
      let words = "\(error)"
      try? down()
      throw RigFault(
        .mouse,
        .mouseUnreachable,
        "the USB mouse can't be built: \(words); it takes root, a mounted configfs and the modules "
          + "libcomposite and usb_f_hid", errno: error.code)
    }
  }

  private func build() throws(FileError) {
    let strings = "\(folder)/strings/0x409"
    let configuration = "\(folder)/configs/c.1"
    for path in [folder, strings, configuration, "\(configuration)/strings/0x409", function] {
      guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileError(path) }
    }
    let attributes = [
      ("idVendor", Self.hex(settings.vendor)), ("idProduct", Self.hex(settings.product)),
      ("bcdUSB", "0x0200"), ("bcdDevice", "0x0100"),
    ]
    for (name, value) in attributes { try Files.put(value, into: "\(folder)/\(name)") }
    try Files.put(settings.manufacturer, into: "\(strings)/manufacturer")
    try Files.put(settings.productName, into: "\(strings)/product")
    if !settings.serial.isEmpty {
      try Files.put(settings.serial, into: "\(strings)/serialnumber")
    }
    try Files.put("100", into: "\(configuration)/MaxPower")
    try Files.put(settings.wakesHost ? "0xa0" : "0x80", into: "\(configuration)/bmAttributes")
    try Files.put("1", into: "\(function)/subclass")
    try Files.put("2", into: "\(function)/protocol")
    try Files.put("4", into: "\(function)/report_length")
    if Files.exists("\(function)/no_out_endpoint") {
      try Files.put("1", into: "\(function)/no_out_endpoint")
    }
    try Files.put(Self.reportDescriptor, into: "\(function)/report_desc")
    let link = "\(configuration)/\(Self.functionName)"
    guard symlink(function, link) == 0 || errno == EEXIST else { throw FileError(link) }
  }

  private static func hex(_ number: UInt16) -> String { "0x" + String(number, radix: 16) }

  /// Disconnects the gadget and removes it; nothing happens where there is none.
  public func down() throws(RigFault) {
    guard Files.exists(folder) else { return }
    // A gadget that is connected nowhere says so by an error.
    try? Files.put("\n", into: "\(folder)/UDC")
    unlink("\(folder)/configs/c.1/\(Self.functionName)")
    let folders = [
      "configs/c.1/strings/0x409", "configs/c.1", "functions/\(Self.functionName)",
      "strings/0x409", "",
    ]
    for name in folders where rmdir("\(folder)/\(name)") != 0 && errno != ENOENT {
      throw RigFault(
        .mouse, .mouseUnreachable,
        "the USB mouse can't be removed: \(folder)/\(name): \(systemWords(errno))", errno: errno)
    }
  }

  // MARK: State

  /// The controllers of this machine.
  public var controllers: [String] {
    (try? Files.names(in: "\(root)/sys/class/udc")) ?? []
  }

  /// The controller that the gadget is or would be connected to.
  public func controllerName() throws(RigFault) -> String {
    if let name = settings.controller {
      guard controllers.contains(name) else {
        let list = controllers.joined(separator: ", ")
        throw RigFault(
          .mouse,
          .deviceMissing,
          "there is no USB device controller \(name); "
            + (list.isEmpty ? "this machine has none" : "there are: \(list)"))
      }
      return name
    }
    guard controllers.count == 1 else {
      throw RigFault(
        .mouse,
        .deviceMissing,
        controllers.isEmpty
          ? "this machine has no USB device controller (on a Raspberry Pi: dtoverlay=dwc2)"
          : "this machine has several USB device controllers, name one as udc: "
            + controllers.joined(separator: ", "))
    }
    return controllers[0]
  }

  /// Whether the gadget has been built.
  public var exists: Bool { Files.exists(folder) }

  /// The controller that the gadget is connected to; nil while it is not.
  public var connected: String? {
    Files.text(of: "\(folder)/UDC").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The node that reports are written to; nil while there is none.
  public var node: String? {
    guard let numbers = Files.text(of: "\(function)/dev"),
      let target = Files.resolved("\(root)/sys/dev/char/\(numbers)"),
      let name = target.split(separator: "/").last
    else { return nil }
    return "\(root)/dev/\(name)"
  }

  /// What the bus says, as the controller tells it (`Documentation/ABI/stable/sysfs-class-udc`).
  public var busState: USBBusState {
    guard let connected, let word = Files.text(of: "\(root)/sys/class/udc/\(connected)/state")
    else { return .notAttached }
    switch word {
    case "configured": return .configured
    case "suspended": return .suspended
    case "not attached", "not-attached": return .notAttached
    default: return .notConfigured
    }
  }
}

extension Files {
  /// Writes bytes into a file that is there, in one call.
  static func put(_ bytes: [UInt8], into path: String) throws(FileError) {
    let descriptor = try Descriptor(opening: path, O_WRONLY | O_TRUNC)
    guard write(descriptor.number, bytes, bytes.count) == bytes.count else {
      throw FileError(path)
    }
  }
}
