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
}
