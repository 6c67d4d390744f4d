import Frames
import RunJournal
import Testing

@testable import Evidence

@Suite("Two runs compared")
struct RunComparisonTests {
  private func compared(
    _ first: SampleRun, _ second: SampleRun, _ pictures: [String: [UInt8]] = [:],
    _ others: [String: [UInt8]] = [:]
  ) throws -> RunComparison {
    RunComparison(
      try first.journal(), pictures: { pictures[$0] }, with: try second.journal(),
      pictures: { others[$0] })
  }

  private func run(_ path: String = "One", outcome: StepEnd.Outcome = .passed, wait: Int64 = 0)
    -> SampleRun
  {
    var run = SampleRun(plan: [])
    run.begin(1, path)
    run.add(
      .pictureKept(
        KeptPicture(
          step: 1, role: .deciding, file: "pictures/1.jpg", frame: 1, boxes: [], blanked: [])),
      after: wait)
    run.end(1, outcome, outcome == .passed ? nil : "it never came")
    run.end(.passed)
    return run
  }

  @Test("of a run and itself nothing differs")
  func same() throws {
    let jpeg = try JPEGCodec.encode(brightFrame())
    let pictures = ["pictures/003-step04-last.jpg": jpeg]
    let comparison = try compared(.failed, .failed, pictures, pictures)
    #expect(comparison.inputs.isEmpty)
    #expect(comparison.steps.count == 5)
    #expect(!comparison.steps.contains { $0.differs })
    #expect(comparison.summary == "Nothing differs in 5 steps.")
  }

  @Test("outcome, time and words that differ are told at their step")
  func step() throws {
    let comparison = try compared(run(), run(outcome: .failed, wait: 4000))
    let step = try #require(comparison.steps.first)
    #expect(step.outcomeDiffers)
    #expect(step.timeDiffers)
    #expect(step.words == "outcome, time, words")
    #expect(
      step.texts == [
        .init(what: "reason", first: nil, second: "it never came"),
        .init(what: "cause", first: nil, second: "expectation-unmet"),
      ])
    #expect(comparison.summary == "1 of 1 step differs.")
  }

  @Test("a step that only one run played stands where it was played")
  func oneSided() throws {
    let comparison = try compared(run("One"), run("Two"))
    #expect(comparison.steps.map(\.path) == ["Two", "One"])
    #expect(comparison.steps.map(\.words) == ["only in the second", "only in the first"])
  }

  @Test("pictures differ where something is to be seen, and not for noise")
  func pictures() throws {
    func picture(_ change: (inout Plane) -> Void) throws -> [UInt8] {
      var luma = Plane(width: 64, height: 48, filledWith: 90)
      for x in 0..<64 { luma.samples[20 * 64 + x] = 200 }
      change(&luma)
      return try JPEGCodec.encode(
        Frame(
          luma: luma, cb: Plane(width: 32, height: 24, filledWith: 128),
          cr: Plane(width: 32, height: 24, filledWith: 128), number: 1, capturedAt: .zero))
    }
    let plain = try picture { _ in }
    let noisy = try picture { luma in
      for index in luma.samples.indices { luma.samples[index] += UInt8(index % 5) }
    }
    let changed = try picture { luma in
      for y in 32..<48 { for x in 48..<64 { luma.samples[y * 64 + x] = 240 } }
    }
    let noise = try #require(RunComparison.change(plain, noisy))
    #expect(!noise.isVisible)
    let change = try #require(RunComparison.change(plain, changed))
    #expect(change.isVisible)
    #expect(change.place == PixelRect(x: 48, y: 32, width: 16, height: 16))
    let file = "pictures/1.jpg"
    let comparison = try compared(run(), run(), [file: plain], [file: changed])
    #expect(comparison.steps.first?.words == "picture")
    let html = ComparisonPage.html(comparison) { _, isFirst in isFirst ? plain : changed }
    #expect(html.matches(of: /href="data:image\/jpeg;base64,/).count == 3)
    #expect(html.contains("1 of 1 step differs."))
  }
}
