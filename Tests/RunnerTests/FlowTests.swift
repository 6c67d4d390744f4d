import Bench
import Frames
import RecorderModel
import RunJournal
import Testing

@testable import Runner

@Suite("Rounds, branches and steps that only some recorders ask for")
struct FlowTests {
  private static let a = PixelPoint(x: 20, y: 50)
  private static let b = PixelPoint(x: 120, y: 50)
  private static let bar = PixelPoint(x: 20, y: 120)

  /// A stage whose picture `a` must be clicked some times before the bar comes.
  private func stage(clicks: Int) -> Stage {
    Stage { world in
      world.scene.pictures = [("a", Self.a)]
      world.onClick = { world, point, _ in
        guard world.scene.hits("a", point) else { return }
        world.log.append("click")
        if world.log.count(where: { $0 == "click" }) >= clicks {
          world.scene.pictures = [("bar", Self.bar)]
        }
      }
    }
  }

  private func flow(_ flow: VendorFlow) -> RecorderModel { TestModel.make { $0.flow = flow } }

  // MARK: Rounds

  @Test("Rounds end with what they are played for, and fail where it does not come in time")
  func rounds() async throws {
    func text(_ rounds: Int) -> String {
      "steps:\n  - name: Go on\n    repeat:\n      - {name: Click, click: {image: a}}\n"
        + "    until: {image: bar}\n    within: 1s\n    atMost: \(rounds)\n"
    }
    let enough = try await play(text(3), on: stage(clicks: 3))
    #expect(enough.end.verdict == .passed, "\(enough.reason)")
    #expect(enough.stage.log.count { $0 == "click" } == 3)
    let few = try await play(text(2), on: stage(clicks: 3))
    #expect(few.end.verdict == .failed)
    #expect(few.end.step == "Go on")
    #expect(few.reason.contains("after 2 rounds"))
  }

  @Test("What a model says its recorders never show is not seen, and can't be clicked")
  func neverShown() async throws {
    let model = TestModel.make { $0.never = ["question"] }
    let seen = try await play(
      "steps:\n  - name: Look\n    expect: {any: [{label: question}, {image: a}]}\n",
      on: stage(clicks: 1), model: model)
    #expect(seen.end.verdict == .passed, "\(seen.reason)")
    let absent = try await play(
      "steps:\n  - name: Look\n    expect: {not: {label: question}}\n"
        + "  - name: See\n    expect: {image: a}\n",
      on: stage(clicks: 1), model: model)
    #expect(absent.end.verdict == .passed, "\(absent.reason)")
    let click = try await play(
      "steps:\n  - name: Answer\n    click: {label: question}\n", on: stage(clicks: 1),
      model: model)
    #expect(click.end.verdict == .errored)
    #expect(click.end.cause?.code == "model-incomplete")
    #expect(click.reason.contains("never shows question"))
  }

  private static let eitherRounds = """
    steps:
      - name: Go on
        repeat:
          - name: Look
            either:
              - expect: {image: a}
                then: {name: Click it, click: {image: a}}
              - expect: {image: b}
                flow: asks
                then: {name: Answer, click: {image: b}}
        until: {image: bar}
        atMost: 5
    """

  @Test("What ends the rounds is looked for beside the branches, without any waiting in between")
  func besideBranches() async throws {
    let model = flow(VendorFlow(others: ["asks": .never]))
    let play = try await play(Self.eitherRounds, on: stage(clicks: 2), model: model)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.stage.world { $0.now } < .zero.advanced(by: .seconds(15)))
  }

  @Test("What a round's last step saw ends the rounds, though a restart took it away")
  func goneSoon() async throws {
    let stage = Stage { world in
      world.scene.pictures = [("a", Self.a)]
      world.onClick = { world, _, _ in
        world.scene.pictures = [("bar", Self.bar)]
        world.later(0.1) { $0.restart() }
        world.later(4) { $0.scene.pictures = [("b", Self.b)] }
      }
    }
    let play = try await play(
      """
      steps:
        - name: Go on
          repeat:
            - name: Look
              either:
                - expect: {image: a}
                  then: {name: Click it, click: {image: a}, expect: {image: bar}}
                - expect: {image: b}
                  then: {name: Click the other, click: {image: b}}
          until: {image: bar}
          atMost: 3
        - {name: Restarts, expect: rebooting}
        - {name: Comes up, expect: {image: b}, within: 1m}
      """, on: stage)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.outcomes["Go on / Look / Click the other"] == nil)
  }

  @Test("What stands there already ends no rounds before the first")
  func heldBefore() async throws {
    let stage = Stage { world in
      world.scene.pictures = [("bar", Self.bar), ("a", Self.a)]
      world.onClick = { world, _, _ in world.scene.pictures = [("bar", Self.bar)] }
    }
    let model = flow(VendorFlow(others: ["asks": .never]))
    let play = try await play(Self.eitherRounds, on: stage, model: model)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.outcomes["Go on / Look / Click it"] == .passed)
  }

  @Test("A refusal that stands on the page itself is not to be closed, where the model says so")
  func inlineRefusal() async throws {
    let text = """
      steps:
        - name: Close the refusal
          click: {image: a}
          optional: {refusals: message}
          within: 1s
        - name: Go on
          expect: {image: bar}
      """
    let stage = { Stage { world in world.scene.pictures = [("bar", Self.bar)] } }
    let inline = try await play(text, on: stage(), model: flow(VendorFlow(refusals: .inline)))
    #expect(inline.end.verdict == .passed, "\(inline.reason)")
    let message = try await play(text, on: stage(), model: flow(VendorFlow()))
    #expect(message.end.verdict == .failed)
    #expect(message.end.cause?.code == "flow-differs")
  }

  @Test("Where a page's button is called as a message's, the model's flow alone tells which it is")
  func refusalByFlow() async throws {
    let text = """
      steps:
        - name: Close the refusal
          when: {flow: {refusals: message}}
          click: {image: a}
        - name: Go on
          expect: {image: bar}
      """
    let stage = {
      Stage { $0.scene.pictures = [("bar", Self.bar), ("a", Self.a)] }
    }
    let inline = try await play(text, on: stage(), model: flow(VendorFlow(refusals: .inline)))
    #expect(inline.end.verdict == .passed, "\(inline.reason)")
    #expect(!inline.stage.log.contains { $0.hasPrefix("click") })
    let message = try await play(text, on: stage(), model: flow(VendorFlow()))
    #expect(message.end.verdict == .passed, "\(message.reason)")
    #expect(message.stage.log.contains { $0.hasPrefix("click") })
  }

  // MARK: Ways

  /// A stage that asks with `b` after the click on `a`, or not.
  private func stage(asking: Bool) -> Stage {
    Stage { world in
      world.scene.pictures = [("a", Self.a)]
      world.onClick = { world, point, _ in
        if asking, world.scene.hits("a", point) {
          world.scene.pictures = [("b", Self.b)]
        } else {
          world.scene.pictures = [("bar", Self.bar)]
        }
      }
    }
  }

  @Test(
    "A way that the model does not declare is failed, and so is a declared one that is not seen",
    arguments: [
      (VendorFlow.Frequency.always, true, Verdict.passed), (.always, false, .failed),
      (.never, true, .failed), (.never, false, .passed), (.sometimes, true, .passed),
      (.sometimes, false, .passed),
    ])
  func ways(frequency: VendorFlow.Frequency, asks: Bool, verdict: Verdict) async throws {
    let model = flow(VendorFlow(others: ["asks": frequency]))
    let rounds = try await play(Self.eitherRounds, on: stage(asking: asks), model: model)
    #expect(rounds.end.verdict == verdict, "\(rounds.reason)")
    let optional = try await play(
      """
      steps:
        - {name: Click it, click: {image: a}}
        - {name: Answer, click: {image: b}, optional: asks, within: 2s}
        - {name: See the bar, expect: {image: bar}}
      """, on: stage(asking: asks), model: model)
    #expect(optional.end.verdict == verdict, "\(optional.reason)")
    #expect(
      optional.sink.outcomes["Answer"]
        == (verdict == .failed ? .failed : asks ? .passed : .notApplicable))
    if verdict == .failed {
      for play in [rounds, optional] {
        #expect(play.end.cause == CauseRecord(code: "flow-differs"))
        #expect(play.reason.contains("asks: \(frequency.rawValue)"), "\(play.reason)")
      }
    }
  }

  @Test("A way that a rig's fault keeps from being seen is not the recorder's")
  func fault() async throws {
    let stage = stage(asking: false)
    stage.world { world in world.later(1) { $0.signal = .noCable } }
    let play = try await play(
      "steps:\n  - {name: Answer, click: {image: b}, optional: asks, within: 3s}\n", on: stage,
      model: flow(VendorFlow(others: ["asks": .always])))
    #expect(play.end.verdict == .errored, "\(play.reason)")
  }

  // MARK: Fields

  @Test("A field is empty or filled where its label is seen, and neither where it is not")
  func fields() async throws {
    let label = PixelRect(x: 20, y: 30, width: 90, height: 14)
    let model = TestModel.make { $0.labels["code"] = Label(text: "Code", region: nil) }
    for (hasLabel, isFilled, state, verdict) in [
      (true, false, "empty", Verdict.passed), (true, true, "empty", .failed),
      (true, true, "filled", .passed), (true, false, "filled", .failed),
      (false, false, "empty", .failed), (false, true, "filled", .failed),
    ] {
      let stage = Stage { world in
        if hasLabel { world.scene.words.append(("Code", label)) }
        if isFilled {
          world.scene.words.append(("dots", PixelRect(x: 50, y: 64, width: 40, height: 12)))
        }
      }
      let play = try await play(
        "steps:\n  - {name: Look, expect: {\(state): code}, within: 2s}\n", on: stage, model: model)
      #expect(
        play.end.verdict == verdict, "\(hasLabel) \(isFilled) \(state): \(play.reason)")
    }
  }

  @Test("A pointer that lies on a field is moved off it, and where it stays nothing is told")
  func hiddenField() async throws {
    let model = TestModel.make { $0.labels["code"] = Label(text: "Code", region: nil) }
    for (stays, verdict) in [(false, Verdict.passed), (true, .errored)] {
      let stage = Stage { world in
        world.scene.words = [("Code", PixelRect(x: 20, y: 30, width: 90, height: 14))]
        world.pointerBox = PixelRect(x: 60, y: 64, width: 12, height: 12)
        world.pointerStays = stays
      }
      let play = try await play(
        "steps:\n  - {name: Look, expect: {empty: code}, within: 3s}\n", on: stage, model: model)
      #expect(play.end.verdict == verdict, "\(play.reason)")
    }
  }

  // MARK: Places that go where others go

  @Test("Words are looked for where their dialog stands, and nowhere else")
  func hanging() async throws {
    let form = HangingRegion(
      on: .label("menu"), .box(PixelRect(x: -10, y: 20, width: 120, height: 40)))
    let model = TestModel.make { $0.labels["ok"] = Label(text: "OK", region: nil, hangs: form) }
    for (x, y, isInside) in [(20, 20, true), (150, 100, true), (20, 120, false)] {
      let stage = Stage { world in
        world.scene.words = [
          ("Main menu", PixelRect(x: x, y: y, width: 90, height: 14)),
          ("OK", PixelRect(x: isInside ? x + 10 : 200, y: y + 30, width: 24, height: 12)),
        ]
      }
      let play = try await play(
        "steps:\n  - {name: Look, expect: {label: ok}, within: 2s}\n"
          + "  - {name: Click, click: {label: ok}}\n", on: stage, model: model)
      #expect(play.end.verdict == (isInside ? .passed : .failed), "\(x),\(y): \(play.reason)")
    }
    let alone = Stage { world in
      world.scene.words = [("OK", PixelRect(x: 40, y: 60, width: 24, height: 12))]
    }
    let play = try await play(
      "steps:\n  - {name: Look, expect: {label: ok}, within: 2s}\n", on: alone, model: model)
    #expect(play.end.verdict == .failed)
    #expect(play.reason.contains("what its region hangs on is not there"), "\(play.reason)")
  }

  @Test("A label is clicked where its model says")
  func clickPoint() async throws {
    let words = PixelRect(x: 40, y: 60, width: 90, height: 14)
    let stage = Stage { world in
      world.scene.words = [("Main menu", words)]
      world.onClick = { world, point, _ in world.log.append("\(point)") }
    }
    let model = TestModel.make {
      $0.labels["menu"] = Label(text: "Main menu", region: nil, click: PixelPoint(x: -12, y: 7))
    }
    let play = try await play("steps: [{click: {label: menu}}]\n", on: stage, model: model)
    #expect(play.stage.log.contains("\(PixelPoint(x: 28, y: 67))"), "\(play.reason)")
  }
}
