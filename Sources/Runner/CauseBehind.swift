public import Bench
import Synchronization

/// Takes down why a run stopped that says nothing of the recorder: what its cause would have been, had
/// it been one that may blame it.
///
/// Whoever flashes a recorder wants to know whether it showed no life, or the screen was not what it
/// should be.
public final class CauseBehind: Sendable {
  private let state = Mutex<FaultCode?>(nil)

  /// Creates one that has taken down nothing.
  public init() {}

  /// The cause; nil where the run passed, or where it is what the run says.
  public var code: FaultCode? { state.withLock { $0 } }

  func take(_ code: FaultCode?) { state.withLock { $0 = code } }
}
