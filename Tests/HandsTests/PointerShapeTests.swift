import Bench
import Frames
import Hands
import Testing

@testable import Desk

/// A recorder whose pointer changes its shape, or whose host accelerates by the speed that it sees.
@Suite struct PointerShapeTests {
  private static let late = MonotonicInstant(nanoseconds: 900_000_000_000)

  private func pilot(_ desk: Desk) -> MousePilot {
    MousePilot(screen: desk.screen, mouse: desk.mouse, clock: desk.clock)
  }

  private static let button = PixelRect(x: 300, y: 300, width: 120, height: 36)
  private static let entry = PixelRect(x: 620, y: 400, width: 220, height: 34)

  /// An icon on a bar that makes a hand of the pointer all along.
  private static let icon = PixelRect(x: 60, y: 500, width: 80, height: 60)

  /// A desk with that bar.
  private static func bar(seed: UInt64) -> DeskTraits {
    var traits = DeskTraits(seed: seed)
    traits.acceleration = .adaptive
    traits.shape = .arrow
    traits.things = [
      DeskThing(box: PixelRect(x: 0, y: 420, width: 206, height: 300), shape: .hand)
    ]
    return traits
  }

  @Test(arguments: [DeskScenery.menu, .both, .moving], [DeskAcceleration.bySlope, .adaptive])
  func `A pointer that becomes a hand over a button and a beam over an entry is brought onto both`(
    scenery: DeskScenery, acceleration: DeskAcceleration
  ) async throws {
    for seed: UInt64 in 21...24 {
      var traits = DeskTraits(seed: seed)
      traits.scenery = scenery
      traits.acceleration = acceleration
      traits.shape = .arrow
      traits.things = [
        DeskThing(box: Self.button, shape: .hand), DeskThing(box: Self.entry, shape: .beam),
      ]
      let desk = Desk(traits, seed: seed)
      let pilot = pilot(desk)
      for (index, box) in [Self.button, Self.entry, Self.button, Self.entry].enumerated() {
        let record = try await pilot.click(at: box.center, inside: box, by: Self.late)
        let click = try #require(await desk.clicks.last)
        #expect(await desk.clicks.count == index + 1)
        #expect(box.contains(click.point), "\(click.point), seed \(seed)")
        // Before a moving picture something else may have to be told from it first.
        if index > 1, scenery != .moving {
          #expect(record.frames <= 26, "a shape that was met needs no second meeting")
        }
      }
    }
  }

  @Test(arguments: 41...48 as ClosedRange<UInt64>)
  func `Keys under which the pointer is a hand are hit, however far a way overshoots`(seed: UInt64)
    async throws
  {
    let keys = (0..<4).flatMap { row in
      (0..<10).map { PixelRect(x: 300 + 59 * $0, y: 200 + 47 * row, width: 54, height: 42) }
    }
    var traits = DeskTraits(seed: seed)
    traits.acceleration = .adaptive
    traits.shape = .arrow
    traits.things = keys.map { DeskThing(box: $0, shape: .hand) }
    let desk = Desk(traits, seed: seed)
    let pilot = pilot(desk)
    var draw = Draw(seed: seed &+ 5)
    for _ in 0..<12 {
      let key = keys[draw.integer(0...(keys.count - 1))]
      try await pilot.click(at: key.center, inside: key, by: Self.late)
      let click = try #require(await desk.clicks.last)
      #expect(key.contains(click.point), "\(click.point) for \(key)")
    }
  }

  @Test(arguments: 51...58 as ClosedRange<UInt64>, [false, true])
  func `A bar that makes a hand of the pointer all along is left to find out where the hand points`(
    seed: UInt64, hasLookAlike: Bool
  ) async throws {
    var traits = Self.bar(seed: seed)
    let icon = Self.icon
    if hasLookAlike { traits.decoy = PixelPoint(x: 104, y: 516) }
    let desk = Desk(traits, seed: seed)
    let pilot = pilot(desk)
    try await pilot.click(at: PixelPoint(x: 640, y: 360), by: Self.late)
    let reading = try await desk.screen.reading(after: await desk.time, by: Self.late)
    try await pilot.click(
      at: icon.center, inside: icon, unlike: reading.frame, by: Self.late)
    let click = try #require(await desk.clicks.last)
    #expect(icon.contains(click.point), "\(click.point)")
  }

  @Test
  func `A button in the corner that makes a hand of the pointer seldom keeps it from being learnt`()
    async throws
  {
    var missed = 0
    for seed: UInt64 in 61...68 {
      var traits = DeskTraits(seed: seed)
      traits.shape = .arrow
      traits.scenery = .moving
      traits.things = [
        DeskThing(box: PixelRect(x: 0, y: 0, width: 138, height: 138), shape: .hand)
      ]
      let desk = Desk(traits, seed: seed)
      let target = PixelPoint(x: 640, y: 500)
      do {
        try await pilot(desk).click(at: target, by: Self.late)
      } catch {
        missed += 1
        continue
      }
      #expect(try #require(await desk.clicks.last).point.distance(to: target) <= 5)
    }
    #expect(missed <= 1, "where reports move it little, all that is learnt is the hand")
  }

  @Test(arguments: 51...58 as ClosedRange<UInt64>)
  func `A pointer that something covers while its hand is found out is not learnt anew`(
    seed: UInt64
  ) async throws {
    var traits = Self.bar(seed: seed)
    let icon = Self.icon
    let start = PixelPoint(x: 640, y: 360)
    let undisturbed = Desk(traits, seed: seed)
    let first = pilot(undisturbed)
    try await first.click(at: start, by: Self.late)
    let from = await undisturbed.time.seconds
    try await first.click(at: icon.center, inside: icon, by: Self.late)
    let until = await undisturbed.time.seconds
    var draw = Draw(seed: seed &+ 7)
    for _ in 0..<6 {
      let covered = draw.number(from...until)
      traits.pointerCovered = covered..<covered + 0.4
      let desk = Desk(traits, seed: seed)
      let pilot = pilot(desk)
      try await pilot.click(at: start, by: Self.late)
      try await pilot.click(at: icon.center, inside: icon, by: Self.late)
      let click = try #require(await desk.clicks.last)
      #expect(icon.contains(click.point), "\(click.point), covered at \(covered) s")
      let more = await desk.time.seconds - until
      #expect(more < 8, "\(more) s more, covered at \(covered) s")
    }
  }

  @Test func `A pointer that is a watch everywhere while busy is known again afterwards`()
    async throws
  {
    var traits = DeskTraits(seed: 31)
    traits.shape = .arrow
    traits.things = [
      DeskThing(box: PixelRect(x: 500, y: 0, width: 780, height: 720), shape: .watch)
    ]
    let desk = Desk(traits, seed: 31)
    let pilot = pilot(desk)
    try await pilot.click(at: PixelPoint(x: 200, y: 500), by: Self.late)
    let target = PixelRect(x: 800, y: 300, width: 200, height: 80)
    try await pilot.click(at: target.center, inside: target, by: Self.late)
    #expect(target.contains(try #require(await desk.clicks.last).point))
    try await pilot.click(at: PixelPoint(x: 300, y: 400), by: Self.late)
    let click = try #require(await desk.clicks.last)
    #expect(click.point.distance(to: PixelPoint(x: 300, y: 400)) <= 5)
  }

  @Test(arguments: 1...16)
  func `A host that accelerates by the speed it sees is steered all the same`(seed: UInt64)
    async throws
  {
    var traits = DeskTraits(seed: seed)
    traits.acceleration = .adaptive
    let desk = Desk(traits, seed: seed)
    let pilot = pilot(desk)
    var draw = Draw(seed: seed &+ 70)
    for index in 0..<6 {
      let target = PixelPoint(x: draw.integer(20...1260), y: draw.integer(20...700))
      let record = try await pilot.click(at: target, by: Self.late)
      let truth = try #require(await desk.clicks.last)
      #expect(truth.point.distance(to: target) <= 5, "\(truth.point) for \(target)")
      #expect(record.frames <= (index == 0 ? 42 : 14))
    }
  }

  @Test(arguments: [Duration.milliseconds(17), .milliseconds(200)], [30, 150, 300, 400])
  func `Pictures that come seldom or late are waited for`(interval: Duration, delay: Int)
    async throws
  {
    for acceleration in DeskAcceleration.allCases {
      var traits = DeskTraits(seed: 5)
      traits.acceleration = acceleration
      traits.pictureInterval = interval
      traits.displayDelay = .milliseconds(delay)
      let desk = Desk(traits, seed: 5)
      let pilot = pilot(desk)
      for target in [PixelPoint(x: 900, y: 200), PixelPoint(x: 100, y: 650)] {
        try await pilot.click(at: target, by: Self.late)
        let truth = try #require(await desk.clicks.last)
        #expect(truth.point.distance(to: target) <= 5, "\(truth.point) for \(target)")
      }
    }
  }
}
