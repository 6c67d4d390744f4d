/// Somebody outside of a run who ends it where it does not end by itself: since a driver's call does
/// not return, or since something is computed without end.
///
/// What a run waits for ends with its limits, by its own clock. This one looks at the wall clock, and
/// needs neither the run's task nor the threads that tasks share.
public protocol RunWatchdog: Sendable {
  /// Takes note of what the run does from now on.
  ///
  /// - Parameters:
  ///   - what: the time that it has for that, in words, such as `the run's time of 5m`.
  ///   - limit: that time. Somewhat more is granted, for devices to be left as they should be.
  func expect(_ what: String, within limit: Duration)
}
