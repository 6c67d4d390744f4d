import Bench
import Frames
import Synchronization
import Testing

@testable import Doctor

@Suite("Looking whether a sense follows a cut")
struct SenseWatchTests {
  /// What is found within ten seconds by a sense that says one thing after the other.
  private func watch(_ answers: [Bool?]) async -> Bool? {
    let clock = TickingClock()
    let end = MonotonicInstant.zero.advanced(by: .seconds(10))
    return await RigExamination.sense(
      of: Sense(answers), says: false, on: clock, until: end)
  }

  @Test("One that follows is found as soon as it does")
  func follows() async { #expect(await watch([true, true, false, true]) == true) }

  @Test("One that stays is found in the end")
  func stays() async { #expect(await watch([true]) == false) }

  @Test("Where none is wired nothing is said")
  func none() async { #expect(await watch([nil]) == nil) }
}

/// A switch whose sense says one thing after the other, and the last one ever after.
private final class Sense: PowerSwitch {
  private let answers: Mutex<[Bool?]>

  init(_ answers: [Bool?]) { self.answers = Mutex(answers) }

  func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {}
  func readBack() async throws(BenchError) -> Bool? { nil }

  func sensedSupply() async throws(BenchError) -> Bool? {
    answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
  }
}

/// A clock on which sleeping takes no time.
private final class TickingClock: BenchClock {
  private let present = Mutex(MonotonicInstant.zero)

  func now() async -> MonotonicInstant { present.withLock { $0 } }

  func sleep(until instant: MonotonicInstant) async throws(BenchError) {
    present.withLock { $0 = max($0, instant) }
  }

  func secondsSince1970() async -> Double { 0 }
}
