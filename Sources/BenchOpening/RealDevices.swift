public import Bench
import Drivers
import FoundationEssentials
public import RigDescription

/// The devices that a rig has for one recorder, opened one at a time: for those who work them by
/// hand, and for the doctor. A device that is not wired, or is the virtual recorder's, is nil.
public struct RealDevices: Sendable {
  /// What is wired.
  public let wiring: DeviceWiring
  private let holder: String
  private let patience: Int
  private let note: @Sendable (RigPart, String) -> Void

  /// Opens nothing yet.
  ///
  /// - Parameters:
  ///   - wiring: what is wired.
  ///   - rig: the rig's name, for those who find a device taken.
  ///   - patience: how many times longer than usual devices may take.
  ///   - note: is told what was done about a device that failed.
  public init(
    of wiring: DeviceWiring, on rig: String, patience: Int = 1,
    note: @escaping @Sendable (RigPart, String) -> Void = { _, _ in }
  ) {
    self.wiring = wiring
    holder = "gantry on the rig \(rig), process \(ProcessInfo.processInfo.processIdentifier)"
    self.patience = patience
    self.note = note
  }

  /// The time of this host, on which its devices stamp what they see.
  public static let clock: any BenchClock = HostClock()

  /// All that this host has for rigs: screens, mice, power switches, in this order.
  public static var usable: [UsableDevice] { DeviceTree().usableDevices }

  // MARK: Opening

  /// Opens the screen.
  public func screen() throws(RigFault) -> (any Screen & RigDevice)? {
    guard let settings = wiring.screen?.settings else { return nil }
    return try driver(settings as? any ScreenDriver, of: settings, .screen).open(for: user(.screen))
  }

  /// Opens the mouse.
  public func mouse() throws(RigFault) -> (any Mouse & RigDevice)? {
    guard let settings = wiring.mouse?.settings else { return nil }
    return try driver(settings as? any MouseDriver, of: settings, .mouse).open(for: user(.mouse))
  }

  /// Puts the power switch into a guardian's hands; from then on the recorder is supplied. What
  /// senses the supply is taken after it, where something does.
  public func power() throws(RigFault) -> (any PowerSwitch & RigDevice)? {
    guard let power = wiring.power, let driver = try powerDriver() else { return nil }
    let user = user(.power)
    let guarded = try GuardedPowerSwitch(
      driver, minimumOff: power.minimumOff, holder: user.holder, note: user.note)
    do throws(RigFault) {
      if let sense = power.sense { return try SensedPowerSwitch(guarded, sense: sense) }
      guard let sense = try driver.ownSense() else { return guarded }
      return SensedPowerSwitch(guarded, sense: sense)
    } catch {
      guarded.close()
      throw error
    }
  }

  /// Opens the mailbox.
  public func mailbox() throws(RigFault) -> (any Mailbox & RigDevice)? {
    guard let settings = wiring.mail?.settings else { return nil }
    return try driver(settings as? any MailDriver, of: settings, .mail).open(for: user(.mail))
  }

  // MARK: Asking

  /// The state of the power switch in a line, found without requesting or changing anything of it;
  /// the line that senses the supply is taken for as long as it takes to read it.
  public func powerStatus() throws(RigFault) -> String? {
    guard let driver = try powerDriver() else { return nil }
    return try PowerStatus(of: driver, sense: wiring.power?.sense).words
  }

  /// The mouse that this host shows on its USB device port; nil where the rig's mouse is another.
  public var gadget: GadgetMouse? {
    (wiring.mouse?.settings as? HIDGadgetSettings).map { GadgetMouse($0) }
  }

  /// What to try next where a part can't be opened; nil where that is not wired.
  public func remedyUnopened(_ part: RigPart) -> String? {
    let settings: (any DriverSettings)? =
      switch part {
      case .screen: wiring.screen?.settings
      case .mouse: wiring.mouse?.settings
      case .power: wiring.power?.switch.settings
      case .mail: wiring.mail?.settings
      case .host: nil
      }
    return (settings as? any Driver).map { type(of: $0).remedyUnopened }
  }

  // MARK: Drivers

  private func powerDriver() throws(RigFault) -> (any PowerDriver)? {
    guard let settings = wiring.power?.switch.settings else { return nil }
    return try driver(settings as? any PowerDriver, of: settings, .power)
  }

  /// Settings that can be written into a rig file have a driver: that all have one is tested.
  private func driver<Kind>(
    _ driver: Kind?, of settings: any DriverSettings, _ part: RigPart
  ) throws(RigFault) -> Kind {
    guard let driver else {
      throw RigFault(part, .hostFails, "this program has no driver for \(type(of: settings).key)")
    }
    return driver
  }

  private func user(_ part: RigPart) -> DeviceUser {
    DeviceUser(holder: holder, patience: patience) { [note] in note(part, $0) }
  }
}
