import Dispatch
import Frames
import Runner
import Synchronization

/// Looks at the wall clock while a run plays on real devices, and says so when it hangs.
final class Watchdog: RunWatchdog {
  /// Calls back after a time.
  typealias Timer = @Sendable (_ time: Duration, _ call: @escaping @Sendable () -> Void) -> Void

  /// Calls back by the wall clock. A queue has threads of its own, also where every thread that tasks
  /// share is taken.
  static let wallClock: Timer = { time, call in
    queue.asyncAfter(deadline: .now() + time.inSeconds, execute: call)
  }
  private static let queue = DispatchQueue(label: "gantry.watchdog", attributes: .concurrent)

  private let timer: Timer
  private let grace: Duration
  private let onHang: @Sendable (_ reason: String) -> Void
  /// Which of the times that were noted counts.
  private let turn = Mutex(0)

  /// Creates a watchdog that waits to be told what to expect.
  ///
  /// - Parameters:
  ///   - grace: how much longer than it may a run can take.
  ///   - timer: what calls it when the time is over.
  ///   - onHang: is called on a thread of its own, once, with what is wrong.
  init(
    grace: Duration, timer: @escaping Timer = wallClock,
    onHang: @escaping @Sendable (_ reason: String) -> Void
  ) {
    self.timer = timer
    self.grace = grace
    self.onHang = onHang
  }

  func expect(_ what: String, within limit: Duration) {
    let mine = begin()
    timer(limit + grace) { [weak self] in
      guard let self, isStill(mine) else { return }
      onHang(
        "\(what) ran out, and the run did not end: a device's driver, or the program itself, hangs")
    }
  }

  /// Expects nothing more.
  func stop() { _ = begin() }

  private func begin() -> Int {
    turn.withLock { turn in
      turn += 1
      return turn
    }
  }

  /// Whether a time counts that has run out; it does so once.
  private func isStill(_ mine: Int) -> Bool {
    turn.withLock { turn in
      guard turn == mine else { return false }
      turn += 1
      return true
    }
  }
}
