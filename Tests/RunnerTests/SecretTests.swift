import Bench
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SeededRandom
import Testing

@testable import Runner

@Suite("Keeping secrets")
struct SecretTests {
  private let text =
    "secrets:\n  newPassword: {generate: {length: 10}}\n  oldPassword: {model: password}\n"
    + "steps:\n  - name: New\n    type: {into: code, text: \"x${newPassword}\"}\n"
    + "  - name: Look\n    expect: {label: menu}\n    within: 1s\n"

  /// A recorder that shows as text what was typed.
  private func stage() -> Stage {
    Stage { world in
      world.scene.pictures = [("keyboard", PixelPoint(x: 60, y: 120))]
      world.onType = { world, text in
        world.log.append(text)
        world.scene.words = [(text, PixelRect(x: 44, y: 62, width: 70, height: 14))]
      }
    }
  }

  private func typed(_ play: Play) throws -> String {
    try #require(play.stage.log.last { $0.hasPrefix("x") })
  }

  @Test("What was typed stands in no event, though the screen shows it and it is read")
  func events() async throws {
    let play = try await play(text, on: stage())
    let typed = try typed(play)
    #expect(play.end.verdict == .failed)
    #expect(!play.sink.text.contains(typed))
    #expect(!play.sink.text.contains(String(typed.dropFirst())))
    #expect(!play.sink.text.contains("oldSecret1"))
    #expect(play.sink.judgements.last?.nearest == nil)
  }

  @Test("A field that can't be read for sure is no evidence against the recorder")
  func unclearField() async throws {
    let text = "steps:\n  - name: Code\n    type: {into: code, text: zz99zz}\n"
    let stage = stage()
    stage.world { $0.typingOutcome = .unclear(read: "zz99z2") }
    let unclear = try await play(text, on: stage)
    #expect(unclear.end.verdict == .errored)
    #expect(unclear.end.cause?.code == "reading-unclear")
    #expect(unclear.reason.contains("zz99z2"))
    let other = self.stage()
    other.world { $0.typingOutcome = .showsSomethingElse(shown: "zz99zx") }
    let failed = try await play(text, on: other)
    #expect(failed.end.verdict == .failed)
    #expect(failed.end.cause?.code == "keyboard-fails")
  }

  @Test("Sensitive steps tell no places and no scores")
  func places() async throws {
    let play = try await play(text, on: stage())
    let record = try #require(play.sink.actions.first)
    #expect(record.place == nil && record.box == nil && record.score == nil)
    #expect(record.what == "type a secret into the field code")
  }

  /// A screen whose pictures have another size once something was typed.
  private struct ShrinkingScreen: Screen {
    let stage: Stage

    func reading(
      after instant: MonotonicInstant, by deadline: MonotonicInstant
    ) async throws(BenchError) -> ScreenReading {
      let reading = try await stage.reading(after: instant, by: deadline)
      guard case .picture(let frame) = reading, stage.log.contains(where: { $0.hasPrefix("x") })
      else { return reading }
      return .picture(frame.reduced(to: PixelSize(width: 160, height: 100)))
    }
  }

  @Test("A picture in which the field's place is not known is not kept; its digest stands instead")
  func unsurePictures() async throws {
    let stage = stage()
    let play = try await play(text, on: stage, screen: ShrinkingScreen(stage: stage))
    _ = try typed(play)
    #expect(play.end.verdict != .passed)
    for kept in play.sink.kept where kept.picture.role != .template {
      guard case .frame(let frame) = kept.picture.content else { continue }
      #expect(frame.size == Stage.size)
    }
    let notes = play.sink.events.compactMap { if case .noted(let note) = $0 { note } else { nil } }
    #expect(notes.contains { $0.text.contains("is not kept") && $0.text.contains("SHA-256") })
  }

  @Test("From the typing on, field and keyboard are black in every kept picture")
  func pictures() async throws {
    let model = TestModel.make()
    guard case .box(let field)? = model.fields["code"]?.place else {
      Issue.record("the field has no box")
      return
    }
    let play = try await play(text, on: stage(), model: model)
    let frames = play.sink.kept.filter { $0.picture.role != .template }
    #expect(frames.count >= 2)
    for kept in frames {
      #expect(kept.picture.blanked.contains { $0.contains(field.insetBy(-4)) })
      let keyboard = PixelRect(x: 40, y: 120, width: 180, height: 60)
      #expect(kept.picture.blanked.contains { $0.contains(keyboard) })
    }
  }

  @Test("A generated password obeys the model's rules and differs with its source")
  func generated() throws {
    let rules = try #require(TestModel.make().password)
    var drawn: Set<String> = []
    for seed in 0..<200 {
      var random = SeededStream(seed: UInt64(seed), name: "x")
      let password = try #require(
        rules.draw(length: 40, typedWith: Set("abcd01"), using: &random))
      #expect(password.count == 12)
      #expect(password.allSatisfy { "abcd01".contains($0) })
      #expect(password.contains { "01".contains($0) })
      #expect(password.contains { "abcd".contains($0) })
      drawn.insert(password)
    }
    #expect(drawn.count > 190)
    var random = SeededStream(seed: 1, name: "x")
    #expect(rules.draw(length: 8, typedWith: Set("abcd"), using: &random) == nil)
  }

  @Test("A secret shows nothing of itself when it is written")
  func description() {
    let secret = Secret("hunter2")
    #expect("\(secret)" == "‹secret›")
    #expect(String(reflecting: secret) == "‹secret›")
    #expect("\(Value.secret(secret))".contains("hunter2") == false)
    var dumped = ""
    dump(Value.secret(secret), to: &dumped)
    #expect(!dumped.contains("hunter2"))
  }

  @Test("A text is secret as soon as one part of it is")
  func contagion() throws {
    var values = Values(model: ["userName": "admin"], firmware: nil, recorderPassword: nil)
    values.save(.secret(Secret("hunter2")), as: "password")
    let place = TestModel.place
    let mixed = ValueText(
      segments: [.reference("model.userName"), .literal(":"), .reference("password")],
      location: place)
    #expect(try values.text(mixed) == .secret(Secret("admin:hunter2")))
    let plain = ValueText(segments: [.reference("model.userName")], location: place)
    #expect(try values.text(plain) == .plain("admin"))
    #expect(throws: Stop.self) {
      try values.text(ValueText(segments: [.reference("nobody")], location: place))
    }
  }
}
