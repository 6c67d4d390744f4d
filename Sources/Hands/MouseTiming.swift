/// The times and step sizes that a mouse pilot works with.
public struct MouseTiming: Sendable, Hashable {
  /// From one report to the next while moving.
  public var reportInterval: Duration
  /// How long a button is held.
  public var hold: Duration
  /// From the release of a button to the next press of a double click.
  public var betweenClicks: Duration
  /// From a report to a frame that surely shows its effect, before the rig's own delay is learnt.
  public var patience: Duration
  /// After this long without a report the first one may be lost and the pointer may be hidden.
  public var sleepsAfter: Duration
  /// How often the bus is asked while the host has not taken the mouse.
  public var busPoll: Duration

  /// Creates timings.
  public init(
    reportInterval: Duration = .milliseconds(8), hold: Duration = .milliseconds(120),
    betweenClicks: Duration = .milliseconds(100), patience: Duration = .milliseconds(200),
    sleepsAfter: Duration = .seconds(2), busPoll: Duration = .milliseconds(100)
  ) {
    self.reportInterval = reportInterval
    self.hold = hold
    self.betweenClicks = betweenClicks
    self.patience = patience
    self.sleepsAfter = sleepsAfter
    self.busPoll = busPoll
  }

  /// What suits recorders.
  public static let standard = MouseTiming()

  /// What suits recorders on a rig that shows their answers so many times later; what a recorder
  /// must feel, such as how long a button is held, stays as it is.
  public static func patient(_ times: Int) -> MouseTiming {
    var timing = standard
    timing.patience *= times
    return timing
  }
}
