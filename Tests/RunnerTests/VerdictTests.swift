import Bench
import Frames
import Patterns
import RecorderModel
import RunJournal
import Synchronization
import Testing

@testable import Runner

@Suite("Verdicts of whole runs")
struct VerdictTests {
  private let waiting = "steps:\n  - name: Look\n    expect: {image: bar}\n    within: 20s\n"

  @Test("An unasked restart fails the recorder, although what was expected may come later")
  func restart() async throws {
    let stage = Stage { world in
      world.later(2) { $0.restart() }
      world.later(9) { $0.scene.pictures = [("bar", PixelPoint(x: 20, y: 50))] }
    }
    let play = try await play(waiting, on: stage)
    #expect(play.end.verdict == .failed)
    #expect(play.end.step == "Look")
    #expect(play.reason.contains("unasked"))
    #expect(play.end.cause == CauseRecord(code: "recorder-went-down"))
  }

  @Test(
    "What held before a click shows no effect of it, unless something changed or it is allowed",
    arguments: [
      ("", false, Verdict.errored), ("\n    already: allowed", false, .passed), ("", true, .passed),
    ])
  func heldAlready(words: String, hasEffect: Bool, verdict: Verdict) async throws {
    let stage = Stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 20, y: 50)), ("bar", PixelPoint(x: 20, y: 150))]
      world.onClick = { world, _, _ in
        guard hasEffect else { return }
        world.scene.pictures.append(("b", PixelPoint(x: 220, y: 50)))
      }
    }
    let model = TestModel.make {
      $0.alive = [AlivePart(region: PixelRect(x: 276, y: 0, width: 44, height: 32))]
    }
    let play = try await play(
      "steps:\n  - click: {image: a}\n    expect: {image: bar}\(words)\n", on: stage,
      model: model)
    #expect(play.end.verdict == verdict, "\(play.reason)")
    if verdict == .errored { #expect(play.end.cause == CauseRecord(code: "held-already")) }
  }

  @Test("Where the pointer was before a restart hides nothing while the recorder starts")
  func pointerWhileStarting() async throws {
    let words = PixelRect(x: 20, y: 60, width: 90, height: 14)
    let stage = Stage { world in
      world.pointerBox = words
      world.later(1) { world in
        world.restart()
        world.hasPointer = false
      }
      world.later(14) { world in
        world.hasPointer = true
        world.scene.words = [("Main menu", words)]
      }
    }
    let play = try await play(
      "steps:\n  - expect: rebooting\n    within: 10s\n"
        + "  - expect: {label: menu}\n    within: 30s\n", on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("A gap in the picture with the host there is an error, although what follows is seen")
  func captureGap() async throws {
    let stage = Stage { world in
      world.later(2) { $0.signal = .noSignal }
      world.later(4) { $0.signal = .live }
      world.later(6) { $0.scene.pictures = [("bar", PixelPoint(x: 20, y: 50))] }
    }
    let play = try await play(waiting, on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("screen:"))
  }

  @Test("A cable that comes off is an error")
  func cable() async throws {
    let stage = Stage { world in world.later(2) { $0.signal = .noSignal } }
    let play = try await play(waiting, on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.end.cause == CauseRecord(code: "signal-lost", part: "screen"))
  }

  @Test("A recorder that hangs fails")
  func hang() async throws {
    let stage = Stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 20, y: 50))]
      world.scene.words = [("12:30", PixelRect(x: 0, y: 0, width: 40, height: 12))]
      world.later(2) { $0.isHung = true }
    }
    let clock = try Patterns.Pattern("[0-9]{2}:[0-9]{2}")
    let model = TestModel.make {
      $0.alive = [
        AlivePart(region: PixelRect(x: 0, y: 0, width: 40, height: 12), reads: clock)
      ]
    }
    let play = try await play(waiting, on: stage, model: model)
    #expect(play.end.verdict == .failed)
    #expect(play.reason.contains("hangs"))
    #expect(play.end.cause == CauseRecord(code: "recorder-hangs"))
  }

  @Test("A capture device that repeats its picture is an error, not a hang")
  func repeated() async throws {
    let stage = Stage { world in
      world.later(2) { world in
        world.repeats = true
        world.hasPointer = false
      }
    }
    let play = try await play(waiting, on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.contains("repeats"))
  }

  @Test("A run whose expectations held is not passed when a witness says no at the end")
  func lastHearing() async throws {
    let stage = Stage { world in
      world.scene.pictures = [("bar", PixelPoint(x: 20, y: 50))]
      world.hasPointer = false
    }
    let play = try await play(waiting, on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("mouse:"))
    #expect(play.sink.outcomes["Look"] == .passed)
  }

  @Test("A restart that was asked for is no gap")
  func expectedRestart() async throws {
    let stage = Stage { world in
      world.scene.pictures = [("bar", PixelPoint(x: 20, y: 50))]
      world.later(2) { $0.restart() }
    }
    let play = try await play(
      "steps:\n  - expect: rebooting\n    within: 10s\n  - expect: {image: bar}\n    within: 30s\n",
      on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("A recorder that starts over and over fails; one whose cable fails as it starts does not")
  func startsOver() async throws {
    let text =
      "steps:\n  - expect: rebooting\n    within: 10s\n  - expect: {image: bar}\n    within: 30s\n"
    let looping = Stage { world in
      for start in stride(from: 2.0, to: 60, by: 7) { world.later(start) { $0.restart() } }
    }
    let loop = try await play(text, on: looping)
    #expect(loop.end.verdict == .failed, "\(loop.reason)")
    #expect(loop.reason.contains("over and over"))
    let cabled = Stage { world in
      world.later(2) { ($0.signal, $0.bus) = (.noSignal, .notConfigured) }
      world.later(7) { $0.signal = .live }
      world.later(8) { $0.signal = .noSignal }
      world.later(11) { $0.bus = .configured }
    }
    let cable = try await play(text, on: cabled)
    #expect(cable.end.verdict == .errored, "\(cable.reason)")
    #expect(cable.reason.hasPrefix("screen:"))
  }

  @Test("Losing the signal by the cable is no restart")
  func cableIsNoRestart() async throws {
    let stage = Stage { world in world.later(2) { $0.signal = .noSignal } }
    let play = try await play(
      "steps:\n  - expect: rebooting\n    within: 10s\n", on: stage)
    #expect(play.end.verdict == .errored)
  }

  @Test("The steps after a failure are not played, the last ones are")
  func finally() async throws {
    let text =
      "steps:\n  - name: One\n    expect: {image: bar}\n  - name: Two\n    capture: two\n"
      + "finally:\n  - name: Last\n    capture: last\n"
    let play = try await play(text, on: Stage())
    #expect(play.end.verdict == .failed)
    #expect(play.sink.outcomes == ["One": .failed, "Last": .passed])
  }

  @Test("A last step that fails keeps a run from passing")
  func failingFinally() async throws {
    let text =
      "steps:\n  - name: One\n    capture: one\nfinally:\n  - name: Last\n    expect: {image: bar}\n"
    let play = try await play(text, on: Stage())
    #expect(play.end.verdict == .failed)
    #expect(play.end.step == "Last")
  }

  @Test("A run that takes longer than it may ends, and says which time ran out")
  func timeout() async throws {
    let text =
      "timeout: 10s\nsteps:\n  - wait: 6s\n  - name: Late\n    expect: {image: bar}\n    within: 9s\n"
    let play = try await play(text, on: Stage())
    #expect(play.end.verdict == .failed)
    #expect(play.end.step == "Late")
    #expect(play.reason.contains("10 s ran out"))
    #expect(play.end.recorderSeconds < 16)
  }

  @Test("What only a person can do is skipped and listed when nobody attends")
  func unattended() async throws {
    let text =
      "steps:\n  - name: App\n    operator: {ask: Add the recorder., within: 5m}\n"
      + "  - name: More\n    capture: x\n"
    let play = try await play(text, on: Stage())
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.end.skipped == ["App"])
    #expect(play.sink.outcomes == ["App": .skipped, "More": .passed])
  }

  struct Person: Operator {
    var answer: Bool?
    func ask(_ request: String, within limit: Duration) async throws(CancellationError) -> Bool? {
      answer
    }
  }

  @Test(
    "A person's answer decides",
    arguments: [(true, Verdict.passed), (false, .failed), (nil, .errored)] as [(Bool?, Verdict)])
  func attended(answer: Bool?, verdict: Verdict) async throws {
    let text = "steps:\n  - operator: {ask: Add the recorder., within: 5m}\n"
    let play = try await play(text, on: Stage(), attendant: Person(answer: answer))
    #expect(play.end.verdict == verdict)
  }

  /// Somebody who does not come, and remembers for how long they were waited for.
  private final class Absent: Operator {
    let limits = Mutex<[Duration]>([])
    func ask(_ request: String, within limit: Duration) async throws(CancellationError) -> Bool? {
      limits.withLock { $0.append(limit) }
      return nil
    }
  }

  @Test("A person is waited for no longer than the run has time")
  func absent() async throws {
    let text =
      "timeout: 5m\nsteps:\n  - name: Pause\n    wait: 4m\n"
      + "  - name: Ask\n    operator: {ask: Add the recorder., within: 5m}\n"
    let person = Absent()
    let play = try await play(text, on: Stage(), attendant: person)
    let limits = person.limits.withLock { $0 }
    // A look at the screen ends the pause.
    #expect(limits.count == 1 && limits.allSatisfy { $0 > .seconds(59) && $0 <= .seconds(60) })
    #expect(play.end.verdict == .errored)
    #expect(play.end.step == "Ask")
    #expect(
      play.reason
        == "the run's time of 5 min ran out: the operator did not answer within 5 min")
  }

  @Test("A full disk ends the run as an error of the host, with the recorder supplied")
  func fullDisk() async throws {
    let stage = Stage()
    let play = try await play(
      "steps:\n  - power: {cycle: {minimum: 10s}}\n", on: stage, sink: MemorySink(fullAfter: 4))
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("host:"))
    #expect(stage.world { $0.isSupplied })
  }

  @Test(
    "A full disk that has room for ends leaves a journal in which all that has begun ends",
    arguments: 1...12)
  func roomForEnds(lines: Int) async throws {
    let text =
      "steps:\n  - name: Outer\n    either:\n"
      + "      - expect: {not: {text: nothing}}\n        within: 1s\n"
      + "        then: [{name: Cycle, power: {cycle: {minimum: 10s}}}]\n"
      + "finally: [{name: Last, power: restore}]\n"
    let stage = Stage()
    let play = try await play(
      text, on: stage, sink: MemorySink(fullAfter: lines, hasRoomForEnds: true))
    #expect(stage.world { $0.isSupplied })
    var open: [Int] = []
    for event in play.sink.events {
      if case .stepStarted(let start) = event { open.append(start.step) }
      if case .stepEnded(let end) = event { #expect(open.popLast() == end.step) }
    }
    #expect(open.isEmpty)
    guard case .runEnded(let end)? = play.sink.events.last else {
      Issue.record("the journal tells no end of the run")
      return
    }
    #expect(end == play.end)
    let isWhole = play.sink.events.count <= lines
    #expect(isWhole || end.reason?.hasSuffix("No space left on device") == true)
  }

  @Test("A picture that finds no room ends the run, and the journal tells so")
  func noRoomForPictures() async throws {
    let play = try await play(
      "steps:\n  - name: Look\n    expect: {text: unicorn}\n    within: 1s\n", on: Stage(),
      sink: MemorySink(hasRoomForEnds: true, hasRoomForPictures: false))
    #expect(play.end.verdict == .errored)
    #expect(play.reason == "host: a picture can't be kept: No space left on device")
    guard case .stepEnded(let step)? = play.sink.events.dropLast().last,
      case .runEnded(let end)? = play.sink.events.last
    else {
      Issue.record("the journal does not tell how the step and the run ended")
      return
    }
    #expect(step.outcome == .errored)
    #expect(end == play.end)
  }

  @Test("Parts have values of their own, and their steps are named under them")
  func parts() async throws {
    let part =
      "scenario: part\nabout: A part.\nparameters:\n  what: {default: none}\n"
      + "steps:\n  - name: Compare\n    expect: {equal: [\"${what}\", b]}\n"
    let text = "steps:\n  - name: Use\n    use: part.yaml\n    with: {what: \"a\"}\n"
    let play = try await play(text, on: Stage(), parts: ["part.yaml": part])
    #expect(play.end.verdict == .failed)
    #expect(play.end.step == "Use / Compare")
    guard case .runStarted(let start)? = play.sink.events.first else {
      Issue.record("the journal does not open with the run")
      return
    }
    #expect(start.plan == ["Use", "Use / Compare"])
  }

  @Test("A step whose condition does not hold does not apply")
  func conditions() async throws {
    let text =
      "steps:\n  - name: A\n    when: {not: rebootsByItself}\n    expect: {image: bar}\n"
      + "  - name: B\n    when: {seen: {image: bar, within: 1s}}\n    expect: {image: bar}\n"
    let play = try await play(text, on: Stage())
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.outcomes == ["A": .notApplicable, "B": .notApplicable])
  }

  @Test(
    "A run in which nothing was judged is errored",
    arguments: [
      "  - {name: A, when: {not: rebootsByItself}, expect: {image: bar}}\n",
      "  - {name: Ask, operator: {ask: Look at it.}}\n", "  - {name: Wait, wait: 1s}\n",
      "  - either:\n      - {expect: {image: bar}, within: 1s}\n      - otherwise: [{wait: 1s}]\n",
    ])
  func nothingTested(steps: String) async throws {
    let play = try await play("steps:\n" + steps, on: Stage(), mustTest: true)
    #expect(play.end.verdict == .errored)
    #expect(play.end.step == nil)
    #expect(play.reason.hasPrefix("nothing was tested"))
  }

  @Test("A passed run tells what held, which way it took and what it left out")
  func tested() async throws {
    let stage = Stage { world in world.scene.pictures = [("bar", PixelPoint(x: 20, y: 50))] }
    let text = """
      steps:
        - {name: Look, expect: {image: bar}}
        - name: Choose
          either:
            - {expect: {image: a}, within: 1s}
            - {expect: {image: bar}, within: 1s, then: [{name: Stay, wait: 1s}]}
        - {name: Never, when: {not: rebootsByItself}, expect: {image: bar}}
        - {name: Ask, operator: {ask: Look at it.}}
      """
    let end = try await play(text, on: stage, mustTest: true).end
    #expect(end.verdict == .passed, "\(end.reason ?? "")")
    #expect(end.tested?.held == 2)
    #expect(end.tested?.inapplicable == ["Never"])
    #expect(
      end.testedLine
        == "2 expectations held; way taken: Choose: \(end.tested?.ways.first?.dropFirst(8) ?? ""); "
        + "did not apply: Never; left out: Ask")
    #expect(end.tested?.ways.first?.contains("bar") == true)
  }

  @Test("A person's yes is a test")
  func confirmed() async throws {
    struct Agreeable: Operator {
      func ask(_ request: String, within limit: Duration) async -> Bool? { true }
    }
    let play = try await play(
      "steps:\n  - operator: {ask: Look at it.}\n", on: Stage(), attendant: Agreeable(),
      mustTest: true)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.end.tested == Tested(confirmed: 1))
  }

  @Test("The same seed gives the same events, at the same times")
  func deterministic() async throws {
    func once(_ seed: UInt64) async throws -> [RunEvent] {
      let stage = Stage { world in
        world.scene.pictures = [
          ("a", PixelPoint(x: 20, y: 80)), ("b", PixelPoint(x: 100, y: 80)),
          ("c", PixelPoint(x: 180, y: 80)),
        ]
      }
      let text = "steps:\n  - click: {group: icons}\n  - click: {group: icons}\n  - wait: 3s\n"
      return try await play(text, on: stage, seed: seed).sink.events.map { event in
        guard case .runEnded(var end) = event else { return event }
        end.wallSeconds = 0
        return .runEnded(end)
      }
    }
    let first = try await once(3)
    #expect(try await once(3) == first)
    var others: Set<[RunEvent]> = []
    for seed in 4...9 { others.insert(try await once(UInt64(seed))) }
    #expect(others.count > 1)
  }
}
