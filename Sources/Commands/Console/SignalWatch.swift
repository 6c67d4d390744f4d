import ArgumentParser
import Dispatch
import Glibc
import Synchronization

/// Turns the signals that ask a program to stop into calls, for as long as it lives.
///
/// The first one does not end the program: what is going on leaves the recorder powered first. Who
/// asks again does not want to wait for that, and calls ``endAtOnce(_:)``.
final class SignalWatch {
  private let place: Int

  /// Starts watching.
  ///
  /// - Parameter onSignal: is called for every signal, on a queue of its own, with how many there
  ///   have been.
  init(_ onSignal: @escaping @Sendable (_ count: Int) -> Void) {
    place = SignalDesk.shared.admit(onSignal)
  }

  /// Stops watching; where nobody watches, the signals end the program again.
  func stop() { SignalDesk.shared.dismiss(place) }
}

/// Takes the process's signals and tells all who watch.
///
/// There is one for the life of the process: a second source for a signal whose first one was
/// cancelled hears nothing.
private final class SignalDesk: Sendable {
  static let shared = SignalDesk()

  /// Ctrl-C, `kill`, and a terminal that is closed.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  private struct Watcher {
    var count = 0
    var onSignal: @Sendable (_ count: Int) -> Void
  }

  private struct State {
    var sources: [any DispatchSourceSignal] = []
    var watchers: [Int: Watcher] = [:]
    var nextPlace = 0
  }

  private let state = Mutex(State())

  func admit(_ onSignal: @escaping @Sendable (_ count: Int) -> Void) -> Int {
    state.withLock { state in
      if state.sources.isEmpty { state.sources = Self.signals.map(source) }
      defer { state.nextPlace += 1 }
      state.watchers[state.nextPlace] = Watcher(onSignal: onSignal)
      return state.nextPlace
    }
  }

  func dismiss(_ place: Int) { state.withLock { $0.watchers[place] = nil } }

  private func source(of number: Int32) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(
      signal: number, queue: DispatchQueue(label: "gantry.signals"))
    source.setEventHandler { [self] in take(number) }
    source.resume()
    return source
  }

  private func take(_ number: Int32) {
    let calls = state.withLock { state in
      for place in state.watchers.keys { state.watchers[place]?.count += 1 }
      return state.watchers.values.map { watcher in { watcher.onSignal(watcher.count) } }
    }
    if calls.isEmpty {
      signal(number, SIG_DFL)
      kill(getpid(), number)
    }
    for call in calls { call() }
  }
}

/// Ends the program as one that was interrupted, whatever else goes on in it: nothing is given back.
///
/// A supply that is cut is switched on again by its guardian, a process of its own, which sees that
/// this one is gone.
func endAtOnce(_ console: Console) -> Never {
  briefly {
    console.complain("Ended at once; a supply that is cut is switched on again by its guardian.")
  }
  _exit(CommandOutcome.interrupted.rawValue)
}

/// Says something, and does not wait for long where nobody reads it: whoever ends the program must
/// not be held up by a pipe that is full.
func briefly(_ say: @escaping @Sendable () -> Void) {
  let said = DispatchSemaphore(value: 0)
  DispatchQueue(label: "gantry.last-words").async {
    say()
    said.signal()
  }
  _ = said.wait(timeout: .now() + .milliseconds(500))
}

/// Does something that a person may stop: the signals that ask for it cancel the work, what it holds
/// is given back, and then the program ends as one that was interrupted. A second one ends it at once.
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
    if count > 1 { endAtOnce(console) }
    task.cancel()
    if let words { briefly { console.complain(words) } }
  }
  begin.finish()
  defer { watch.stop() }
  let outcome = await task.result
  guard task.isCancelled else { return try outcome.get() }
  // A stop is no excuse for what could not be given back.
  if case .failure(let error) = outcome, let failure = CommandFailure(error) {
    throw CommandFailure(description: failure.description, status: .interrupted)
  }
  throw ExitCode(CommandOutcome.interrupted.rawValue)
}
