import Frames

/// Glances at a screen until one of several expectations holds, or until the time of all has run out.
///
/// It touches no bench: whoever looks does what ``next`` says and tells what came of it. The
/// expectations are judged in declared order on the same picture, each only on what was captured in
/// its own time. What is not seen may be covered: by a pop-up, which is sent away, or by the pointer,
/// which is moved once what is expected has had a moment to come.
struct ExpectationWatch {
  /// What may be done about something that is not seen.
  struct Means: OptionSet, Hashable, Sendable {
    let rawValue: Int
    /// Pop-ups may be sent away.
    static let popUps = Means(rawValue: 1)
    /// The pointer may be moved off the place where something should be.
    static let pointer = Means(rawValue: 2)
  }

  /// What is to be done next.
  enum Effect: Hashable, Sendable {
    /// The screen is looked at.
    case glance
    /// An expectation is judged on the present glance; nothing more can be seen in its time if
    /// `isLast`.
    case judge(Int, isLast: Bool)
    /// The present picture is remembered: it surely shows where the pointer is after the action.
    case rememberPointer
    /// Pop-ups are looked for, and sent away.
    case sendPopUpsAway
    /// The pointer is moved off the place of what is not seen.
    case uncover
    /// An expectation holds.
    case held(Int)
    /// None does, and the time is over.
    case missed
  }

  /// What came of it.
  enum Event: Hashable, Sendable {
    /// The screen was looked at.
    case glanced(at: MonotonicInstant, hasPicture: Bool)
    /// Nothing was captured in time.
    case nothingInTime
    /// The expectation was judged; whether the pointer may hide what it looks for, or surely does.
    case judged(holds: Bool, isCovered: Bool, isHidden: Bool = false)
    /// The picture is remembered.
    case remembered
    /// How much time something that was done about a pop-up took, which is not the recorder's; nil
    /// where nothing was.
    case popUps(took: Duration?)
    /// Whether the pointer was moved, or did not lie there.
    case uncovered(Bool)
  }

  /// How long something is awaited under the pointer before the pointer is moved away.
  static let patienceWithPointer = Duration.milliseconds(300)
  /// How often the pointer is moved at most.
  static let mostMoves = 3

  /// When the screen is looked at.
  var watch: Watch
  /// What is to be done next.
  private(set) var next = Effect.glance
  /// Whether the pointer was moved off the place of what is not seen.
  private(set) var isUncovered = false

  private var ends: [MonotonicInstant]
  private let means: Means
  /// How long after the action a picture surely shows the pointer where it acted.
  private let pointerPatience: Duration
  private var glancedAt = MonotonicInstant.zero
  private var hasPicture = false
  private var isCovered = false
  /// Whether the pointer surely lies on what is looked for, on the present picture.
  private var isHidden = false
  /// How often the pointer was moved.
  private var moves = 0
  /// Whether the pointer is, as far as is known, still where the action left it and not remembered.
  private var isPointerAsLeft = true

  /// Plans a watch.
  ///
  /// - Parameters:
  ///   - watch: when the screen is looked at.
  ///   - ends: the last instants that count, one for each expectation.
  ///   - means: what may be done meanwhile.
  ///   - pointerPatience: how long after the action a picture surely shows where the pointer acted.
  init(
    _ watch: Watch, ends: [MonotonicInstant], means: Means,
    pointerPatience: Duration = .milliseconds(200)
  ) {
    self.watch = watch
    self.ends = ends
    self.means = means
    self.pointerPatience = pointerPatience
  }

  /// Takes what came of the last effect.
  mutating func take(_ event: Event) {
    switch event {
    case .nothingInTime: next = .missed
    case .glanced(let instant, let hasPicture):
      (glancedAt, self.hasPicture, isHidden) = (instant, hasPicture, false)
      judge(from: 0)
    case .judged(let holds, let isCovered, let isHidden):
      guard case .judge(let index, _) = next else { return }
      self.isCovered = self.isCovered || isCovered
      self.isHidden = self.isHidden || isHidden
      if holds { next = .held(index) } else { judge(from: index + 1) }
    case .remembered:
      isPointerAsLeft = false
      lookForPopUps()
    case .popUps(let lost):
      if let lost {
        watch.extend(by: lost)
        ends = ends.map { $0.advanced(by: lost) }
        // Whatever was done about it moved the pointer, which may lie anywhere again.
        (isPointerAsLeft, isCovered, isUncovered) = (false, false, false)
        next = .glance
      } else {
        uncover()
      }
    case .uncovered(let isUncovered):
      self.isUncovered = isUncovered
      moves += 1
      next = .glance
    }
  }

  private mutating func judge(from first: Int) {
    if let index = ends.indices[first...].first(where: { glancedAt <= ends[$0] }) {
      next = .judge(index, isLast: watch.isOver || watch.after > ends[index])
    } else if !hasPicture {
      next = .glance
    } else if means.contains(.pointer), isPointerAsLeft, !isUncovered,
      watch.start.duration(to: glancedAt) >= pointerPatience
    {
      next = .rememberPointer
    } else {
      lookForPopUps()
    }
  }

  private mutating func lookForPopUps() {
    if means.contains(.popUps) { next = .sendPopUpsAway } else { uncover() }
  }

  private mutating func uncover() {
    let isDue = watch.start.duration(to: glancedAt) >= Self.patienceWithPointer
    // What it was moved off may have hidden less than what it was moved onto.
    let helps = isCovered && !isUncovered || isHidden && moves < Self.mostMoves
    next = means.contains(.pointer) && helps && isDue ? .uncover : .glance
  }
}
