import Frames
import RecorderModel
import RecorderPast

/// Whether one more try may be made without locking a recorder.
enum LockoutBudget: Hashable {
  /// It may.
  case free
  /// Only from an instant on, in seconds since 1970: it is locked until then.
  case lockedUntil(Double)
  /// It would be the last one, if it is wrong.
  case last

  /// Judges a try.
  ///
  /// - Parameters:
  ///   - spent: what was tried so far.
  ///   - limit: what the model says; nil where nothing locks.
  ///   - now: the present, in seconds since 1970.
  ///   - maySpendLast: whether the lock is meant to be tripped.
  init(
    after spent: SpentTries, limit: LockoutRules.Limit?, at now: Double, maySpendLast: Bool
  ) {
    guard let limit else {
      self = .free
      return
    }
    if spent.count >= limit.tries, let last = spent.lastAt {
      // Clocks of recorders and hosts differ a little.
      let end = last + limit.lasts.inSeconds + 5
      self = now < end ? .lockedUntil(end) : .free
    } else {
      self = spent.count + 1 >= limit.tries && !maySpendLast ? .last : .free
    }
  }
}
