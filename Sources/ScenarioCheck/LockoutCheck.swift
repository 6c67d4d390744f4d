import RecorderModel
import Scenario
import SourceYAML

/// A scenario that must lock the recorder says that it means to.
enum LockoutCheck {
  /// What is hardly meant: tries in a row that reach the model's limit.
  static func warnings(in scenario: Scenario, model: RecorderModel) -> [Finding] {
    guard !scenario.leaves.contains(.lockout) else { return [] }
    var (logIn, code) = (0, 0)
    var (mostLogIn, mostCode) = (0, 0)
    for step in scenario.allSteps {
      switch step.credential {
      case .tries: logIn += 1
      case .proves: logIn = 0
      case .triesCode: code += 1
      case .codeTaken: code = 0
      case .refutes, .proposes, nil: break
      }
      (mostLogIn, mostCode) = (max(mostLogIn, logIn), max(mostCode, code))
    }
    let counted = [
      ("log-in", mostLogIn, model.lockout.logIn), ("secure code", mostCode, model.lockout.code),
    ]
    return counted.compactMap { what, most, limit in
      guard let limit, most >= limit.tries else { return nil }
      return Finding(
        scenario.location,
        "\(scenario.name) spends \(most) tries of the \(what) in a row, and \(model.name) locks after "
          + "\(limit.tries)", remedy: "write leaves: [lockout] if that is meant")
    }
  }
}
