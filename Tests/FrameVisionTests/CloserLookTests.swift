import Frames
import Testing

@testable import FrameVision

@Suite("A closer look that is kept finds what a new one does")
struct CloserLookTests {
  private func picture(_ words: [(text: String, x: Int)], contrast: Int, seed: Int) throws -> Plane
  {
    let canvas = Canvas(320, 120, Ink(60, 60, 60))
    canvas.text("Network", 20, 10, .white, size: 15)
    let shade = 60 + contrast
    for (at, word) in words.enumerated() {
      canvas.text(
        word.text, Double(word.x), Double(40 + 30 * at), Ink(shade, shade, shade), size: 11)
    }
    var chain = CaptureChain()
    (chain.noise, chain.quality, chain.seed) = (1, 90, seed)
    return try chain.captured(canvas.pixels()).luma
  }

  @Test(
    "as words come, move, change and go", arguments: [40, 80, 180], 1...2)
  func sameCandidates(contrast: Int, seed: Int) throws {
    var look = CloserLook()
    let shown: [[(text: String, x: Int)]] = [
      [], [("Log", 60)], [("Log", 64)], [("Log", 64), ("Tours", 40)],
      [("Logs", 64), ("Tours", 40)],
      [("Logs", 64)], [],
    ]
    var number = 1000 * seed
    for words in shown {
      // More pictures of each than any look is kept for at first.
      for _ in 0..<4 {
        number += 1
        let luma = try picture(words, contrast: contrast, seed: number)
        let all = PixelRect(luma.size)
        let boxes = look.candidates(in: luma, all)
        let fresh = TextLineDetector.fineCandidates(in: luma, all)
        // Specks of noise beside a line may belong to it in one picture and not in the next.
        func hasPartner(_ one: TextLineCandidate, in others: [TextLineCandidate]) -> Bool {
          others.contains { other in
            let shared = one.box.intersection(other.box).size.area
            return 2 * shared > max(one.box.size.area, other.box.size.area)
              && abs(one.box.x - other.box.x) <= 3
          }
        }
        #expect(boxes.count == fresh.count, "\(words)")
        #expect(boxes.allSatisfy { hasPartner($0, in: fresh) }, "\(words)")
      }
    }
  }

  @Test("a picture that shows the same is not looked at again, but for a few times")
  func isKept() throws {
    var look = CloserLook()
    let all = PixelRect(x: 0, y: 0, width: 320, height: 120)
    let first = try picture([("Tours", 40)], contrast: 180, seed: 1)
    let kept = look.candidates(in: first, all)
    #expect(!kept.isEmpty)
    let isKept = try (2...6).map { seed in
      look.candidates(in: try picture([("Tours", 40)], contrast: 180, seed: seed), all)
        .elementsEqual(kept)
    }
    #expect(isKept.prefix(2) == [true, true])
    #expect(look.candidates(in: try picture([], contrast: 180, seed: 7), all).count < kept.count)
  }
}
