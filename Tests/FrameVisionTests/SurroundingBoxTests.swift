import FrameVision
import Frames
import SeededRandom
import Testing

@Suite("The box that is drawn around something")
struct SurroundingBoxTests {
  /// A dialog of random size, place and shades over a picture of cameras, with what dialogs have in
  /// them, noisy as a grabber's pictures are.
  private struct Scene {
    var dialog: PixelRect
    var label: PixelRect
    var canvas = Canvas(1280, 720, Ink(12, 14, 18))
    var random: SeededStream

    init(_ seed: UInt64) {
      random = SeededStream(seed: seed, name: "boxes")
      let size = (
        Int.random(in: 260...620, using: &random), Int.random(in: 160...420, using: &random)
      )
      dialog = PixelRect(
        x: Int.random(in: 30...(1250 - size.0), using: &random),
        y: Int.random(in: 30...(690 - size.1), using: &random), width: size.0, height: size.1)
      label = PixelRect(
        x: dialog.x + Int.random(in: 20...60, using: &random),
        y: dialog.y + Int.random(in: 40...70, using: &random), width: 110, height: 16)
      drawCameras()
      drawDialog()
    }

    private mutating func drawCameras() {
      for row in 0..<2 {
        for column in 0..<2 {
          let tile = PixelRect(x: column * 640, y: row * 360, width: 638, height: 358)
          let shade = Int.random(in: 20...180, using: &random)
          canvas.fill(tile, Ink(shade, shade, shade + 20))
          for _ in 0..<20 {
            let thing = PixelRect(
              x: tile.x + Int.random(in: 0...560, using: &random),
              y: tile.y + Int.random(in: 0...300, using: &random),
              width: Int.random(in: 10...70, using: &random),
              height: Int.random(in: 8...50, using: &random))
            let ink = Int.random(in: 0...255, using: &random)
            canvas.fill(thing, Ink(ink, ink, ink))
          }
        }
      }
    }

    private mutating func drawDialog() {
      let isDark = Bool.random(using: &random)
      let ground = isDark ? Int.random(in: 30...60, using: &random) : 232
      let rim = isDark ? 150 : 60
      canvas.fill(dialog, Ink(ground, ground, ground))
      canvas.outline(dialog, Ink(rim, rim, rim), width: 2)
      let ink = isDark ? Ink.white : Ink.black
      for letter in 0..<10 {
        canvas.fill(
          PixelRect(x: label.x + 11 * letter, y: label.y, width: 6, height: 16), ink)
      }
      // A field and a button of their own.
      let field = PixelRect(x: label.x, y: label.maxY + 14, width: dialog.width - 120, height: 30)
      canvas.outline(field, Ink(128, 128, 128), width: 2)
      canvas.outline(
        PixelRect(x: dialog.maxX - 110, y: dialog.maxY - 44, width: 90, height: 30),
        Ink(128, 128, 128), width: 2)
    }

    mutating func frame() -> Frame {
      let clean = canvas.frame()
      var luma = clean.luma
      for place in luma.samples.indices {
        let shift = Int.random(in: -6...6, using: &random)
        luma.samples[place] = UInt8(clamping: Int(luma.samples[place]) + shift)
      }
      return Frame(
        luma: luma, cb: clean.cb, cr: clean.cr, number: 1, capturedAt: clean.capturedAt)
    }
  }

  @Test("A dialog is found around its label wherever it is drawn", arguments: UInt64(1)...40)
  func found(seed: UInt64) throws {
    var scene = Scene(seed)
    let frame = scene.frame()
    let box = try #require(frame.box(around: scene.label), "seed \(seed): \(scene.dialog)")
    #expect(
      box.insetBy(-3).contains(scene.dialog) && scene.dialog.insetBy(-3).contains(box),
      "seed \(seed): \(box) of \(scene.dialog)")
  }

  @Test("Something that lies over a side leaves no box", arguments: UInt64(1)...20)
  func covered(seed: UInt64) {
    var scene = Scene(seed)
    let shade = Int.random(in: 60...200, using: &scene.random)
    scene.canvas.fill(
      PixelRect(
        x: scene.dialog.maxX - 30, y: scene.dialog.y - 20, width: 90,
        height: scene.dialog.height * 3 / 4), Ink(shade, 255 - shade, shade))
    let frame = scene.frame()
    if let box = frame.box(around: scene.label) {
      // What lies over it may close the box itself, never at the place of the side that it hides.
      #expect(abs(box.maxX - scene.dialog.maxX) > 3, "seed \(seed): \(box) of \(scene.dialog)")
    }
  }

  @Test("Nothing is drawn around what stands in the open")
  func none() {
    let frame = Canvas(640, 360, Ink(40, 60, 80)).frame()
    #expect(frame.box(around: PixelRect(x: 200, y: 100, width: 90, height: 16)) == nil)
    #expect(frame.box(around: PixelRect(x: 900, y: 100, width: 90, height: 16)) == nil)
    #expect(frame.box(around: PixelRect(x: 0, y: 0, width: 640, height: 360)) == nil)
  }
}
