import Bench
import Frames

/// One virtual recorder with its ports: a grabber, a mouse, a switch on its supply, and the way of
/// its mail.
///
/// The recorder runs behind the bench by the latency of the grabber: what is done to it waits in a
/// queue until the recorder's own timeline gets there. So a frame captured at an instant shows what
/// the recorder was a few frames earlier, and everything stays in the order of cause and effect.
public actor VirtualRig {
  /// Something done to the recorder.
  private enum Input {
    case report([UInt8])
    case mousePlugged(Bool)
    case supply(on: Bool)
  }

  /// The time that the rig lives in.
  public nonisolated let clock: VirtualClock

  private let device: any RecordedDevice
  private let grabber: Grabber
  private let faults: FaultPlan
  private let grid: FrameGrid
  private let latency: Duration
  private let hasSense: Bool
  /// How long frames must stay away before the signal counts as frozen.
  private let patience: Duration
  /// Every how many frames one is delivered.
  private let stride: Int
  private let deliver: @Sendable (MailArrival) throws -> Void

  /// Up to where everything has happened.
  private var horizon = MonotonicInstant(nanoseconds: -1)
  private var inputs: [(at: MonotonicInstant, input: Input)] = []
  /// The last picture that was made.
  private var held: Frame?
  private var relay: Relay
  private var unplugged = false
  private var mailRoute: MailRoute
  private var mailSerial = 0
  private var mailFailure: RigFault?
  /// The mail that the rig sent itself last, and when it arrived.
  private var probe: (bytes: [UInt8], arrival: MonotonicInstant?)?
  private var probeCount = 0
  private var keeper: MemoryKeeper?
  /// Why the recorder's memory is behind.
  private var memoryFailure: RigFault?

  /// Creates a rig around a device.
  init(
    device: sending any RecordedDevice, seed: UInt64, faults: FaultPlan,
    captureLines: Int? = nil, capture: CaptureOptions = CaptureOptions(), hasSense: Bool = true,
    patience: Int = 1, clock: VirtualClock, memory: RecorderMemoryFolder? = nil,
    deliver: @escaping @Sendable (MailArrival) throws -> Void
  ) {
    self.device = device
    self.clock = clock
    self.faults = faults
    self.deliver = deliver
    self.hasSense = hasSense
    self.patience = Self.quickPatience * patience
    stride = capture.every.map { max(1, Int(($0 / FrameGrid.interval).rounded())) } ?? 1
    var lots = RandomStream(seed: seed, for: .ports)
    latency = lots.duration(inSeconds: 0.034...0.1)
    grid = FrameGrid(seed: lots.next())
    grabber = Grabber(
      seed: lots.next(), faults: faults, lines: captureLines, capture: capture)
    mailRoute = MailRoute(seed: seed)
    relay = Relay(faults: faults)
    keeper = memory.map {
      MemoryKeeper(folder: $0, timeline: Timeline(calendarStart: clock.calendarStart))
    }
    if let (mail, past) = keeper?.mail {
      mailRoute.restore(mail, past)
      (mailSerial, probeCount) = (mail.arrivals, mail.probes)
    }
    clock.follow { [weak self] in await self?.catchUp() }
  }

  // MARK: Time

  /// Lets everything happen that is due by now.
  public func catchUp() { run(to: clock.present) }

  private func run(to instant: MonotonicInstant) {
    while horizon < instant {
      let number = grid.first(after: horizon)
      let next = min(instant, grid.instant(of: number))
      step(to: next)
      if next == grid.instant(of: number) {
        grabber.observe(device.video, frame: number, at: next)
      }
    }
  }

  private func step(to instant: MonotonicInstant) {
    horizon = instant
    if relay.strike(at: instant) { enqueue(.supply(on: relay.supplies)) }
    if !unplugged, faults.isActive(.mouseUnplugged, at: instant) {
      unplugged = true
      enqueue(.mousePlugged(false))
    }
    let deviceTime = max(.zero, instant.advanced(by: .zero - latency))
    while let first = inputs.first, first.at <= deviceTime {
      inputs.removeFirst()
      device.advance(to: first.at)
      switch first.input {
      case .report(let bytes): device.receive(bytes)
      case .mousePlugged(let plugged): device.mousePlugged(plugged)
      case .supply(let on): device.setSupply(on: on)
      }
    }
    device.advance(to: deviceTime)
    carryMail(until: instant)
    keep()
  }

  /// Writes down what the recorder is, where that has changed.
  private func keep() {
    guard keeper != nil, memoryFailure == nil else { return }
    do throws(RigFault) {
      try keeper?.follow(device, mailRoute, arrivals: mailSerial, probes: probeCount)
    } catch { memoryFailure = error }
  }

  private func enqueue(_ input: Input) { inputs.append((horizon, input)) }

  private func carryMail(until instant: MonotonicInstant) {
    for mail in device.drainMail() { mailRoute.accept(mail, faults: faults) }
    while let (mail, due) = mailRoute.next(until: instant) {
      mailSerial += 1
      if mail.bytes == probe?.bytes { probe?.arrival = due }
      let arrival = MailArrival(
        mail: mail, instant: due, secondsSince1970: clock.secondsSince1970(at: due),
        serial: mailSerial)
      do { try deliver(arrival) } catch {
        mailFailure = RigFault(.mail, .mailUnreachable, "a message can't be delivered: \(error)")
      }
    }
  }

  /// Lets time pass up to an instant and everything happen that is due by then.
  private func pass(until instant: MonotonicInstant) async throws(BenchError) {
    try await clock.pass(until: instant)
    catchUp()
    if let memoryFailure { throw .fault(memoryFailure) }
  }

  // MARK: Screen

  /// The time from the capture of a frame to its arrival at the host.
  private static let transfer = Duration.milliseconds(3)
  /// How long frames of a quick grabber must stay away before the signal counts as frozen.
  private static let quickPatience = Duration.milliseconds(500)

  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    if Task.isCancelled { throw .cancelled }
    catchUp()
    if let memoryFailure { throw .fault(memoryFailure) }
    if let held, held.capturedAt > instant, held.number == grid.first(after: horizon) - 1 {
      return .picture(held)
    }
    let silentSince = horizon
    while true {
      let number = grid.first(after: max(instant, horizon))
      let capture = grid.instant(of: number)
      let arrival = capture.advanced(by: Self.transfer)
      guard arrival <= deadline else { return try await nothing(by: deadline) }
      try await clock.pass(until: arrival)
      // In real time the pause may have been longer, and somebody else may have looked meanwhile.
      guard horizon < grid.instant(of: number + 1) else { continue }
      if let held, held.number == number { return .picture(held) }
      run(to: capture)
      // A slow grabber leaves pictures out; what becomes of the signal it tells at once.
      let output = grabber.output(
        frame: number, at: capture, of: device, isLeftOut: number % stride != 0)
      catchUp()
      switch output {
      case .picture(let frame):
        held = frame
        return .picture(frame)
      case .state(let state):
        held = nil
        return .noPicture(state, at: capture)
      case .silence:
        held = nil
        if silentSince.duration(to: capture) >= patience {
          return .noPicture(.frozen, at: capture)
        }
      }
    }
  }

  /// What is known when not even a frame's time is left.
  private func nothing(by deadline: MonotonicInstant) async throws(BenchError) -> ScreenReading {
    try await pass(until: deadline)
    return .noPicture(.frozen, at: horizon)
  }

  // MARK: Mouse

  /// The time that a report takes on the bus.
  private static let busTime = Duration.milliseconds(1)

  func send(
    _ report: MouseReport, by deadline: MonotonicInstant
  ) async throws(BenchError) -> MouseDelivery {
    let end = clock.present.advanced(by: Self.busTime)
    try await pass(until: min(end, deadline))
    guard busState().isHosted else { return .refused }
    if !faults.isActive(.mouseReportsLost, at: horizon) { enqueue(.report(report.bytes)) }
    return end <= deadline ? .delivered : .unknown
  }

  func busState() -> USBBusState {
    catchUp()
    return unplugged ? .notAttached : device.usbState
  }

  // MARK: Power

  /// The time that a relay takes to move its contact.
  private static let relayTime = Duration.milliseconds(12)

  func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {
    let end = clock.present.advanced(by: Self.relayTime)
    guard end <= deadline else {
      throw .fault(RigFault(.power, .powerUnreachable, "the relay had no time to switch"))
    }
    try await pass(until: end)
    if relay.order(closed: on, at: horizon) { enqueue(.supply(on: relay.supplies)) }
  }

  func readBack() -> Bool {
    catchUp()
    return relay.readBack
  }

  func sensedSupply() -> Bool? {
    catchUp()
    return hasSense ? relay.supplies : nil
  }

  // MARK: Mail

  /// The time that a question to the mail server takes.
  private static let mailTime = Duration.milliseconds(80)
  /// How long a mail server that does not answer is waited for.
  private static let mailPatience = Duration.seconds(10)

  /// Goes to the mail server and back; all mail that is due has arrived then.
  func reachMailServer(by deadline: MonotonicInstant) async throws(BenchError) {
    catchUp()
    if faults.isActive(.mailboxUnreachable, at: horizon) {
      try await pass(until: min(deadline, horizon.advanced(by: Self.mailPatience)))
      throw .fault(RigFault(.mail, .mailUnreachable, "the mail server does not answer"))
    }
    try await pass(until: clock.present.advanced(by: Self.mailTime))
    if let mailFailure { throw .fault(mailFailure) }
  }

  /// Sends the mailbox a mail by the way that the recorder's takes, and waits for it.
  func probeMail(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe {
    try await reachMailServer(by: deadline)
    probeCount += 1
    let sent = horizon
    let mail = OutgoingMail.probe(number: probeCount, at: sent)
    probe = (mail.bytes, nil)
    mailRoute.accept(mail, faults: faults)
    while true {
      try await reachMailServer(by: deadline)
      if let arrival = probe?.arrival { return .arrived(after: sent.duration(to: arrival)) }
      if horizon >= deadline { return .lost }
      try await pass(until: min(deadline, horizon.advanced(by: .seconds(2))))
    }
  }
}
