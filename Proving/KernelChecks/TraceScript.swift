import Bench
import DriverTraces
import Drivers
import Frames

/// Watches a capture device, and does something to it whenever enough was seen.
final class TraceScript: CaptureAudience {
  /// What is waited for.
  enum Cue {
    /// So many pictures.
    case pictures(Int)
    /// A state of the signal, told so many times.
    case told(SignalState, times: Int)
    /// A line for the diary.
    case note
  }

  /// What is done once something was seen.
  typealias Act = (cue: Cue, deed: () throws -> Void)

  private let recorder: TraceRecorder
  private var acts: ArraySlice<Act>
  private let end = HostClock.present.advanced(by: .seconds(120))
  private var seen = 0
  private var isMarked = false
  /// Why the script was not played to its end.
  private(set) var failure: (any Error)?

  init(_ acts: [Act], recorder: TraceRecorder) {
    self.acts = acts[...]
    self.recorder = recorder
  }

  /// Whether all was done; a trace says where that was, so that its replay ends there, too.
  var isClosed: Bool {
    if failure == nil, !acts.isEmpty, HostClock.present > end {
      failure = CheckFailure("nobody saw \(acts.first?.cue ?? .note) within two minutes")
    }
    guard acts.isEmpty || failure != nil else { return false }
    if !isMarked { recorder.mark(TraceReplay.closed) }
    isMarked = true
    return true
  }

  /// Every picture is wanted.
  var wanted: MonotonicInstant? { MonotonicInstant(nanoseconds: 0) }

  func put(_ frame: Frame) {
    if case .pictures(let count)? = acts.first?.cue { see(count) }
  }

  func put(_ signal: SignalState, at instant: MonotonicInstant) {
    if case .told(signal, let times)? = acts.first?.cue { see(times) }
  }

  func note(_ line: String) {
    if case .note? = acts.first?.cue { see(1) }
  }

  func starts(_ setting: String) {}

  func count(_ counts: CaptureCounts) {}

  private func see(_ wanted: Int) {
    seen += 1
    guard seen >= wanted, let act = acts.popFirst() else { return }
    seen = 0
    do { try act.deed() } catch { failure = error }
  }
}
