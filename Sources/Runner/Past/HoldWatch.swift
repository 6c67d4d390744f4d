import Bench
import RecorderPast

/// Ends a run when somebody holds its recorder back meanwhile.
///
/// It is asked before each action, before each cut, and at each look at the screen: what is under way
/// in the hands or at the plug is finished, and nothing else begun.
final class HoldWatch {
  private let past: (any RecorderPast)?
  /// Whether a hold ends what is played now; what leaves the recorder supplied is not ended.
  var isHeeded = true

  init(_ past: (any RecorderPast)?) {
    self.past = past
  }

  /// Who holds the recorder back, and why, as a reason to play no further; nil where nobody does.
  var reason: String? {
    past?.askedHold.map { "\($0.who) holds the recorder back: \($0.why)" }
  }

  /// Goes on where nobody holds the recorder back.
  func check() throws(Stop) {
    if isHeeded, let reason { throw Stop(.recorderHeld, "\(reason); the run ends here") }
  }
}
