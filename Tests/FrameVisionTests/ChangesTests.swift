import FrameVision
import Frames
import Testing

private func screen(_ change: (Canvas) -> Void = { _ in }) -> RGBPixels {
  let canvas = Canvas(640, 360)
  canvas.scenery(PixelRect(x: 0, y: 0, width: 640, height: 360), seed: 3)
  canvas.fill(PixelRect(x: 100, y: 60, width: 300, height: 200), Ink(40, 44, 52))
  canvas.text("Playback", 140, 80, .white, size: 16)
  change(canvas)
  return canvas.pixels()
}

private func captured(_ pixels: RGBPixels, seed: Int, noise: Float, quality: Int?) throws -> Frame {
  var chain = CaptureChain()
  (chain.noise, chain.quality, chain.seed) = (noise, quality, seed)
  return try chain.captured(pixels)
}

@Suite("What changed between two pictures")
struct ChangesTests {
  static let disturbances: [(noise: Float, quality: Int?)] = [
    (0, nil), (2, nil), (4, 80), (8, nil), (4, 50), (15, nil),
  ]

  @Test("noise and compression are no change", arguments: disturbances, 1...3)
  func still(_ disturbance: (noise: Float, quality: Int?), seed: Int) throws {
    let (noise, quality) = disturbance
    let before = try captured(screen(), seed: seed, noise: noise, quality: quality)
    let after = try captured(screen(), seed: seed + 100, noise: noise, quality: quality)
    #expect(after.changes(since: before) == [])
    #expect(after.isStill(since: before))
  }

  @Test("a word that comes is one change, where it comes", arguments: disturbances, 1...3)
  func word(_ disturbance: (noise: Float, quality: Int?), seed: Int) throws {
    let (noise, quality) = disturbance
    var place = PixelRect(x: 0, y: 0, width: 0, height: 0)
    let later = screen { place = $0.text("Delete", 160, 160, .white, size: 16) }
    let before = try captured(screen(), seed: seed, noise: noise, quality: quality)
    let after = try captured(later, seed: seed + 100, noise: noise, quality: quality)
    let changes = after.changes(since: before)
    #expect(changes.count == 1)
    #expect(changes.first?.intersects(place) == true)
    #expect(changes.allSatisfy { place.insetBy(-16).contains($0) })
    #expect(after.changes(since: before, ignoring: [place.insetBy(-16)]) == [])
  }

  @Test("another colour of the same lightness is a change")
  func color() throws {
    let place = PixelRect(x: 150, y: 120, width: 60, height: 30)
    // Both have a luma of 110.
    let red = screen { $0.fill(place, Ink(220, 60, 80)) }
    let green = screen { $0.fill(place, Ink(30, 160, 61)) }
    let before = try captured(red, seed: 1, noise: 2, quality: 85)
    let after = try captured(green, seed: 2, noise: 2, quality: 85)
    #expect(after.changes(since: before).contains { $0.intersects(place) })
  }

  @Test("a region answers for itself alone")
  func region() throws {
    let later = screen { $0.fill(PixelRect(x: 500, y: 300, width: 40, height: 20), .white) }
    let before = try captured(screen(), seed: 1, noise: 2, quality: nil)
    let after = try captured(later, seed: 2, noise: 2, quality: nil)
    #expect(after.isStill(since: before, in: PixelRect(x: 101, y: 61, width: 299, height: 133)))
    let found = after.changes(since: before, in: PixelRect(x: 497, y: 297, width: 143, height: 63))
    #expect(found.count == 1)
    #expect(after.changes(since: before, in: PixelRect(x: 700, y: 0, width: 9, height: 9)) == [])
  }

  @Test("pictures of different sizes differ all over")
  func sizes() {
    let (small, large) = (Canvas(32, 32).frame(), Canvas(64, 32).frame())
    #expect(large.changes(since: small) == [PixelRect(x: 0, y: 0, width: 64, height: 32)])
  }
}
