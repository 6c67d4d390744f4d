import Bench
import Frames
import Hands
import RecorderModel
import Testing

@testable import Desk

@Suite struct KeyboardTypistTests {
  private static let late = MonotonicInstant(nanoseconds: 600_000_000_000)

  private func typist(
    _ desk: Desk, knowsPages: Bool = false, unclear: [(wanted: Character, rival: Character)] = []
  ) throws -> KeyboardTypist {
    let keyboard = try #require(desk.keyboard)
    return KeyboardTypist(
      pilot: MousePilot(screen: desk.screen, mouse: desk.mouse, clock: desk.clock),
      screen: desk.screen, clock: desk.clock, keyboard: keyboard.layout,
      eyes: DeskEyes(desk: desk, knowsPages: knowsPages, unclear: unclear))
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

  private func desk(
    display: TextField.Display = .text, hasClear: Bool = false,
    _ change: (inout DeskTraits) -> Void = { _ in }
  ) -> Desk {
    var traits = DeskTraits()
    change(&traits)
    return Desk(
      traits, seed: 21, keyboard: DeskKeyboard.standard(display: display, hasClear: hasClear))
  }

  @Test(arguments: [500, 1000, 2000])
  func `A last character that shows for a while is waited for until it is a dot`(
    milliseconds: Int
  ) async throws {
    let desk = desk(display: .dots)
    await desk.showLast(for: .milliseconds(milliseconds))
    let result = try await typist(desk).type(request("abc12", desk), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(result.corrections == 0)
    #expect(await String(desk.keys.text) == "abc12")
  }

  @Test func `What never becomes dots is not counted as another number of them`() async throws {
    let desk = desk(display: .dots)
    await desk.showLast(for: .seconds(3600))
    let result = try await typist(desk).type(request("abc12", desk), by: Self.late)
    #expect(result.outcome == .countDiffers(expected: 5, shown: nil))
  }

  private func request(_ text: String, _ desk: Desk, isSecret: Bool = false) -> TypingRequest {
    TypingRequest(text: text, field: desk.keyboard?.field, isSecret: isSecret)
  }

  @Test(arguments: [false, true])
  func `A field that holds something is emptied first`(hasClear: Bool) async throws {
    for display in TextField.Display.allCases {
      let desk = desk(display: display, hasClear: hasClear)
      await desk.hold("old")
      let result = try await typist(desk).type(request("new7", desk), by: Self.late)
      #expect(result.outcome == .matched)
      #expect(await String(desk.keys.text) == "new7")
    }
  }

  @Test func `A key that does not always take the click is pressed again, not twice`()
    async throws
  {
    let desk = desk { $0.deafness = 0.2 }
    let result = try await typist(desk).type(request("mississippi", desk), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(result.repeatedKeys > 0)
    #expect(await String(desk.keys.text) == "mississippi")
  }

  @Test func `A key whose effect comes late is waited for`() async throws {
    let desk = desk { $0.keyDelay = .milliseconds(700) }
    let result = try await typist(desk).type(request("llama", desk), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(result.repeatedKeys == 0)
  }

  @Test func `A key whose effect comes later than anyone waits is corrected`() async throws {
    let desk = desk { $0.keyDelay = .milliseconds(1600) }
    let result = try await typist(desk).type(request("ab", desk), by: Self.late)
    #expect(await String(desk.keys.text) == "ab" || !result.isAsMeant)
  }

  @Test func `A key that types another character is told, but not what of a secret`()
    async throws
  {
    for isSecret in [false, true] {
      let desk = desk()
      await desk.swap("k", for: "x")
      let result = try await typist(desk).type(
        request("disk", desk, isSecret: isSecret), by: Self.late)
      #expect(result.outcome == .showsSomethingElse(shown: isSecret ? nil : "disx"))
      #expect(result.corrections > 0)
      if isSecret { #expect(!"\(result)".contains("dis")) }
    }
  }

  @Test func `What can't be told from a look-alike is compared with both, which are removed again`()
    async throws
  {
    let desk = desk()
    let result = try await typist(desk, unclear: [("z", "2")]).type(
      request("zz99zz", desk), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(result.keysPressed == 6 + 2 + 2)
    #expect(await String(desk.keys.text) == "zz99zz")
  }

  @Test func `A key that types a look-alike is told by what both keys type`() async throws {
    let desk = desk()
    await desk.swap("z", for: "2")
    let result = try await typist(desk, unclear: [("z", "2")]).type(
      request("zz99zz", desk), by: Self.late)
    #expect(result.outcome == .showsSomethingElse(shown: "229922"))
  }

  @Test(arguments: [false, true])
  func `What can't be told even so is unclear, and no secret of it is said`(isSecret: Bool)
    async throws
  {
    let desk = desk()
    // The keyboard has no key to compare with.
    let result = try await typist(desk, unclear: [("k", "ĸ")]).type(
      request("disk", desk, isSecret: isSecret), by: Self.late)
    #expect(result.outcome == .unclear(read: isSecret ? nil : "disk"))
    #expect(result.corrections == 1)
    #expect(await String(desk.keys.text) == "disk")
  }

  @Test func `A character that reading passes over is taken back with the others`() async throws {
    let desk = desk()
    await desk.swap("s", for: "¦")
    let result = try await typist(desk).type(request("disks", desk), by: Self.late)
    #expect(result.outcome == .showsSomethingElse(shown: "dik"))
    #expect(await String(desk.keys.text) == "di¦k¦")
  }

  @Test(arguments: [PixelPoint(x: 50, y: 0), PixelPoint(x: -50, y: 0), PixelPoint(x: 0, y: 60)])
  func `A press that went to another key is taken back, though dots do not tell`(slip: PixelPoint)
    async throws
  {
    let desk = desk(display: .dots) { $0.slips = [1: slip, 6: slip] }
    let result = try await typist(desk, knowsPages: true).type(
      request("gfDhgf3hgfh", desk, isSecret: true), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(result.pressesBeside == 2)
    #expect(await String(desk.keys.text) == "gfDhgf3hgfh")
  }

  @Test(arguments: [("upper", "lower"), ("upper", nil), ("symbols", nil)])
  func `A page that was left up does not change what is typed, be it for one key or for good`(
    page: String, back: String?
  ) async throws {
    let desk = desk(display: .dots)
    await desk.leave(page: page, returningTo: back)
    let result = try await typist(desk, knowsPages: true).type(
      request("GHxY-q", desk, isSecret: true), by: Self.late)
    #expect(result.outcome == .matched)
    #expect(await String(desk.keys.text) == "GHxY-q")
  }

  @Test func `Clicks that reach no key end the typing soon`() async throws {
    let desk = desk { $0.deafness = 1 }
    let result = try await typist(desk).type(request("abcdefgh", desk), by: Self.late)
    #expect(result.outcome == .showsSomethingElse(shown: ""))
    #expect(result.keysPressed <= 6)
  }

  @Test func `A character that the keyboard lacks is refused before anything is typed`()
    async throws
  {
    let desk = desk()
    let typist = try typist(desk)
    #expect(!typist.canType("naïve"))
    await #expect(throws: HandError.characterNotOnKeyboard) {
      try await typist.type(self.request("naïve", desk), by: Self.late)
    }
    #expect(await desk.clicks.isEmpty)
  }
}
