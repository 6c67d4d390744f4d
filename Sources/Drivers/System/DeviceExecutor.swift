import Dispatch

/// The thread of one device, on which everything is done with it: calls that block never hold one of
/// the few threads on which all else runs, and no two calls meet.
///
/// The device is an actor that runs on it: `unownedExecutor` is ``unowned``.
final class DeviceExecutor: SerialExecutor {
  private let queue: DispatchQueue

  /// Creates a thread; the name is for debuggers.
  init(_ name: String) {
    queue = DispatchQueue(label: "gantry.\(name)")
  }

  /// The executor, as actors name theirs.
  var unowned: UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.unowned) }
  }

  func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

  /// Runs a call after those that are waiting already, and waits for it.
  func wait<Answer>(_ call: () throws -> Answer) rethrows -> Answer {
    try queue.sync(execute: call)
  }
}
