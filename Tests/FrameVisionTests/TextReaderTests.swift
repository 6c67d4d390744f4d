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
}
