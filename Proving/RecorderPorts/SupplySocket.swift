import CRecorderPorts
public import Frames
import Glibc
import Synchronization

/// What the recorder feels of its supply: the far side of the relay's line, looked at every few
/// milliseconds by a thread of its own, since the kernel does not tell of its changes.
///
/// How exactly the length of a cut is known depends on how steadily that thread looks. It asks for
/// the right to run before all that is not in a hurry, and does without where it is not given.
public final class SupplySocket: Sendable {
  /// A change of the supply.
  public struct Change: Sendable {
    /// Whether the recorder has power now.
    public var isOn: Bool
    /// When the old state was last seen.
    public var after: MonotonicInstant
    /// When the new state was first seen.
    public var at: MonotonicInstant
  }

  private struct State {
    var changes: [Change] = []
    var isStopped = false
  }

  private let state = Mutex(State())

  /// Starts looking.
  ///
  /// The relay carries what an adapter gives: the recorder has power while the relay is closed and
  /// the adapter alive, and a sense behind the relay follows both.
  ///
  /// - Parameters:
  ///   - path: a file that holds the line's value, 0 or 1.
  ///   - suppliedAt: the value at which the recorder has power. A line that is not there is as
  ///     good as a relay at rest.
  ///   - rest: whether the recorder has power with the relay at rest.
  ///   - adapter: a file that holds 0 while the adapter is dead; nil for one that never dies.
  ///   - sense: a file that pulls the sense's line of the relay's chip, `pull-up` while the supply is
  ///     there and `pull-down` else; nil where there is none.
  /// - Throws: when there is no thread to be had.
  public init(
    path: String, suppliedAt: Int, rest: Bool, adapter: String? = nil, sense: String? = nil
  ) throws(PortError) {
    let wanted = String(suppliedAt)
    let started = ContinuousThread.start { [self] in
      ContinuousThread.askForPrecedence()
      let line = WatchedAttribute(path: path)
      let adapter = adapter.map { WatchedAttribute(path: $0) }
      let sense = sense.map { SenseOutput(path: $0) }
      watch {
        let level = line.text
        let isOn = (level.map { $0 == wanted } ?? rest) && adapter?.text != "0"
        sense?.show(isOn, isChipThere: level != nil)
        return isOn
      }
    }
    guard started else { throw PortError("no thread for the supply") }
  }

  private func watch(_ looksOn: () -> Bool) {
    var isOn = true
    var lastSeen = MonotonicInstant.now
    while !state.withLock({ $0.isStopped }) {
      let sees = looksOn()
      let now = MonotonicInstant.now
      if sees != isOn {
        let change = Change(isOn: sees, after: lastSeen, at: now)
        state.withLock { $0.changes.append(change) }
        isOn = sees
      }
      lastSeen = now
      usleep(4000)
    }
  }

  /// The changes since the last call.
  public func changes() -> [Change] {
    state.withLock { state in
      defer { state.changes = [] }
      return state.changes
    }
  }

  /// Stops looking.
  public func stop() { state.withLock { $0.isStopped = true } }
}

/// The far side of a line that senses the supply.
private final class SenseOutput {
  private let file: AttributeFile
  /// What the line shows; nil where it must be shown anew.
  private var shown: Bool?

  init(path: String) { file = AttributeFile(path: path) }

  /// Pulls the line; one whose chip has left does not know any more what it showed.
  func show(_ isOn: Bool, isChipThere: Bool) {
    guard isChipThere else {
      shown = nil
      return
    }
    guard shown != isOn else { return }
    shown = file.write(isOn ? "pull-up" : "pull-down") == 0 ? isOn : nil
  }
}

/// A thread that runs one piece of work.
enum ContinuousThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts the work; returns whether there was a thread for it.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if code == 0 { pthread_detach(thread) } else { work.release() }
    return code == 0
  }

  /// Has the calling thread run as soon as it has something to do (`sched(7)`), if it may.
  static func askForPrecedence() {
    var parameters = sched_param(sched_priority: sched_get_priority_min(SCHED_FIFO))
    // Without the right to it the thread looks as steadily as it can.
    _ = pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters)
  }
}

extension MonotonicInstant {
  /// The system's monotonic clock.
  static var now: MonotonicInstant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}
