import Frames
import RecorderModel
import RunJournal
import Testing

@testable import Runner

@Suite("Looking before clicking")
struct ClickingTests {
  private let click = "steps:\n  - name: Open\n    click: {image: a}\n    expect: {image: bar}\n"

  private func stage(_ setUp: (inout Stage.World) -> Void = { _ in }) -> Stage {
    Stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 100, y: 80))]
      world.onClick = { world, point, _ in
        if world.scene.hits("a", point) {
          world.later(0.3) { $0.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150))) }
        }
      }
      setUp(&world)
    }
  }

  @Test("A click on what is there, with its effect, passes")
  func passes() async throws {
    let play = try await play(click, on: stage())
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.outcomes == ["Open": .passed])
    #expect(play.sink.actions.first?.place == PixelPoint(x: 112, y: 92))
    #expect(play.sink.judgements.last?.held == true)
    #expect(play.sink.kept.map(\.picture.role) == [.before, .deciding, .template, .template])
  }

  @Test("What was there before the click does not satisfy what must follow it")
  func freshFramesOnly() async throws {
    let stage = stage { world in
      world.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150)))
      world.onClick = { world, _, _ in world.scene.pictures.removeAll { $0.name == "bar" } }
    }
    let play = try await play(click, on: stage)
    #expect(play.end.verdict == .failed)
    #expect(play.end.step == "Open")
    let judged = try #require(play.sink.judgements.first?.capturedAt)
    let acted = try #require(
      play.sink.entries.first { if case .acted(_) = $0.event { true } else { false } })
    #expect(judged > acted.at)
  }

  @Test("A thing in two places is an error that names both")
  func ambiguity() async throws {
    let stage = stage { $0.scene.pictures.append(("a", PixelPoint(x: 200, y: 80))) }
    let play = try await play(click, on: stage)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.contains("100,80,24,24"))
    #expect(play.reason.contains("200,80,24,24"))
    #expect(!play.stage.log.contains { $0.hasPrefix("click") })
  }

  @Test("A thing that moves is clicked only once it is at rest")
  func atRest() async throws {
    let stage = stage { world in
      world.scene.pictures = [("a", PixelPoint(x: 100, y: 20))]
      for step in 1...20 {
        world.later(Double(step) * 0.03) { $0.scene.pictures[0].at.y = 20 + 3 * step }
      }
    }
    let play = try await play(click, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.stage.log.contains("click at 112,92"))
  }

  @Test(
    "A menu that hides by itself before a slow hand comes is no failure of the recorder's",
    arguments: [(Duration.milliseconds(150), Verdict.failed), (.seconds(40), .errored)])
  func goneMenu(hand: Duration, verdict: Verdict) async throws {
    let stage = stage { world in
      world.handTakes = hand
      for (menu, at) in [(true, 0.05), (false, 0.1 + 0.5 * hand.inSeconds)] {
        world.later(at) { world in
          world.scene.pictures = menu ? [("a", PixelPoint(x: 100, y: 80))] : []
        }
      }
    }
    let play = try await play(click, on: stage)
    #expect(play.end.verdict == verdict, "\(play.reason)")
    #expect(play.reason.contains("the target went while") == (verdict == .errored))
    if verdict == .errored { #expect(!play.stage.log.contains { $0.hasPrefix("click") }) }
  }

  @Test("A click without effect is repeated within the attempts, each in the journal")
  func attempts() async throws {
    let stage = stage { world in
      let effect = world.onClick
      world.onClick = { world, point, button in
        if world.log.filter({ $0.hasPrefix("click") }).count == 2 { effect(&world, point, button) }
      }
    }
    let play = try await play(click + "    attempts: 2\n", on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.actions.map(\.attempt) == [1, 2])
    #expect(play.stage.log.contains("home"))
  }

  @Test("A click that went beside its target does not count, once")
  func beside() async throws {
    for slip in [PixelPoint(x: 40, y: 0), PixelPoint(x: 1, y: -1)] {
      let stage = stage { world in
        let effect = world.onClick
        world.slip = slip
        world.onClick = { world, point, button in
          if world.log.filter({ $0.hasPrefix("click") }).count == 2 {
            effect(&world, point, button)
          }
        }
      }
      let play = try await play(click, on: stage)
      let isBeside = slip.x > 12
      #expect(play.end.verdict == (isBeside ? .passed : .failed), "\(play.reason)")
      let words = "the pointer is seen beside its target, at 152,92"
      #expect(play.sink.notes.contains { $0.text.contains(words) } == isBeside)
    }
    let never = try await play(
      click,
      on: stage { world in
        world.slip = PixelPoint(x: 40, y: 0)
        world.onClick = { _, _, _ in }
      })
    #expect(never.end.verdict == .failed)
    #expect(never.stage.log.filter { $0.hasPrefix("click") }.count == 2)
  }

  @Test("Without further attempts a click without effect fails")
  func noAttempts() async throws {
    let stage = stage { $0.onClick = { _, _, _ in } }
    let play = try await play(click, on: stage)
    #expect(play.end.verdict == .failed)
    #expect(play.stage.log.filter { $0.hasPrefix("click") }.count == 1)
  }

  @Test("What is not there is not clicked")
  func notThere() async throws {
    let stage = stage { $0.scene.pictures = [] }
    let play = try await play(click, on: stage)
    #expect(play.end.verdict == .failed)
    #expect(play.reason.contains("the image a was not found"))
    #expect(play.sink.judgements.last?.held == false)
    #expect(play.sink.kept.contains { $0.picture.role == .last })
  }

  @Test("Any of a group is drawn by the seed from those that are there")
  func groups() async throws {
    let text = "steps:\n  - name: Open\n    click: {group: icons}\n"
    var clicked: [String] = []
    for seed in 1...8 {
      let stage = Stage { world in
        world.scene.pictures = [("a", PixelPoint(x: 20, y: 80)), ("c", PixelPoint(x: 100, y: 80))]
      }
      let first = try await play(text, on: stage, seed: UInt64(seed))
      clicked += first.stage.log.filter { $0.hasPrefix("click") }
    }
    #expect(clicked.count == 8)
    #expect(Set(clicked) == ["click at 32,92", "click at 112,92"])
  }

  @Test("Below the keyboard means below all of it")
  func besideKeyboard() async throws {
    let stage = Stage { $0.scene.pictures = [("keyboard", PixelPoint(x: 60, y: 100))] }
    let play = try await play(
      "steps:\n  - click: {below: {image: keyboard}, gap: 8}\n", on: stage)
    #expect(play.stage.log.contains("click at 130,167"))
  }

  @Test("A keyboard is put away where its model says, else by a click just below it")
  func keyboardDismissal() async throws {
    func clicks(_ dismissal: PixelRect? = nil, isFlush: Bool = false) async throws -> Play {
      let model = TestModel.make {
        $0.keyboard?.dismissal = dismissal
        if isFlush { $0.keyboard?.bounds.height = $0.screen.height - 100 }
      }
      let stage = Stage { $0.scene.pictures = [("keyboard", PixelPoint(x: 60, y: 100))] }
      return try await play("steps:\n  - click: dismiss-keyboard\n", on: stage, model: model)
    }
    let below = try await clicks()
    #expect(below.stage.log.contains("click at 130,171"))
    let onKey = try await clicks(PixelRect(x: 100, y: 20, width: 11, height: 9))
    #expect(onKey.stage.log.contains("click at 165,124"))
    let atBottom = try await clicks(isFlush: true)
    #expect(atBottom.end.cause?.code == "model-incomplete")
    #expect(atBottom.reason.contains("say in the model what puts the keyboard away"))
  }

  @Test("A pop-up in the way is sent away, and noted")
  func popUps() async throws {
    let model = TestModel.make {
      $0.interruptions = [
        Interruption(
          name: "disk full", seen: .member(.image("popup")), dismiss: .member(.image("close")))
      ]
    }
    let stage = stage { world in
      let effect = world.onClick
      world.scene.pictures = [
        ("popup", PixelPoint(x: 100, y: 60)), ("close", PixelPoint(x: 140, y: 60)),
      ]
      world.onClick = { world, point, button in
        if world.scene.hits("close", point) {
          world.scene.pictures = [("a", PixelPoint(x: 100, y: 80))]
        } else {
          effect(&world, point, button)
        }
      }
    }
    let play = try await play(click, on: stage, model: model)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.notes.contains { $0.kind == .interruption && $0.text.contains("disk full") })
  }

  /// A recorder whose pop-up takes the first click; what is on the screen when it is gone.
  private func takingClicks(leaving left: [String]) -> Stage {
    stage { world in
      let effect = world.onClick
      world.onClick = { world, _, _ in
        world.scene.pictures = [
          ("popup", PixelPoint(x: 200, y: 20)), ("close", PixelPoint(x: 240, y: 20)),
        ]
        world.onClick = { world, point, _ in
          guard world.scene.hits("close", point) else { return }
          world.scene.pictures = left.map { ($0, PixelPoint(x: 100, y: 80)) }
          world.onClick = effect
        }
      }
    }
  }

  private static let popUp = Interruption(
    name: "disk full", seen: .member(.image("popup")), dismiss: .member(.image("close")))
  private let twoSteps =
    "steps:\n  - click: {image: a}\n  - name: See\n    expect: {image: bar}\n    within: 8s\n"

  @Test("A click that a pop-up took is made again, where nothing has changed")
  func takenClick() async throws {
    let play = try await play(
      twoSteps, on: takingClicks(leaving: ["a"]),
      model: TestModel.make { $0.interruptions = [Self.popUp] })
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.stage.log.filter { $0 == "click at 112,92" }.count == 2)
    #expect(play.sink.notes.contains { $0.text.contains("the pop-up took the click") })
  }

  @Test("Where nobody knows whether a pop-up took a click, the recorder is not blamed")
  func clickInDoubt() async throws {
    let play = try await play(
      twoSteps, on: takingClicks(leaving: ["c"]),
      model: TestModel.make { $0.interruptions = [Self.popUp] })
    #expect(play.end.verdict == .errored)
    #expect(play.end.step == "See")
    #expect(play.end.cause?.code == "pop-up-interfered")
    #expect(play.stage.log.filter { $0 == "click at 112,92" }.count == 1)
  }

  @Test("A screen of another size than the model's is an error, not a failure")
  func otherSize() async throws {
    let model = TestModel.make { $0.screen = PixelSize(width: 640, height: 400) }
    let play = try await play(
      "steps:\n  - click: {point: [300, 100]}\n", on: stage(), model: model)
    #expect(play.end.verdict == .errored)
    #expect(play.reason.contains("320x200"))
  }
}
