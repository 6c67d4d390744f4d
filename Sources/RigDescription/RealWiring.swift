/// A device of this host, as a rig file names it.
public enum DeviceNaming: Sendable, Hashable {
  /// By its node, such as `/dev/video0`.
  case node(String)
  /// By properties, of which all must hold; with `@` before the key, those of a device that it hangs
  /// on. In the order of the file.
  case match([Property])

  /// A key and its value.
  public struct Property: Sendable, Hashable {
    /// The udev property or attribute.
    public var key: String
    /// Its value, to the letter.
    public var value: String

    /// Creates a property.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }
}

/// The port of a USB hub that can cut a device of this host off when it hangs.
public struct HubPortNaming: Sendable, Hashable {
  /// The hub; named, by the kernel's name for it, such as `1-1.2`.
  public var hub: DeviceNaming
  /// The port, counted from 1.
  public var port: Int
}

/// A V4L2 capture device on the recorder's HDMI socket.
public struct CaptureWiring: Sendable, Hashable {
  /// A picture size, and how many pictures a second.
  public struct Mode: Sendable, Hashable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int
    /// Pictures a second; nil leaves it to the device.
    public var rate: Int?

    /// Creates a mode.
    public init(width: Int, height: Int, rate: Int?) {
      self.width = width
      self.height = height
      self.rate = rate
    }

    /// Reads a mode such as `1920x1080@30`.
    init?(_ text: String) {
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      let sides = parts[0].split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count <= 2, sides.count == 2, let width = sides[0], let height = sides[1],
        width > 0, height > 0
      else { return nil }
      let rate = parts.count == 2 ? Int(parts[1]) : nil
      guard parts.count == 1 || (rate ?? 0) > 0 else { return nil }
      self.init(width: width, height: height, rate: rate)
    }
  }

  /// Which device.
  public var device: DeviceNaming
  /// The mode; nil follows the signal, or leaves it to the device.
  public var mode: Mode?
  /// The format's name; nil for the best.
  public var format: String?
  /// A file with the EDID that the recorder is shown; nil leaves the device's own.
  public var edid: String?
  /// The port that cuts it off when it hangs; nil for the one that it is seen to hang on.
  public var hubPort: HubPortNaming?

  /// The formats that there are.
  public static let formats = ["nv12", "yuyv", "uyvy", "rgb", "bgr", "mjpeg"]
}

/// A mouse that this host shows on its USB device port.
public struct GadgetWiring: Sendable, Hashable {
  /// The gadget's name in configfs.
  public var name: String
  /// The USB device controller; nil where the host has only one.
  public var controller: String?
  /// The vendor's number; nil for the program's own.
  public var vendor: UInt16?
  /// The product's number.
  public var product: UInt16?
  /// The vendor's name.
  public var manufacturer: String?
  /// The product's name.
  public var productName: String?
  /// The serial number.
  public var serial: String?
  /// Whether the mouse may wake the recorder.
  public var remoteWakeup: Bool
  /// From one report to the next, at least.
  public var interval: Duration
}

/// A mouse made by a CH9329 on a serial port.
public struct SerialMouseWiring: Sendable, Hashable {
  /// The serial port.
  public var device: DeviceNaming
  /// Bits a second.
  public var baud: Int
  /// The port that cuts the chip off when it hangs; nil for none.
  public var hubPort: HubPortNaming?

  /// The speeds of serial ports that there are.
  public static let speeds = [9600, 19200, 38400, 57600, 115200]
}

/// The contact of a relay that a supply runs through.
public enum ContactWiring: String, Sendable, Hashable, CaseIterable {
  /// Closed while the coil is at rest.
  case normallyClosed = "normally-closed"
  /// Closed while the coil has power.
  case normallyOpen = "normally-open"
}

/// A relay on a GPIO line.
public struct GPIORelayWiring: Sendable, Hashable {
  /// What becomes of the line when nobody holds it.
  public enum Fallback: String, Sendable, Hashable, CaseIterable {
    /// It goes to a level at which the recorder is supplied.
    case powered
    /// It keeps its level.
    case kept
  }

  /// The chip's label, name or node.
  public var chip: String
  /// The line's name or number.
  public var line: String
  /// Whether a low level gives the coil power.
  public var activeLow: Bool
  /// The contact.
  public var contact: ContactWiring
  /// What becomes of the line when nobody holds it.
  public var whenReleased: Fallback
}

/// A relay on a USB board.
public struct BoardRelayWiring: Sendable, Hashable {
  /// Properties of the board; empty for the only one.
  public var match: [DeviceNaming.Property]
  /// The board's five letters.
  public var serial: String?
  /// The relay, counted from 1.
  public var channel: Int
  /// The contact.
  public var contact: ContactWiring
}

/// A file that a switch is worked by.
public struct SwitchFileWiring: Sendable, Hashable {
  /// The file.
  public var path: String
  /// What supplies the recorder.
  public var on: String
  /// What cuts it off.
  public var off: String
}
