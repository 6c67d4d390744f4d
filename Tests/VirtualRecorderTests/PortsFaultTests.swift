import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("Faults of the virtual rig")
struct PortsFaultTests {
  static let seeds = 0..<6
  /// Before the first strike and after the last.
  static let (before, after) = (2.0, 40.0)

  static func rig(_ fault: VirtualFault, _ seed: Int) -> VirtualRig {
    VirtualRig(testing: TestDevice(), seed: UInt64(seed), faults: [fault])
  }

  @Test(
    "A broken way of the picture says so once it is broken, and the mouse still works",
    arguments: [
      (VirtualFault.cableLost, SignalState.noCable), (.cableSilent, .noSignal),
      (.captureFrozen, .frozen), (.captureGone, .deviceGone),
      (.captureOutOfRange, .outOfRange),
    ])
  func signals(fault: VirtualFault, state: SignalState) async throws {
    for seed in Self.seeds {
      let rig = Self.rig(fault, seed)
      #expect(try await rig.look(after: Self.before).signal == .live)
      #expect(try await rig.look(after: Self.after).signal == state)
      #expect(try await rig.mouse.busState() == .configured)
      #expect(try await rig.power.readBack() == true)
    }
  }

  @Test("A frozen capture is silent for a while before it counts as frozen")
  func frozen() async throws {
    let rig = Self.rig(.captureFrozen, 1)
    try await rig.clock.sleep(until: .seconds(40))
    let short = try await rig.screen.reading(after: .seconds(40), by: .seconds(40.2))
    #expect(short.signal == .frozen)
    #expect(rig.clock.present == .seconds(40.2))
    let long = try await rig.screen.reading(after: .seconds(40.2), by: .seconds(60))
    #expect(long.signal == .frozen)
    #expect((40.7...40.8).contains(rig.clock.present.seconds))
  }

  @Test("A grabber that comes back locks anew; its first frames may be torn", arguments: seeds)
  func goneAndBack(seed: Int) async throws {
    let rig = Self.rig(.captureGoneAndBack, seed)
    var states: [SignalState] = []
    var last = MonotonicInstant.zero
    while last < .seconds(Self.after) {
      let reading = try await rig.screen.reading(after: last, by: .seconds(60))
      if states.last != reading.signal { states.append(reading.signal) }
      last = reading.instant
    }
    #expect(states == [.live, .deviceGone, .noSync, .live])
  }

  @Test("A grabber that was gone while nobody looked still says so, once", arguments: seeds)
  func goneUnseen(seed: Int) async throws {
    let rig = Self.rig(.captureGoneAndBack, seed)
    #expect(try await rig.look(after: 3).signal == .live)
    #expect(try await rig.look(after: Self.after).signal == .deviceGone)
    #expect(try await rig.look(after: Self.after + 2).signal == .live)
  }

  @Test("A repeated frame is the same picture under fresh numbers and times", arguments: seeds)
  func repeats(seed: Int) async throws {
    let rig = Self.rig(.captureRepeats, seed)
    let first = try #require(try await rig.look(after: Self.after).frame)
    _ = try await rig.mouse.send(PortsRigTests.move, by: .seconds(60))
    let second = try #require(try await rig.look(after: Self.after + 1).frame)
    #expect(second.luma == first.luma)
    #expect(second.number > first.number)
    #expect(second.capturedAt > first.capturedAt)
  }

  @Test("Black frames are live, and dark", arguments: seeds)
  func black(seed: Int) async throws {
    let rig = Self.rig(.captureBlack, seed)
    let frame = try #require(try await rig.look(after: Self.after).frame)
    #expect(frame.luma.grey < 40)
  }

  @Test("The grabber's own picture stands whatever the recorder does", arguments: seeds)
  func noInput(seed: Int) async throws {
    let rig = Self.rig(.captureNoInput, seed)
    let frame = try #require(try await rig.look(after: Self.after).frame)
    try await rig.power.setPower(on: false, by: .seconds(100))
    let later = try #require(try await rig.look(after: Self.after + 1).frame)
    #expect(frame.luma == later.luma)
    // The bars are strong colours, which this recorder never shows.
    #expect((frame.cb.samples.min() ?? 255) < 60)
  }

  @Test("Torn frames differ from whole ones", arguments: seeds)
  func garbled(seed: Int) async throws {
    let whole = try #require(
      try await VirtualRig(testing: TestDevice(), seed: UInt64(seed)).look(after: Self.after).frame)
    let torn = try #require(try await Self.rig(.captureGarbled, seed).look(after: Self.after).frame)
    #expect(torn.capturedAt == whole.capturedAt)
    #expect(torn.luma != whole.luma)
  }

  @Test("An unplugged mouse is not attached, and sends nothing", arguments: seeds)
  func unplugged(seed: Int) async throws {
    let rig = Self.rig(.mouseUnplugged, seed)
    #expect(try await rig.mouse.busState() == .configured)
    try await rig.clock.sleep(until: .seconds(Self.after))
    #expect(try await rig.mouse.busState() == .notAttached)
    #expect(try await rig.mouse.send(PortsRigTests.move, by: .seconds(60)) == .refused)
    #expect(try await rig.look(after: Self.after + 1).signal == .live)
  }

  @Test("Lost reports are delivered and change nothing", arguments: seeds)
  func lostReports(seed: Int) async throws {
    let rig = Self.rig(.mouseReportsLost, seed)
    let before = try #require(try await rig.look(after: Self.after).frame)
    #expect(try await rig.mouse.send(PortsRigTests.move, by: .seconds(60)) == .delivered)
    #expect(try await rig.mouse.busState() == .configured)
    let after = try #require(try await rig.look(after: Self.after + 1).frame)
    #expect(abs(before.luma.grey - after.luma.grey) < 3)
  }

  @Test("A relay that is stuck on says so, and the picture stays")
  func stuckOn() async throws {
    let rig = Self.rig(.relayStuckOn, 0)
    try await rig.power.setPower(on: false, by: .seconds(60))
    #expect(try await rig.power.readBack() == true)
    #expect(try await rig.look(after: 2).signal == .live)
  }

  @Test("A relay that falls open says so, and no order closes it", arguments: seeds)
  func stuckOff(seed: Int) async throws {
    let rig = Self.rig(.relayStuckOff, seed)
    #expect(try await rig.power.readBack() == true)
    #expect(try await rig.look(after: Self.after).signal == .noSignal)
    #expect(try await rig.mouse.busState() == .notAttached)
    try await rig.power.setPower(on: true, by: .seconds(60))
    #expect(try await rig.power.readBack() == false)
    #expect(try await rig.look(after: Self.after + 10).signal == .noSignal)
  }

  @Test("A relay that lies reads back off while the picture stays")
  func lies() async throws {
    let rig = Self.rig(.relayLies, 0)
    try await rig.power.setPower(on: false, by: .seconds(60))
    #expect(try await rig.power.readBack() == false)
    #expect(try await rig.look(after: 2).signal == .live)
  }

  @Test("A mail server that does not answer is a fault of the mailbox", arguments: seeds)
  func mailbox(seed: Int) async throws {
    let rig = Self.rig(.mailboxUnreachable, seed)
    try await rig.clock.sleep(until: .seconds(Self.after))
    await #expect(
      throws: BenchError.fault(RigFault(.mail, .mailUnreachable, "the mail server does not answer"))
    ) { try await rig.reachMailServer(by: .seconds(100)) }
    #expect(rig.clock.present == .seconds(Self.after + 10))
  }

  @Test("A pointer that is never drawn, or drawn 30 pixels off", arguments: seeds)
  func pointer(seed: Int) async throws {
    func brightest(_ faults: Set<VirtualFault>) async throws -> PixelPoint? {
      let rig = VirtualRig(testing: TestDevice(), seed: UInt64(seed), faults: faults)
      let luma = try #require(try await rig.look(after: 1).frame).luma
      var (sumX, sumY, count) = (0, 0, 0)
      for y in 0..<luma.height {
        for x in 0..<luma.width where luma[x, y] > 150 {
          (sumX, sumY, count) = (sumX + x, sumY + y, count + 1)
        }
      }
      return count < 100 ? nil : PixelPoint(x: sumX / count, y: sumY / count)
    }
    let right = try #require(try await brightest([]))
    #expect(try await brightest([.pointerNeverDrawn]) == nil)
    let off = try #require(try await brightest([.pointerOffset]))
    #expect((28...32).contains(right.distance(to: off)))
  }

  @Test("Each fault strikes at its own moment, whatever else is wrong")
  func independence() {
    for fault in VirtualFault.allCases {
      let alone = FaultPlan([fault], seed: 3)
      let together = FaultPlan(Set(VirtualFault.allCases), seed: 3)
      #expect(alone.start(of: fault) == together.start(of: fault))
      #expect(alone.start(of: fault) != nil)
    }
    let moments = (0..<20).compactMap {
      FaultPlan([.cableLost], seed: $0).start(of: .cableLost)?.seconds
    }
    #expect(Set(moments).count > 15)
    #expect(moments.allSatisfy { (4...30).contains($0) })
  }

  @Test("The catalogue names everything once, in lower case with hyphens")
  func catalogue() {
    let names = [VirtualCatalogue.models, VirtualCatalogue.defects, VirtualCatalogue.faults]
    for entries in names {
      #expect(Set(entries.map(\.name)).count == entries.count)
      for entry in entries {
        #expect(
          entry.name.allSatisfy { $0 == "-" || $0.isNumber || ($0.isLetter && $0.isLowercase) })
        #expect(!entry.about.isEmpty && !entry.about.hasSuffix("."))
      }
    }
    #expect(VirtualCatalogue.faults.count >= 12)
  }

  @Test("A name that does not exist is refused with the names that do")
  func unknownNames() {
    let options = VirtualRecorderOptions(faults: ["cable-lots"])
    let error = #expect(throws: UnknownVirtualName.self) {
      try VirtualRig(options, pace: .asFastAsPossible) { _ in }
    }
    #expect(error?.description.contains("no fault is called cable-lots") == true)
    #expect(error?.description.contains("cable-lost") == true)
  }
}
