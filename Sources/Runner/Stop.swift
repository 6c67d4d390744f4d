import Bench

/// Why a run goes no further.
struct Stop: Error, Hashable {
  /// Whose fault it is.
  enum Kind: Hashable {
    /// The recorder did not do what was expected.
    case failed
    /// The rig, the scenario or the model is at fault.
    case errored
    /// Somebody stopped the run.
    case aborted
  }

  /// Whose fault it is.
  var kind: Kind
  /// Why, in words, without secrets.
  var reason: String
  /// The name path of the step that decided; set once, by the innermost.
  var step: String?

  /// The recorder did not do what was expected.
  static func failed(_ reason: String) -> Stop { Stop(kind: .failed, reason: reason) }

  /// The rig, the scenario or the model is at fault.
  static func errored(_ reason: String) -> Stop { Stop(kind: .errored, reason: reason) }

  /// The rig is at fault.
  static func errored(_ fault: RigFault) -> Stop { .errored(fault.description) }

  /// Somebody stopped the run.
  static let aborted = Stop(kind: .aborted, reason: "the run was stopped")

  /// What a call into the bench came to.
  init(_ error: BenchError) {
    switch error {
    case .fault(let fault): self = .errored(fault)
    case .cancelled: self = .aborted
    }
  }

  private init(kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}
