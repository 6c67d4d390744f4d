import Bench
import Frames
import Logging
import RecorderModel
import RecorderPast
import RunJournal
import Scenario
import SourceYAML

@testable import Runner

/// A scenario played on a stage, and all that can be asked about it afterwards.
struct Play {
  var end: RunEnd
  var sink: MemorySink
  var stage: Stage

  var reason: String { end.reason ?? "" }
}

/// What the tests' recorder looks like.
enum TestModel {
  static let place = SourceLocation(file: "model.yaml", line: 1, column: 1)

  static func make(_ change: (inout RecorderModel) -> Void = { _ in }) -> RecorderModel {
    var model = RecorderModel(
      name: "stage", about: "A recorder on a stage.", screen: Stage.size,
      labels: ["menu": Label(text: "Main menu", region: nil)], images: [:],
      groups: ["icons": [.image("a"), .image("b"), .image("c")]],
      regions: ["title": PixelRect(x: 0, y: 0, width: 200, height: 40)],
      fields: [
        "code": FieldDescription(
          box: PixelRect(x: 40, y: 60, width: 80, height: 20), display: .text),
        "password": FieldDescription(
          box: PixelRect(x: 40, y: 60, width: 80, height: 20), display: .dots),
      ], values: ["password": "oldSecret1", "userName": "admin"],
      keyboard: Keyboard(
        anchor: "keyboard", bounds: PixelRect(x: -20, y: 0, width: 180, height: 60),
        pages: [
          KeyboardPage(
            name: "lower", image: nil,
            keys: "abcdefghijklmnopqrstuvwxyz0123456789".map {
              Key(role: .character($0), box: PixelRect(x: 0, y: 0, width: 8, height: 8))
            })
        ]), code: CodeFormat(length: 6, alphabet: "0123456789"),
      password: PasswordRules(
        minimumLength: 6, maximumLength: 12, minimumClasses: 2, requiredClasses: [.digit],
        alphabet: "abcdefgh0123456789"),
      boot: BootBehaviour(longest: .seconds(60), rebootsByItself: true), interruptions: [],
      alive: [], location: place)
    for name in ["a", "b", "c", "bar", "keyboard", "popup", "close"] {
      model.images[name] = ReferenceImage(
        file: "\(name).png", picture: Pattern.image(name), region: nil, click: nil,
        location: place)
    }
    change(&model)
    return model
  }
}

/// Plays a scenario's text on a stage.
func play(
  _ text: String, on stage: Stage, model: RecorderModel = TestModel.make(), seed: UInt64 = 1,
  arguments: [String: String] = [:], plug: any PlugMemory = MemoryOnlyPlug(),
  attendant: (any Operator)? = nil, sink: MemorySink = MemorySink(), parts: [String: String] = [:],
  firmware: String? = nil, patience: Int = 1, screen: (any Screen)? = nil, mustTest: Bool = false,
  log: Logger = RunRequest.silence, past: (any RecorderPast)? = nil
) async throws -> Play {
  var files = parts
  files["test.yaml"] = "scenario: test\nabout: A test.\n" + text
  let scenario = try ScenarioParser.parse(file: "test.yaml", files: .memory(files)).checked()
  let input = RunStart.Input(name: "x", digest: "0")
  var bench = stage.bench
  if let screen { bench.devices[Bench.defaultDevice]?.screen = screen }
  var request = RunRequest(
    scenario: scenario, model: model, bench: bench,
    start: RunStart(
      scenario: input, about: "", rig: input, model: input, binary: input, overrides: [],
      seed: seed, firmware: firmware, patience: patience, plan: [],
      wall: .init(runID: "r", host: "h", startedAt: "t")),
    arguments: arguments, secretSource: .seed(7), minimumOff: .seconds(10), plugMemory: plug,
    attendant: attendant, log: log)
  request.mustTest = mustTest
  request.past = past
  let end = await Runner.play(
    request, into: sink, reader: StageReader(stage: stage), limbs: StageLimbs(stage: stage),
    shelf: ReferenceShelf(model), trace: SearchTrace(request.log))
  return Play(end: end, sink: sink, stage: stage)
}
