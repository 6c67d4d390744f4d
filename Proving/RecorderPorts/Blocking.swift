import Dispatch
import Synchronization

private final class Outcome<Answer: Sendable>: Sendable {
  let answer = Mutex<Answer?>(nil)
}

/// Waits on the calling thread for work that is done on those of tasks; never called on one of them.
func blocking<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer) -> Answer {
  let outcome = Outcome<Answer>()
  let isDone = DispatchSemaphore(value: 0)
  Task.detached {
    let answer = await work()
    outcome.answer.withLock { $0 = answer }
    isDone.signal()
  }
  isDone.wait()
  guard let answer = outcome.answer.withLock({ $0 }) else {
    preconditionFailure("work that is done has an answer")
  }
  return answer
}
