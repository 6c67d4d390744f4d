import Bench
import Frames
import Hands
import Testing

/// How long clicks take, in the desk's own time, which no machine's load changes.
@Suite struct ClickTimingTests {
  private static let late = MonotonicInstant(nanoseconds: 3_600_000_000_000)

  /// A way of moving pictures and pointers, and what clicks on it took.
  private struct Desks {
    var seconds: [Double] = []
    var beside = 0

    mutating func play(
      _ acceleration: DeskAcceleration, interval: Duration, delay: Duration, seed: UInt64
    ) async throws {
      var traits = DeskTraits(seed: seed)
      traits.acceleration = acceleration
      traits.pictureInterval = interval
      traits.displayDelay = delay
      traits.lossProbability = 0.002
      let desk = Desk(traits, seed: seed)
      let pilot = MousePilot(screen: desk.screen, mouse: desk.mouse, clock: desk.clock)
      try await pilot.click(at: PixelPoint(x: 640, y: 360), by: ClickTimingTests.late)
      var draw = Draw(seed: seed &+ 4000)
      for _ in 0..<8 {
        let box = PixelRect(
          x: draw.integer(10...1240), y: draw.integer(10...680), width: 20, height: 20)
        let begun = await desk.time
        let record = try await pilot.click(at: box.center, inside: box, by: ClickTimingTests.late)
        seconds.append(begun.duration(to: record.endedAt).inSeconds)
        if await desk.clicks.last.map({ box.contains($0.point) }) != true { beside += 1 }
      }
    }

    func share(_ part: Double) -> Double {
      seconds.sorted()[min(seconds.count - 1, Int(part * Double(seconds.count)))]
    }
  }

  @Test(
    arguments: DeskAcceleration.allCases,
    [(17, 30), (17, 200), (33, 80), (33, 400), (100, 100), (200, 60), (200, 300)])
  func `A click on a small target is made in time, and never beside it`(
    acceleration: DeskAcceleration, way: (interval: Int, delay: Int)
  ) async throws {
    var desks = Desks()
    for seed: UInt64 in 1...3 {
      try await desks.play(
        acceleration, interval: .milliseconds(way.interval), delay: .milliseconds(way.delay),
        seed: seed)
    }
    let limit = 0.6 + 3 * Double(way.interval + way.delay) / 1000
    print("CLICKS \(acceleration) \(way) median \(desks.share(0.5)) p99 \(desks.share(0.99)) limit \(limit) beside \(desks.beside)")
    #expect(desks.beside == 0)
    #expect(desks.share(0.5) <= limit)
    #expect(desks.share(0.99) <= 2 * limit)
  }
}
