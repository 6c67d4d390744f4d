import Frames
import Testing

@testable import FrameVision

/// What differs at the very edge of a template, and what lies beside it and does not count.
@Suite struct OutermostRowsTests {
  private let place = PixelRect(x: 60, y: 50, width: 120, height: 40)
  private let face = Ink(70, 90, 140)

  /// A button whose outermost row is its rim, on a ground.
  private func screen(rim: Ink, ground: Ink) -> Canvas {
    let canvas = Canvas(320, 180, ground)
    canvas.fill(place, face)
    canvas.outline(place, rim)
    canvas.text("Confirm", 82, 60, .white)
    return canvas
  }

  private let chains = [
    CaptureChain(), CaptureChain(noise: 3, quality: 88), CaptureChain(blur: 0.4, quality: 92),
    CaptureChain(shiftX: 0.5, shiftY: 0.25, noise: 1),
  ]

  @Test func isFoundWhateverLiesBesideIt() throws {
    let rim = Ink(30, 34, 48)
    let template = Template(screen(rim: rim, ground: Ink(40, 44, 52)).frame(), cropping: place)
    for ground in [Ink(40, 44, 52), Ink(220, 220, 210), Ink(120, 30, 30)] {
      for chain in chains {
        let frame = try chain.captured(screen(rim: rim, ground: ground).pixels())
        let answer = TemplateFinder().find(template, in: frame)
        #expect(answer.match != nil, "\(ground), \(chain): \(answer)")
      }
    }
  }

  @Test func isAnotherWhereOnlyTheRimIs() throws {
    let (ground, rim) = (Ink(40, 44, 52), Ink(30, 34, 48))
    let template = Template(screen(rim: rim, ground: ground).frame(), cropping: place)
    for other in [Ink(240, 200, 60), Ink(140, 150, 160)] {
      for chain in chains {
        let frame = try chain.captured(screen(rim: other, ground: ground).pixels())
        let answer = TemplateFinder().find(template, in: frame)
        #expect(answer.match == nil, "\(other), \(chain): \(answer)")
      }
    }
  }

  /// Two arms of one thickness; the part around them does not count.
  private func angle(_ length: Int, at corner: PixelPoint) -> (canvas: Canvas, arms: [PixelRect]) {
    let canvas = Canvas(480, 270, Ink(50, 54, 60))
    canvas.text("Camera 4", 300, 20, Ink(210, 210, 210))
    let arms = [
      PixelRect(x: corner.x, y: corner.y - length, width: 10, height: length),
      PixelRect(x: corner.x, y: corner.y, width: length, height: 10),
    ]
    for arm in arms {
      canvas.fill(arm, Ink(200, 190, 120))
      // A groove along the arm, by which it is more than flat.
      let groove = arm.width < arm.height ? (x: 3, y: 0) : (x: 0, y: 3)
      canvas.fill(
        PixelRect(
          x: arm.x + groove.x, y: arm.y + groove.y, width: arm.width - 2 * groove.x,
          height: arm.height - 2 * groove.y), Ink(120, 100, 60))
    }
    return (canvas, arms)
  }

  @Test func aShapeIsNotTakenForPartOfALongerOne() throws {
    let corner = PixelPoint(x: 80, y: 180)
    let (canvas, arms) = angle(100, at: corner)
    let box = arms[0].union(arms[1]).insetBy(-6)
    var mask = Plane(width: box.width, height: box.height)
    for arm in arms {
      for y in arm.y..<arm.maxY { for x in arm.x..<arm.maxX { mask[x - box.x, y - box.y] = 255 } }
    }
    let template = Template(canvas.frame(), cropping: box, mask: mask)
    #expect(template.weakness == nil)
    for chain in chains {
      let own = TemplateFinder().find(template, in: try chain.captured(canvas.pixels()))
      #expect(own.match?.rect.x == box.x, "\(chain): \(own)")
      let longer = TemplateFinder().find(
        template, in: try chain.captured(angle(140, at: corner).canvas.pixels()))
      #expect(longer.match == nil, "\(chain): \(longer)")
    }
  }
}
