import FrameVision
import Frames
import Testing

@Suite struct TemplateFinderTests {
  private func screen(label: String = "Log in") -> Canvas {
    let canvas = Canvas(640, 360, Ink(30, 34, 40))
    canvas.fill(PixelRect(x: 200, y: 120, width: 140, height: 40), Ink(60, 90, 160))
    canvas.text(label, 230, 128, .white, size: 20)
    canvas.text("Recorder 4", 40, 300, Ink(200, 200, 200), size: 16)
    return canvas
  }

  private let button = PixelRect(x: 190, y: 110, width: 160, height: 60)

  @Test func findsAButtonWhereItIs() {
    let template = Template(screen().frame(), cropping: button)
    let answer = TemplateFinder().find(template, in: screen().frame())
    #expect(answer.match?.rect == button)
  }

  @Test func rejectsAnotherLabelOnTheSameButton() {
    let template = Template(screen().frame(), cropping: button)
    let answer = TemplateFinder().find(template, in: screen(label: "Log on").frame())
    #expect(answer.match == nil)
  }
}
