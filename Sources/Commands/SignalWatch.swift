import Dispatch
import Glibc
import Synchronization

/// Turns the signals that ask a program to stop into calls, for as long as it lives.
///
/// None of them ends the program by itself: a run first leaves the recorder powered, however
/// often it is asked to hurry.
final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// Ctrl-C, `kill`, and a terminal that is closed.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Starts watching.
  ///
  /// - Parameter onSignal: is called for every signal, on a queue of its own, with how many there
  ///   have been.
  init(_ onSignal: @escaping @Sendable (_ count: Int) -> Void) {
    let queue = DispatchQueue(label: "gantry.signals")
    let counter = Counter()
    sources = Self.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { onSignal(counter.next()) }
      source.resume()
      return source
    }
  }

  /// Stops watching; the signals end the program again.
  func stop() {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }
}
