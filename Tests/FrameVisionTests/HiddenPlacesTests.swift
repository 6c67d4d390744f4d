import Frames
import Testing

@testable import FrameVision

/// Looking for a template past what hides a part of it.
@Suite struct HiddenPlacesTests {
  /// A small label whose middle a white pointer covers, above others that are much like it.
  private static func screen() -> Canvas {
    let canvas = Canvas(640, 360, Ink(40, 44, 52))
    for (row, words) in ["Playback", "Plan", "Player", "Place", "Planner"].enumerated() {
      canvas.text(words, 60, Double(40 + 50 * row), Ink(170, 175, 185), size: 14)
    }
    return canvas
  }

  @Test(arguments: 1...4)
  func `A label is found though a bright pointer hides most of it`(seed: Int) throws {
    let canvas = Self.screen()
    let place = PixelRect(x: 30, y: 188, width: 86, height: 22)
    let template = Template(canvas.frame(), cropping: place)
    let pointer = PixelRect(x: 78, y: 180, width: 26, height: 34)
    canvas.fill(pointer, .white)
    canvas.fill(PixelRect(x: 82, y: 186, width: 14, height: 20), .black)
    let frame = try CaptureChain(noise: 3, quality: 85, seed: seed).captured(canvas.pixels())
    let answer = TemplateFinder().find(
      template, in: frame, ignoring: [pointer.insetBy(-2), pointer])
    #expect(answer.match?.rect == place)
  }

  @Test func `Hidden places of any sort cover the same pixels, none twice`() {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let rects = (0..<Int.random(in: 1...5, using: &dice)).map { _ in
        PixelRect(
          x: .random(in: 0...40, using: &dice), y: .random(in: 0...30, using: &dice),
          width: .random(in: 1...20, using: &dice), height: .random(in: 1...20, using: &dice))
      }
      let apart = HiddenPlaces(rects, from: PixelPoint(x: 0, y: 0)).places(level: 0)
      for y in 0..<50 {
        for x in 0..<60 {
          let point = PixelPoint(x: x, y: y)
          let times = apart.count { $0.contains(point) }
          #expect(times == (rects.contains { $0.contains(point) } ? 1 : 0), "\(rects) at \(point)")
        }
      }
    }
  }

  @Test(arguments: 1...3, 0...1)
  func `A coarse pixel is hidden where any of its pixels is`(level: Int, phase: Int) {
    let rect = PixelRect(x: 13, y: 22, width: 9, height: 17)
    let places = HiddenPlaces([rect], from: PixelPoint(x: 0, y: 0))
      .places(level: level, phaseX: phase, phaseY: 0)
    let side = 1 << level
    for y in 0..<12 {
      for x in 0..<12 {
        let block = PixelRect(
          x: x * side + phase * side / 2, y: y * side, width: side, height: side)
        #expect(places.contains { $0.contains(PixelPoint(x: x, y: y)) } == block.intersects(rect))
      }
    }
  }

  @Test func `What is seen correlates as if the rest had never been there`() {
    let canvas = Self.screen()
    let rect = PixelRect(x: 56, y: 38, width: 80, height: 24)
    let hidden = [PixelRect(x: 100, y: 30, width: 24, height: 30)]
    let luma = canvas.frame().luma
    let level = TemplateLevel.pyramid(of: luma.cropped(to: rect), mask: nil, .standard)[0]
    var mask = Plane(width: rect.width, height: rect.height, filledWith: 255)
    for y in 0..<rect.height {
      for x in 0..<rect.width
      where hidden[0].contains(PixelPoint(x: rect.x + x, y: rect.y + y)) { mask[x, y] = 0 }
    }
    let masked = TemplateLevel.pyramid(of: luma.cropped(to: rect), mask: mask, .standard)[0]
    #expect(abs(level.correlation(with: luma, rect.x, rect.y, hiding: hidden) - 1) < 1e-4)
    for (x, y) in [(52, 40), (60, 41), (57, 39)] {
      let here = hidden[0].offset(byX: x - rect.x, y: y - rect.y)
      let difference =
        level.correlation(with: luma, x, y, hiding: [here]) - masked.correlation(with: luma, x, y)
      #expect(abs(difference) < 0.01)
    }
  }
}
