import FrameVision
import Frames
import Testing

/// A small screen of a few lines, drawn by lot.
private struct LotScreen {
  struct Line {
    var text: String
    var x: Int
    var y: Int
    var ink: Ink
  }

  private static let words = [
    "Forgot Password", "Camera 12", "Motion mask", "Network", "Time zone 8", "Firmware", "Cancel",
    "Channel list", "Night mode", "Log in",
  ]
  private static let fonts = ["DejaVu Sans", "Liberation Sans", "Roboto", "Noto Sans"]

  var lines: [Line]
  private let ground: Ink
  private let font: String
  private let size: Double

  init(seed: Int) {
    var dice = Dice(seed)
    let isDark = Bool.random(using: &dice)
    ground = isDark ? Ink(30, 34, 40) : Ink(226, 228, 232)
    font = Self.fonts.randomElement(using: &dice) ?? ""
    size = Double(Int.random(in: 14...20, using: &dice))
    let texts = Self.words.shuffled(using: &dice).prefix(4)
    lines = texts.enumerated().map { at, text in
      let shade = isDark ? 200 + 10 * at : 60 - 10 * at
      return Line(
        text: text, x: Int.random(in: 20...120, using: &dice), y: 24 + 44 * at,
        ink: Ink(shade, shade, shade))
    }
  }

  func captured(seed: Int) throws -> Frame {
    let canvas = Canvas(400, 220, ground)
    for line in lines {
      canvas.text(
        line.text, Double(line.x), Double(line.y), line.ink, font: font, size: size)
    }
    var chain = CaptureChain()
    (chain.noise, chain.quality, chain.seed) = (1.5, 88, seed)
    return try chain.captured(canvas.pixels())
  }

  /// The screen after each of some small changes.
  func changed(_ dice: inout Dice) -> [LotScreen] {
    var screens = [self]
    let at = Int.random(in: lines.indices, using: &dice)
    var letter = self
    let text = lines[at].text
    letter.lines[at].text = text.dropLast(2) + (text.hasSuffix("er") ? "on" : "er")
    screens.append(letter)
    var moved = letter
    moved.lines[at].x += 3
    screens.append(moved)
    var gone = moved
    gone.lines.remove(at: at)
    screens += [gone, moved, self]
    return screens
  }
}

@Suite("What was seen in the pictures before changes no answer")
struct RememberedTextTests {
  /// An answer without what noise alone makes other: spaces, and a few pixels of a place.
  private func words(_ answer: TextFindAnswer) -> String {
    func heard(_ match: TextMatch) -> String { match.heard.filter { $0 != " " } }
    func place(_ match: TextMatch) -> String { "\(heard(match)), line \(match.box.center.y / 44)" }
    switch answer {
    case .found(let match): return "found \(place(match))"
    case .ambiguous(let one, let other): return "twice \(place(one)) \(place(other))"
    case .absent(let nearest): return "absent \(nearest.map(heard) ?? "")"
    }
  }

  @Test("A reader that saw the pictures before answers as one that did not", arguments: 1...6)
  func sameAnswers(seed: Int) async throws {
    var dice = Dice(seed + 700)
    let screen = LotScreen(seed: seed)
    let phrases = screen.lines.map(\.text) + ["Restore Defaults", "Camera 13"]
    let remembering = try TextReader()
    var number = 100 * seed
    for (step, shown) in screen.changed(&dice).enumerated() {
      // Each is seen a few times, with other noise.
      for _ in 0..<3 {
        number += 1
        let frame = try shown.captured(seed: number)
        let fresh = try TextReader()
        for phrase in phrases {
          let answer = words(await remembering.find(phrase, in: frame))
          let expected = words(await fresh.find(phrase, in: frame))
          #expect(answer == expected, "\(phrase), step \(step)")
        }
      }
    }
  }

  @Test("One digit that changes is seen, however pale", arguments: [28, 40, 80, 200])
  func paleDigits(contrast: Int) async throws {
    let reader = try TextReader()
    for digit in ["1", "2", "3", "8", "9"] {
      let canvas = Canvas(320, 120, Ink(40, 40, 40))
      let shade = 40 + contrast
      canvas.text("Camera \(digit)", 40, 40, Ink(shade, shade, shade), size: 15)
      let frame = canvas.frame()
      #expect(await reader.find("Camera \(digit)", in: frame).match != nil, "\(digit)")
      #expect(await reader.find("Camera 7", in: frame).match == nil, "\(digit)")
    }
  }
}
