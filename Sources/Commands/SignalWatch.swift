import ArgumentParser
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

/// Does something that a person may stop: the signals that ask for it cancel the work, what it holds
/// is given back, and then the program ends as one that was interrupted.
///
/// - Parameters:
///   - words: what is said when it is asked to stop.
///   - work: the work; it ends soon after it was cancelled.
/// - Returns: what came of the work.
/// - Throws: what the work throws, and the exit code of an interrupted program.
func stoppable<Answer: Sendable>(
  saying words: String? = nil, _ work: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
  let console = Console.current
  // The work begins once a signal can stop it.
  let (beginning, begin) = AsyncStream.makeStream(of: Never.self)
  let task = Task {
    for await _ in beginning {}
    return try await work()
  }
  let watch = SignalWatch { count in
    task.cancel()
    if let words, count == 1 { console.complain(words) }
  }
  begin.finish()
  defer { watch.stop() }
  let outcome = await task.result
  guard task.isCancelled else { return try outcome.get() }
  // A stop is no excuse for what could not be given back.
  if case .failure(let failure as CommandFailure) = outcome {
    throw CommandFailure(description: failure.description, status: .interrupted)
  }
  throw ExitCode(CommandOutcome.interrupted.rawValue)
}
