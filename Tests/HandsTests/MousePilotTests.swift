import Bench
import Frames
import Hands
import Testing

@testable import Desk

@Suite struct MousePilotTests {
  private static let late = MonotonicInstant(nanoseconds: 600_000_000_000)

  private func pilot(_ desk: Desk) -> MousePilot {
    MousePilot(screen: desk.screen, mouse: desk.mouse, clock: desk.clock)
  }

  @Test(arguments: 1...24)
  func `It clicks where it is told on a desk that it has never seen`(seed: UInt64) async throws {
    let desk = Desk(DeskTraits(seed: seed), seed: seed)
    let pilot = pilot(desk)
    var draw = Draw(seed: seed &+ 900)
    for index in 0..<6 {
      let target = PixelPoint(x: draw.integer(20...1260), y: draw.integer(20...700))
      let record = try await pilot.click(at: target, by: Self.late)
      let truth = try #require(await desk.clicks.last)
      #expect(await desk.clicks.count == index + 1)
      #expect(truth.point.distance(to: target) <= 5, "\(truth.point) for \(target)")
      #expect(record.frames <= (index == 0 ? 60 : 10))
    }
  }

  @Test func `A pointer drawn far off its hot spot is clicked by its hot spot`() async throws {
    for (x, y) in [(30, 30), (-30, 0), (0, -30), (30, -20)] {
      var traits = DeskTraits()
      traits.drawnOff = PixelPoint(x: x, y: y)
      let desk = Desk(traits, seed: 3)
      let target = PixelPoint(x: 400, y: 300)
      try await pilot(desk).click(at: target, by: Self.late)
      let truth = try #require(await desk.clicks.last)
      #expect(truth.point.distance(to: target) <= 5, "drawn \(x),\(y) off: \(truth.point)")
    }
  }

  @Test func `A pointer that is never drawn is reported with what was witnessed`() async throws {
    var traits = DeskTraits()
    traits.isPointerDrawn = false
    let desk = Desk(traits, seed: 4)
    let error = await #expect(throws: HandError.self) {
      try await self.pilot(desk).click(at: PixelPoint(x: 400, y: 300), by: Self.late)
    }
    guard case .pointerNotSeen(let search)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(search.busState == .configured)
    #expect(search.delivered > 100)
    #expect(search.pictureChanged)
    #expect(await desk.clicks.isEmpty)
  }

  @Test func `A host that does not take the mouse is waited for, and named in the end`()
    async throws
  {
    var traits = DeskTraits()
    traits.configuredAt = MonotonicInstant(nanoseconds: 5_000_000_000)
    let desk = Desk(traits, seed: 5)
    let early = MonotonicInstant(nanoseconds: 3_000_000_000)
    await #expect(throws: HandError.mouse(.notConfigured)) {
      try await self.pilot(desk).click(at: PixelPoint(x: 400, y: 300), by: early)
    }
    try await pilot(desk).click(at: PixelPoint(x: 400, y: 300), by: Self.late)
    #expect(await desk.clicks.count == 1)
  }

  /// Reports into which the reset falls: those of the way home, of learning, of the way to the target.
  @Test(arguments: [0.1, 0.6, 1.5, 2.5, 3.5])
  func `A way that a reset of the port breaks off is gone again`(seconds: Double) async throws {
    var traits = DeskTraits()
    traits.portReset = seconds..<seconds + 0.3
    let desk = Desk(traits, seed: 5)
    let pilot = pilot(desk)
    try await pilot.home(by: Self.late)
    for target in [PixelPoint(x: 400, y: 300), PixelPoint(x: 1200, y: 650)] {
      try await pilot.move(to: target, by: Self.late)
      #expect(await desk.hotSpot.distance(to: target) <= 4)
    }
    #expect(await desk.refusals == 1)
    #expect(await desk.clicks.isEmpty)
  }

  @Test func `A host that leaves together with its picture is told by the picture, in time`()
    async throws
  {
    var traits = DeskTraits()
    traits.configuredAt = MonotonicInstant(nanoseconds: 20_000_000_000)
    let desk = Desk(traits, seed: 5)
    await desk.lose(.noSignal)
    let error = await #expect(throws: HandError.self) {
      try await self.pilot(desk).click(at: PixelPoint(x: 400, y: 300), by: Self.late)
    }
    guard case .signal(.noSignal, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(await desk.time < traits.configuredAt)
  }

  @Test func `A lost picture ends the hand's work with the signal's state`() async throws {
    let desk = Desk(DeskTraits(), seed: 6)
    let pilot = pilot(desk)
    try await pilot.click(at: PixelPoint(x: 400, y: 300), by: Self.late)
    await desk.lose(.noSignal)
    let error = await #expect(throws: HandError.self) {
      try await pilot.click(at: PixelPoint(x: 600, y: 300), by: Self.late)
    }
    guard case .signal(.noSignal, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(await desk.clicks.count == 1)
  }

  @Test func `A pointer that hid itself is woken and brought to the target`() async throws {
    let desk = Desk(DeskTraits(seed: 7), seed: 7)
    let pilot = pilot(desk)
    try await pilot.click(at: PixelPoint(x: 400, y: 300), by: Self.late)
    try await desk.clock.sleep(until: await desk.time.advanced(by: .seconds(60)))
    let record = try await pilot.click(at: PixelPoint(x: 900, y: 200), by: Self.late)
    #expect(record.frames <= 8)
    #expect(await desk.clicks.last?.point.distance(to: PixelPoint(x: 900, y: 200)) ?? 99 <= 5)
  }

  @Test func `Double clicks, right clicks, wheel and drag do what they say`() async throws {
    let desk = Desk(DeskTraits(), seed: 8)
    let pilot = pilot(desk)
    try await pilot.click(at: PixelPoint(x: 500, y: 300), count: 2, by: Self.late)
    #expect(await desk.clicks.count == 2)
    try await pilot.click(at: PixelPoint(x: 500, y: 300), button: .right, by: Self.late)
    #expect(await desk.clicks.last?.button == .right)
    try await pilot.scroll(at: PixelPoint(x: 300, y: 300), detents: -4, by: Self.late)
    #expect(await desk.wheel == -4)
    let record = try await pilot.drag(
      from: PixelPoint(x: 200, y: 200), to: PixelPoint(x: 700, y: 400), by: Self.late)
    #expect(record.point.distance(to: PixelPoint(x: 700, y: 400)) <= 5)
  }

  @Test func `The pointer makes way for what is to be judged`() async throws {
    let desk = Desk(DeskTraits(), seed: 9)
    let pilot = pilot(desk)
    try await pilot.move(to: PixelPoint(x: 500, y: 300), by: Self.late)
    let judged = PixelRect(x: 300, y: 200, width: 400, height: 200)
    try await pilot.park(awayFrom: [judged], by: Self.late)
    let box = try #require(await pilot.pointerBox)
    #expect(!box.intersects(judged))
  }

  @Test func `A pointer that answers, and one that the host does not take, are told apart`()
    async throws
  {
    let desk = Desk(DeskTraits(), seed: 10)
    let pilot = pilot(desk)
    try await pilot.move(to: PixelPoint(x: 500, y: 300), by: Self.late)
    #expect(try await pilot.answer(by: Self.late) == .answered)
    var traits = DeskTraits()
    traits.configuredAt = Self.late
    let unplugged = Desk(traits, seed: 10)
    #expect(try await self.pilot(unplugged).answer(by: Self.late) == .noHost)
  }

  @Test(arguments: [DeskPointer.Shape.crossHair, .ring])
  func `A pointer that hardly shows in the corner answers all the same`(shape: DeskPointer.Shape)
    async throws
  {
    var traits = DeskTraits()
    traits.shape = shape
    traits.drawnOff = PixelPoint(x: -8, y: -8)
    let pilot = pilot(Desk(traits, seed: 11))
    try await pilot.move(to: PixelPoint(x: 500, y: 300), by: Self.late)
    try await pilot.home(by: Self.late)
    #expect(try await pilot.answer(by: Self.late) == .answered)
  }

  @Test func `What looks like the pointer but does not move with the mouse is not taken for it`()
    async throws
  {
    var traits = DeskTraits()
    traits.decoy = PixelPoint(x: 500, y: 289)
    let desk = Desk(traits, seed: 12)
    try await pilot(desk).click(at: PixelPoint(x: 500, y: 300), by: Self.late)
    let click = try #require(await desk.clicks.last)
    #expect(click.point.distance(to: PixelPoint(x: 500, y: 300)) <= 4)
  }
}
