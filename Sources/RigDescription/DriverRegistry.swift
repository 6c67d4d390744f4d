/// The drivers that a rig file can name, a line each, in the order in which a schema lists them.
///
/// To add one: its settings in a file of this module, a line here, a folder in `Drivers` that makes
/// a device from the settings, and a rig in `Rigs` that shows its use. Tests name what is missing.
public enum DriverRegistry {
  /// What a picture comes through.
  public static let screens: [any ScreenSettings.Type] = [
    V4L2Settings.self
  ]

  /// What moves a mouse.
  public static let mice: [any MouseSettings.Type] = [
    HIDGadgetSettings.self,
    CH9329Settings.self,
  ]

  /// What switches a supply.
  public static let switches: [any PowerSettings.Type] = [
    GPIORelaySettings.self,
    USBRelaySettings.self,
    SwitchFileSettings.self,
  ]

  /// Where mail arrives.
  public static let mailboxes: [any MailSettings.Type] = [
    MaildirSettings.self,
    IMAPSettings.self,
  ]

  /// What is a recorder and all that is wired to it.
  public static let recorders: [any RecorderSettings.Type] = [
    RecorderSocketSettings.self
  ]
}
