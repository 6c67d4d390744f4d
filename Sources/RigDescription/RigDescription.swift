public import SourceYAML

/// What is wired to this host around one recorder, as checked values; it opens nothing.
public struct RigDescription: Sendable {
  /// The rig's name, such as `virtual`.
  public var name: String
  /// One sentence for people; empty where the file has none.
  public var about: String
  /// The folder of the recorder's model, seen from the working directory.
  public var modelFolder: String
  /// Values that replace those of the model file.
  public var modelOverrides: [Override]
  /// The devices, the recorder first.
  public var devices: [DeviceWiring]
  /// The virtual recorder, where the rig has no hardware.
  public var virtual: VirtualWiring?
  /// How many times longer than a scenario says its waits last, on a rig that is slow; cuts of
  /// power and holding buttons keep their times.
  public var patience: Int
  /// The file of the picture that the grabber makes up when it has no input, and where the rig
  /// names it; nil where none is known.
  public var noInput: LocatedText?
  /// Where the file begins.
  public var location: SourceLocation

  /// Creates a description.
  public init(
    name: String, about: String, modelFolder: String, modelOverrides: [Override],
    devices: [DeviceWiring], virtual: VirtualWiring?, patience: Int = 1,
    noInput: LocatedText? = nil, location: SourceLocation
  ) {
    self.name = name
    self.about = about
    self.modelFolder = modelFolder
    self.modelOverrides = modelOverrides
    self.devices = devices
    self.virtual = virtual
    self.patience = patience
    self.noInput = noInput
    self.location = location
  }

  /// The device of a name.
  public func device(_ name: String) -> DeviceWiring? { devices.first { $0.name == name } }
}

/// The hands and eyes on one device. What the rig lacks is nil.
public struct DeviceWiring: Sendable, Hashable {
  /// The name of the device that steps mean when they name none.
  public static let recorder = "recorder"

  /// The name that steps say `on:` with.
  public var name: String
  /// How its picture comes.
  public var screen: ScreenWiring?
  /// How its mouse is moved.
  public var mouse: MouseWiring?
  /// How its supply is switched.
  public var power: PowerWiring?
  /// Where its mail arrives.
  public var mail: MailWiring?

  /// Creates a wiring.
  public init(
    name: String, screen: ScreenWiring?, mouse: MouseWiring?, power: PowerWiring?,
    mail: MailWiring?
  ) {
    self.name = name
    self.screen = screen
    self.mouse = mouse
    self.power = power
    self.mail = mail
  }
}

/// How a picture comes.
public enum ScreenWiring: Sendable, Hashable {
  /// From the virtual recorder.
  case virtual
  /// Through a capture device.
  case v4l2(CaptureWiring)
}

/// How a mouse is moved.
public enum MouseWiring: Sendable, Hashable {
  /// At the virtual recorder.
  case virtual
  /// On this host's USB device port.
  case hidGadget(GadgetWiring)
  /// By a chip on a serial port.
  case ch9329(SerialMouseWiring)
}

/// How a supply is switched.
public struct PowerWiring: Sendable, Hashable {
  /// What switches.
  public enum Switch: Sendable, Hashable {
    /// The virtual recorder's power line.
    case virtual
    /// A relay on a GPIO line.
    case gpioRelay(GPIORelayWiring)
    /// A relay on a USB board.
    case usbRelay(BoardRelayWiring)
    /// A file that a switch is worked by.
    case file(SwitchFileWiring)
  }

  /// What switches.
  public var `switch`: Switch
  /// How long a cut lasts at least.
  public var minimumOff: Duration

  /// Creates a wiring.
  public init(switch: Switch, minimumOff: Duration) {
    self.switch = `switch`
    self.minimumOff = minimumOff
  }
}

/// Where mail arrives.
public enum MailWiring: Sendable, Hashable {
  /// In a Maildir; without a path, one of the run's own.
  case maildir(path: String?)
}

/// The recorder of a rig without hardware.
public struct VirtualWiring: Sendable, Hashable {
  /// The virtual recorder's model.
  public var recorder: LocatedText
  /// What is wrong with the recorder, by name.
  public var defects: [LocatedText]
  /// What is wrong with its ports, by name.
  public var faults: [LocatedText]
  /// Whether it restarts by itself after a password reset; nil means as its model does.
  public var autoReboot: Bool?
  /// When after each start a pop-up comes up unasked; nil leaves it to the seed.
  public var popUpAfter: Duration?
  /// How many lines the grabber delivers; nil for as many as the recorder sends.
  public var captureLines: Int?

  /// Creates a wiring.
  public init(
    recorder: LocatedText, defects: [LocatedText], faults: [LocatedText], autoReboot: Bool?,
    popUpAfter: Duration? = nil, captureLines: Int? = nil
  ) {
    self.recorder = recorder
    self.defects = defects
    self.faults = faults
    self.autoReboot = autoReboot
    self.popUpAfter = popUpAfter
    self.captureLines = captureLines
  }

  /// What the virtual recorder does not know of all that the file names.
  public func findings(
    knownRecorders: [String], knownDefects: [String], knownFaults: [String]
  ) -> [Finding] {
    func unknown(_ names: [LocatedText], _ known: [String], _ what: String) -> [Finding] {
      names.filter { !known.contains($0.text) }.map { name in
        Finding(
          name.location, "the virtual recorder knows no \(what) \"\(name.text)\"",
          remedy: NearestName.remedy(for: name.text, among: known, what: "\(what)s"))
      }
    }
    return unknown([recorder], knownRecorders, "model")
      + unknown(defects, knownDefects, "defect") + unknown(faults, knownFaults, "fault")
  }
}
