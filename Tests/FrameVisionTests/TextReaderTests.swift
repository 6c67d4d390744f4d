import FrameVision
import Frames
import Testing

@Suite struct TextReaderTests {
  @Test func findsAPhraseOnADialog() async throws {
    let canvas = Canvas(640, 360, Ink(30, 34, 40))
    canvas.text("User name", 60, 60, .white, size: 16)
    let place = canvas.text("Forgot Password", 300, 200, .white, size: 16)
    let reader = try TextReader()
    let answer = await reader.find("Forgot Password", in: canvas.frame())
    let match = try #require(answer.match)
    #expect(match.box.insetBy(-3).contains(place))
  }

  @Test("a phrase is one line though its font has wide spaces", arguments: [12.0, 13, 16, 20])
  func findsAPhraseWithWideSpaces(size: Double) async throws {
    let canvas = Canvas(480, 200, Ink(30, 34, 40))
    canvas.text("Camera 32", 60, 60, .white, font: "DejaVu Sans Mono", size: size)
    canvas.text("Camera 38", 260, 60, .white, font: "DejaVu Sans Mono", size: size)
    let reader = try TextReader()
    let frame = canvas.frame()
    #expect(await reader.find("Camera 32", in: frame).match.map { $0.box.x < 200 } == true)
    #expect(await reader.find("Camera 38", in: frame).match.map { $0.box.x > 200 } == true)
    #expect(await reader.find("Camera 33", in: frame).match == nil)
  }

  @Test("reads the words on a small pale button over a dark screen", arguments: [12.0, 14, 18])
  func readsPaleButtons(size: Double) async throws {
    let canvas = Canvas(320, 120, Ink(10, 12, 16))
    let place = PixelRect(x: 60, y: 40, width: Int(5.6 * size), height: Int(1.7 * size))
    canvas.fill(place, Ink(190, 192, 196))
    let left = Double(place.x) + 0.7 * size
    canvas.text("Parking", left, Double(place.y) + 3, Ink(20, 22, 30), size: size)
    let (reader, frame) = (try TextReader(), canvas.frame())
    #expect(await reader.find("Parking", in: frame).match.map { place.contains($0.box) } == true)
    #expect(await reader.find("Packing", in: frame).match == nil)
    #expect(await reader.lines(in: frame).map(\.text) == ["Parking"])
  }

  @Test(
    "finds an underlined word whose tails run into the line",
    arguments: ["Display", "Gray"])
  func findsUnderlined(word: String) async throws {
    for (font, size) in [("Roboto Bold", 18.0), ("DejaVu Sans", 16), ("Liberation Sans", 20)] {
      let canvas = Canvas(320, 120, Ink(38, 38, 38))
      let ink = Ink(242, 242, 242)
      let box = canvas.text(word, 60, 40, ink, font: font, size: size)
      let line = PixelRect(x: box.x, y: box.maxY - Int(size / 8) - 1, width: box.width, height: 2)
      canvas.fill(line, ink)
      let reader = try TextReader()
      #expect(await reader.find(word, in: canvas.frame()).match != nil, "\(font) \(size)")
      #expect(await reader.find("Systom", in: canvas.frame()).match == nil)
    }
  }

  @Test("reads grey words on grey") func readsGreyOnGrey() async throws {
    let canvas = Canvas(320, 120, Ink(120, 120, 122))
    canvas.text("Sensitivity", 40, 40, Ink(158, 158, 158), size: 13)
    #expect(await (try TextReader()).find("Sensitivity", in: canvas.frame()).match != nil)
  }

  @Test(
    "a phrase that stands twice is ambiguous, however different both look",
    arguments: [
      ("Liberation Sans Narrow", 15.0), ("DejaVu Sans Mono", 20), ("Roboto Bold", 13),
      ("Noto Serif", 24),
    ])
  func asksWhichOfTwo(font: String, size: Double) async throws {
    let canvas = Canvas(640, 360, Ink(30, 34, 40))
    canvas.text("Forgot Password 34", 40, 40, .white, size: 17)
    canvas.text("Motion mask 84 again", 40, 120, .white, size: 17)
    canvas.text("Forgot Password 34", 40, 200, .white, font: font, size: size)
    let answer = await (try TextReader()).find("Forgot Password 34", in: canvas.frame())
    guard case .ambiguous(let one, let two) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(Set([one.box.y / 100, two.box.y / 100]) == [0, 2])
  }

  @Test("a phrase inside two longer lines is ambiguous, and one by itself goes before both")
  func goesByWholeLines() async throws {
    let canvas = Canvas(640, 360, Ink(30, 34, 40))
    canvas.text("The Secure Code of this recorder", 40, 40, .white, size: 17)
    canvas.text("Another Secure Code is needed here", 40, 120, .white, size: 17)
    let reader = try TextReader()
    guard case .ambiguous = await reader.find("Secure Code", in: canvas.frame()) else {
      Issue.record("one of two was chosen")
      return
    }
    let place = canvas.text("Secure Code", 40, 200, .white, size: 17)
    let match = await reader.find("Secure Code", in: canvas.frame()).match
    #expect(match.map { place.insetBy(-3).contains($0.box) } == true)
  }

  @Test("of phrases that are alike but for their case, the one written as asked goes first")
  func goesByCase() async throws {
    let canvas = Canvas(640, 360, Ink(30, 34, 40))
    canvas.text("The secure code was sent", 40, 40, .white, size: 17)
    let label = canvas.text("Please enter the Secure Code now", 40, 120, .white, size: 17)
    let reader = try TextReader()
    let match = await reader.find("Secure Code", in: canvas.frame()).match
    #expect(match.map { label.insetBy(-3).contains($0.box) } == true)
    guard case .ambiguous = await reader.find("SECURE CODE", in: canvas.frame()) else {
      Issue.record("one of two that are both written otherwise was chosen")
      return
    }
  }

  @Test("a phrase is found though a space of it is missing, or one too many is shown")
  func forgivesSpaces() async throws {
    let canvas = Canvas(640, 200, Ink(30, 34, 40))
    let joined = canvas.text("Backupdisk", 40, 40, .white, size: 17)
    let parted = canvas.text("Play back", 40, 120, .white, size: 17)
    let (reader, frame) = (try TextReader(), canvas.frame())
    let first = await reader.find("Backup disk", in: frame).match
    #expect(first.map { joined.insetBy(-3).contains($0.box) } == true)
    let second = await reader.find("Playback", in: frame).match
    #expect(second.map { parted.insetBy(-3).contains($0.box) } == true)
  }

  @Test(
    "in a clean picture one letter other is another text, however alike both look",
    arguments: [
      ("Zone A", "Zone 4"), ("Port D", "Port Q"), ("Gate B", "Gate 8"), ("Map S5", "Map 55"),
      ("Line 2", "Line Z"), ("Input O", "Input 0"), ("modern", "modem"), ("clear", "dear"),
      ("KX-E19", "KX-C19"), ("Camera U", "Camera V"), ("fan", "tan"), ("heat", "neat"),
    ])
  func tellsLookalikes(wanted: String, other: String) async throws {
    for (phrase, shown) in [(wanted, other), (other, wanted)] {
      for (font, size) in [("DejaVu Sans", 17.0), ("Roboto", 22), ("Liberation Sans", 20)] {
        let canvas = Canvas(480, 160, Ink(30, 34, 40))
        canvas.text(shown, 40, 30, .white, font: font, size: size)
        let reader = try TextReader()
        #expect(await reader.find(phrase, in: canvas.frame()).match == nil, "\(shown), \(font)")
        let place = canvas.text(phrase, 40, 90, .white, font: font, size: size)
        let match = await reader.find(phrase, in: canvas.frame()).match
        #expect(match.map { place.contains($0.box.center) } == true, "\(phrase), \(font)")
      }
    }
  }

  @Test("letters that are one picture in the font are forgiven", arguments: ["CI 7", "Cl 7"])
  func forgivesBars(shown: String) async throws {
    let canvas = Canvas(320, 120, Ink(30, 34, 40))
    canvas.text(shown, 40, 40, .white, font: "Liberation Sans", size: 18)
    let reader = try TextReader()
    #expect(await reader.find("CI 7", in: canvas.frame()).match != nil)
  }

  @Test("letters as tall as a fifth of the picture are read", arguments: [50.0, 70, 100, 120])
  func readsLargeLetters(size: Double) async throws {
    let canvas = Canvas(960, 400, Ink(30, 34, 40))
    let place = canvas.text("Zone 34", 60, 80, .white, size: size)
    let reader = try TextReader()
    let match = await reader.find("Zone 34", in: canvas.frame()).match
    #expect(match.map { place.insetBy(-4).contains($0.box) } == true)
    #expect(await reader.lines(in: canvas.frame()).map(\.text) == ["Zone 34"])
  }

  @Test(
    "a number keeps the minus before it",
    arguments: ["DejaVu Sans", "Liberation Sans", "Roboto", "Noto Sans"])
  func readsMinus(font: String) async throws {
    for size in [13.0, 17, 24] {
      let canvas = Canvas(320, 120, Ink(30, 34, 40))
      canvas.text("-12 dB", 40, 40, .white, font: font, size: size)
      let lines = await (try TextReader()).lines(in: canvas.frame())
      #expect(lines.map { $0.text.filter { $0 != " " } } == ["-12dB"], "\(size)")
    }
  }
}
