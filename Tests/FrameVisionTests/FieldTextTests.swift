import FrameVision
import Frames
import Testing

@Suite("What a field shows, when it is known what was typed")
struct FieldTextTests {
  private static let alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
  private static let mixed = alphabet + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

  private func answer(
    to text: String, showing shown: String, before proof: String = "", font: String,
    size: Double, alphabet: String
  ) async throws -> FieldTextAnswer {
    let canvas = Canvas(420, 60, Ink(34, 36, 38))
    _ = canvas.text(shown + proof, 20, 12, Ink(236, 234, 230), font: font, size: size)
    let chain = CaptureChain(shiftX: 0, noise: 1, quality: 90, seed: 3)
    return try await TextReader().answer(
      to: text, before: proof, in: chain.captured(canvas.pixels()),
      region: PixelRect(x: 4, y: 4, width: 412, height: 52), alphabet: alphabet)
  }

  @Test(
    "A code that a free reading takes for another is the one that was typed, and a look-alike of it is not",
    arguments: [
      ("zz99zz", "zz99z2"), ("zz99z2", "zz99zz"), ("9g9q7b", "9g997b"), ("s5s5k8", "s5sSk8"),
      ("4oO03x", "4oo03x"),
    ], ["DejaVu Sans", "Liberation Sans", "Roboto"])
  func lookAlikes(_ codes: (String, String), _ font: String) async throws {
    for size in [16.0, 22] {
      let right = try await answer(
        to: codes.0, showing: codes.0, font: font, size: size, alphabet: Self.mixed)
      let wrong = try await answer(
        to: codes.0, showing: codes.1, font: font, size: size, alphabet: Self.mixed)
      #expect(right.verdict != .other, "\(font) \(size): \(right)")
      #expect(wrong.verdict != .same, "\(font) \(size): \(wrong)")
    }
  }

  @Test("A key that types another letter is seen, as are letters too many, and an empty field")
  func others() async throws {
    for shown in ["kfm4tb", "kfm4xbb", ""] {
      let answer = try await answer(
        to: "kfm4xb", showing: shown, font: "Roboto", size: 20, alphabet: Self.alphabet)
      #expect(answer.verdict == .other, "\(shown): \(answer)")
    }
  }

  @Test("A letter too few is never taken for the text")
  func tooFew() async throws {
    let answer = try await answer(
      to: "kfm4xb", showing: "kfm4x", font: "Roboto", size: 20, alphabet: Self.alphabet)
    #expect(answer.verdict != .same, "\(answer)")
  }

  @Test("What can't be told is, beside the characters that it may be")
  func proof() async throws {
    let doubt = try await answer(
      to: "Kak4fw", showing: "Kak4fw", font: "Open Sans", size: 20, alphabet: Self.mixed)
    #expect(doubt.verdict != .other)
    let proven = try await answer(
      to: "Kak4fw", showing: "Kak4fw", before: "KkWw", font: "Open Sans", size: 20,
      alphabet: Self.mixed)
    #expect(proven.verdict == .same, "\(proven)")
    let swapped = try await answer(
      to: "Kak4fw", showing: "Kak4fW", before: "KkWw", font: "Open Sans", size: 20,
      alphabet: Self.mixed)
    #expect(swapped.verdict != .same, "\(swapped)")
  }
}
