/// The hands and eyes on one device of a rig. What a rig lacks is nil.
public struct BenchDevice: Sendable {
  /// The device's picture.
  public var screen: (any Screen)?
  /// The mouse on the device's USB port.
  public var mouse: (any Mouse)?
  /// The switch on the device's supply.
  public var power: (any PowerSwitch)?
  /// Whether the rig's owner vouches for the supply, which nothing senses.
  public var isSupplyTrusted: Bool
  /// Where the device's mail arrives.
  public var mailbox: (any Mailbox)?
  /// Whether the rig's owner vouches that mail gets through, though the mailbox can't show it.
  public var isMailTrusted: Bool
  /// What the device's mail names, and that of others in the mailbox does not; nil where it is alone.
  public var mailNaming: String?

  /// Creates a device from what is wired to it.
  public init(
    screen: (any Screen)? = nil, mouse: (any Mouse)? = nil, power: (any PowerSwitch)? = nil,
    isSupplyTrusted: Bool = false, mailbox: (any Mailbox)? = nil, isMailTrusted: Bool = false,
    mailNaming: String? = nil
  ) {
    self.screen = screen
    self.mouse = mouse
    self.power = power
    self.isSupplyTrusted = isSupplyTrusted
    self.mailbox = mailbox
    self.isMailTrusted = isMailTrusted
    self.mailNaming = mailNaming
  }
}

/// An opened rig: named devices and the clock that they share.
public struct Bench: Sendable {
  /// The name of the device that steps mean when they name none.
  public static let defaultDevice = "recorder"

  /// The devices by name.
  public var devices: [String: BenchDevice]
  /// The time that all of them live in.
  public var clock: any BenchClock
  /// Where drivers tell what they did about devices that failed; nil where there is nothing to tell.
  public var diary: RigDiary?

  /// Creates a bench.
  public init(
    devices: [String: BenchDevice], clock: any BenchClock, diary: RigDiary? = nil
  ) {
    self.devices = devices
    self.clock = clock
    self.diary = diary
  }
}
