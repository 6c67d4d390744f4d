import Bench
import Frames
import Testing

@testable import Drivers

@Suite("Who waits for a picture, and what each is given")
struct PendingReadingsTests {
  private var pending = PendingReadings()

  private func at(_ milliseconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
  }

  private func frame(_ milliseconds: Int64) -> Frame {
    Frame(
      luma: Plane(width: 2, height: 2, samples: [0, 0, 0, 0]),
      cb: Plane(width: 1, height: 1, samples: [128]),
      cr: Plane(width: 1, height: 1, samples: [128]), encoding: .jpeg, number: 0,
      capturedAt: at(milliseconds))
  }

  /// What answers say: the waiter, and the picture's time or the signal's state.
  private func words(_ answers: [PendingReadings.Answer]) -> [String] {
    answers.map { answer in
      switch answer.reading {
      case .picture(let frame)?:
        "\(answer.waiter): picture of \(frame.capturedAt.nanoseconds / 1_000_000)"
      case .noPicture(let state, let instant)?:
        "\(answer.waiter): \(state) at \(instant.nanoseconds / 1_000_000)"
      case nil: "\(answer.waiter): gave up"
      }
    }
  }

  private mutating func wait(after instant: Int64, now: Int64) -> [String] {
    let waiter = pending.newWaiter()
    return words(pending.wait(waiter, after: at(instant), now: at(now)).map { [$0] } ?? [])
  }

  @Test("A picture goes to those who want one of its time, and to nobody else")
  mutating func picture() {
    #expect(wait(after: 10, now: 10) == [])
    #expect(wait(after: 50, now: 10) == [])
    #expect(pending.wanted == at(10))
    #expect(words(pending.put(frame(40))) == ["1: picture of 40"])
    #expect(pending.wanted == at(50))
    #expect(words(pending.put(frame(50))) == [])
    #expect(words(pending.put(frame(60))) == ["2: picture of 60"])
    #expect(pending.wanted == nil)
  }

  @Test("A picture that has just come need not be awaited; one of a while ago is not the newest")
  mutating func freshness() {
    _ = pending.put(frame(100))
    #expect(wait(after: 90, now: 124) == ["1: picture of 100"])
    #expect(wait(after: 90, now: 125) == [])
    #expect(wait(after: 100, now: 101) == [])
  }

  @Test("A signal that leaves is told to all, and no older picture is given out after it")
  mutating func signal() {
    _ = pending.put(frame(100))
    #expect(wait(after: 100, now: 100) == [])
    #expect(words(pending.put(.noSignal, at: at(110))) == ["1: noSignal at 110"])
    #expect(wait(after: 90, now: 111) == [])
  }

  @Test("Who waits in vain hears that nothing moves")
  mutating func expiry() {
    #expect(wait(after: 0, now: 0) == [])
    #expect(words(pending.expire(1, now: at(500)).map { [$0] } ?? []) == ["1: frozen at 500"])
    #expect(pending.expire(1, now: at(600)) == nil)
  }

  @Test("Who gives up is let go, also where he had not begun to wait")
  mutating func cancellation() {
    #expect(wait(after: 0, now: 0) == [])
    #expect(words(pending.cancel(1).map { [$0] } ?? []) == ["1: gave up"])
    let early = pending.newWaiter()
    #expect(pending.cancel(early) == nil)
    let answer = pending.wait(early, after: at(0), now: at(1))
    #expect(words(answer.map { [$0] } ?? []) == ["2: gave up"])
    #expect(pending.wanted == nil)
  }

  @Test("A screen that is closed lets all go, and keeps nobody")
  mutating func closing() {
    #expect(wait(after: 0, now: 0) == [])
    #expect(words(pending.close(now: at(5))) == ["1: deviceGone at 5"])
    #expect(wait(after: 0, now: 6) == ["2: deviceGone at 6"])
    #expect(pending.isClosed)
  }
}
