import ExpectedVerdicts
import RunJournal

/// The ways in which a verdict can be wrong, each with the share of it that is borne.
enum WorldMiss: String, Sendable, CaseIterable {
  case faultFailed
  case defectPassed
  case bothPassed
  case healthyNotPassed
  case defectErrored
  case wrongCause

  /// What it is, of how many.
  var words: String {
    switch self {
    case .faultFailed: "faulty rigs taken for a recorder's failure"
    case .defectPassed: "defects passed that were sure to show"
    case .bothPassed: "defects with faults passed that were sure to show"
    case .healthyNotPassed: "healthy recorders on healthy rigs not passed"
    case .defectErrored: "defects alone taken for the rig's fault"
    case .wrongCause: "right verdicts for a wrong cause"
    }
  }

  /// The share that is borne.
  var bound: Double {
    switch self {
    case .faultFailed, .defectPassed, .bothPassed: 0
    case .healthyNotPassed: 1.0 / 1500
    case .defectErrored, .wrongCause: 0.02
    }
  }

  /// Whether a run could have been this miss.
  func concerns(_ record: WorldRecord) -> Bool {
    switch self {
    case .faultFailed: record.kind == .fault
    case .defectPassed: record.kind == .defect && record.isSure
    case .bothPassed: record.kind == .both && record.isSure
    case .healthyNotPassed: record.kind == .healthy
    case .defectErrored: record.kind == .defect
    case .wrongCause: record.isRightCause != nil
    }
  }

  /// Whether what was counted proves that more of it come than are borne: a single one where none
  /// is, else the interval lies above the bound.
  func isBroken(misses: Int, of runs: Int) -> Bool {
    if misses == 0 { return false }
    return bound == 0 || WilsonInterval(successes: misses, trials: runs).low > bound
  }
}
