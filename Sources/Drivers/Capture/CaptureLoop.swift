package import Bench
import CLinux
package import Frames
import Glibc
package import RigDescription

/// Whoever looks at what a capture device sends.
package protocol CaptureAudience: AnyObject {
  /// Whether nobody looks any more.
  var isClosed: Bool { get }
  /// The earliest capture time that a reader still waits for; nil while nobody waits.
  var wanted: MonotonicInstant? { get }

  /// A picture came.
  func put(_ frame: Frame)
  /// There is no picture now, and why.
  func put(_ signal: SignalState, at instant: MonotonicInstant)
  /// A line for the diary.
  func note(_ line: String)
  /// A stream starts, of a setting such as `1280x720 nv12`.
  func starts(_ setting: String)
  /// What the device did so far.
  func count(_ counts: CaptureCounts)
}

/// Carries out on a capture device what the capture machine says, one call after the other.
package struct CaptureLoop {
  /// What is found out about a failed device.
  private var recovery: CaptureRecovery
  private var machine: CaptureMachine
  private let settings: V4L2Settings
  private let edid: [UInt8]?
  private let tree: DeviceTree
  private let audience: any CaptureAudience
  /// Without it a device that comes back is found a little later.
  private let monitor: (any DeviceWatch)?
  private var device: V4L2Device?
  private var stream: V4L2Stream?
  private var layout: CaptureLayout?
  /// The timings as the driver told them last.
  private var timings: v4l2_dv_timings?
  /// The newest picture, whose buffer is held.
  private var newest: V4L2Stream.Filled?

  package init(
    _ settings: V4L2Settings, edid: [UInt8]?, patience: Int = 1, in tree: DeviceTree,
    for audience: any CaptureAudience
  ) {
    machine = CaptureMachine(patience: patience)
    self.settings = settings
    self.edid = edid
    self.tree = tree
    self.audience = audience
    recovery = CaptureRecovery(tree: tree, port: settings.hubPort)
    monitor = try? tree.source.watch()
  }

  /// Keeps the device open until nobody looks any more.
  package mutating func run() {
    var event = CaptureMachine.Event.begun
    while !audience.isClosed { event = outcome(of: event) }
    close()
  }

  /// The event that an event leads to.
  private mutating func outcome(of event: CaptureMachine.Event) -> CaptureMachine.Event {
    let now = tree.calls.now()
    let before = machine.counts
    let reaction = machine.react(to: event, at: now)
    if machine.counts != before { audience.count(machine.counts) }
    do throws(CaptureFailure) {
      for effect in reaction.effects { try perform(effect, at: now) }
      return try answer(reaction.request)
    } catch {
      return .failed(error)
    }
  }

  private mutating func perform(
    _ effect: CaptureMachine.Effect, at now: MonotonicInstant
  ) throws(CaptureFailure) {
    switch effect {
    case .tell(let state): audience.put(state, at: now)
    case .drainEvents: device?.drainEvents()
    case .giveBack:
      guard let newest else { return }
      self.newest = nil
      try stream?.giveBack(newest)
    case .stopStream: stopStream()
    case .closeDevice: close()
    case .forgetArrivals: _ = monitor?.events(within: .zero)
    case .note(let line): audience.note(line)
    }
  }

  private mutating func answer(
    _ request: CaptureMachine.Request
  ) throws(CaptureFailure) -> CaptureMachine.Event {
    switch request {
    case .open:
      try open()
      return .opened
    case .askSignal:
      let (state, timings) = try present.signal()
      self.timings = timings
      return .signal(state, timings.map { DetectedTimings($0) })
    case .awaitChange(let time):
      let device = try present
      if device.descriptor.wait(for: POLLPRI, time) & POLLPRI != 0 { device.drainEvents() }
      return .changeAwaited
    case .start(let timings):
      try start(following: timings)
      return .started
    case .awaitPicture(let time):
      return .woken(Waking(try present.descriptor.wait(for: POLLIN | POLLPRI, time)))
    case .takePictures: return .taken(try takePictures())
    case .deliver(let number): return .delivered(isWhole: deliver(number))
    case .recover(let step): return .recovered(recovery.perform(step))
    case .rest(let time): return .rested(deviceCame: rest(time))
    }
  }

  private var present: V4L2Device {
    get throws(CaptureFailure) {
      guard let device else { throw CaptureFailure(what: "no device is open", code: ENODEV) }
      return device
    }
  }

  // MARK: Requests

  private mutating func open() throws(CaptureFailure) {
    let node: String
    do throws(RigFault) {
      node = try V4L2Device.node(settings.selection, in: tree)
    } catch {
      throw CaptureFailure(what: error.reason, code: ENODEV)
    }
    recovery.saw(node)
    let device = try V4L2Device(node, edid: edid, through: tree.calls)
    device.followSource()
    self.device = device
  }

  private mutating func start(following detected: DetectedTimings?) throws(CaptureFailure) {
    let device = try present
    var mode = settings.mode
    if let timings, let detected {
      try device.adopt(timings)
      mode = CaptureMode(size: detected.size, rate: nil)
    }
    let layout = try device.configure(settings.format, mode: mode)
    audience.starts("\(layout.size) \(layout.format.rawValue)")
    self.layout = layout
    stream = try V4L2Stream(device)
  }

  /// Takes all pictures that wait, and keeps the newest.
  private mutating func takePictures() throws(CaptureFailure) -> TakenPictures {
    var taken = TakenPictures()
    while let filled = try stream?.take() {
      taken.sequence.append(filled.sequence)
      if let older = newest { try stream?.giveBack(older) }
      newest = filled
    }
    guard let newest else { return taken }
    taken.newest = .init(capturedAt: newest.capturedAt, isBroken: newest.isBroken)
    taken.isSignalChanging = try present.descriptor.wait(for: POLLPRI, .zero) & POLLPRI != 0
    taken.wanted = audience.wanted
    return taken
  }

  /// Makes a frame of the newest picture; false where it is no whole one.
  private func deliver(_ number: Int) -> Bool {
    guard let stream, let newest,
      let frame = layout?.frame(
        stream.bytes(of: newest), number: number, capturedAt: newest.capturedAt)
    else { return false }
    audience.put(frame)
    return true
  }

  /// Waits for a time; whether a capture device was plugged in meanwhile.
  private func rest(_ time: Duration) -> Bool {
    guard let monitor else {
      tree.calls.pause(time)
      return false
    }
    return monitor.events(within: time).contains { event in
      // Events that were lost have no subsystem; one of them may have been ours.
      event.isArrival && [nil, "video4linux"].contains(event.properties["SUBSYSTEM"])
    }
  }

  // MARK: Ends

  private mutating func stopStream() {
    newest = nil
    stream = nil
  }

  private mutating func close() {
    stopStream()
    device = nil
  }
}

extension Waking {
  /// Reads what `poll(2)` says.
  init(_ events: Int32) {
    isReadable = events & POLLIN != 0
    isUrgent = events & POLLPRI != 0
    if events & (POLLERR | POLLHUP | POLLNVAL) != 0 {
      error = events & POLLHUP != 0 ? ENODEV : EIO
    }
  }
}
