import Bench
import RunJournal

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

  /// Why, by its code.
  var cause: Cause
  /// Why, in words, without secrets.
  var reason: String
  /// What it would have been, had it happened in a run that may blame the recorder; nil where it is
  /// what it says.
  var behind: FaultCode?
  /// The name path of the step that decided; set once, by the innermost.
  var step: String?

  /// Whose fault it is.
  var kind: Kind { cause.code.kind }

  /// Whether nothing else may be tried: somebody stopped the run, or holds the recorder back.
  var endsWhateverPlays: Bool { kind == .aborted || cause.code == .recorderHeld }

  /// Something that is no fault of a part of the rig.
  init(_ code: FaultCode, _ reason: String) {
    self.init(Cause(code: code), reason)
  }

  /// Whatever it is.
  init(_ cause: Cause, _ reason: String) {
    self.cause = cause
    self.reason = reason
  }

  /// The rig is at fault.
  init(_ fault: RigFault) {
    self.init(Cause(fault), fault.description)
  }

  /// Somebody stopped the run.
  static let aborted = Stop(.aborted, "the run was stopped")

  /// What a call into the bench came to.
  init(_ error: BenchError) {
    switch error {
    case .fault(let fault): self.init(fault)
    case .cancelled: self = .aborted
    }
  }
}

/// What a run stops for, as a journal tells it.
struct Cause: Hashable {
  /// What it is.
  var code: FaultCode
  /// The part of the rig at fault; nil where none is.
  var part: RigPart?
  /// The error number of the system call that failed; nil where none did.
  var errno: Int32?

  init(code: FaultCode) {
    self.code = code
  }

  /// A fault of a part of the rig.
  init(_ fault: RigFault) {
    (code, part, errno) = (fault.code, fault.part, fault.errno)
  }

  /// As a journal tells it.
  var journalled: CauseRecord {
    CauseRecord(code: code.rawValue, part: part?.rawValue, errno: errno)
  }
}

extension FaultCode {
  /// What a run says that stops for it.
  var kind: Stop.Kind {
    switch owner {
    case .recorder: .failed
    case .rig, .mail, .host, .scenario, .past: .errored
    case .person: self == .aborted ? .aborted : .errored
    }
  }
}
