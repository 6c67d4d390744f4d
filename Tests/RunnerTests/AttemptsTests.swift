import Bench
import SeededRandom
import Testing

@testable import Runner

@Suite("Trying an action again, without a bench")
struct AttemptsTests {
  private let unseen = Unmet(.expectationUnmet, "unseen")

  /// What is to be done next, in a word.
  private func word(_ attempts: Attempts) -> String {
    switch attempts.next {
    case .act: "act"
    case .expect: "expect"
    case .lookBeside: "look beside"
    case .checkTime: "check time"
    case .home: "home"
    case .end: "end"
    case .convict(let unmet): "convict: \(unmet.reason)"
    }
  }

  /// Plays tries in which each misses; what was done, until it ends.
  private func play(
    allowed: Int, popUps: Set<Int> = [], beside: Set<Int> = [], effectAt: Int? = nil,
    cannotActAt: Int? = nil, timeEndsAfter: Int? = nil
  ) -> [String] {
    var attempts = Attempts(allowed: allowed, mustFollow: true)
    var done: [String] = []
    for _ in 0..<200 {
      done.append(word(attempts))
      let number = attempts.number
      switch attempts.next {
      case .act:
        attempts.take(
          number == cannotActAt ? .couldNotAct(Unmet(.targetMissing, "not there")) : .acted)
      case .expect:
        attempts.take(
          number == effectAt
            ? .held
            : .missed(
              Unmet(.expectationUnmet, "try \(number)"), popUpCame: popUps.contains(number)))
      case .lookBeside: attempts.take(.wentBeside(beside.contains(number)))
      case .checkTime: attempts.take(.timeIsLeft(timeEndsAfter.map { number < $0 } ?? true))
      case .home: attempts.take(.homed)
      case .end, .convict: return done
      }
    }
    return done
  }

  @Test("An action that nothing must follow is done once")
  func once() {
    var attempts = Attempts(allowed: 3, mustFollow: false)
    attempts.take(.acted)
    #expect(word(attempts) == "end")
  }

  @Test("A click without effect is repeated within its attempts, the pointer homed in between")
  func repeated() {
    #expect(
      play(allowed: 2) == [
        "act", "expect", "look beside", "check time", "home", "act", "expect", "look beside",
        "convict: try 2",
      ])
    #expect(play(allowed: 3, effectAt: 2).last == "end")
    #expect(play(allowed: 1).last == "convict: try 1")
  }

  @Test("A try that a pop-up may have taken does not count, however many there are")
  func popUps() {
    let done = play(allowed: 1, popUps: [1, 2, 3])
    #expect(done.filter { $0 == "act" }.count == 4)
    #expect(done.last == "convict: try 4")
    #expect(done.filter { $0 == "look beside" }.count == 1)
  }

  @Test("A try that went beside its target does not count, once")
  func beside() {
    let done = play(allowed: 1, beside: [1, 2, 3])
    #expect(done.filter { $0 == "act" }.count == 2)
    #expect(done.last == "convict: try 2")
  }

  @Test("A try beside the target is no more than a try while others are left")
  func besideWithAttemptsLeft() {
    #expect(play(allowed: 2, beside: [1]).filter { $0 == "act" }.count == 2)
    #expect(play(allowed: 2, beside: [2]).filter { $0 == "act" }.count == 3)
  }

  @Test("Where a later try can't be made, what the one before missed counts")
  func laterTryImpossible() {
    #expect(play(allowed: 2, cannotActAt: 2).last == "convict: try 1")
    #expect(play(allowed: 2, cannotActAt: 1).last == "convict: not there")
  }

  @Test("Nothing is tried again when the run's time is over")
  func timeIsOver() {
    let done = play(allowed: 5, timeEndsAfter: 2)
    #expect(done.filter { $0 == "act" }.count == 2)
    #expect(done.last == "convict: try 2")
  }

  @Test(
    "However tries go, they end, and never more are made than allowed and excused",
    arguments: 0..<200)
  func anyTries(seed: UInt64) {
    var random = SeededStream(seed: seed, name: "attempts")
    let allowed = Int.random(in: 1...4, using: &random)
    let popUps = Set((1...12).filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
    let beside = Set((1...12).filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
    let done = play(allowed: allowed, popUps: popUps, beside: beside)
    let tries = done.filter { $0 == "act" }.count
    #expect(done.last?.hasPrefix("convict") == true)
    #expect(tries >= allowed)
    #expect(tries <= allowed + popUps.filter { $0 <= tries }.count + 1)
    #expect(done.filter { $0 == "home" }.count == tries - 1)
  }
}
