import Glibc

/// The host's driver of the mouse on its bus.
///
/// A mouse that no program has open is read nonetheless for a twentieth of a second by whoever only
/// looks into its node; only one that has no driver is surely read by nobody.
struct HostDriver {
  private static let folder = "/sys/bus/usb/drivers/usbhid"
  private let interface: String

  /// Finds the interface that the driver has in hand.
  ///
  /// - Parameter host: the host controller, such as `dummy_hcd.0`.
  /// - Throws: when it has none in hand.
  init(of host: String) throws {
    let pattern = "/sys/devices/platform/\(host)/usb*/*-*/*:*/driver"
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { throw CheckFailure("no mouse below \(host)") }
    let names = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0] }
      .map { String(cString: $0).split(separator: "/").dropLast().last.map(String.init) ?? "" }
    guard let name = names.first(where: { access("\(Self.folder)/\($0)", F_OK) == 0 }) else {
      throw CheckFailure("the host's driver has no mouse in hand")
    }
    interface = name
  }

  /// Lets the mouse go; it stays configured.
  func leave() throws { try put(interface, into: "\(Self.folder)/unbind") }

  /// Takes the mouse in hand, where it was let go.
  func takeUp() throws {
    if access("\(Self.folder)/\(interface)", F_OK) == 0 { return }
    try put(interface, into: "\(Self.folder)/bind")
  }
}
