import Frames
import RecorderPast
import RunJournal
import Synchronization
import Testing

@testable import Runner

/// What is believed of the stage's recorder, and a hold that somebody asks for on the way.
private final class StagePast: RecorderPast {
  private let state = Mutex((record: RecorderRecord(id: "stage"), asked: Hold?.none))

  var record: RecorderRecord { state.withLock { $0.record } }
  var askedHold: Hold? { state.withLock { $0.asked } }

  func update(_ entry: RecordEntry, _ change: (inout RecorderRecord) -> Void) {
    state.withLock { change(&$0.record) }
  }

  func hold() { state.withLock { $0.asked = Hold(who: "kim", why: "new cable", since: 0) } }
}

@Suite("A recorder that somebody holds back while a run plays")
struct HoldTests {
  private func cuts(_ stage: Stage) -> Int { stage.log.count { $0.hasPrefix("power off") } }

  @Test("the step that plays is finished at the plug, and the recorder is supplied and cut no more")
  func inACut() async throws {
    let past = StagePast()
    let stage = Stage { world in
      world.onPower = { world, isOn in
        world.supply(isOn)
        past.hold()
      }
    }
    let play = try await play(
      """
      steps:
        - {name: Cut, power: cycle}
        - {name: Cut again, power: cycle}
      finally:
        - {name: Once more, power: cycle}
        - {name: Supply it, power: restore}
        - {recorder: baseline}
      """, on: stage, past: past)
    #expect(play.end.verdict == .errored)
    #expect(play.end.cause?.code == "recorder-held", "\(play.reason)")
    #expect(play.reason.contains("kim holds the recorder back: new cable"))
    #expect(cuts(stage) == 1)
    #expect(stage.world { $0.isSupplied })
    #expect(play.end.skipped == ["Once more", "Bring the recorder back"])
  }

  @Test("a wait ends, and what would come after it is not done")
  func inAWait() async throws {
    let past = StagePast()
    let stage = Stage { world in world.later(20) { _ in past.hold() } }
    let play = try await play(
      """
      steps:
        - {wait: 4m}
        - {power: cycle}
      """, on: stage, past: past)
    #expect(play.end.cause?.code == "recorder-held", "\(play.reason)")
    #expect(play.end.step == "Wait 4m")
    #expect(stage.world { $0.now.seconds } < 30)
    #expect(cuts(stage) == 0)
  }

  @Test("an expectation ends without a word on the recorder")
  func inAnExpectation() async throws {
    let past = StagePast()
    let stage = Stage { world in world.later(3) { _ in past.hold() } }
    let play = try await play(
      """
      steps:
        - {name: Never there, expect: {image: popup}, within: 10s}
      """, on: stage, past: past)
    #expect(play.end.verdict == .errored)
    #expect(play.end.cause?.code == "recorder-held", "\(play.reason)")
  }

  @Test("what was found out before the hold stays so")
  func afterTheVerdict() async throws {
    let past = StagePast()
    let stage = Stage()
    let play = try await play(
      """
      steps:
        - {name: Never there, expect: {image: popup}, within: 3s}
      finally:
        - {name: Look again, wait: 1s}
        - {recorder: baseline}
      """, on: stage, sink: MemorySink { if case .stepEnded = $0 { past.hold() } }, past: past)
    #expect(play.end.verdict == .failed, "\(play.reason)")
    #expect(play.end.skipped == ["Look again", "Bring the recorder back"])
  }
}
