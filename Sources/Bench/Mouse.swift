public import Frames

/// The buttons of a boot mouse that are held down (HID 1.11, appendix B.2).
public struct MouseButtons: OptionSet, Hashable, Sendable, Codable {
  /// The first byte of a boot mouse report.
  public let rawValue: UInt8

  /// Creates a set from the first byte of a report.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The left button.
  public static let left = MouseButtons(rawValue: 1)
  /// The right button.
  public static let right = MouseButtons(rawValue: 2)
  /// The middle button.
  public static let middle = MouseButtons(rawValue: 4)
}

/// One input report of a relative boot mouse with a wheel: four bytes.
///
/// Buttons are a state, not an event: a report that repeats them changes nothing. Movement is an
/// event: a report that repeats it moves again.
public struct MouseReport: Hashable, Sendable, Codable {
  /// Buttons held down.
  public var buttons: MouseButtons
  /// Counts to the right; −127…127.
  public var dx: Int8
  /// Counts down; −127…127.
  public var dy: Int8
  /// Wheel detents away from the user; −127…127.
  public var wheel: Int8

  /// Creates a report.
  public init(buttons: MouseButtons = [], dx: Int8 = 0, dy: Int8 = 0, wheel: Int8 = 0) {
    self.buttons = buttons
    self.dx = dx
    self.dy = dy
    self.wheel = wheel
  }

  /// The report as it goes over the bus: buttons, X, Y, wheel.
  public var bytes: [UInt8] {
    [
      buttons.rawValue, UInt8(bitPattern: dx), UInt8(bitPattern: dy), UInt8(bitPattern: wheel),
    ]
  }
}

/// What the USB bus says about the mouse that we are.
public enum USBBusState: String, Sendable, Codable {
  /// The host has configured us; reports are taken.
  case configured
  /// The host has put us to sleep; the first report wakes it and may be lost.
  case suspended
  /// There is a bus, but the host has not configured us.
  case notConfigured
  /// No host: unplugged, or the host has no power.
  case notAttached

  /// Whether a host has configured us, be it awake or not: reports reach somebody.
  public var isHosted: Bool {
    switch self {
    case .configured, .suspended: true
    case .notConfigured, .notAttached: false
    }
  }
}

/// A mouse that a recorder sees on its USB port.
public protocol Mouse: Sendable {
  /// Puts one report on the bus.
  ///
  /// Returning means that the host's controller took it, not that the recorder acted on it.
  /// A host that is not there is an answer, not an error: see ``MouseDelivery``.
  func send(_ report: MouseReport, by deadline: MonotonicInstant) async throws(BenchError)
    -> MouseDelivery

  /// The bus state as it is now. Never blocks on the recorder.
  func busState() async throws(BenchError) -> USBBusState
}

/// What became of a report.
public enum MouseDelivery: String, Sendable, Codable {
  /// The host took it.
  case delivered
  /// The host did not take it: it is not there or does not listen. Nothing was sent.
  case refused
  /// The deadline passed with the report's fate unknown; never send a movement again after this.
  case unknown
}
