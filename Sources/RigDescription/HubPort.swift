import SourceYAML

/// The port of a USB hub, as a rig file names it: it can cut a device of this host off that hangs.
public struct HubPortSettings: Sendable, Hashable {
  /// Which hub.
  public enum Hub: Sendable, Hashable {
    /// By the kernel's name, such as `1-1.2`, or `usb1` for the machine's own ports.
    case name(String)
    /// By what it is; exactly one hub must be so.
    case match(DeviceMatch)
  }

  /// The hub.
  public var hub: Hub
  /// The port, counted from 1.
  public var port: Int

  /// Creates settings.
  public init(hub: Hub, port: Int) {
    self.hub = hub
    self.port = port
  }
}

extension HubPortSettings {
  private static let hub = FieldShape(
    "hub", .scalar(.text), "The kernel's name of the hub, such as 1-1.2.")
  private static let match = FieldShape(
    "match", DeviceMatch.shape,
    "What the one hub must be, as for devices, where names may change.")
  private static let port = FieldShape.required(
    "port", .scalar(.integer(1...255)), "The port, counted from 1.")

  private static let shape = Shape.object(
    ObjectShape(
      "hubPort", [hub, match, port],
      rules: [
        .atMostOne(of: [hub.name, match.name]),
        .atLeastOne(of: [hub.name, match.name], what: "the hub"),
      ]))

  /// The key of a device that such a port can cut off; the text says when it does.
  static func field(_ about: String) -> FieldShape { FieldShape("hubPort", shape, about) }

  /// Reads the value of the key; nil where it was left out.
  init?(_ node: YAMLNode?) {
    guard let node, let port = node[Self.port]?.integer else { return nil }
    let hub = node[Self.hub]?.text.map(Hub.name) ?? .match(DeviceMatch(node[Self.match]))
    self.init(hub: hub, port: port)
  }
}
