import Bench
import Frames
import Hands
import RecorderModel
import Testing

@Suite struct KeyboardTypistTests {
  private static let late = MonotonicInstant(nanoseconds: 600_000_000_000)

  private func typist(_ desk: Desk, knowsPages: Bool = false) throws -> KeyboardTypist {
    let keyboard = try #require(desk.keyboard)
    return KeyboardTypist(
      pilot: MousePilot(screen: desk.screen, mouse: desk.mouse, clock: desk.clock),
      screen: desk.screen, clock: desk.clock, keyboard: keyboard.layout,
      eyes: DeskEyes(desk: desk, knowsPages: knowsPages))
  }

  @Test(arguments: 1...12)
  func `It types what it is told on any desk, pages and shift included`(seed: UInt64) async throws {
    let display: TextField.Display = seed % 2 == 0 ? .dots : .text
    let keyboard = DeskKeyboard.standard(display: display, hasClear: seed % 3 == 0)
    let desk = Desk(DeskTraits(seed: seed), seed: seed, keyboard: keyboard)
    let typist = try typist(desk, knowsPages: seed % 4 < 2)
    let text = "aB3-x.Zil1!q"
    let result = try await typist.type(
      TypingRequest(text: text, field: keyboard.field, isSecret: false), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(await String(desk.keys.text) == text)
    try await typist.pressEnter(by: Self.late)
    try await desk.clock.sleep(until: await desk.time.advanced(by: .seconds(1)))
    #expect(await desk.keys.entered == 1)
    #expect(result.frames <= 15 + result.keysPressed * 5)
  }
}
