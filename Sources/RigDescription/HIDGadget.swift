public import SourceYAML

/// A mouse that this host shows on its USB device port: what it presents itself as, and how often
/// it speaks.
public struct HIDGadgetSettings: MouseSettings {
  /// The gadget's folder in configfs.
  public var name: String
  /// The USB device controller; nil where the machine has only one.
  public var controller: String?
  /// The vendor's number; the Linux Foundation's if nothing else is said.
  public var vendor: UInt16
  /// The product's number.
  public var product: UInt16
  /// The vendor's name.
  public var manufacturer: String
  /// The product's name.
  public var productName: String
  /// The serial number; empty for none.
  public var serial: String
  /// Whether the mouse may wake its host: some recorders take offence.
  public var wakesHost: Bool
  /// From one report to the next, at least.
  public var interval: Duration

  /// Creates settings, of which none need be given.
  public init(
    name: String = "gantry", controller: String? = nil, vendor: UInt16 = 0x1D6B,
    product: UInt16 = 0x0104, manufacturer: String = "Gantry", productName: String = "USB Mouse",
    serial: String = "", wakesHost: Bool = false, interval: Duration = .milliseconds(8)
  ) {
    self.name = name
    self.controller = controller
    self.vendor = vendor
    self.product = product
    self.manufacturer = manufacturer
    self.productName = productName
    self.serial = serial
    self.wakesHost = wakesHost
    self.interval = interval
  }
}

extension HIDGadgetSettings {
  /// The section's key.
  public static let key = "hidGadget"
  /// What the driver is.
  public static let about = "A mouse on this host's USB device port."
  /// A piece of a rig file.
  public static let example = """
    mouse: {hidGadget: {vendor: "046d", product: "c077", interval: 8ms}}
    """

  private static let name = FieldShape(
    "name", .scalar(.name), "The gadget's name in configfs; gantry if left out.")
  private static let controller = FieldShape(
    "udc", .scalar(.text), "The USB device controller, where this host has several.")
  private static let vendor = FieldShape(
    "vendor", .scalar(.text), "The vendor's number, four hexadecimal digits.")
  private static let product = FieldShape(
    "product", .scalar(.text), "The product's number, four hexadecimal digits.")
  private static let manufacturer = FieldShape(
    "manufacturer", .scalar(.text), "The vendor's name.")
  private static let productName = FieldShape(
    "productName", .scalar(.text), "The product's name.")
  private static let serial = FieldShape("serial", .scalar(.text), "The serial number.")
  private static let remoteWakeup = FieldShape(
    "remoteWakeup", .scalar(.boolean), "Whether it may wake the recorder.")
  private static let interval = FieldShape(
    "interval", .scalar(.duration), "From one report to the next, at least.")

  /// The keys of the section.
  public static let fields = [
    name, controller, vendor, product, manufacturer, productName, serial, remoteWakeup, interval,
  ]

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init()
    name = section[Self.name]?.text ?? name
    controller = section[Self.controller]?.text
    vendor = Self.number(section[Self.vendor], &reader) ?? vendor
    product = Self.number(section[Self.product], &reader) ?? product
    manufacturer = section[Self.manufacturer]?.text ?? manufacturer
    productName = section[Self.productName]?.text ?? productName
    serial = section[Self.serial]?.text ?? serial
    wakesHost = section[Self.remoteWakeup]?.boolean ?? wakesHost
    interval = section[Self.interval]?.duration ?? interval
  }

  private static func number(_ node: YAMLNode?, _ reader: inout SectionReader) -> UInt16? {
    reader.value(
      node, orElse: "is no number of a USB device",
      "write four hexadecimal digits such as \"046d\""
    ) { text in
      text.count == 4 ? UInt16(text, radix: 16) : nil
    }
  }
}
