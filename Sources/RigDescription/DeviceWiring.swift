/// The hands and eyes on one device. What the rig lacks is nil.
public struct DeviceWiring: Sendable {
  /// The name of the device that steps mean when they name none.
  public static let recorder = "recorder"

  /// The name that steps say `on:` with.
  public var name: String
  /// How its picture comes.
  public var screen: Wiring<any ScreenSettings>?
  /// How its mouse is moved.
  public var mouse: Wiring<any MouseSettings>?
  /// How its supply is switched.
  public var power: PowerWiring?
  /// Where its mail arrives; at the virtual recorder's, in a mailbox of the run's own.
  public var mail: Wiring<any MailSettings>?
  /// What is known of its mail.
  public var mailTraits = MailTraits()

  /// Creates a wiring.
  public init(
    name: String, screen: Wiring<any ScreenSettings>?, mouse: Wiring<any MouseSettings>?,
    power: PowerWiring?, mail: Wiring<any MailSettings>?
  ) {
    self.name = name
    self.screen = screen
    self.mouse = mouse
    self.power = power
    self.mail = mail
  }
}

/// What a rig's owner knows of the recorder's mail.
public struct MailTraits: Sendable, Hashable {
  /// Whether mail is vouched to get through, though the mailbox can't show it.
  public var isTrusted: Bool
  /// What this recorder's mail names, and that of others with the same mailbox does not; nil where
  /// the mailbox is its own.
  public var naming: String?

  /// Creates traits.
  public init(isTrusted: Bool = false, naming: String? = nil) {
    self.isTrusted = isTrusted
    self.naming = naming
  }
}

/// What one part of a rig is made of.
public enum Wiring<Settings: Sendable>: Sendable {
  /// The virtual recorder's own.
  case virtual
  /// A driver's device, by the driver's settings.
  case driver(Settings)

  /// The driver's settings; nil for the virtual recorder's own.
  public var settings: Settings? {
    switch self {
    case .virtual: nil
    case .driver(let settings): settings
    }
  }

  /// Whether it is the virtual recorder's own.
  public var isVirtual: Bool { settings == nil }
}

/// How a supply is switched.
public struct PowerWiring: Sendable {
  /// How long a cut lasts at least where the file does not say.
  public static let defaultMinimumOff = Duration.seconds(10)

  /// What switches.
  public var `switch`: Wiring<any PowerSettings>
  /// How long a cut lasts at least.
  public var minimumOff: Duration
  /// Whether the rig's owner vouches for the supply, though nothing senses it.
  public var isTrusted: Bool
  /// What senses the supply behind the switch; nil where nothing does. The virtual recorder's sense
  /// is its own.
  public var sense: SupplySenseSettings?

  /// Creates a wiring.
  public init(
    switch: Wiring<any PowerSettings>, minimumOff: Duration, isTrusted: Bool = false,
    sense: SupplySenseSettings? = nil
  ) {
    self.switch = `switch`
    self.sense = sense
    self.isTrusted = isTrusted
    self.minimumOff = minimumOff
  }
}
