import Frames
import Testing

@testable import VirtualRecorder

@Suite("Moments and disturbances that are set")
struct DisturbanceTests {
  @Test("A fault strikes when it is told to, and no other is moved")
  func faultMoment() {
    let plan = FaultPlan([.cableLost, .relayLies], seed: 3, moments: [.cableLost: .seconds(77)])
    #expect(plan.start(of: .cableLost) == .seconds(77))
    #expect(!plan.isActive(.cableLost, at: .seconds(76.9)))
    #expect(plan.start(of: .relayLies) == FaultPlan([.relayLies], seed: 3).start(of: .relayLies))
  }

  @Test("A defect that sets in later is not there before")
  func onset() {
    let harness = RecorderHarness(
      .nightSeries, defects: [.menuBarMissing], onsets: [.menuBarMissing: .seconds(60)])
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
    harness.click(.cancel)
    harness.wait(60)
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow == nil)
  }

  @Test("A defect that sets in outlives restarts")
  func onsetAndRestart() {
    let harness = RecorderHarness(
      .nightSeries, defects: [.menuBarMissing], onsets: [.menuBarMissing: .seconds(1)])
    harness.cutPower(for: 10)
    #expect(harness.waitForLiveView())
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow == nil)
  }

  @Test("A hang strikes in the window that is open, or with the next one")
  func hang() {
    let open = RecorderHarness(
      .nightSeries, defects: [.hangsInMenu], onsets: [.hangsInMenu: .seconds(30)])
    open.chooseIcon()
    open.wait(30)
    #expect(open.device.firmware?.hungAt == .seconds(30))

    let closed = RecorderHarness(
      .nightSeries, defects: [.hangsInMenu], onsets: [.hangsInMenu: .seconds(30)])
    closed.wait(40)
    #expect(closed.device.firmware?.hungAt == nil)
    closed.chooseIcon()
    closed.wait(3)
    #expect(closed.device.firmware?.hungAt != nil)
  }

  @Test("A pause of the host wakes whoever waits across its beginning at its end")
  func pause() async throws {
    let clock = VirtualClock(
      pace: .asFastAsPossible, calendarStart: 0,
      pauses: [
        HostPause(at: .seconds(20), length: .seconds(3)),
        HostPause(at: .seconds(22), length: .seconds(2)),
      ])
    try await clock.sleep(until: .seconds(19))
    #expect(await clock.now() == .seconds(19))
    try await clock.sleep(until: .seconds(21))
    #expect(await clock.now() == .seconds(24))
    try await clock.sleep(until: .seconds(25))
    #expect(await clock.now() == .seconds(25))
  }

  @Test("What is set of the grabber is so, and the rest as the seed draws it")
  func capture() {
    let drawn = CaptureCharacter(seed: 4)
    #expect(drawn.changed(by: CaptureOptions()) == drawn)
    var set = drawn
    set.tone = .brightness(-9)
    set.quality = 61
    #expect(drawn.changed(by: CaptureOptions(tone: .brightness(-9), quality: 61)) == set)
  }

  @Test("The acceleration that is set takes the place of the drawn one, and of nothing else")
  func acceleration() {
    let drawn = Unkindness(seed: 9, switches: .all, model: .nightSeries)
    let set = Unkindness(seed: 9, switches: .all, model: .nightSeries, acceleration: 0.25)
    #expect(set.accelerationSlope == 0.25)
    #expect(set.gain == drawn.gain)
    #expect(set.accelerationLimit == drawn.accelerationLimit)
    #expect(set.hidesAfter == drawn.hidesAfter)
  }
}
