import Bench
import Frames
import RunJournal
import Testing

@testable import Runner

@Suite("Pictures that are captured at another size than the model's")
struct CaptureSizeTests {
  @Test("the journal says once at which size pictures are captured and judged")
  func told() async throws {
    let text = "steps:\n  - capture: one\n  - wait: 5s\n  - capture: two\n"
    let stage = Stage()
    let play = try await RunnerTests.play(text, on: stage, screen: LargeScreen(stage: stage))
    #expect(play.end.verdict == .passed, "\(play.reason)")
    let notes = play.sink.notes.filter { $0.text.contains("judged at") }
    #expect(notes.map(\.text) == ["pictures are captured at 480x300 and judged at 320x200"])
    #expect(notes.first?.step == nil)
  }

  @Test("nothing is said where pictures have the model's size")
  func untold() async throws {
    let play = try await RunnerTests.play("steps:\n  - capture: one\n", on: Stage())
    #expect(play.sink.notes.allSatisfy { !$0.text.contains("judged at") })
  }
}

/// A stage's screen captured with half as many lines again.
private struct LargeScreen: Screen {
  let stage: Stage

  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    let reading = try await stage.reading(after: instant, by: deadline)
    guard let frame = reading.frame else { return reading }
    let (width, height) = (frame.size.width * 3 / 2, frame.size.height * 3 / 2)
    var luma = Plane(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width { luma[x, y] = frame.luma[x * 2 / 3, y * 2 / 3] }
    }
    let grey = Plane(width: width / 2, height: height / 2, filledWith: 128)
    return .picture(
      Frame(luma: luma, cb: grey, cr: grey, number: frame.number, capturedAt: frame.capturedAt))
  }
}
