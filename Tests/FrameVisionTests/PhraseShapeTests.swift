import Frames
import Testing

@testable import FrameVision

@Suite("Which lines may be a phrase, by their gaps")
struct PhraseShapeTests {
  private static let fonts = [
    "DejaVu Sans", "DejaVu Sans Bold", "DejaVu Sans Condensed", "DejaVu Sans Mono", "DejaVu Serif",
    "Liberation Sans", "Liberation Sans Narrow", "Liberation Mono", "Roboto", "Roboto Bold",
    "Open Sans", "Noto Sans", "Noto Serif",
  ]

  /// The only line of a picture that shows a text and nothing else.
  private func line(_ text: String, font: String, size: Double) throws -> TextLineCandidate {
    let canvas = Canvas(760, 80, Ink(30, 34, 40))
    canvas.text(text, 20, 20, .white, font: font, size: size)
    let candidates = TextLineDetector.candidates(in: canvas.frame().luma)
    return try #require(candidates.max { $0.box.width < $1.box.width })
  }

  @Test(
    "A line that is the phrase may be it, in whatever font",
    arguments: [
      "Forgot Password 12345", "Camera 11", "Channel 08", "Log in", "FORGOT PASSWORD", "Wi-Fi on",
      "1111 1111", "Illumination level", "192.168.1.11", "i i", "Port 1.11",
      "Camera 1.1.1", "Id 11111", "Confirm", "Illinois",
    ])
  func same(phrase: String) throws {
    let shape = PhraseShape(phrase)
    for font in Self.fonts {
      for size in [11.0, 12, 13, 15, 18, 22, 26] {
        #expect(
          shape.mayBeAll(of: try line(phrase, font: font, size: size)), "\(font), \(size)")
      }
    }
  }

  @Test("An icon beside a line does not keep it from being the phrase", arguments: [13.0, 17, 24])
  func besideIcons(size: Double) throws {
    for text in ["● Camera 08", "☑ Camera 08", "Camera 08 ▶", "■ Camera 08 >>"] {
      #expect(
        PhraseShape("Camera 08").mayBeAll(of: try line(text, font: "DejaVu Sans", size: size)),
        "\(text)")
    }
  }

  @Test(
    "A line whose words are of other lengths is not the phrase",
    arguments: ["DejaVu Sans", "DejaVu Sans Mono", "Liberation Mono", "Open Sans", "Noto Sans"])
  func otherWords(font: String) throws {
    for text in [
      "Cancel 34 passwordlist", "Secure Code 85 cameras", "Time zone 12 of recorder",
      "Forgot Password 34 ee", "Forgot", "All that is stored on this recorder's disk",
    ] {
      let line = try line(text, font: font, size: 17)
      #expect(!PhraseShape("Forgot Password 12345").mayBeAll(of: line), "\(text)")
    }
  }
}
