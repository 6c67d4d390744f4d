import FrameVision
import Frames
import Testing

/// Half a minute of a screen, at thirty pictures a second, through a capture chain.
private struct Film {
  private static let step = 1.0 / 30
  private var chain = CaptureChain()
  private var watch: MotionWatch
  private var number = 0

  init(noise: Float = 3, quality: Int? = 85, in region: PixelRect? = nil) {
    (chain.noise, chain.quality) = (noise, quality)
    watch = MotionWatch(in: region)
  }

  static func instant(_ seconds: Double) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(seconds * 1e9))
  }

  /// Shows a screen for a time; its drawing is told how far the time has gone, from 0 to 1.
  mutating func show(
    for seconds: Double, ignoring ignored: [PixelRect] = [],
    _ draw: (Canvas, Double) -> Void
  ) throws -> [Motion] {
    let count = Int((seconds / Self.step).rounded())
    return try (1...count).map { index in
      let canvas = Canvas(320, 180, Ink(40, 44, 52))
      canvas.text("Playback", 20, 20, .white, size: 16)
      draw(canvas, Double(index) / Double(count))
      chain.seed = number + 1
      let picture = try chain.captured(canvas.pixels())
      number += 1
      let frame = picture.stamped(
        number: number, at: Self.instant(Double(number) * Self.step))
      return watch.take(frame, ignoring: ignored)
    }
  }

  var now: Double { Double(number) * Self.step }
  var alive: [PixelRect] { watch.alive }
}

private let panel = PixelRect(x: 160, y: 80, width: 96, height: 64)

@Suite("What moves on a screen")
struct MotionWatchTests {
  @Test(
    "noise and compression don't move",
    arguments: [(0, nil), (3, 85), (4, 50), (8, nil), (15, nil)])
  func still(noise: Float, quality: Int?) throws {
    var film = Film(noise: noise, quality: quality)
    let motions = try film.show(for: 3) { _, _ in }
    #expect(motions.allSatisfy { $0.regions.isEmpty })
    #expect(motions.last?.stillSince == motions.first?.capturedAt)
    #expect(film.alive == [])
  }

  @Test("a thing that goes to and fro moves, and is known to be alive afterwards")
  func moving() throws {
    var film = Film()
    let motions = try film.show(for: 2) { canvas, time in
      let x = 170 + 40 * (Int(time * 60) % 2)
      canvas.fill(PixelRect(x: x, y: 90, width: 30, height: 30), .white)
    }
    #expect(motions.dropFirst().allSatisfy { $0.regions.map(\.kind).contains(.moving) })
    #expect(motions.last?.stillSince == motions.last?.capturedAt)
    #expect(film.alive.count == 1)
    #expect(film.alive.first?.contains(PixelRect(x: 170, y: 90, width: 70, height: 30)) == true)
    #expect(
      film.alive.first.map { PixelRect(x: 150, y: 70, width: 110, height: 70).contains($0) } == true
    )
  }

  @Test("a fade is a fade, be it quick or slow, and its end is told", arguments: [0.4, 2, 8])
  func fading(seconds: Double) throws {
    var film = Film()
    _ = try film.show(for: 1) { _, _ in }
    let start = film.now
    let during = try film.show(for: seconds) { canvas, time in
      let light = { (from: Int, to: Int) in from + Int(Double(to - from) * time) }
      canvas.fill(panel, Ink(light(40, 90), light(44, 130), light(52, 210)))
    }
    let end = film.now
    let after = try film.show(for: 2.5) { canvas, _ in canvas.fill(panel, Ink(90, 130, 210)) }
    // The first steps of a slow fade are too small to be seen, and those of a quick one might be
    // anything.
    let late = during.filter { $0.capturedAt > Film.instant(start + max(0.2, 0.3 * seconds)) }
    #expect(late.allSatisfy { $0.regions.contains { $0.box.intersects(panel) } })
    let kinds = late.flatMap { $0.regions.map(\.kind) }
    #expect(4 * kinds.filter { $0 == .fading }.count >= 3 * kinds.count, "\(kinds.count)")
    #expect(late.allSatisfy { $0.stillSince > Film.instant(start) })
    let last = try #require(after.last)
    #expect(last.regions.isEmpty)
    // The last few levels of a slow fade are within what noise does.
    let error = 0.1 + 0.15 * seconds
    #expect(abs(last.stillSince.seconds - end) < error, "\(last.stillSince.seconds) for \(end)")
  }

  @Test("a menu that comes at once moves once, and the screen is still since then")
  func menu() throws {
    var film = Film()
    _ = try film.show(for: 1) { _, _ in }
    let came = film.now
    let after = try film.show(for: 2) { canvas, _ in
      canvas.fill(panel, Ink(90, 130, 210))
      canvas.text("Delete", 170, 90, .white, size: 16)
    }
    #expect(after.first?.regions.map(\.kind) == [.moving])
    #expect(after.dropFirst().allSatisfy { $0.regions.isEmpty })
    let since = try #require(after.last?.stillSince)
    #expect(since == after.first?.capturedAt, "\(since.seconds) for \(came)")
  }

  @Test("what is covered by a pointer for a while has not moved")
  func pointer() throws {
    var film = Film()
    _ = try film.show(for: 1) { _, _ in }
    var motions: [Motion] = []
    for x in stride(from: 40, to: 240, by: 20) {
      let box = PixelRect(x: x, y: 100, width: 16, height: 24)
      motions += try film.show(for: 0.1, ignoring: [box.insetBy(-4)]) { canvas, _ in
        canvas.fill(box, .white)
      }
    }
    #expect(motions.allSatisfy { $0.regions.isEmpty })
  }

  @Test("a pointer that lay there from the beginning has hidden nothing when it goes")
  func pointerFromTheBeginning() throws {
    var film = Film()
    let box = PixelRect(x: 40, y: 100, width: 16, height: 24)
    var motions = try film.show(for: 0.5, ignoring: [box.insetBy(-4)]) { canvas, _ in
      canvas.fill(box, .white)
    }
    motions += try film.show(for: 1.5) { _, _ in }
    #expect(motions.allSatisfy { $0.regions.isEmpty })
    #expect(motions.last?.stillSince == motions.first?.capturedAt)
  }

  @Test("a part of the screen is watched by itself, in the screen's pixels", arguments: [0.2, 4])
  func part(seconds: Double) throws {
    func fade(_ film: inout Film) throws -> [Motion] {
      _ = try film.show(for: 0.5) { _, _ in }
      return try film.show(for: seconds) { canvas, time in
        canvas.fill(panel, Ink(40 + Int(80 * time), 44 + Int(80 * time), 52 + Int(80 * time)))
      }
    }
    var beside = Film(in: PixelRect(x: 10, y: 10, width: 130, height: 60))
    #expect(try fade(&beside).allSatisfy { $0.regions.isEmpty })
    let part = PixelRect(x: 171, y: 87, width: 50, height: 41)
    var inside = Film(in: part)
    let regions = try fade(&inside).flatMap(\.regions)
    #expect(!regions.isEmpty && regions.allSatisfy { part.contains($0.box) })
  }

  @Test("where nothing counts, all is still since the first picture")
  func nothing() throws {
    var film = Film()
    let whole = PixelRect(x: 0, y: 0, width: 320, height: 180)
    let motions = try film.show(for: 0.2, ignoring: [whole]) { canvas, time in
      canvas.fill(panel, Ink(Int(200 * time), 0, 0))
    }
    #expect(motions.allSatisfy { $0.regions.isEmpty })
    #expect(motions.last?.stillSince == motions.first?.capturedAt)
  }
}
