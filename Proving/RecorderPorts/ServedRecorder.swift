import Bench
import Drivers
import FoundationEssentials
import Frames
import Synchronization
public import VirtualRecorder

/// A virtual recorder with the rig around it, in real time, for those who reach it by a socket.
///
/// Its instants are told on the host's monotonic clock. Whatever is asked of it ends within a time
/// that it knows, however far away a deadline is said to be.
public final class ServedRecorder: Sendable {
  /// The folders that mail may land in, beside the inbox.
  private static let folders = ["Junk"]
  private let rig: VirtualRig
  private let mailbox: VirtualMailbox
  private let log: RecorderLog
  private let times: Mutex<HostTimes>
  /// When the supply was cut; nil while it is there.
  private let cutAt = Mutex<MonotonicInstant?>(nil)

  /// Creates a recorder whose instant zero is now.
  ///
  /// - Parameters:
  ///   - options: which recorder, and what is wrong with it and its rig.
  ///   - memory: where it lives while no process holds it; nil of one that is born with this one.
  ///   - mail: the Maildir that its mail is delivered to.
  ///   - calendarStart: the date now, in seconds since 1970.
  ///   - log: where it is written down what happens to it.
  /// - Throws: when a name is unknown, or the mailbox can't be made.
  public init(
    _ options: VirtualRecorderOptions, memory: RecorderMemoryFolder?, mail: String,
    calendarStart: Double, log: RecorderLog
  ) throws {
    let delivery = try MaildirDelivery(path: mail, folders: Self.folders)
    rig = try VirtualRig(options, memory: memory, pace: .real, calendarStart: calendarStart) {
      log.write("mail \($0.mail.folder.rawValue)")
      try delivery.deliver(
        $0.mail.bytes, folder: $0.mail.folder.rawValue, at: $0.secondsSince1970,
        serial: $0.serial)
    }
    let clock = rig.clock
    times = Mutex(blocking { HostTimes(rig: await clock.now(), host: HostClock.present) })
    mailbox = rig.mailbox(over: MaildirMailbox(path: mail))
    self.log = log
  }

  /// Lets everything happen that is due.
  func catchUp() async { await rig.catchUp() }

  /// Answers a question.
  ///
  /// - Returns: the answer, and the bytes that follow it, in parts.
  func answer(
    _ question: RecorderQuestion
  ) async -> (answer: RecorderAnswer, bytes: [[UInt8]]) {
    let times = await presentTimes()
    do throws(BenchError) {
      switch question {
      case .reading(let instant, let deadline):
        return told(
          try await rig.screen.reading(after: times.onRig(instant), by: times.onRig(deadline)),
          times)
      case .report(let report, let deadline):
        return (.delivery(try await rig.mouse.send(report, by: times.onRig(deadline))), [])
      case .bus: return (.bus(try await rig.mouse.busState()), [])
      case .power(let on, let deadline):
        try await rig.power.setPower(on: on, by: times.onRig(deadline))
        note(supply: on)
        return (.switched, [])
      case .supply:
        let readBack = try await rig.power.readBack()
        return (.supply(readBack: readBack, sensed: try await rig.power.sensedSupply()), [])
      case .listing(let folders, let deadline):
        return (.listing(try await mailbox.listing(of: folders, by: times.onRig(deadline))), [])
      case .arrivals(let folders, let listing, let deadline):
        return (
          .arrivals(
            try await mailbox.arrivals(in: folders, since: listing, by: times.onRig(deadline))), []
        )
      case .isKnown(let arrival, let listing, let deadline):
        return (
          .known(try await mailbox.isKnown(arrival, to: listing, by: times.onRig(deadline))), []
        )
      case .header(let identifier, let deadline):
        return told(try await mailbox.header(identifier, by: times.onRig(deadline)))
      case .message(let identifier, let deadline):
        return told(try await mailbox.message(identifier, by: times.onRig(deadline)))
      case .probe(let deadline):
        return (.probe(try await mailbox.probe(by: times.onRig(deadline))), [])
      }
    } catch {
      switch error {
      case .fault(let fault): return (.fault(fault), [])
      case .cancelled: return (.fault(RigFault(.host, .hostFails, error.words)), [])
      }
    }
  }

  private func told(
    _ reading: ScreenReading, _ times: HostTimes
  ) -> (RecorderAnswer, [[UInt8]]) {
    switch reading {
    case .picture(let frame):
      let shape = PictureShape(frame, capturedAt: times.onHost(frame.capturedAt))
      return (.picture(shape), [frame.luma.samples, frame.cb.samples, frame.cr.samples])
    case .noPicture(let state, let instant):
      return (.noPicture(state, at: times.onHost(instant)), [])
    }
  }

  private func told(_ message: [UInt8]?) -> (RecorderAnswer, [[UInt8]]) {
    (.mail(isThere: message != nil), message.map { [$0] } ?? [])
  }

  private func note(supply on: Bool) {
    let now = HostClock.present
    let cut = cutAt.withLock { cutAt in
      defer { cutAt = on ? nil : cutAt ?? now }
      return cutAt
    }
    if let cut, on {
      log.write("supply on after \(RecorderLog.seconds(cut.duration(to: now))) s")
    } else if cut == nil, !on {
      log.write("supply off")
    }
  }

  /// How instants are told now. A host that slept has its monotonic clock stand, but not the rig's.
  private func presentTimes() async -> HostTimes {
    let before = HostClock.present
    let rig = await rig.clock.now()
    let after = HostClock.present
    return times.withLock { times in
      if before.duration(to: after) < .milliseconds(100) { times.follow(rig: rig, host: after) }
      return times
    }
  }
}

/// How a rig's instants are told on the host's monotonic clock.
struct HostTimes: Sendable {
  /// How long anything may be waited for at most.
  private static let longestWait = Duration.seconds(600)
  /// How far the clocks part before that is no late look at one of them.
  private static let tolerance = Duration.milliseconds(500)

  /// Where the rig's instant zero lies on the host's clock.
  private var zero: MonotonicInstant

  /// Creates times from what both clocks show at once.
  init(rig: MonotonicInstant, host: MonotonicInstant) {
    zero = host.advanced(by: rig.duration(to: .zero))
  }

  /// Moves where the clocks have parted.
  mutating func follow(rig: MonotonicInstant, host: MonotonicInstant) {
    let seen = HostTimes(rig: rig, host: host).zero
    let parted = zero.duration(to: seen)
    if max(parted, .zero - parted) > Self.tolerance { zero = seen }
  }

  /// An instant of the host's, as near as one can lie that is waited for.
  func onRig(_ instant: MonotonicInstant) -> MonotonicInstant {
    // What a client says is not believed before it can do no harm to arithmetic.
    let latest = HostClock.present.advanced(by: Self.longestWait)
    let sane = min(max(instant, zero.advanced(by: .seconds(-1))), latest)
    return MonotonicInstant.zero.advanced(by: zero.duration(to: sane))
  }

  /// An instant of the rig's.
  func onHost(_ instant: MonotonicInstant) -> MonotonicInstant {
    zero.advanced(by: MonotonicInstant.zero.duration(to: instant))
  }
}
