import Bench
import Frames
import Hands
import Testing

@testable import Desk

/// How long clicks take, in the desk's own time, which no machine's load changes.
@Suite struct ClickTimingTests {
  private static let late = MonotonicInstant(nanoseconds: 3_600_000_000_000)

  /// What clicks took.
  private struct Clicks {
    var seconds: [Double] = []
    var beside = 0

    func share(_ part: Double) -> Double {
      seconds.sorted()[min(seconds.count - 1, Int(part * Double(seconds.count)))]
    }
  }

  /// Clicks on a desk, once to learn it and then on some small targets.
  private func clicks(on traits: DeskTraits, seed: UInt64) async throws -> Clicks {
    let desk = Desk(traits, seed: seed)
    let pilot = MousePilot(screen: desk.screen, mouse: desk.mouse, clock: desk.clock)
    try await pilot.click(at: PixelPoint(x: 640, y: 360), by: Self.late)
    var draw = Draw(seed: seed &+ 4000)
    var clicks = Clicks()
    for _ in 0..<8 {
      let box = PixelRect(
        x: draw.integer(10...1240), y: draw.integer(10...680), width: 20, height: 20)
      let begun = await desk.time
      let record = try await pilot.click(at: box.center, inside: box, by: Self.late)
      clicks.seconds.append(begun.duration(to: record.endedAt).inSeconds)
      let click = await desk.clicks.last
      if click.map({ box.contains($0.point) }) != true { clicks.beside += 1 }
    }
    return clicks
  }

  @Test(
    arguments: DeskAcceleration.allCases,
    [(17, 30), (17, 200), (33, 80), (33, 400), (100, 100), (200, 60), (200, 300)])
  func `A click on a small target is made in time, and never beside it`(
    acceleration: DeskAcceleration, way: (interval: Int, delay: Int)
  ) async throws {
    var all = Clicks()
    for seed: UInt64 in 1...3 {
      var traits = DeskTraits(seed: seed)
      traits.acceleration = acceleration
      traits.pictureInterval = .milliseconds(way.interval)
      traits.displayDelay = .milliseconds(way.delay)
      traits.lossProbability = 0.002
      let some = try await clicks(on: traits, seed: seed)
      all.seconds += some.seconds
      all.beside += some.beside
    }
    let limit = 0.6 + 3 * Double(way.interval + way.delay) / 1000
    #expect(all.beside == 0)
    #expect(all.share(0.5) <= limit)
    #expect(all.share(0.99) <= 2 * limit)
  }
}
