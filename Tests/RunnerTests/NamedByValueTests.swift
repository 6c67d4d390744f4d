import Frames
import RunJournal
import Testing

@testable import Runner

@Suite("A value where a name may stand")
struct NamedByValueTests {
  private func stage() -> Stage {
    Stage { world in
      world.scene.pictures = [
        ("a", PixelPoint(x: 100, y: 80)), ("keyboard", PixelPoint(x: 60, y: 120)),
      ]
      world.scene.words = [("1.10", PixelRect(x: 10, y: 10, width: 60, height: 14))]
      world.onClick = { world, point, _ in
        if world.scene.hits("a", point) {
          world.later(0.3) { $0.scene.pictures.append(("bar", PixelPoint(x: 20, y: 150))) }
        }
      }
    }
  }

  private let part = """
    scenario: part
    about: A part.
    parameters: {icon: {}, shown: {default: bar}, device: {default: recorder}}
    steps:
      - name: Open
        click: {image: "${icon}"}
        expect: {image: "${shown}"}
        on: "${device}"
    """

  @Test("The value's name is what is looked for, and the journal says what was found")
  func found() async throws {
    let play = try await RunnerTests.play(
      "steps:\n  - {name: Part, use: part.yaml, with: {icon: a}}\n", on: stage(),
      parts: ["part.yaml": part])
    #expect(play.end.verdict == .passed, "\(play.reason)")
    #expect(play.sink.actions.first?.what == "click the image ${icon}")
    #expect(play.sink.actions.first?.place == PixelPoint(x: 112, y: 92))
    #expect(play.sink.judgements.last?.nearest?.name == "bar")
  }

  @Test("A field is named by a value as well, and one that shows dots keeps what is typed")
  func fields() async throws {
    let text = """
      parameters: {field: {default: password}}
      steps:
        - {name: Type, type: {into: "${field}", text: abc}}
      """
    let play = try await self.play(text)
    #expect(play.sink.actions.first?.what == "type a secret into the field ${field}")
    let open = try await self.play(text.replacing("password", with: "code"))
    #expect(open.sink.actions.first?.what == "type “abc” into the field ${field}")
  }

  private func play(_ text: String) async throws -> Play {
    try await RunnerTests.play(text, on: stage())
  }

  @Test("A name that only the run knows and nothing has is errored, not failed")
  func unknown() async throws {
    let steps = "steps:\n  - {name: Part, use: part.yaml, with: {icon: a}}\n"
    let image = try await RunnerTests.play(
      steps.replacing("icon: a", with: "icon: nothing"), on: stage(),
      parts: ["part.yaml": part])
    #expect(image.end.verdict == .errored)
    #expect(image.reason == "part.yaml:6:20: the model has no image named nothing")
    let device = try await RunnerTests.play(
      steps.replacing("icon: a", with: "icon: a, device: phone"), on: stage(),
      parts: ["part.yaml": part])
    #expect(device.end.verdict == .errored)
    #expect(device.reason.contains("phone"))
  }

  @Test("What turns out to be a secret is no name")
  func secret() async throws {
    let text = """
      steps:
        - {name: Read, read: {in: title, pattern: '[0-9.]+', save: shown}, sensitive: true}
        - {name: Look, expect: {image: "${shown}"}}
      """
    let play = try await self.play(text)
    #expect(play.end.verdict == .errored)
    #expect(play.end.step == "Look")
    #expect(play.reason == "test.yaml:5:34: ${shown} is a secret, and no name")
    #expect(!play.sink.text.contains("1.10"))
  }
}
