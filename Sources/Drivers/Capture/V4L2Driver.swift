public import Bench
public import RigDescription

extension V4L2Settings: ScreenDriver {
  /// Opens the capture device.
  public func open(for user: DeviceUser) throws(RigFault) -> any Screen & RigDevice {
    try V4L2Screen(self, holder: user.holder, patience: user.patience, note: user.note)
  }

  /// All capture devices.
  public static func usableDevices(in tree: DeviceTree) -> [UsableDevice] {
    let devices = tree.devices(.capture)
    return devices.map { device in
      UsableDevice(
        part: .screen, name: device.node ?? device.name,
        about: device.value("ID_V4L_PRODUCT") ?? device.attribute("name") ?? "no name",
        rigLine: "screen: {\(key): {\(device.selection(among: devices))}}")
    }
  }

  /// What the doctor says to try next where the device can't be opened.
  public static var remedyUnopened: String {
    "gantry devices lists the capture devices of this host"
  }

  /// The EDID that the source is to be shown, read from its file; nil where there is to be none.
  func edidBytes() throws(RigFault) -> [UInt8]? {
    guard let edid else { return nil }
    guard let bytes = try? Files.bytes(of: edid, limit: Self.largestEDID) else {
      throw RigFault(.screen, .captureUnreachable, "the EDID \(edid) can't be read; check the path")
    }
    guard !bytes.isEmpty, bytes.count % Self.edidBlock == 0 else {
      throw RigFault(
        .screen, .captureUnreachable, "\(edid) is no EDID: it has blocks of \(Self.edidBlock) bytes"
      )
    }
    return bytes
  }

  /// The bytes of a block, and of as many blocks as a byte can count (VESA E-EDID, A.2).
  private static let edidBlock = 128
  private static let largestEDID = 256 * edidBlock
}
