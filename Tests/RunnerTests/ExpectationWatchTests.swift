import Frames
import Testing

@testable import Runner

@Suite("Awaiting what must be seen, without a bench")
struct ExpectationWatchTests {
  private func at(_ milliseconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
  }

  /// What a scripted screen shows, and what was done about it.
  private struct Screen {
    /// Whether an expectation holds at a time.
    var holds: (Int, MonotonicInstant) -> Bool = { _, _ in false }
    var hasPicture: (MonotonicInstant) -> Bool = { _ in true }
    var isCovered = false
    /// Whether the pointer surely lies on it, wherever it is moved.
    var isHidden = false
    /// Whether the pointer covers it once more after something was done about a pop-up.
    var coversAgain = false
    /// When a pop-up lies over the screen.
    var popUpAt: MonotonicInstant?

    var done: [String] = []
    var judged: [(index: Int, at: MonotonicInstant, isLast: Bool)] = []

    /// Plays a watch to its end.
    mutating func play(_ plan: ExpectationWatch) -> ExpectationWatch.Effect {
      var plan = plan
      var now = plan.watch.start
      for _ in 0..<1000 {
        switch plan.next {
        case .glance:
          if plan.watch.isOver {
            plan.take(.nothingInTime)
            continue
          }
          now = max(now, plan.watch.after).advanced(by: .milliseconds(20))
          plan.watch.glanced(at: now)
          plan.take(
            now > plan.watch.deadline
              ? .nothingInTime : .glanced(at: now, hasPicture: hasPicture(now)))
        case .judge(let index, let isLast):
          judged.append((index, now, isLast))
          plan.take(.judged(holds: holds(index, now), isCovered: isCovered, isHidden: isHidden))
        case .rememberPointer:
          done.append("remember at \(now)")
          plan.take(.remembered)
        case .sendPopUpsAway:
          let isThere = popUpAt.map { $0 <= now } ?? false
          if isThere {
            popUpAt = nil
            isCovered = isCovered || coversAgain
            done.append("pop-up at \(now)")
            now = now.advanced(by: .milliseconds(500))
          }
          plan.take(.popUps(took: isThere ? .milliseconds(500) : nil))
        case .uncover:
          done.append("uncover at \(now)")
          isCovered = false
          plan.take(.uncovered(true))
        case .held, .missed: return plan.next
        }
      }
      return .glance
    }
  }

  private func plan(
    ends: [Int64], means: ExpectationWatch.Means = [.popUps, .pointer], from start: Int64 = 1000
  ) -> ExpectationWatch {
    ExpectationWatch(
      Watch(after: at(start), until: at(ends.max() ?? start)), ends: ends.map(at), means: means)
  }

  @Test("What holds in time is seen at once, and nothing is done any more")
  func inTime() {
    var screen = Screen(holds: { _, now in now >= MonotonicInstant(nanoseconds: 1_100_000_000) })
    #expect(screen.play(plan(ends: [3000])) == .held(0))
    #expect(screen.judged.last.map { $0.at < at(1300) } == true)
  }

  @Test("Nothing that is captured after its time counts, and only the last glance is called so")
  func tooLate() {
    var screen = Screen(holds: { _, now in now > MonotonicInstant(nanoseconds: 3_000_000_000) })
    #expect(screen.play(plan(ends: [3000])) == .missed)
    #expect(screen.judged.allSatisfy { $0.at <= at(3000) })
    #expect(screen.judged.map(\.isLast).firstIndex(of: true) == screen.judged.count - 1)
  }

  @Test("Branches are judged in declared order on the same picture, each in its own time")
  func branches() {
    var both = Screen(holds: { _, now in now > MonotonicInstant(nanoseconds: 1_500_000_000) })
    #expect(both.play(plan(ends: [3000, 3000], means: .popUps)) == .held(0))
    var late = Screen(holds: { index, now in
      index == 0 && now > MonotonicInstant(nanoseconds: 2_000_000_000)
    })
    #expect(late.play(plan(ends: [2000, 4000], means: .popUps)) == .missed)
    #expect(late.judged.filter { $0.index == 0 }.allSatisfy { $0.at <= at(2000) })
    #expect(late.judged.contains { $0.index == 1 && $0.at > at(3900) })
    #expect(late.judged.last { $0.index == 0 }?.isLast == true)
  }

  @Test("The pointer is moved off what is not seen, once, after a moment")
  func uncovers() {
    var screen = Screen(isCovered: true)
    #expect(screen.play(plan(ends: [4000])) == .missed)
    let moves = screen.done.filter { $0.hasPrefix("uncover") }
    #expect(moves.count == 1)
    #expect(moves.first.map { $0 >= "uncover at \(at(1300))" } == true)
    var idle = Screen(isCovered: true)
    #expect(idle.play(plan(ends: [4000], means: .popUps)) == .missed)
    #expect(idle.done.isEmpty)
  }

  @Test("The pointer is moved again off what it surely lies on, but not for ever")
  func movesAgain() {
    var screen = Screen(isHidden: true)
    #expect(screen.play(plan(ends: [6000])) == .missed)
    #expect(
      screen.done.count { $0.hasPrefix("uncover") } == ExpectationWatch.mostMoves)
  }

  @Test("Where the pointer stood after the action is remembered once, before it moves")
  func remembersPointer() {
    var screen = Screen(isCovered: true)
    _ = screen.play(plan(ends: [4000]))
    #expect(screen.done.map { $0.prefix(8) } == ["remember", "uncover "])
    // A pop-up that is sent away moves the pointer before that.
    var early = Screen(popUpAt: at(1000))
    _ = early.play(plan(ends: [4000]))
    #expect(early.done.count == 1)
    #expect(early.done.first?.hasPrefix("pop-up") == true)
  }

  @Test("Without a picture nothing is done about it")
  func dark() {
    var screen = Screen(hasPicture: { _ in false }, isCovered: true, popUpAt: at(1000))
    #expect(screen.play(plan(ends: [4000])) == .missed)
    #expect(screen.done.isEmpty)
    #expect(!screen.judged.isEmpty)
  }

  @Test("After a pop-up is sent away comes a new picture, and the time it took is given back")
  func popUp() {
    var screen = Screen(isCovered: true, popUpAt: at(1500))
    _ = screen.play(plan(ends: [1700]))
    #expect(screen.done.contains { $0.hasPrefix("pop-up") })
    #expect(screen.judged.contains { $0.at > at(1950) })
    #expect(screen.judged.allSatisfy { $0.at <= at(2200) })
  }

  @Test("The pointer is moved off its place again when something was done about a pop-up")
  func uncoveredAgain() {
    var screen = Screen(isCovered: true, coversAgain: true, popUpAt: at(2500))
    _ = screen.play(plan(ends: [5000]))
    #expect(screen.done.count { $0.hasPrefix("uncover") } == 2)
  }

  @Test("A watch whose time is over before it begins sees nothing")
  func noTime() {
    var screen = Screen(holds: { _, _ in true })
    #expect(screen.play(plan(ends: [1000])) == .missed)
    #expect(screen.judged.isEmpty)
  }
}

@Suite("Glancing at a screen")
struct WatchTests {
  private func second(_ seconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
  }

  @Test("A time in whose last part nobody looked tells nothing of it")
  func unwatched() {
    var watch = Watch(after: second(10), until: second(20))
    #expect(watch.unwatched == .seconds(10))
    watch.glanced(at: second(13))
    #expect(watch.unwatched == .seconds(7))
    // The machine was held up until after the deadline.
    watch.glanced(at: second(21))
    #expect(watch.unwatched == .seconds(7))
    watch.glanced(at: second(19))
    #expect(watch.unwatched == nil)
  }
}
