import Bench
import Dispatch

/// A thread for one device's calls that block, so that they never hold one of the few threads on
/// which everything else runs.
struct DeviceThread: Sendable {
  private let queue: DispatchQueue

  /// Creates a thread; the name is for debuggers.
  init(_ name: String) {
    queue = DispatchQueue(label: "gantry.\(name)")
  }

  /// Runs a call after those that are waiting already.
  func run<Answer: Sendable>(
    _ call: @escaping @Sendable () throws(RigFault) -> Answer
  ) async throws(BenchError) -> Answer {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Answer, RigFault>, Never>) in
      queue.async {
        do throws(RigFault) {
          continuation.resume(returning: .success(try call()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    switch result {
    case .success(let answer): return answer
    case .failure(let fault): throw .fault(fault)
    }
  }

  /// Runs a call after those that are waiting already; nobody waits for it.
  func start(_ call: @escaping @Sendable () -> Void) { queue.async(execute: call) }
}
