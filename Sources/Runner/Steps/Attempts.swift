/// How often an action is done until what must follow is seen, and what becomes of it in the end.
///
/// It touches no bench: whoever plays the action does what ``next`` says and tells what came of it.
///
/// An action without effect is repeated within its attempts. A try that a pop-up may have taken does
/// not count; nor, once, does one that went beside its target. When a later try can't be made at all,
/// what the try before missed is what counts.
struct Attempts {
  /// What is to be done next.
  enum Effect {
    /// The action, for the first time or again.
    case act
    /// What must follow is awaited.
    case expect
    /// Whether the pointer went beside the target is found out.
    case lookBeside
    /// Whether time is left for another try is found out.
    case checkTime
    /// The pointer is homed for another try.
    case home
    /// It is done, and what must follow was seen.
    case end
    /// The witnesses are asked whose fault it is.
    case convict(Unmet)
  }

  /// What came of it.
  enum Event {
    /// The action was done.
    case acted
    /// It could not be done.
    case couldNotAct(Unmet)
    /// What must follow was seen.
    case held
    /// It was not; whether a pop-up was sent away in this try.
    case missed(Unmet, popUpCame: Bool)
    /// Whether the pointer was seen beside its target.
    case wentBeside(Bool)
    /// Whether time is left.
    case timeIsLeft(Bool)
    /// The pointer is homed.
    case homed
  }

  /// Which try it is, from 1.
  private(set) var number = 1
  /// What is to be done next.
  private(set) var next = Effect.act

  private let allowed: Int
  private let mustFollow: Bool
  /// How many tries there may be, with those that do not count.
  private var granted: Int
  /// What this try missed.
  private var present: Unmet?
  /// What the try before missed.
  private var before: Unmet?

  /// Plans an action.
  ///
  /// - Parameters:
  ///   - allowed: how many tries may count; at least 1.
  ///   - mustFollow: whether anything must be seen afterwards.
  init(allowed: Int, mustFollow: Bool) {
    self.allowed = allowed
    self.mustFollow = mustFollow
    granted = allowed
  }

  /// Takes what came of the last effect.
  mutating func take(_ event: Event) {
    switch event {
    case .acted: next = mustFollow ? .expect : .end
    case .couldNotAct(let unmet): next = .convict(before ?? unmet)
    case .held: next = .end
    case .missed(let unmet, let popUpCame):
      present = unmet
      if popUpCame {
        if granted == number { granted += 1 }
        tryAgain(after: unmet)
      } else {
        next = .lookBeside
      }
    case .wentBeside(let wentBeside):
      if wentBeside, granted == number, granted == allowed { granted += 1 }
      if let present { tryAgain(after: present) }
    case .timeIsLeft(let isLeft):
      if let present, !isLeft {
        next = .convict(present)
      } else {
        before = present
        number += 1
        next = .home
      }
    case .homed: next = .act
    }
  }

  private mutating func tryAgain(after unmet: Unmet) {
    next = number < granted ? .checkTime : .convict(unmet)
  }
}
