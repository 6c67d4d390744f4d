import Bench
import Frames
import Glibc

/// What is to be done with a capture device, decided without touching it: starts and stops of the
/// stream, changes and losses of the signal, pictures that stay away, errors and what is tried about
/// them.
///
/// An event comes in; effects to be carried out in order come back, and one request, whose outcome
/// is the next event. An effect or a request that fails has ``Event/failed(_:)`` for its outcome.
struct CaptureMachine {
  /// What happened.
  enum Event {
    /// The screen was opened.
    case begun
    /// The device is open, and has no stream yet.
    case opened
    /// What the input says of its signal.
    case signal(SignalState, DetectedTimings?)
    /// The wait for a change of the signal is over.
    case changeAwaited
    /// The stream runs.
    case started
    /// The wait for a picture is over.
    case woken(Waking)
    /// All pictures that waited were taken; all but the newest were given back.
    case taken(TakenPictures)
    /// The newest picture was made a frame for those who wait for one, or was no whole picture.
    case delivered(isWhole: Bool)
    /// What was done about the failure; nil where the step does not apply to the device.
    case recovered(CaptureRecovery.Remedy?)
    /// A tick of waiting after a failure is over.
    case rested(deviceCame: Bool)
    /// A call failed.
    case failed(CaptureFailure)
  }

  /// What is done at once.
  enum Effect: Hashable {
    /// Readers are told that there is no picture now, and why.
    case tell(SignalState)
    /// The source's events that wait are taken.
    case drainEvents
    /// The newest picture's buffer is given back.
    case giveBack
    /// The stream ends.
    case stopStream
    /// Stream and device are closed.
    case closeDevice
    /// What was told so far of devices that come and go is forgotten.
    case forgetArrivals
    /// A line for the diary.
    case note(String)
  }

  /// What is done last, and answered by the next event.
  enum Request: Hashable {
    /// The device is looked for and opened.
    case open
    /// The input is asked for its signal.
    case askSignal
    /// A change of the signal is awaited for a time.
    case awaitChange(Duration)
    /// The stream is started, for a signal of these timings where the input tells any.
    case start(DetectedTimings?)
    /// A picture or a change of the signal is awaited for a time.
    case awaitPicture(Duration)
    /// All pictures that wait are taken.
    case takePictures
    /// The newest picture is made a frame, of this number.
    case deliver(number: Int)
    /// A step of recovery is tried.
    case recover(CaptureRecovery.Step)
    /// A device that comes is awaited for a time.
    case rest(Duration)
  }

  /// What an event leads to.
  struct Reaction: Hashable {
    var effects: [Effect]
    var request: Request
  }

  /// One stream, from its start to the next change of timings.
  private struct Stream {
    let timings: DetectedTimings?
    /// Pictures that are not believed yet.
    var unbelieved = CaptureMachine.warmUp
    var state = SignalState.live
    /// Only what is captured later is a picture of the present signal.
    var liveSince: MonotonicInstant
    var lastPicture: MonotonicInstant
    var hasBegun = false
    /// Whether a picture waits while the signal is asked for.
    var isReadable = false
    var sequence: UInt32?
  }

  /// What was done about a failure, and until when its effect is awaited.
  private struct Outage {
    var failure: CaptureFailure
    var end = MonotonicInstant(nanoseconds: 0)

    var state: SignalState { failure.isStall ? .frozen : .deviceGone }
  }

  /// What the device did so far.
  private(set) var counts = CaptureCounts()
  private var stream: Stream?
  private var outage: Outage?
  /// Failures since a stream last worked.
  private var failures = 0

  /// How many times longer pictures may stay away than from a quick device.
  private let patience: Int

  /// How long frames must stay away from a quick device before the signal counts as frozen.
  static let frozen = Duration.milliseconds(500)
  /// How long the first picture of a stream may take.
  static let begin = Duration.seconds(3)
  /// After this long without a picture the device is opened again.
  static let stall = Duration.seconds(3)
  /// How often a signal that is away is asked for, and how often its state is told.
  static let tick = Duration.milliseconds(33)
  /// How long a picture is awaited before it is looked how long none came.
  static let pictureWait = Duration.milliseconds(100)
  /// How long after a failure the device is tried again, unless it is plugged in before.
  static let retry = Duration.milliseconds(300)
  /// How long a device may take to come back after it was taken off its bus.
  static let returning = Duration.seconds(3)
  /// Pictures at the beginning of a stream that are not believed.
  static let warmUp = 3

  /// Creates a machine for a device that may take so many times as long as a quick one.
  init(patience: Int = 1) {
    self.patience = patience
  }

  /// Takes an event in.
  ///
  /// - Parameters:
  ///   - event: the outcome of the last request, or ``Event/begun``.
  ///   - now: the present.
  /// - Returns: what is to be done.
  mutating func react(to event: Event, at now: MonotonicInstant) -> Reaction {
    switch event {
    case .begun: return request(.open)
    case .opened:
      outage = nil
      return request(.askSignal)
    case .signal(let state, let timings): return found(state, timings, now)
    case .changeAwaited: return request(.askSignal)
    case .started:
      counts.starts += 1
      stream?.liveSince = now
      stream?.lastPicture = now
      return request(.awaitPicture(Self.pictureWait))
    case .woken(let waking): return wake(waking, now)
    case .taken(let taken): return take(taken, now)
    case .delivered(let isWhole):
      if isWhole { sawPicture(now) } else { counts.dropped += 1 }
      return goOn(after: [.giveBack], afterPicture: true, now)
    case .failed(let failure): return fail(failure, now)
    case .recovered(let remedy): return rest(after: remedy, now)
    case .rested(let deviceCame): return rested(deviceCame, now)
    }
  }

  private func request(_ request: Request, after effects: [Effect] = []) -> Reaction {
    Reaction(effects: effects, request: request)
  }

  // MARK: Signal

  private mutating func found(
    _ state: SignalState, _ timings: DetectedTimings?, _ now: MonotonicInstant
  ) -> Reaction {
    guard var stream else {
      guard state == .live else { return request(.awaitChange(Self.tick), after: [.tell(state)]) }
      self.stream = Stream(timings: timings, liveSince: now, lastPicture: now)
      return request(.start(timings))
    }
    if state == .live, let timings, let before = stream.timings, !timings.isLike(before) {
      self.stream = nil
      return request(.askSignal, after: [.tell(.noSync), .stopStream])
    }
    if state == .live, stream.state != .live {
      (stream.liveSince, stream.lastPicture) = (now, now)
    }
    stream.state = state
    self.stream = stream
    return stream.isReadable ? request(.takePictures) : goOn(now)
  }

  // MARK: Pictures

  private mutating func wake(_ waking: Waking, _ now: MonotonicInstant) -> Reaction {
    if let code = waking.error, !waking.isUrgent {
      return fail(CaptureFailure(what: "the stream broke", code: code), now)
    }
    stream?.isReadable = waking.isReadable
    if waking.isUrgent || stream?.state != .live {
      return request(.askSignal, after: [.drainEvents])
    }
    return waking.isReadable ? request(.takePictures) : goOn(now)
  }

  private mutating func take(_ taken: TakenPictures, _ now: MonotonicInstant) -> Reaction {
    for number in taken.sequence {
      let gap = stream?.sequence.map { number &- $0 &- 1 } ?? 0
      // Devices that repeat a picture repeat its number, and some begin to count anew.
      counts.lost += gap < 1_000 ? Int(gap) : 0
      counts.captured += 1
      stream?.sequence = number
    }
    counts.skipped += max(0, taken.sequence.count - 1)
    guard let newest = taken.newest, !taken.isSignalChanging, let stream, stream.state == .live,
      newest.capturedAt > stream.liveSince
    else {
      // The signal may have gone while the picture was taken: an event says so before it is
      // believed.
      return goOn(after: taken.newest == nil ? [] : [.giveBack], afterPicture: true, now)
    }
    if newest.isBroken {
      counts.dropped += 1
    } else if stream.unbelieved > 0 {
      self.stream?.unbelieved -= 1
      self.stream?.lastPicture = now
      counts.dropped += 1
    } else if let wanted = taken.wanted, wanted < newest.capturedAt {
      return request(.deliver(number: counts.captured))
    } else {
      sawPicture(now)
      counts.skipped += 1
    }
    return goOn(after: [.giveBack], afterPicture: true, now)
  }

  private mutating func sawPicture(_ now: MonotonicInstant) {
    stream?.lastPicture = now
    stream?.hasBegun = true
  }

  /// Waits for the next picture, unless they have stayed away for too long.
  private mutating func goOn(
    after effects: [Effect] = [], afterPicture: Bool = false, _ now: MonotonicInstant
  ) -> Reaction {
    guard let stream else { return request(.askSignal, after: effects) }
    guard stream.state == .live else {
      self.stream?.lastPicture = now
      return request(.awaitPicture(Self.tick), after: effects + [.tell(stream.state)])
    }
    if afterPicture, stream.unbelieved == 0 { failures = 0 }
    let silent = stream.lastPicture.duration(to: now)
    let isFrozen = silent > (stream.hasBegun ? Self.frozen : Self.begin) * patience
    let effects = effects + (isFrozen ? [.tell(.frozen)] : [])
    guard silent > Self.stall * patience else {
      return request(.awaitPicture(Self.pictureWait), after: effects)
    }
    let reaction = fail(.stalled, now)
    return request(reaction.request, after: effects + reaction.effects)
  }

  // MARK: Failures

  private mutating func fail(_ failure: CaptureFailure, _ now: MonotonicInstant) -> Reaction {
    stream = nil
    let outage = Outage(failure: failure)
    self.outage = outage
    // What came before the step is no answer to it.
    let effects: [Effect] = [.closeDevice, .tell(outage.state), .forgetArrivals]
    let isFirst = failures == 0
    let step = CaptureRecovery.Step(afterFailures: failures)
    failures += 1
    guard step == .reopen else { return request(.recover(step), after: effects) }
    let remedy = CaptureRecovery.Remedy(words: step.rawValue, makesItComeAnew: false)
    let reaction = rest(after: isFirst ? remedy : nil, now)
    return request(reaction.request, after: effects + reaction.effects)
  }

  private mutating func rest(
    after remedy: CaptureRecovery.Remedy?, _ now: MonotonicInstant
  ) -> Reaction {
    guard let failure = outage?.failure else { return request(.open) }
    let time = remedy?.makesItComeAnew == true ? Self.returning : Self.retry
    outage?.end = now.advanced(by: time)
    let note = remedy.map { "the capture device failed (\(failure)); it is \($0.words)" }
    return request(.rest(Self.tick), after: note.map { [.note($0)] } ?? [])
  }

  private func rested(_ deviceCame: Bool, _ now: MonotonicInstant) -> Reaction {
    guard let outage else { return request(.open) }
    let effects = [Effect.tell(outage.state)]
    return request(deviceCame || now >= outage.end ? .open : .rest(Self.tick), after: effects)
  }
}

/// How a wait for a picture ended.
struct Waking: Hashable {
  /// A picture waits.
  var isReadable = false
  /// The source's event waits.
  var isUrgent = false
  /// The error number that a broken stream comes to; nil for one that is well.
  var error: Int32?
}

/// Pictures that a device gave.
struct TakenPictures: Hashable {
  /// The newest of them, whose buffer is still held.
  struct Newest: Hashable {
    var capturedAt: MonotonicInstant
    /// Whether the device says that it is damaged.
    var isBroken: Bool
  }

  /// The device's numbers of all of them, in order.
  var sequence: [UInt32] = []
  /// The newest; nil where there was none.
  var newest: Newest?
  /// Whether an event of the source waits by now.
  var isSignalChanging = false
  /// The earliest capture time that a reader still waits for; nil while nobody waits.
  var wanted: MonotonicInstant?
}

/// What an input says of the signal that it sees.
struct DetectedTimings: Hashable, Sendable {
  /// Columns and rows.
  var size: PixelSize
  /// Whether a picture comes in two halves.
  var isInterlaced: Bool
  /// Pictures a second.
  var rate: Double

  /// Whether two timings make the same picture.
  func isLike(_ other: DetectedTimings) -> Bool {
    size == other.size && isInterlaced == other.isInterlaced
      // Receivers measure the rate; what they find swings a little.
      && abs(rate - other.rate) <= max(rate, other.rate) / 200
  }
}
