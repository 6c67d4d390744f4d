import FrameVision
import Frames
import Testing

/// Frames, templates and regions that make no sense: an answer, never a crash.
@Suite("Odd frames, templates and regions")
struct OddInputTests {
  private static func busy(_ width: Int, _ height: Int, chroma: ChromaSampling = .full) -> Frame {
    let size = PixelSize(width: width, height: height)
    // Blocks of five pixels, each of another colour.
    let pixels = (0..<size.area).flatMap { pixel -> [UInt8] in
      let (x, y) = (pixel % width / 5, pixel / width / 5)
      var dice = Dice(1000 * y + x + 1)
      let bits = dice.next()
      return [
        UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
        UInt8(truncatingIfNeeded: bits >> 16), 255,
      ]
    }
    return Frame(image: RGBImage(size: size, pixels: pixels), chroma: chroma)
  }

  private static let places: [PixelRect] = [
    PixelRect(x: 0, y: 0, width: 0, height: 0), PixelRect(x: 5, y: 5, width: -3, height: 4),
    PixelRect(x: -500, y: -500, width: 100, height: 100),
    PixelRect(x: 5000, y: 5000, width: 100, height: 100),
    PixelRect(x: -20, y: -20, width: 30, height: 30),
    PixelRect(x: 100, y: 60, width: 5000, height: 5000),
    PixelRect(x: 3, y: 3, width: 1, height: 1),
    PixelRect(x: -1_000_000, y: -1_000_000, width: 2_000_000, height: 2_000_000),
  ]

  private static let sizes = [(1, 1), (1, 90), (90, 1), (2, 3), (13, 13), (131, 77), (160, 100)]

  @Test("A template larger than the frame is absent", arguments: sizes, ChromaSampling.allCases)
  func larger(_ size: (Int, Int), _ chroma: ChromaSampling) {
    let template = Template(Self.busy(200, 120))
    let answer = TemplateFinder().find(
      template, in: Self.busy(size.0, size.1, chroma: chroma))
    #expect(answer.match == nil)
  }

  @Test("Frames of odd sizes are searched to their edges", arguments: ChromaSampling.allCases)
  func edges(_ chroma: ChromaSampling) {
    let frame = Self.busy(131, 77, chroma: chroma)
    for corner in [(0, 0), (131 - 33, 0), (0, 77 - 21), (131 - 33, 77 - 21)] {
      let place = PixelRect(x: corner.0, y: corner.1, width: 33, height: 21)
      let template = Template(Self.busy(131, 77), cropping: place)
      #expect(TemplateFinder().find(template, in: frame).match?.rect == place)
    }
  }

  @Test("A frame of full range that its device calls limited is searched like any other")
  func fullRangeCalledLimited() {
    let frame = Self.busy(131, 77)
    let called = Frame(
      luma: frame.luma, cb: frame.cb, cr: frame.cr,
      encoding: ColorEncoding(range: .limited, matrix: .bt601), number: 0, capturedAt: .zero)
    let place = PixelRect(x: 40, y: 30, width: 33, height: 21)
    let others = [
      PixelRect(x: 80, y: 40, width: 33, height: 21), PixelRect(x: 4, y: 4, width: 33, height: 21),
    ]
    let consensus = PhotometricConsensus(
      references: others.map { PhotometricReference(Template(frame, cropping: $0)) })
    let answer = TemplateFinder().find(
      Template(frame, cropping: place), in: SearchableFrame(called, consensus: consensus))
    #expect(answer.match?.rect == place, "\(answer)")
  }

  @Test("A template as large as the frame is found in it")
  func whole() {
    let frame = Self.busy(131, 77)
    #expect(TemplateFinder().find(Template(frame), in: frame).match?.rect == frame.bounds)
  }

  @Test("A region outside the frame, or with no room, holds nothing", arguments: places)
  func searching(_ region: PixelRect) {
    let frame = SearchableFrame(Self.busy(160, 100))
    let place = PixelRect(x: 40, y: 30, width: 24, height: 20)
    let template = Template(Self.busy(160, 100), cropping: place)
    let finder = TemplateFinder()
    let isInside = region.intersection(frame.frame.bounds).contains(place)
    let found = finder.find(template, in: frame, region: region).match?.rect
    #expect(found == (isInside ? place : nil))
    #expect(finder.findAll(template, in: frame, region: region).isEmpty != isInside)
  }

  @Test("Ignored places may lie anywhere", arguments: places.filter { $0.x < 100 })
  func ignored(_ place: PixelRect) {
    let frame = SearchableFrame(Self.busy(160, 100))
    let wanted = PixelRect(x: 40, y: 30, width: 24, height: 20)
    let template = Template(Self.busy(160, 100), cropping: wanted)
    let answer = TemplateFinder().find(template, in: frame, ignoring: [place, place])
    let isCovered = place.contains(wanted)
    #expect((answer.match?.rect == wanted) == !isCovered)
  }

  @Test("Frames of every size are black, of one colour or a picture", arguments: sizes)
  func condition(_ size: (Int, Int)) {
    let black = RGBImage(
      size: PixelSize(width: size.0, height: size.1),
      filledWith: RGBColor(red: 0, green: 0, blue: 0))
    #expect(Frame(image: black).condition() == .black)
    #expect(PictureCondition.allCases.contains(Self.busy(size.0, size.1).condition()))
  }

  @Test("Changes outside the frame are none", arguments: sizes)
  func changes(_ size: (Int, Int)) {
    let frame = Self.busy(size.0, size.1)
    #expect(frame.changes(since: frame).isEmpty)
    for region in Self.places {
      #expect(frame.changes(since: frame, in: region, ignoring: [region]).isEmpty)
    }
    #expect(frame.changes(since: Self.busy(7, 7)) == [frame.bounds])
  }

  @Test("There is nothing to read in a frame of a few pixels, nor outside of one", arguments: sizes)
  func reading(_ size: (Int, Int)) async throws {
    let reader = try TextReader()
    let frame = Frame(
      image: RGBImage(
        size: PixelSize(width: size.0, height: size.1),
        filledWith: RGBColor(red: 9, green: 9, blue: 9)))
    #expect(await reader.lines(in: frame).isEmpty)
    for region in Self.places {
      #expect(await reader.lines(in: frame, region: region).isEmpty)
      #expect(await reader.find("Camera 03", in: frame, region: region).match == nil)
    }
  }
}
