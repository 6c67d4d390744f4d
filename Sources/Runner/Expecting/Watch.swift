import Frames

/// A series of glances at one screen: close together at first, then further and further apart,
/// since whatever takes long may be seen a little later too. Looking costs.
struct Watch {
  /// No recorder answers its mouse faster, and no capture card shows it sooner: looking more often
  /// than this tells nothing.
  static let reaction = Duration.milliseconds(60)

  /// The longest time before a deadline in which nobody need look: glances are a second apart, and
  /// reading a whole screen takes about another.
  static let longestUnwatched = Duration.seconds(2)

  /// Only what is captured later counts.
  private(set) var after: MonotonicInstant
  /// When the watch began.
  let start: MonotonicInstant
  /// The last instant that counts.
  private(set) var deadline: MonotonicInstant
  /// The shortest time between two glances.
  var atLeast = Duration.zero
  private var isLast = false
  /// When the screen was last looked at in time.
  private var lastGlance: MonotonicInstant?

  /// Plans a watch.
  ///
  /// - Parameters:
  ///   - start: only what is captured later counts.
  ///   - deadline: what is captured later does not count.
  ///   - pause: the time from the start to the first glance, for watches that begin with an action:
  ///     the pictures right after it still show what was there before. Cut short rather than let
  ///     the deadline go by without a glance.
  init(
    after start: MonotonicInstant, until deadline: MonotonicInstant, pausing pause: Duration = .zero
  ) {
    self.start = start
    self.deadline = deadline
    after = start
    after = max(start, min(start.advanced(by: pause), lastChance))
  }

  /// When the last glance is asked for.
  private var lastChance: MonotonicInstant { deadline.advanced(by: .milliseconds(-70)) }

  /// Whether nothing more can be seen in time.
  var isOver: Bool { isLast || after >= deadline }

  /// Takes note of a glance and sets the earliest instant of the next.
  mutating func glanced(at instant: MonotonicInstant) {
    if instant <= deadline { lastGlance = instant }
    let elapsed = start.duration(to: instant)
    let longest: Duration = elapsed > .seconds(20) ? .seconds(1) : .milliseconds(500)
    let pause = max(atLeast, min(longest, max(Self.reaction, elapsed / 3)))
    // The next frame comes a little after the instant asked for; the last glance is made just
    // before the deadline, however long the pause.
    let next = instant.advanced(by: pause)
    isLast = instant >= lastChance
    after = max(instant, min(next, lastChance))
  }

  /// How long, up to the deadline, nobody looked, where that is much longer than glances are apart: a
  /// machine that was held up, or something else that had to be done, saw nothing then, whatever there
  /// was.
  var unwatched: Duration? {
    let gap = (lastGlance ?? start).duration(to: deadline)
    return gap > (lastGlance == nil ? .zero : Self.longestUnwatched) ? gap : nil
  }

  /// Gives back time in which the screen was not looked at for a reason of the rig's.
  mutating func extend(by lost: Duration) {
    deadline = deadline.advanced(by: lost)
    isLast = false
  }

  /// Makes the next glance a close one.
  mutating func hurry(from instant: MonotonicInstant) {
    after = min(after, instant)
  }
}
