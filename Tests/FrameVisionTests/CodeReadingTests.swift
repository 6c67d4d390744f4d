import FrameVision
import Frames
import Testing

@Suite("Reading codes in a field")
struct CodeReadingTests {
  private static let letters = "ACDEFGHJKMNPQRTUVWXY34679"
  private static let digits = "0123456789"

  /// What each field shows; the letters of the first ones are misread by a recogniser of lines.
  private static let fields: [(code: String, alphabet: String, font: String, size: Double)] = [
    ("QJN9R3HH", letters, "Roboto", 20), ("TQEUAKWF", letters, "Roboto", 20),
    ("MAK6JDC9", letters, "Noto Sans", 26), ("EVYTJQ", letters, "Noto Sans", 20),
    ("GHFUG4VT", letters, "Open Sans", 18), ("7D7JHH", letters, "Noto Sans", 18),
    ("CGQ99V", letters, "DejaVu Sans", 16), ("000000", digits, "DejaVu Sans", 18),
    ("H9NU4UWY", letters, "DejaVu Sans", 16), ("61670113", digits, "Open Sans", 26),
    ("781135", digits, "Liberation Sans", 20),
  ]

  @Test("A code is read to the letter, with a caret behind it", arguments: fields)
  func exactly(field: (code: String, alphabet: String, font: String, size: Double)) async throws {
    for isDark in [true, false] {
      let canvas = Canvas(360, 60, isDark ? Ink(34, 36, 38) : Ink(240, 242, 244))
      let ink = isDark ? Ink(236, 234, 230) : Ink(20, 24, 30)
      let box = canvas.text(field.code, 20, 12, ink, font: field.font, size: field.size)
      canvas.fill(
        PixelRect(x: box.maxX + 4, y: box.y - 4, width: 1, height: box.height + 8),
        Ink(140, 140, 140))
      let read = try await TextReader().lines(in: canvas.frame(), alphabet: field.alphabet)
      #expect(read.map(\.text).joined(separator: " ") == field.code)
    }
  }

  @Test(
    "Letters that touch, or that no word has, are as many as they are",
    arguments: [
      ("3NMVW4P3", "Roboto", 18.0), ("3NMVW4P3", "Roboto", 19), ("H9NU4UWY", "DejaVu Sans", 16),
      ("H9NU4UWY", "DejaVu Sans", 17),
    ])
  func count(code: String, font: String, size: Double) async throws {
    let canvas = Canvas(360, 60, Ink(35, 36, 38))
    _ = canvas.text(code, 20, 12, Ink(235, 235, 230), font: font, size: size)
    for seed in 1...4 {
      let chain = CaptureChain(
        shiftX: 0.15 * Float(seed), noise: Float(seed), quality: 95 - 5 * seed, seed: seed)
      let read = try await TextReader().lines(
        in: chain.captured(canvas.pixels()), alphabet: Self.letters)
      // A font may draw a W as two Vs.
      let text = read.map(\.text).joined(separator: " ").replacing("W", with: "VV")
      #expect(text == code.replacing("W", with: "VV"), "seed \(seed)")
    }
  }

  @Test("What stands beside a code's region is no part of it, and a dotted zero is one letter")
  func regionOnly() async throws {
    let canvas = Canvas(300, 60, Ink(236, 236, 238))
    let ink = Ink(24, 26, 32)
    let caption = canvas.text("Maps", 10, 14, ink, font: "Liberation Mono", size: 22)
    let box = canvas.text(
      "9CB0", Double(caption.maxX + 14), 14, ink, font: "Liberation Mono", size: 22)
    let reader = try TextReader()
    let lines = await reader.lines(
      in: canvas.frame(), region: box.insetBy(-6), alphabet: "0123456789ABCDEF")
    #expect(lines.map(\.text) == ["9CB0"])
  }
}
