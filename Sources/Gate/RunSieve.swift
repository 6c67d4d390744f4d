import FoundationEssentials
import Ledger
import RunJournal

/// Which runs count for a policy, and why others do not.
struct RunSieve {
  let policy: GatePolicy

  /// Why a run does not count, whatever it says; nil where it does.
  func refusal(of run: ReleaseRun) -> String? {
    guard let kind = run.rigKind else {
      return "nobody wrote down what kind of rig it was played on"
    }
    if kind.isVirtual, !policy.countsVirtual { return "it was played on a virtual rig" }
    if !kind.remembers {
      return "nobody knows what is on a recorder that is born with the run: the image is only told"
    }
    let overrides = RunSieve.overrides(of: run)
    if !policy.countsOverridden, let first = overrides.first { return "\(first) was overridden" }
    if policy.needsScreen, !run.sawFirmware { return "it did not read the version off the screen" }
    if !policy.pins.programs.isEmpty, !policy.pins.programs.contains(run.binary.digest) {
      return "it was played by another program (sha256:\(run.binary.digest.prefix(12)))"
    }
    if let pin = policy.pins.scenarios[run.scenario.name], pin != run.scenario.digest {
      return "it was another scenario of this name (sha256:\(run.scenario.digest.prefix(12)))"
    }
    if let pin = policy.pins.models[run.model.name], pin != run.model.digest {
      return "it was another model of this name (sha256:\(run.model.digest.prefix(12)))"
    }
    return nil
  }

  /// Why a run does not count for a requirement; nil where it does.
  func refusal(of run: ReleaseRun, for rigs: GatePolicy.Rigs) -> String? {
    if let wanted = rigs.rigClass, run.rigKind?.rigClass != wanted {
      return "the rig \(run.rig.name) is of "
        + (run.rigKind?.rigClass.map { "the class \($0)" } ?? "no class")
    }
    for tag in rigs.tags where run.rigKind?.tags.contains(tag) != true {
      return "the rig \(run.rig.name) has not the tag \(tag)"
    }
    return nil
  }

  /// What was overridden, by the keys: what parameters were given is a scenario's own, and a model that
  /// takes the place of the rig's stands in the run by its name and digest.
  private static func overrides(of run: ReleaseRun) -> [String] {
    RunStart.settings(of: run.overrides).map { String($0.prefix { $0 != "=" }) }
      .filter { $0 != "model" }
  }
}

/// A run with why it does not count for anybody. There may be a hundred thousand, which are sorted and sifted
/// more than once: a reference is passed around, where a run would be copied.
final class HeldRun: Sendable {
  let run: ReleaseRun
  let refusal: String?

  init(_ run: ReleaseRun, refusal: String?) {
    self.run = run
    self.refusal = refusal
  }
}

/// A run with what it counts as.
struct SiftedRun {
  /// What a run counts as.
  enum Kind: String, CaseIterable {
    case passed
    case waived
    case failed
    case partial = "passed in part"
    case errored
    case killed
    case aborted
    case stale
    case uncounted = "does not count"

    /// Whether it says something of the recorder.
    var says: Bool { self == .passed || self == .waived || self == .failed }
  }

  let held: HeldRun
  let kind: Kind
  /// Why it does not count, or is only a part; nil where that is its cause.
  let why: String?

  /// The run.
  var run: ReleaseRun { held.run }

  /// The run as a decision tells it.
  var told: Decision.Run {
    let signature = run.cause.map { $0 + (run.step.map { " at \($0)" } ?? "") }
    return Decision.Run(
      run: run.run, folder: run.folder, journalDigest: run.journalDigest, rig: run.rig.name,
      startedAt: run.startedAt, bookedAt: run.bookedAt, countsAs: kind.rawValue,
      why: why ?? signature)
  }
}

extension ReleaseRun {
  /// What a run is to a cause at a step.
  var signature: FailureSignature { FailureSignature(cause: cause ?? "", step: step) }

  /// How old it is at an instant, in seconds, by what was earlier of its beginning and its booking:
  /// runs that are booked late are not younger for it.
  func age(at now: Date) -> Double { now.timeIntervalSince(min(startedAt, bookedAt)) }
}

/// What tells failures apart.
struct FailureSignature: Hashable, Comparable {
  var cause: String
  var step: String?

  static func < (one: FailureSignature, other: FailureSignature) -> Bool {
    (one.cause, one.step ?? "") < (other.cause, other.step ?? "")
  }
}
