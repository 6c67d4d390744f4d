import Frames
import Testing

@testable import FrameVision

/// A tone of the whole picture against a tint of one control.
@Suite("The transform of a frame")
struct PhotometricConsensusTests {
  private static let ground = Ink(70, 74, 82)
  private static let face = Ink(96, 104, 120)

  /// Three buttons on a panel, the first of them lighter or darker by some levels.
  private func screen(tint: Int = 0, count: Int = 3) -> Canvas {
    let canvas = Canvas(640, 360, Self.ground)
    canvas.text("Recorder 4", 40, 300, Ink(200, 200, 200), size: 16)
    for (at, word) in ["Record", "Search", "Set up"].prefix(count).enumerated() {
      let levels = at == 0 ? tint : 0
      let face = Ink(Self.face.red + levels, Self.face.green + levels, Self.face.blue + levels)
      canvas.fill(Self.place(of: at), face)
      canvas.text(
        word, Double(Self.place(of: at).x + 30), Double(Self.place(of: at).y + 10), .white, size: 18
      )
    }
    return canvas
  }

  private static func place(of button: Int) -> PixelRect {
    PixelRect(x: 60 + 180 * button, y: 80 + 40 * button, width: 140, height: 40)
  }

  private func template(_ button: Int) -> Template {
    Template(screen().frame(), cropping: Self.place(of: button).insetBy(1))
  }

  /// What comes of looking for the first button, where some of the others may be looked for.
  private func answer(
    tint: Int, _ chain: CaptureChain, references: [Int], count: Int = 3
  ) throws -> FindAnswer {
    let consensus = PhotometricConsensus(
      references: references.map { PhotometricReference(template($0)) })
    let frame = try chain.captured(screen(tint: tint, count: count).pixels())
    return TemplateFinder().find(
      template(0), in: SearchableFrame(frame, consensus: consensus))
  }

  @Test("A tinted button is not the one at rest", arguments: [-18, -14, -11, 11, 14, 18])
  func tinted(_ levels: Int) throws {
    for chain in [CaptureChain(), CaptureChain(noise: 3, quality: 88)] {
      let alone = try answer(tint: levels, chain, references: [])
      #expect(alone.match == nil, "\(chain): \(alone)")
      // A neighbour that is as it should be tells.
      let told = try answer(tint: levels, chain, references: [1])
      guard case .absent = told else {
        Issue.record("\(chain): \(told)")
        continue
      }
    }
  }

  @Test(
    "A picture that is lighter all over still has its buttons", arguments: [-16, -12, 12, 16])
  func toned(_ levels: Int) throws {
    let chain = CaptureChain(tone: .brightness(Float(levels)), noise: 2, quality: 90)
    guard case .unclear = try answer(tint: 0, chain, references: []) else {
      Issue.record("one button alone can't tell")
      return
    }
    let told = try answer(tint: 0, chain, references: [1, 2])
    #expect(told.match != nil, "\(told)")
  }

  @Test(
    "A tint in a picture that is lighter all over is told, also where both make up for each other")
  func both() throws {
    for (tint, tone) in [(14, 12), (-14, 12), (14, -12), (-12, 12)] {
      let chain = CaptureChain(tone: .brightness(Float(tone)), noise: 2, quality: 90)
      let told = try answer(tint: tint, chain, references: [1, 2])
      guard case .absent = told else {
        Issue.record("\(tint), \(tone): \(told)")
        continue
      }
    }
  }

  @Test("What is known holds in later pictures, and after a lost signal until they tell otherwise")
  func carriedOn() throws {
    let consensus = PhotometricConsensus(references: [PhotometricReference(template(1))])
    func answer(_ chain: CaptureChain, tint: Int = 0, count: Int = 3) throws -> FindAnswer {
      let frame = try chain.captured(screen(tint: tint, count: count).pixels())
      return TemplateFinder().find(
        template(0), in: SearchableFrame(frame, consensus: consensus))
    }
    let light = CaptureChain(tone: .brightness(14), noise: 2, quality: 90)
    #expect(try answer(light).match != nil)
    // By itself, as no other can be seen.
    #expect(try answer(light, count: 1).match != nil)
    consensus.noteSignalLoss()
    #expect(try answer(light, count: 1).match != nil)
    consensus.noteSignalLoss()
    #expect(try answer(CaptureChain(noise: 2, quality: 90)).match != nil)
    guard case .absent = try answer(CaptureChain(noise: 2, quality: 90), tint: 14) else {
      Issue.record("the tone of old must not be believed any more")
      return
    }
  }

  /// What still frames of a chain tell.
  private func calibration(_ chain: CaptureChain) throws -> CaptureCalibration {
    let frames = try (1...3).map { seed in
      var chain = chain
      chain.seed = seed
      return try chain.captured(screen().pixels())
    }
    let references = (0...2).map { ("button \($0)", PhotometricReference(template($0))) }
    return CaptureCalibration(of: frames, references: Dictionary(uniqueKeysWithValues: references))
  }

  @Test(
    "In a chain that was calibrated one button alone is told from a tinted one",
    arguments: [-14, 14])
  func calibrated(_ tone: Int) throws {
    let chain = CaptureChain(tone: .brightness(Float(tone)), noise: 2, quality: 90)
    let calibration = try calibration(chain)
    #expect(calibration.possible.contains("brightness(\(tone))"))
    #expect(calibration.references.count == 3)
    func answer(tint: Int) throws -> FindAnswer {
      let frame = try chain.captured(screen(tint: tint, count: 1).pixels())
      let consensus = PhotometricConsensus(calibration: calibration)
      return TemplateFinder().find(template(0), in: SearchableFrame(frame, consensus: consensus))
    }
    let rest = try answer(tint: 0)
    #expect(rest.match != nil, "\(rest)")
    // One tint undoes the tone.
    for tint in [tone, -tone] {
      guard case .absent = try answer(tint: tint) else {
        Issue.record("\(tint): \(try answer(tint: tint))")
        continue
      }
    }
  }

  @Test("A calibration that no longer fits says so, and no reference is lost by it")
  func misfit() throws {
    let old = try calibration(CaptureChain(tone: .brightness(14), noise: 2, quality: 90))
    let chain = CaptureChain(noise: 2, quality: 90)
    #expect(old.misfit(old) == nil)
    #expect(try old.misfit(calibration(chain)) != nil)
    #expect(try calibration(chain).misfit(calibration(CaptureChain(noise: 9))) != nil)
    let consensus = PhotometricConsensus(
      references: (0...2).map { PhotometricReference(template($0)) }, calibration: old)
    let frame = try chain.captured(screen().pixels())
    let answer = TemplateFinder().find(
      template(0), in: SearchableFrame(frame, consensus: consensus))
    #expect(answer.match != nil, "\(answer)")
    #expect(!consensus.isCalibrated)
  }
}
