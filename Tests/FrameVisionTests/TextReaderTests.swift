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

  @Test("reads grey words on grey") func readsGreyOnGrey() async throws {
    let canvas = Canvas(320, 120, Ink(120, 120, 122))
    canvas.text("Sensitivity", 40, 40, Ink(158, 158, 158), size: 13)
    #expect(await (try TextReader()).find("Sensitivity", in: canvas.frame()).match != nil)
  }
}
