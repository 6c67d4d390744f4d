import FrameVision
import Frames
import ScreenKit

/// One pair of a frame and a template, small enough to be explained with all its numbers.
struct MatchExample {
  /// What is to be seen.
  let name: String
  let frame: Frame
  let template: RGBImage
  /// Another template of the same frame, by which its photometric transform is told.
  var beside: RGBImage?
}

extension MatchExample {
  private static let size = PixelSize(width: 480, height: 270)
  /// Where the control stands that is looked for.
  private static let place = PixelPoint(x: 60, y: 60)

  /// The ten pairs.
  ///
  /// - Throws: when a picture can't be compressed.
  static func all() throws -> [MatchExample] {
    let button = Widget.button("Confirm", .normal)
    let plain = screen { button.draw(on: $0, at: place, $1) }
    let face = box(of: button)
    let cutting = plain.cropped(to: face.insetBy(-4))
    let heading = plain.cropped(to: PixelRect(x: 8, y: 6, width: 150, height: 24))
    let tinted = plain.lightened(face.insetBy(1), by: 16)
    let ticked = Widget.checkBox("Motion", isTicked: true)
    let unticked = Widget.checkBox("Motion", isTicked: false)
    let tick = screen { ticked.draw(on: $0, at: place, $1) }
    let colors = [Ink(200, 60, 60), Ink(44, 126, 140)].map { ink in
      screen { canvas, _ in Shape.gear.draw(on: canvas, in: iconBox, ink, hole: Self.ground) }
    }
    let rings = [9.0, 8.0].map { width in
      screen { canvas, _ in
        canvas.ring(160, 130, radius: 50 - width / 2, Ink(30, 110, 220), width: width)
        canvas.ring(160, 130, radius: 49, Ink(20, 20, 24), width: 2)
      }
    }
    var ring = rings[0].cropped(to: PixelRect(x: 108, y: 78, width: 104, height: 104))
    ring.cutOutRing(from: 41, to: 49)
    return [
      MatchExample(name: "as it was", frame: try captured(plain), template: cutting),
      MatchExample(
        name: "noise of 5 levels, JPEG 80",
        frame: try captured(plain) { ($0.noise, $0.quality) = (5, 80) }, template: cutting),
      MatchExample(
        name: "one letter is another one",
        frame: try captured(
          screen { Widget.button("Canfirm", .normal).draw(on: $0, at: place, $1) }),
        template: cutting),
      MatchExample(
        name: "a tick is missing",
        frame: try captured(screen { unticked.draw(on: $0, at: place, $1) }),
        template: tick.cropped(to: box(of: ticked).insetBy(-4))),
      MatchExample(
        name: "all of the frame is 20 levels lighter, one template",
        frame: try captured(plain) { $0.tone = .brightness(20) }, template: cutting),
      MatchExample(
        name: "all of the frame is 20 levels lighter, two templates",
        frame: try captured(plain) { $0.tone = .brightness(20) }, template: cutting,
        beside: heading),
      MatchExample(
        name: "the button alone is 16 levels lighter, two templates",
        frame: try captured(tinted), template: cutting, beside: heading),
      MatchExample(
        name: "another colour of the same luma", frame: try captured(colors[1]),
        template: colors[0].cropped(to: iconBox.insetBy(-4))),
      MatchExample(
        name: "there twice",
        frame: try captured(
          screen { canvas, theme in
            button.draw(on: canvas, at: place, theme)
            button.draw(on: canvas, at: PixelPoint(x: 60, y: 160), theme)
          }), template: cutting),
      MatchExample(
        name: "a ring that is thinner by a pixel", frame: try captured(rings[1]), template: ring),
    ]
  }

  private static let iconBox = PixelRect(x: 60, y: 60, width: 32, height: 32)
  private static let ground = Ink(236, 238, 240)

  /// A screen with a heading and whatever is drawn on it.
  private static func screen(_ draw: (Canvas, Theme) -> Void) -> RGBImage {
    let canvas = Canvas(size)
    canvas.fill(PixelRect(size), ground)
    canvas.fill(PixelRect(x: 0, y: 0, width: size.width, height: 36), Ink(40, 60, 96))
    canvas.text(
      "System settings", 12, 8, Ink(240, 240, 240), font: "DejaVu Sans", size: 15)
    draw(canvas, theme)
    return canvas.image()
  }

  private static var theme: Theme {
    var dice = Dice(1)
    var theme = Theme(&dice, style: .light)
    (theme.font, theme.textSize, theme.isAliased) = ("DejaVu Sans", 15, false)
    return theme
  }

  private static func box(of widget: Widget) -> PixelRect {
    widget.draw(on: Canvas(size), at: place, theme)
  }

  private static func captured(
    _ picture: RGBImage, _ change: (inout Disturbance) -> Void = { _ in }
  ) throws -> Frame {
    var dice = Dice(1)
    // Nothing at all happens to this one but what is asked for.
    var disturbance = Disturbance.mild(&dice)
    (disturbance.tone, disturbance.noise, disturbance.quality) = (.none, 0, nil)
    (disturbance.sampling, disturbance.isRepacked) = (Resampling(), false)
    change(&disturbance)
    return try disturbance.captured(picture)
  }
}

extension RGBImage {
  /// The picture with a part that is lighter by so many levels.
  fileprivate func lightened(_ rect: PixelRect, by levels: Int) -> RGBImage {
    var picture = self
    for y in rect.y..<rect.maxY {
      for x in rect.x..<rect.maxX {
        let color = picture[x, y]
        func lighter(_ level: UInt8) -> UInt8 { UInt8(min(255, Int(level) + levels)) }
        picture[x, y] = RGBColor(
          red: lighter(color.red), green: lighter(color.green), blue: lighter(color.blue))
      }
    }
    return picture
  }

  /// Makes all transparent but a ring about the middle.
  fileprivate mutating func cutOutRing(from inner: Double, to outer: Double) {
    for y in 0..<height {
      for x in 0..<width {
        let (dx, dy) = (
          Double(x) + 0.5 - Double(width) / 2, Double(y) + 0.5 - Double(height) / 2
        )
        let radius = (dx * dx + dy * dy).squareRoot()
        if radius < inner || radius > outer { pixels[4 * (y * width + x) + 3] = 0 }
      }
    }
  }
}
