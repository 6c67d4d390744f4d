import Bench
import Frames
import Hands
import RecorderModel
import RunJournal
import Testing

@testable import Runner

/// Pop-ups that come in the midst of a step: the click that sends one away may close more than it.
@Suite("Pop-ups amid a step")
struct PopUpAmidTests {
  private static let keyboard = PixelPoint(x: 60, y: 120)
  private static let model = TestModel.make {
    $0.interruptions = [
      Interruption(
        name: "disk full", seen: .member(.image("popup")), dismiss: .member(.image("close")))
    ]
  }

  /// A recorder whose keyboard comes with a click into its field, and goes with one beside it; a pop-up
  /// comes with the first key.
  private func stage(keyboardReturns: Bool) -> Stage {
    Stage { world in
      world.onClick = { world, point, _ in
        if world.scene.hits("close", point) {
          world.scene.pictures = []
          world.typingOutcome = .matched
        } else if keyboardReturns || world.typingOutcome != .matched {
          world.scene.pictures = [("keyboard", Self.keyboard)]
        }
      }
      world.typingOutcome = .countDiffers(expected: 6, shown: 2)
      world.onType = { world, text in
        world.log.append("typed \(text)")
        guard world.typingOutcome != .matched else { return }
        world.scene.pictures += [
          ("popup", PixelPoint(x: 200, y: 20)), ("close", PixelPoint(x: 240, y: 20)),
        ]
      }
    }
  }

  private let typing =
    "steps:\n  - name: Type it\n    type: {into: code, text: \"739205\"}\n"

  @Test("A keyboard that went with a pop-up is brought back, and all is typed anew")
  func keyboardReturns() async throws {
    let play = try await play(typing, on: stage(keyboardReturns: true), model: Self.model)
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.stage.log.filter { $0 == "typed 739205" }.count == 2)
  }

  @Test("Where it does not come back, the pop-up may be why, and the recorder is not blamed")
  func keyboardStaysAway() async throws {
    let play = try await play(typing, on: stage(keyboardReturns: false), model: Self.model)
    #expect(play.end.verdict == .errored)
    #expect(play.end.cause?.code == "pop-up-interfered")
  }

  @Test("What is to be clicked, and is gone with a pop-up, is not missing for the recorder's fault")
  func targetGone() async throws {
    let stage = Stage { world in
      world.scene.pictures = [
        ("popup", PixelPoint(x: 200, y: 20)), ("close", PixelPoint(x: 240, y: 20)),
      ]
      world.onClick = { world, point, _ in
        if world.scene.hits("close", point) { world.scene.pictures = [] }
      }
    }
    let play = try await play(
      "steps:\n  - click: {image: a}\n", on: stage, model: Self.model)
    #expect(play.end.verdict == .errored)
    #expect(play.end.cause?.code == "pop-up-interfered")
  }
}
