import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import Testing

@testable import Desk
@testable import VirtualRecorder

/// Eyes that look at the frames for dots and the pointer's effect, and know the rest.
private struct SpyingEyes: KeyboardEyes {
  let log: SpyLog
  let corner: PixelPoint

  func anchor(in frame: Frame, ignoring ignored: [PixelRect]) async -> PixelPoint? { corner }

  func shows(page: String, in frame: Frame, keyboard: PixelRect, ignoring ignored: [PixelRect])
    async -> Bool?
  {
    log.screen.page.map { page == "page \($0)" }
  }

  func text(in box: PixelRect, of frame: Frame, alphabet: String) async -> String {
    log.screen.text ?? ""
  }

  func answer(
    to text: String, before proof: String, in box: PixelRect, of frame: Frame, alphabet: String
  ) async -> FieldTextAnswer {
    let shown = log.screen.text ?? ""
    return FieldTextAnswer(shown == text + proof ? .same : .other, read: shown)
  }

  func dots(in box: PixelRect, of frame: Frame) async -> Int? { frame.dotCount(in: box) }
}

@Suite struct HandsOnVirtualRecorderTests {
  private static let late = MonotonicInstant(nanoseconds: 600_000_000_000)
  private static let models = VirtualCatalogue.models.map(\.name)

  @Test(arguments: models, 1...3)
  func `It clicks where it is told over the live view of any recorder`(model: String, seed: UInt64)
    async throws
  {
    let recorder = try SpiedRecorder(model: model, seed: seed)
    let pilot = recorder.pilot()
    let size = recorder.model.screenSize
    var draw = Draw(seed: seed &+ 900)
    for index in 0..<5 {
      let target = PixelPoint(
        x: draw.integer(20...(size.width - 20)), y: draw.integer(20...(size.height - 20)))
      let record = try await pilot.click(at: target, by: Self.late)
      let truth = try #require(recorder.log.presses.last)
      #expect(truth.distance(to: target) <= 5, "\(truth) for \(target)")
      #expect(record.frames <= (index == 0 ? 42 : 10))
    }
  }

  @Test(arguments: models, 1...2)
  func `It types a password on the keyboard of any recorder`(model: String, seed: UInt64)
    async throws
  {
    let recorder = try SpiedRecorder(model: model, seed: seed)
    let pilot = recorder.pilot()
    let field = try await openLogIn(recorder, pilot)
    let (layout, corner) = recorder.keyboard(under: field)
    let typist = KeyboardTypist(
      pilot: pilot, screen: recorder.rig.screen, clock: recorder.rig.clock, keyboard: layout,
      eyes: SpyingEyes(log: recorder.log, corner: corner))
    let before = recorder.log.drawings
    let result = try await typist.type(
      TypingRequest(
        text: "Qz7aWp3k", field: TextField(box: field.insetBy(2), display: .dots), isSecret: true),
      by: Self.late)
    #expect(result.outcome == .matched)
    #expect(recorder.log.screen.text == "Qz7aWp3k")
    #expect(recorder.log.drawings - before <= 4 * result.keysPressed + 8)
  }

  /// Opens the menu bar, the log-in prompt and its keyboard, where the recorder says they are.
  private func openLogIn(_ recorder: SpiedRecorder, _ pilot: MousePilot) async throws -> PixelRect {
    func see() async throws {
      try await recorder.rig.clock.sleep(
        until: await recorder.rig.clock.now().advanced(by: .seconds(1)))
      _ = try await recorder.rig.screen.reading(
        after: await recorder.rig.clock.now(), by: Self.late)
    }
    func press(_ intent: Intent) async throws {
      let box = try #require(recorder.log.screen.place(of: intent))
      try await pilot.click(at: box.center, inside: box, by: Self.late)
      try await see()
    }
    let size = recorder.model.screenSize
    try await pilot.click(
      at: PixelPoint(x: size.width / 2, y: size.height / 2), button: .right, by: Self.late)
    try await see()
    try await press(.menuIcon(0))
    try await press(.field)
    return try #require(recorder.log.screen.field)
  }
}
