public import Frames
public import SourceYAML

/// A picture size, and how often a second pictures are wanted.
public struct CaptureMode: Hashable, Sendable, CustomStringConvertible {
  /// Columns and rows.
  public var size: PixelSize
  /// Pictures a second; nil leaves it to the device.
  public var rate: Int?

  /// Creates a mode.
  public init(size: PixelSize, rate: Int?) {
    self.size = size
    self.rate = rate
  }

  /// Reads a mode such as `1920x1080@30`; nil where the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let sides = parts[0].split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, sides.count == 2, let width = sides[0], let height = sides[1],
      width > 0, height > 0
    else { return nil }
    size = PixelSize(width: width, height: height)
    if parts.count == 2 {
      guard let rate = Int(parts[1]), rate > 0 else { return nil }
      self.rate = rate
    }
  }

  /// Such as `1920x1080@30`.
  public var description: String { rate.map { "\(size)@\($0)" } ?? "\(size)" }
}

/// The ways of laying out pixels that a capture device may use and a frame can be made from.
public enum CaptureFormat: String, Sendable, Hashable, CaseIterable {
  /// Luma, then both chromas interleaved at half width and height.
  case nv12
  /// Luma and chroma interleaved, chroma at half width, luma first.
  case yuyv
  /// As ``yuyv``, chroma first.
  case uyvy
  /// Red, green, blue.
  case rgb
  /// Blue, green, red.
  case bgr
  /// A JPEG picture a frame.
  case mjpeg
}

/// A V4L2 capture device on the recorder's HDMI socket.
public struct V4L2Settings: ScreenSettings {
  /// Which device.
  public var selection: DeviceSelection
  /// Size and rate for devices that don't follow their signal by themselves; nil leaves it to them.
  public var mode: CaptureMode?
  /// The format; nil for the best.
  public var format: CaptureFormat?
  /// A file with the EDID that the source is shown; nil leaves the device's own.
  public var edid: String?
  /// The port that cuts the device off when it hangs; nil for the one that it is seen to hang on.
  public var hubPort: HubPortSettings?

  /// Creates settings.
  public init(
    selection: DeviceSelection, mode: CaptureMode? = nil, format: CaptureFormat? = nil,
    edid: String? = nil, hubPort: HubPortSettings? = nil
  ) {
    self.selection = selection
    self.mode = mode
    self.format = format
    self.edid = edid
    self.hubPort = hubPort
  }
}

extension V4L2Settings {
  /// The section's key.
  public static let key = "v4l2"
  /// What the driver is.
  public static let about = "A capture device."
  /// A piece of a rig file.
  public static let example = """
    screen:
      v4l2:
        match: {ID_VENDOR_ID: "534d", ID_MODEL_ID: "2109"}
        mode: 1920x1080@30
        format: mjpeg
    """

  private static let mode = FieldShape(
    "mode", .scalar(.text), "Size and rate such as 1920x1080@30, for devices that don't follow.")
  private static let format = FieldShape(
    "format", .scalar(.word(CaptureFormat.allCases.map(\.rawValue))),
    "How pixels come; the best if left out.")
  private static let edid = FieldShape(
    "edid", .scalar(.text), "A file with the EDID that the recorder is shown.")
  private static let hubPort = HubPortSettings.field(
    "The port of a USB hub that cuts the device off when it hangs; if left out, the one that it is "
      + "seen to hang on.")

  /// The keys of the section.
  public static let fields = DeviceSelection.fields + [mode, format, edid, hubPort]
  /// What holds between them.
  public static let rules = DeviceSelection.rules

  /// Reads the section.
  public init(_ section: YAMLNode, _ reader: inout SectionReader) {
    self.init(
      selection: DeviceSelection(section),
      mode: reader.value(
        section[Self.mode], orElse: "is no mode", "write one such as 1920x1080@30",
        read: CaptureMode.init),
      format: section[Self.format]?.text.flatMap(CaptureFormat.init),
      edid: reader.path(section[Self.edid]), hubPort: HubPortSettings(section[Self.hubPort]))
  }
}
