package import FoundationEssentials
package import Gate
package import Ledger
import RunJournal

/// Runs that nobody played, as a release is decided by them.
package enum ReleaseNight {
  /// The firmware that is to ship.
  package static let candidate = image("4.3.0", "a")
  /// The firmware that was good last.
  package static let baseline = image("4.2.1", "b")
  /// The instant of the decision.
  package static let asOf = Date(timeIntervalSince1970: 1_772_359_200)

  /// An image whose digest is one digit, again and again.
  package static func image(_ version: String, _ digit: Character) -> FirmwareImage {
    FirmwareImage(version: version, digest: String(repeating: digit, count: 64))
  }

  /// A digest of one digit, again and again.
  package static func digest(_ digit: Character) -> String { String(repeating: digit, count: 64) }

  /// A run that passed whole on a real rig, so many minutes before the decision.
  package static func run(
    _ name: String, scenario: String = "reset", model: String = "night", rig: String = "bench-1",
    firmware: String = candidate.description, minutesAgo: Double
  ) -> ReleaseRun {
    let began = asOf.addingTimeInterval(-minutesAgo * 60)
    return ReleaseRun(
      run: name, scenario: .init(name: scenario, digest: digest("1")),
      model: .init(name: model, digest: digest("2")), rig: .init(name: rig, digest: digest("3")),
      rigKind: RunStart.RigKind(
        rigClass: "bench", tags: ["hdmi-2"], isVirtual: false, remembers: true),
      binary: .init(name: "gantry", digest: digest("4")), firmware: firmware, startedAt: began,
      bookedAt: began.addingTimeInterval(30))
  }
}

extension ReleaseRun {
  /// The run, failed for a cause at a step.
  package func failed(_ cause: String = "expectation-unmet", at step: String? = "Open") -> Self {
    ended(.failed, cause, at: step)
  }

  /// The run, ended errored.
  package func errored(_ cause: String = "capture-gone") -> Self { ended(.errored, cause, at: nil) }

  /// The run, stopped by somebody.
  package func aborted() -> Self { ended(.aborted, "aborted", at: nil) }

  /// The run, whose end was never written.
  package func killed() -> Self {
    var run = ended(.errored, LedgerEntry.Cause.killed, at: "Open")
    run.verdict = nil
    run.leftOut = nil
    return run
  }

  private func ended(_ verdict: Verdict, _ cause: String, at step: String?) -> Self {
    var run = self
    (run.verdict, run.cause, run.step) = (verdict, cause, step)
    return run
  }

  /// The run, changed.
  package func with(_ change: (inout ReleaseRun) -> Void) -> Self {
    var run = self
    change(&run)
    return run
  }
}
