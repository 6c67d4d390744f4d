import Dispatch
import Runner
import Synchronization

/// Looks at the wall clock while a run plays on real devices, and says so when it hangs.
final class Watchdog: RunWatchdog {
  /// A queue has threads of its own, also where every thread that tasks share is taken.
  private let queue = DispatchQueue(label: "gantry.watchdog")
  private let grace: Duration
  private let onHang: @Sendable (_ reason: String) -> Void
  /// Which of the times that were noted counts.
  private let turn = Mutex(0)

  /// Creates a watchdog that waits to be told what to expect.
  ///
  /// - Parameters:
  ///   - grace: how much longer than it may a run can take.
  ///   - onHang: is called on a thread of its own, once, with what is wrong.
  init(grace: Duration, onHang: @escaping @Sendable (_ reason: String) -> Void) {
    self.grace = grace
    self.onHang = onHang
  }

  func expect(_ what: String, within limit: Duration) {
    let mine = begin()
    let (seconds, attoseconds) = (limit + grace).components
    let rest = Double(seconds) + Double(attoseconds) / 1e18
    queue.asyncAfter(deadline: .now() + rest) { [weak self] in
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
