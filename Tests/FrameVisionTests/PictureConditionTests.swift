import FrameVision
import Frames
import Testing

/// Pictures to judge: a menu over a busy scene, as a grabber delivers it.
private func scene(_ seed: Int, noise: Float = 2) throws -> Frame {
  let canvas = Canvas(640, 360)
  canvas.scenery(PixelRect(x: 0, y: 0, width: 640, height: 360), seed: seed)
  canvas.fill(PixelRect(x: 120, y: 60, width: 300, height: 200), Ink(40, 44, 52))
  for row in 0..<6 {
    canvas.text("Camera 0\(row) Playback", 140, Double(70 + 30 * row), .white, size: 15)
  }
  var chain = CaptureChain()
  // A camera's picture is a little soft.
  chain.blur = 1
  chain.noise = noise
  chain.quality = 80
  chain.seed = seed
  return try chain.captured(canvas.pixels())
}

extension Frame {
  /// The frame with rows of all planes replaced; rows are counted in luma.
  fileprivate func mapRows(
    _ rows: Range<Int>, _ change: (_ row: ArraySlice<UInt8>, _ plane: Int) -> [UInt8]
  ) -> Frame {
    func mapped(_ plane: Plane, _ number: Int) -> Plane {
      let step = luma.height / plane.height
      var plane = plane
      for y in (rows.lowerBound / step)..<(rows.upperBound / step) {
        let place = (y * plane.width)..<((y + 1) * plane.width)
        plane.samples.replaceSubrange(place, with: change(plane.samples[place], number))
      }
      return plane
    }
    return Frame(luma: mapped(luma, 0), cb: mapped(cb, 1), cr: mapped(cr, 2))
  }

  fileprivate func moved(_ rows: Range<Int>, by share: Int) -> Frame {
    mapRows(rows) { row, _ in
      let cut = row.startIndex + row.count * share / 100
      return Array(row[cut...] + row[..<cut])
    }
  }

  fileprivate func filled(_ rows: Range<Int>, luma: UInt8, chroma: UInt8) -> Frame {
    mapRows(rows) { row, plane in
      [UInt8](repeating: plane == 0 ? luma : chroma, count: row.count)
    }
  }
}

@Suite("What a picture is, before anybody looks at what it shows")
struct PictureConditionTests {
  @Test("a menu over a scene is a picture", arguments: 1...6)
  func picture(seed: Int) throws {
    #expect(try scene(seed).condition() == .picture)
    #expect(try scene(seed, noise: 8).condition() == .picture)
  }

  @Test("bands moved sideways are garbled", arguments: 1...6)
  func bands(seed: Int) throws {
    var torn = try scene(seed)
    for band in 0..<4 {
      let top = 32 + 80 * band
      torn = torn.moved(top..<(top + 48), by: 10 + (13 * seed + 17 * band) % 80)
    }
    #expect(torn.condition() == .garbled)
  }

  @Test("a tear counts where it is", arguments: 1...4)
  func evidence(seed: Int) throws {
    let finding = try scene(seed).moved(112..<160, by: 30).conditionFinding()
    #expect(finding.evidence.contains { abs($0.y - 112) <= 1 || abs($0.y - 160) <= 1 })
  }

  @Test(
    "a picture without its lower part is garbled, whatever decoders fill it with",
    arguments: [1, 2, 3, 5])
  func half(seed: Int) throws {
    let whole = try scene(seed)
    let top = 136 + 32 * (seed % 3)
    #expect(whole.filled(top..<360, luma: 128, chroma: 128).condition() == .garbled)
    #expect(whole.filled(top..<360, luma: 0, chroma: 0).condition() == .garbled)
  }

  @Test("a page that ends above a grey ground is a picture")
  func greyPage() {
    let canvas = Canvas(640, 360, Ink(128, 128, 128))
    canvas.fill(PixelRect(x: 0, y: 0, width: 640, height: 40), Ink(20, 60, 120))
    canvas.text("Main Menu", 20, 10, .white, size: 16)
    canvas.fill(PixelRect(x: 60, y: 60, width: 400, height: 80), Ink(230, 230, 230))
    #expect(canvas.frame().condition() == .picture)
  }

  @Test("colour bars, a chequered ground and rows of like buttons are pictures")
  func layouts() {
    let bars = Canvas(640, 360)
    for at in 0..<8 {
      let level = 30 * at
      bars.fill(PixelRect(x: 80 * at, y: 0, width: 80, height: 360), Ink(level, 255 - level, 90))
    }
    #expect(bars.frame().condition() == .picture)
    let chequers = Canvas(640, 360)
    let bricks = Canvas(640, 360, Ink(30, 30, 30))
    for row in 0..<24 {
      for column in 0..<43 where (row + column) % 2 == 0 {
        chequers.fill(PixelRect(x: 15 * column, y: 15 * row, width: 15, height: 15), .white)
      }
      for column in 0..<6 {
        bricks.fill(
          PixelRect(x: 100 * column + 50 * (row % 2), y: 15 * row, width: 80, height: 15),
          Ink(90, 90, 200))
      }
    }
    #expect(chequers.frame().condition() == .picture)
    #expect(bricks.frame().condition() == .picture)
  }

  /// What a grabber without input shows: bars with a word on a plate, or a word on black.
  private func own(_ size: PixelSize, bars: Bool, word: String = "NO SIGNAL") -> Canvas {
    let canvas = Canvas(size.width, size.height)
    for at in 0..<(bars ? 8 : 0) {
      canvas.fill(
        PixelRect(x: size.width * at / 8, y: 0, width: size.width / 8, height: size.height),
        Ink(30 * at, 255 - 30 * at, 90))
    }
    let plate = PixelRect(
      x: size.width / 4, y: size.height / 3, width: size.width / 2, height: size.height / 3)
    canvas.fill(plate, Ink(0, 0, 0))
    canvas.text(
      word, Double(plate.x), Double(plate.y), .white, size: Double(size.height) / 9)
    return canvas
  }

  @Test("a grabber's own picture is known again, noisy, compressed or in another mode")
  func noInput() throws {
    for bars in [true, false] {
      let known = NoInputPicture(own(PixelSize(width: 640, height: 360), bars: bars).frame())
      #expect(known.weakness == nil)
      var chain = CaptureChain()
      (chain.noise, chain.quality) = (4, 60)
      let again = try chain.captured(own(PixelSize(width: 640, height: 360), bars: bars).pixels())
      let larger = own(PixelSize(width: 1280, height: 720), bars: bars).frame()
      #expect(again.condition(noInput: known) == .noInput)
      #expect(larger.condition(noInput: known) == .noInput)
    }
  }

  @Test("what a recorder shows is never a grabber's own picture")
  func input() throws {
    let size = PixelSize(width: 640, height: 360)
    let dark = NoInputPicture(own(size, bars: false).frame())
    // As dark, with another word in its place, with one more, with none.
    #expect(own(size, bars: false, word: "LOADING").frame().condition(noInput: dark) == .picture)
    let more = own(size, bars: false)
    more.text("Recorder 4 starts, please wait a moment", 20, 20, .white, size: 30)
    more.text("Do not remove the disk meanwhile", 20, 300, .white, size: 30)
    #expect(more.frame().condition(noInput: dark) == .picture)
    #expect(Canvas(640, 360).frame().condition(noInput: dark) == .black)
    let bars = NoInputPicture(own(size, bars: true).frame())
    for seed in 1...4 { #expect(try scene(seed).condition(noInput: bars) == .picture) }
  }

  @Test("a picture of one colour is no good to know a grabber by")
  func plainNoInput() {
    let blue = Canvas(640, 360, Ink(10, 20, 200)).frame()
    #expect(NoInputPicture(blue).weakness != nil)
    #expect(blue.condition(noInput: NoInputPicture(blue)) == .oneColor)
  }

  @Test("black and one colour are told apart")
  func plain() {
    #expect(Canvas(320, 180).frame().condition() == .black)
    #expect(Canvas(320, 180, Ink(10, 20, 200)).frame().condition() == .oneColor)
    #expect(Canvas(320, 180, Ink(128, 128, 128)).frame().condition() == .oneColor)
  }

  @Test("pictures too small to judge are answered, too", arguments: [1, 2, 7, 40])
  func small(side: Int) {
    let canvas = Canvas(side, side)
    canvas.fill(PixelRect(x: 0, y: 0, width: (side + 1) / 2, height: side), .white)
    #expect(canvas.frame().condition() != .garbled)
  }
}
