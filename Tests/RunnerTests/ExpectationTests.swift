import Bench
import Frames
import RecorderModel
import RunJournal
import Testing

@testable import Runner

@Suite("Judging what must be seen")
struct ExpectationTests {
  private let corner = PixelPoint(x: 20, y: 150)

  private func look(_ expectation: String) -> String {
    "steps:\n  - name: Look\n    \(expectation)\n"
  }

  @Test("A thing that comes in time is seen")
  func inTime() async throws {
    let stage = Stage { world in
      world.later(3) { $0.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150))) }
    }
    let play = try await play(look("expect: {image: bar}"), on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("What drivers did about a device that failed stands in the journal")
  func diary() async throws {
    let stage = Stage { world in
      world.later(3) { $0.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150))) }
    }
    stage.diary.add(.screen, "the capture device failed; it is opened again")
    let play = try await play(look("expect: {image: bar}"), on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(
      play.sink.notes.map(\.text).contains(
        "screen: the capture device failed; it is opened again"))
  }

  @Test("A thing that comes after its time is not seen, however soon after")
  func tooLate() async throws {
    let stage = Stage { world in
      world.later(5.02) { $0.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150))) }
    }
    let play = try await play(look("expect: {image: bar}"), on: stage)
    #expect(play.end.verdict == .failed)
    let judged = try #require(play.sink.judgements.last)
    #expect(try #require(judged.capturedAt).seconds <= 5.0)
    #expect(play.sink.entries.map(\.at).allSatisfy { $0.seconds < 12 })
  }

  @Test("A patient rig waits longer for what must be seen", arguments: [(3, true), (1, false)])
  func patience(times: Int, isSeen: Bool) async throws {
    let stage = Stage { world in
      world.later(12) { $0.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150))) }
    }
    let play = try await RunnerTests.play(
      look("expect: {image: bar}"), on: stage, patience: times)
    #expect(play.end.verdict == (isSeen ? .passed : .failed), "\(play.reason)")
  }

  @Test("Glances come close together at first and never further apart than half a second")
  func pace() {
    var watch = Watch(after: .zero, until: MonotonicInstant(nanoseconds: 15_000_000_000))
    var gaps: [Double] = []
    var last = 0.0
    while !watch.isOver {
      let instant = watch.after.advanced(by: .milliseconds(1))
      gaps.append(instant.seconds - last)
      last = instant.seconds
      watch.glanced(at: instant)
    }
    #expect(gaps.prefix(4).allSatisfy { $0 < 0.07 })
    #expect(gaps.allSatisfy { $0 <= 0.502 })
    #expect(gaps.count < 80)
    #expect(last > 14.9 && last <= 15)
  }

  @Test("Not seen needs a live, whole picture")
  func notSeenNeedsPicture() async throws {
    let dark = try await play(
      look("expect: {not: {image: bar}}"), on: Stage { $0.isBlack = true })
    #expect(dark.end.verdict == .errored)
    #expect(dark.reason.contains("black"))
    let gone = try await play(
      look("expect: {not: {image: bar}}"), on: Stage { $0.signal = .noSignal })
    #expect(gone.end.verdict == .errored)
    let whole = try await play(look("expect: {not: {image: bar}}"), on: Stage())
    #expect(whole.end.verdict == .passed, "\(whole.reason)")
  }

  @Test("All of several must be seen on one and the same frame")
  func allOnOneFrame() async throws {
    let stage = Stage { world in
      for turn in 0..<40 {
        world.later(Double(turn) * 0.2) { world in
          let name = turn % 2 == 0 ? "bar" : "a"
          world.scene.pictures = [(name, PixelPoint(x: 20, y: 150))]
        }
      }
    }
    let both = "expect: [{image: bar}, {image: a}]"
    #expect(try await play(look(both), on: stage).end.verdict == .failed)
    let one = "expect: {any: [{image: bar}, {image: a}]}"
    #expect(try await play(look(one), on: stage).end.verdict == .passed)
  }

  @Test("Changed compares with the picture before the action")
  func changed() async throws {
    let text = "steps:\n  - click: {image: a}\n    expect: {changed: {in: title}}\n"
    let without = Stage { $0.scene.pictures = [("a", PixelPoint(x: 100, y: 80))] }
    #expect(try await play(text, on: without).end.verdict == .failed)
    let with = Stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 100, y: 80))]
      world.onClick = { world, _, _ in
        world.scene.pictures.append(("bar", PixelPoint(x: 20, y: 8)))
      }
    }
    let play = try await play(text, on: with)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("Still waits until nothing moves but what always does")
  func still() async throws {
    let text = look("expect: {still: 2s}\n    within: 20s")
    let model = TestModel.make {
      $0.alive = [AlivePart(region: PixelRect(x: 276, y: 0, width: 44, height: 32))]
    }
    let stage = Stage { world in
      for turn in 0..<10 {
        world.later(Double(turn)) {
          $0.scene.pictures = [("bar", PixelPoint(x: 20 + 10 * turn, y: 150))]
        }
      }
    }
    let play = try await play(text, on: stage, model: model)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let at = try #require(play.sink.judgements.last?.capturedAt)
    #expect(at.seconds >= 11 && at.seconds < 13)
    #expect(try await self.play(text, on: Stage()).end.verdict == .failed)
  }

  /// A model on whose screen a clock runs.
  private let withClock = TestModel.make {
    $0.alive = [AlivePart(region: PixelRect(x: 276, y: 0, width: 44, height: 32))]
  }

  /// A stage on which a panel fades in from one time to another, in seconds.
  private func fading(from start: Double, to end: Double) -> Stage {
    Stage { world in
      world.panel = { instant in
        let share = max(0, min(1, (instant.seconds - start) / (end - start)))
        return UInt8(90 + 100 * share)
      }
    }
  }

  @Test("What fades in slowly is not still until it is there", arguments: ["100ms", "500ms", "2s"])
  func slowFade(time: String) async throws {
    let stage = fading(from: -1, to: 9)
    let text = look("expect: {still: \(time)}\n    within: 20s")
    let play = try await play(text, on: stage, model: withClock)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let at = try #require(play.sink.judgements.last?.capturedAt)
    #expect(at.seconds > 9 && at.seconds < 12.5, "\(at)")
    let early = try await self.play(
      look("expect: {still: 500ms}\n    within: 6s"), on: fading(from: -1, to: 9), model: withClock)
    #expect(early.end.verdict == .failed)
    #expect(early.reason.contains("fading at"), "\(early.reason)")
  }

  @Test("A menu that has ended its animation is still, and is not awaited for long")
  func animationEnded() async throws {
    let text = look("expect: {still: 500ms}\n    within: 20s")
    let play = try await play(text, on: fading(from: -1, to: 0.3), model: withClock)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let at = try #require(play.sink.judgements.last?.capturedAt)
    #expect(at.seconds > 0.8 && at.seconds < 2.2, "\(at)")
  }

  @Test("Where there is no time to tell a slow fade, being still as long as asked for has to do")
  func stillInLittleTime() async throws {
    let text = look("expect: {still: 300ms}\n    within: 600ms")
    let play = try await play(text, on: Stage(), model: withClock)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  @Test("Only what happens in its region keeps a region from being still")
  func stillInRegion() async throws {
    let text = look("expect: {still: {for: 1s, in: title}}\n    within: 5s")
    #expect(try await play(text, on: fading(from: -1, to: 9)).end.verdict == .passed)
    let inside = look("expect: {still: {for: 1s, in: [70, 90, 40, 40]}}\n    within: 5s")
    #expect(try await play(inside, on: fading(from: -1, to: 9)).end.verdict == .failed)
  }

  @Test("Without a picture nothing is still, and time begins anew with the next one")
  func stillNeedsPicture() async throws {
    let stage = Stage { world in
      world.later(1) { $0.isBlack = true }
      world.later(3) { $0.isBlack = false }
    }
    let text = look("expect: {still: 2s}\n    within: 20s")
    let play = try await play(text, on: stage, model: withClock)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(try #require(play.sink.judgements.last?.capturedAt).seconds > 5)
  }

  @Test("A change adds up, however slowly it comes")
  func slowChange() async throws {
    let text =
      "steps:\n  - click: {image: a}\n    expect: {changed: {in: [60, 80, 96, 64]}}\n    within: 20s\n"
    let stage = Stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 200, y: 80))]
      world.panel = { UInt8(90 + min(60, 3 * $0.seconds)) }
    }
    let play = try await play(text, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
  }

  private func play(_ text: String, on stage: Stage) async throws -> Play {
    try await RunnerTests.play(text, on: stage)
  }

  private func play(_ text: String, on stage: Stage, model: RecorderModel) async throws -> Play {
    try await RunnerTests.play(text, on: stage, model: model)
  }

  @Test("Two texts are compared once, without a frame")
  func equal() async throws {
    let text =
      "parameters:\n  version: {default: \"1.2\"}\nsteps:\n"
      + "  - expect: {equal: [\"${version}\", \"1.2\"]}\n"
    #expect(try await play(text, on: Stage()).end.verdict == .passed)
    let other = try await RunnerTests.play(text, on: Stage(), arguments: ["version": "1.3"])
    #expect(other.end.verdict == .failed)
    #expect(other.reason.contains("1.3"))
  }

  @Test("Branches are judged in declared order on the same frame")
  func eitherInOrder() async throws {
    func either(_ first: String, _ second: String) -> String {
      "steps:\n  - name: Choose\n    either:\n"
        + "      - expect: {image: \(first)}\n        then: [{name: First, capture: one}]\n"
        + "      - expect: {image: \(second)}\n        then: [{name: Second, capture: two}]\n"
    }
    let stage = Stage { world in
      world.later(1) {
        $0.scene.pictures = [("a", PixelPoint(x: 20, y: 50)), ("b", PixelPoint(x: 90, y: 50))]
      }
    }
    let play = try await play(either("b", "a"), on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.outcomes["Choose / First"] == .passed)
    #expect(play.sink.outcomes["Choose / Second"] == nil)
  }

  @Test("Each branch has its own time, and otherwise comes when all have run out")
  func otherwise() async throws {
    let text =
      "steps:\n  - name: Choose\n    either:\n"
      + "      - expect: {image: a}\n        within: 1s\n        then: [{name: A, capture: one}]\n"
      + "      - expect: {image: b}\n        within: 3s\n        then: [{name: B, capture: two}]\n"
      + "      - otherwise: [{name: Neither, capture: three}]\n"
    let late = Stage { world in
      world.later(2) { $0.scene.pictures = [("a", PixelPoint(x: 20, y: 50))] }
    }
    let play = try await play(text, on: late)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.outcomes["Choose / Neither"] == .passed)
    #expect(play.sink.outcomes["Choose / A"] == nil)
    let captured = play.sink.kept.filter { $0.picture.role == .captured }
    #expect(captured.map(\.picture.name) == ["three"])
  }

  @Test("Without otherwise, a choice that nothing satisfies fails and tells of every branch")
  func noBranch() async throws {
    let text =
      "steps:\n  - either:\n      - expect: {image: a}\n      - expect: {image: b}\n"
    let play = try await play(text, on: Stage())
    #expect(play.end.verdict == .failed)
    #expect(play.reason.contains("image a") && play.reason.contains("image b"))
  }

  @Test("Words are found where the model says that they stand, and reported as it words them")
  func labels() async throws {
    let stage = Stage { world in
      world.scene.words = [("Hauptmenü", PixelRect(x: 10, y: 10, width: 60, height: 12))]
    }
    let play = try await play(look("expect: {label: menu}"), on: stage)
    #expect(play.end.verdict == .failed)
    #expect(play.reason.contains("“Main menu”"))
    #expect(play.reason.contains("“Hauptmenü”"))
    #expect(
      play.sink.judgements.last?.nearest?.box == PixelRect(x: 10, y: 10, width: 60, height: 12))
  }

  @Test("A value is read off the screen by its pattern, and later texts refer to it")
  func reading() async throws {
    let stage = Stage { world in
      world.scene.words = [("Firmware 4.2.1", PixelRect(x: 10, y: 10, width: 60, height: 12))]
    }
    let text =
      "steps:\n  - read: {in: title, pattern: \"Firmware ([0-9.]+)\", save: shown}\n"
      + "  - expect: {equal: [\"${shown}\", \"${run.firmware}\"]}\n"
    let play = try await RunnerTests.play(text, on: stage, firmware: "4.2.1")
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let other = try await RunnerTests.play(text, on: stage, firmware: "4.2.2")
    #expect(other.end.verdict == .failed)
  }

  @Test("All that stands there must fit the pattern, unless the step asks for a part of it")
  func fit() async throws {
    let stage = Stage { world in
      world.scene.words = [("Firmware 4.2.1 ", PixelRect(x: 10, y: 10, width: 60, height: 12))]
    }
    func reading(_ keys: String) async throws -> Play {
      try await RunnerTests.play(
        "steps:\n  - read: {in: title, \(keys), save: shown}\n", on: stage)
    }
    let whole = try await reading("pattern: \"[0-9.]+\"")
    // What fits is there, with something around it that may be misread: nobody is blamed.
    #expect(whole.end.verdict == .errored)
    #expect(whole.reason.contains("nothing that fits was read for shown"))
    #expect(try await reading("pattern: \"[0-9]{9}\"").end.verdict == .failed)
    #expect(try await reading("pattern: \"[0-9.]+\", fit: part").end.verdict == .passed)
    #expect(try await reading("pattern: \"[A-Z].*[0-9]\", fit: whole").end.verdict == .passed)
  }

  @Test("Scraps of a moving picture are lines of their own: the one line that fits is the value")
  func scraps() async throws {
    func reading(_ others: [String]) async throws -> Play {
      let stage = Stage { world in
        for (row, line) in (others + ["4.2.1"]).enumerated() {
          world.scene.words.append((line, PixelRect(x: 10, y: 2 + 9 * row, width: 60, height: 8)))
        }
      }
      return try await RunnerTests.play(
        "steps:\n  - read: {in: title, pattern: \"[0-9.]+\", save: shown}\n"
          + "  - expect: {equal: [\"${shown}\", 4.2.1]}\n", on: stage)
    }
    let scrap = try await reading(["~"])
    #expect(scrap.end.verdict == .passed, "\(scrap.reason)")
    let two = try await reading(["4.2.2"])
    #expect(two.end.verdict == .errored, "\(two.reason)")
  }

  @Test("A pattern that would be matched for ever ends the run as its author's error")
  func endless() async throws {
    let stage = Stage { world in
      world.scene.words = [
        (
          "Firmware 4.2.1 of the twelfth of November",
          PixelRect(x: 10, y: 10, width: 60, height: 12)
        )
      ]
    }
    let play = try await RunnerTests.play(
      "steps:\n  - read: {in: title, pattern: \"((?:.+)+)+[!?]\", save: shown}\n", on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.hasPrefix("test.yaml:4:"))
    #expect(play.reason.contains("matching the pattern takes more than"))
    #expect(!play.reason.contains("\n"))
  }
}
