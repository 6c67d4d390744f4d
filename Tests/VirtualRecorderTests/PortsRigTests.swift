import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("The virtual rig's ports")
struct PortsRigTests {
  static let move = MouseReport(dx: 5, dy: 0)

  @Test("Each picture is captured later than asked, and reading them takes their time")
  func freshFrames() async throws {
    let rig = VirtualRig(testing: TestDevice())
    var last = MonotonicInstant.zero
    for _ in 0..<60 {
      let reading = try await rig.screen.reading(after: last, by: .seconds(60))
      #expect(reading.signal == .live)
      #expect(reading.instant > last)
      #expect(rig.clock.present >= reading.instant)
      last = reading.instant
    }
    #expect((1.9...2.2).contains(last.seconds))
    let later = try await rig.look(after: 10)
    #expect(later.instant > .seconds(10))
    #expect(later.instant < .seconds(10.05))
    let number = try #require(later.frame?.number)
    #expect((295...305).contains(number))
  }

  @Test("Two readers of the same frame see the same, and no time passes for the second")
  func sameFrame() async throws {
    let rig = VirtualRig(testing: TestDevice())
    let first = try await rig.screen.reading(after: .zero, by: .seconds(1))
    let before = rig.clock.present
    let second = try await rig.screen.reading(after: .zero, by: .seconds(1))
    #expect(first.frame?.number == second.frame?.number)
    #expect(first.frame?.luma == second.frame?.luma)
    #expect(rig.clock.present == before)
  }

  @Test("A picture shows the recorder as it was one to three frames before", arguments: 0..<10)
  func latency(seed: Int) async throws {
    let rig = VirtualRig(testing: TestDevice(), seed: UInt64(seed))
    let before = try #require(try await rig.look(after: 5).frame?.luma.grey)
    #expect(try await rig.mouse.send(Self.move, by: .seconds(60)) == .delivered)
    let sent = rig.clock.present
    var last = sent
    while last < sent.advanced(by: .seconds(1)) {
      let frame = try #require(
        try await rig.screen.reading(after: last, by: .seconds(60)).frame)
      last = frame.capturedAt
      if frame.luma.grey > before + 15 { break }
    }
    let delay = sent.duration(to: last).inSeconds
    #expect((0.03...0.14).contains(delay))
  }

  @Test("A deadline before the next frame ends the wait at the deadline")
  func deadline() async throws {
    let rig = VirtualRig(testing: TestDevice())
    let frame = try #require(try await rig.look(after: 1).frame)
    let deadline = rig.clock.present.advanced(by: .milliseconds(2))
    let reading = try await rig.screen.reading(after: frame.capturedAt, by: deadline)
    #expect(reading.signal == .frozen)
    #expect(rig.clock.present == deadline)
  }

  @Test("Without power there is no signal, no host for the mouse, and a later start")
  func power() async throws {
    let rig = VirtualRig(testing: TestDevice())
    #expect(try await rig.look(after: 1).signal == .live)
    #expect(try await rig.power.readBack() == true)
    try await rig.power.setPower(on: false, by: .seconds(60))
    #expect(try await rig.power.readBack() == false)
    #expect(try await rig.look(after: 2).signal == .noSignal)
    #expect(try await rig.mouse.busState() == .notAttached)
    #expect(try await rig.mouse.send(Self.move, by: .seconds(60)) == .refused)

    try await rig.clock.sleep(until: .seconds(12))
    try await rig.power.setPower(on: true, by: .seconds(60))
    #expect(try await rig.look(after: 13).signal == .noSignal)
    #expect(try await rig.mouse.busState() == .notConfigured)
    var states: [SignalState] = []
    var last = MonotonicInstant.seconds(13.5)
    while last < .seconds(16) {
      let reading = try await rig.screen.reading(after: last, by: .seconds(60))
      if states.last != reading.signal { states.append(reading.signal) }
      last = reading.instant
    }
    #expect(states == [.noSignal, .noSync, .live])
    #expect(try await rig.mouse.busState() == .configured)
  }

  @Test("A port that was asked to stop throws, and nothing happens")
  func cancellation() async {
    let rig = VirtualRig(testing: TestDevice())
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try await rig.screen.reading(after: .zero, by: .seconds(60))
    }
    await #expect(throws: BenchError.cancelled) { try await task.value }
    #expect(rig.clock.present == .zero)
  }

  @Test("A slow grabber is frozen for those who are in a hurry, and slow for the patient")
  func slowGrabber() async throws {
    for patience in [1, 3] {
      let rig = VirtualRig(
        device: TestDevice(), seed: 5, faults: FaultPlan([], seed: 5),
        capture: CaptureOptions(every: .milliseconds(700)), patience: patience,
        clock: VirtualClock(pace: .asFastAsPossible, calendarStart: 1_800_000_000)
      ) { _ in }
      var (last, signals) = (MonotonicInstant.zero, [SignalState]())
      for _ in 0..<6 {
        let reading = try await rig.screen.reading(after: last, by: .seconds(60))
        if last > .zero, reading.frame != nil, patience == 3 {
          #expect((0.69...0.71).contains(last.duration(to: reading.instant).inSeconds))
        }
        last = reading.instant
        signals.append(reading.signal)
      }
      #expect(signals.contains(.frozen) == (patience == 1))
    }
  }

  @Test("Mail arrives in the order in which it was sent, within a minute", arguments: 0..<20)
  func mail(seed: Int) async throws {
    let log = DeliveryLog()
    let rig = VirtualRig(
      testing: TestDevice(mailAt: [3, 4, 9]), seed: UInt64(seed), log: log)
    try await rig.clock.sleep(until: .seconds(4.9))
    #expect(log.arrivals.isEmpty)
    try await rig.clock.sleep(until: .seconds(80))
    #expect(log.arrivals.map(\.serial) == [1, 2, 3])
    #expect(log.arrivals.map(\.mail.sentAt.seconds) == [3, 4, 9])
    for arrival in log.arrivals {
      let delay = arrival.mail.sentAt.duration(to: arrival.instant).inSeconds
      #expect((2...60).contains(delay))
      #expect(arrival.secondsSince1970 == 1_800_000_000 + arrival.instant.seconds)
    }
  }

  @Test("Mail that can't be stored makes the mailbox a fault")
  func undeliverable() async throws {
    struct DiskFull: Error {}
    let rig = VirtualRig(
      device: TestDevice(mailAt: [1]), seed: 1, faults: FaultPlan([], seed: 1),
      clock: VirtualClock(pace: .asFastAsPossible, calendarStart: 0)
    ) { _ in throw DiskFull() }
    try await rig.reachMailServer(by: .seconds(60))
    try await rig.clock.sleep(until: .seconds(70))
    await #expect(throws: BenchError.self) { try await rig.reachMailServer(by: .seconds(90)) }
  }

  @Test("Nothing but the seed decides what happens")
  func determinism() async throws {
    func play() async throws -> [Frame] {
      let rig = VirtualRig(testing: TestDevice(), seed: 31)
      var frames: [Frame] = []
      for _ in 0..<5 {
        _ = try await rig.mouse.send(Self.move, by: .seconds(60))
        let reading = try await rig.screen.reading(after: rig.clock.present, by: .seconds(60))
        if let frame = reading.frame { frames.append(frame) }
      }
      return frames
    }
    let (first, second) = (try await play(), try await play())
    #expect(first.count == 5)
    #expect(first.map(\.capturedAt) == second.map(\.capturedAt))
    #expect(first.map(\.luma) == second.map(\.luma))
  }
}
