import Attestation
import FoundationEssentials
import Gate
import Ledger

/// What is signed of a decision.
struct DecisionAttestation {
  /// A URI that names who decided; one made of the gate's name if nil.
  var verifier: String?
  /// A URI that names the firmware; one made of product and version if nil.
  var resource: String?

  /// The statements of a decision.
  ///
  /// - Parameters:
  ///   - decision: the decision; one that nobody could make is none.
  ///   - policy: the policy's file.
  /// - Returns: how the tests went, and the decision, neither signed yet.
  func statements(of decision: Decision, by policy: String) -> ReleaseAttestation {
    let image = AttestedResource(
      name: "\(decision.product) \(decision.firmware.version)", sha256: decision.firmware.digest,
      kind: "firmware")
    let (passed, warned, failed) = Self.tests(of: decision)
    let isOpen = decision.verdict == .open
    let outcome: TestResult.Outcome = !isOpen ? .failed : warned.isEmpty ? .passed : .warned
    let result = TestResult(
      outcome, configuration: Self.configuration(of: decision), passed: passed, warned: warned,
      failed: failed, madeAt: decision.asOf)
    return ReleaseAttestation(
      of: image, result, policy: .init(uri: policy, sha256: decision.policyDigest), isOpen: isOpen,
      verifier: verifier ?? decision.gateName, resource: resource ?? decision.firmwareName,
      decidedAt: decision.asOf)
  }

  /// What was asked for, by requirement, scenario and model.
  private static func tests(of decision: Decision) -> ([String], [String], [String]) {
    var (passed, warned, failed) = ([String](), [String](), [String]())
    for requirement in decision.requirements {
      for cell in requirement.cells {
        let name = "\(requirement.name): \(cell.scenario) on \(cell.model)"
        switch cell.state {
        case .met: passed.append(name)
        case .waived, .quarantined: warned.append("\(name) (\(cell.state.rawValue))")
        case .unmet:
          if requirement.isInformative {
            warned.append("\(name) (informative)")
          } else {
            failed.append(name)
          }
        }
      }
    }
    failed += decision.newFailures.map {
      "new failure: \($0.scenario) on \($0.model): \($0.failure.signature)"
    }
    if decision.verdict == .closed, failed.isEmpty { failed = decision.reasons }
    return (passed, warned, failed)
  }

  /// What was tested with.
  private static func configuration(of decision: Decision) -> [AttestedResource] {
    let kinds: [(String, [LedgerEntry.Input])] = [
      ("scenario", decision.scenarios), ("model", decision.models), ("rig", decision.rigs),
      ("program", decision.programs),
    ]
    var all = kinds.flatMap { kind, inputs in
      inputs.map { AttestedResource(name: $0.name, sha256: $0.digest, kind: kind) }
    }
    if let waivers = decision.waiversDigest {
      all.append(AttestedResource(name: "waivers", sha256: waivers, kind: "waivers"))
    }
    if let head = decision.ledger.head {
      all.append(AttestedResource(name: "ledger", sha256: head, kind: "ledger head"))
    }
    return all
  }
}
