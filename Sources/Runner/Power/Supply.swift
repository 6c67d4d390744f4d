import Frames

/// What a run has done with the supply of a device.
struct Supply: Hashable, Sendable {
  /// Whether it was switched off by this run and not on again.
  private(set) var isCut = false
  /// When the loss that a cut makes was confirmed; nil while it is not.
  private(set) var confirmedAt: MonotonicInstant?

  /// It is about to be cut.
  mutating func cut() {
    (isCut, confirmedAt) = (true, nil)
  }

  /// The loss of picture, or the read-back, confirmed the cut.
  mutating func confirm(at instant: MonotonicInstant) {
    if isCut { confirmedAt = instant }
  }

  /// It is on again.
  mutating func restore() {
    (isCut, confirmedAt) = (false, nil)
  }

  /// When it may be switched on again.
  ///
  /// - Parameters:
  ///   - since: when the cut began: its confirmation, or the present where it has none, since an
  ///     unconfirmed cut may have begun only now.
  ///   - wanted: how long the step wants it to last.
  ///   - minimum: how long the rig says that it must last.
  /// - Returns: the first instant at which it has lasted for both.
  static func end(
    ofCutSince since: MonotonicInstant, wanted: Duration, minimum: Duration
  ) -> MonotonicInstant {
    since.advanced(by: max(wanted, minimum))
  }
}
