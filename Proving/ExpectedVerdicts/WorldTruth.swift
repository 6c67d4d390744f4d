package import Bench
package import RunJournal
import VirtualRecorder

/// A flaw of a recorder or its rig, and when it sets in.
package struct WorldFlaw: Sendable, Hashable {
  /// Its name.
  package var name: String
  /// When it sets in, in milliseconds after the rig's start; nil where it is there from the
  /// beginning, or strikes by lot as it does by itself.
  package var at: Int?

  /// Creates a flaw.
  package init(name: String, at: Int? = nil) {
    self.name = name
    self.at = at
  }

  /// Whether it is the recorder's.
  package var isDefect: Bool { Self.defects.contains(name) }

  /// What can be wrong with a recorder.
  package static let defects = VirtualCatalogue.defects.map(\.name)
  /// What can be wrong with a rig.
  package static let faults = VirtualCatalogue.faults.map(\.name)
}

/// What is right to say of a recorder and a rig whose flaws are known, in a run that is over.
///
/// A healthy recorder passes; a faulty rig is passed or errored, and never a recorder's failure; a
/// defect is failed where the scenario is sure to notice it, and never the rig's fault; with both a
/// defect and a fault, a run does not pass where one of them is sure to be noticed.
package struct WorldTruth: Sendable, Hashable {
  /// What there was in the run: a flaw that had not set in when it ended was not.
  package enum Kind: String, Sendable, CaseIterable {
    case healthy
    case defect
    case fault
    case both
  }

  /// What there was.
  package var kind: Kind
  /// Whether the scenario is sure to notice it; of a healthy recorder, true.
  package var isSure: Bool
  /// The names of the flaws that had set in when the run ended.
  package var atWork: [String]
  /// What may be said.
  package var right: Set<Verdict>
  /// The causes that may be given where it does not pass; empty where it must pass.
  package var causes: Set<FaultCode>

  /// Finds the truth about a run.
  ///
  /// - Parameters:
  ///   - flaws: what was put there.
  ///   - scenario: the scenario's name.
  ///   - restartsByItself: whether the recorder restarts by itself after a password reset.
  ///   - refusesInline: whether it refuses on its pages, so that there is no message to close.
  ///   - steps: when the steps of the run began, in seconds, by their paths.
  ///   - end: when it ended, in seconds.
  package init(
    flaws: [WorldFlaw], scenario: String, restartsByItself: Bool, refusesInline: Bool = false,
    steps: [String: Double], end: Double
  ) {
    let atWork = flaws.filter { Double($0.at ?? 0) / 1000 <= end }
    let isSure = { (flaw: WorldFlaw) in
      if Self.hidden[flaw.name].map({ hiding in atWork.contains { hiding.contains($0.name) } })
        ?? false
      {
        return false
      }
      if refusesInline, flaw.name == "messages-will-not-close" { return false }
      return flaw.isSure(
        in: scenario, restartsByItself: restartsByItself, steps: steps)
    }
    self.atWork = atWork.map(\.name)
    let defects = atWork.filter(\.isDefect)
    switch (defects.isEmpty, atWork.count == defects.count) {
    case (true, true): (kind, self.isSure, right) = (.healthy, true, [.passed])
    case (true, false):
      (kind, self.isSure, right) = (.fault, atWork.contains(where: isSure), [.passed, .errored])
    case (false, true):
      let sure = defects.contains(where: isSure)
      (kind, self.isSure, right) = (.defect, sure, sure ? [.failed] : [.passed, .failed])
    case (false, false):
      let sure = atWork.contains(where: isSure)
      (kind, self.isSure) = (.both, sure)
      right = sure ? [.failed, .errored] : [.passed, .failed, .errored]
    }
    causes = atWork.reduce(into: []) { $0.formUnion(VirtualExpectation.causes(of: $1.name)) }
  }

  /// Whether a run may say that it did not pass for a cause; no code is never right.
  package func isCause(_ code: String?) -> Bool {
    code.flatMap(FaultCode.init).map(causes.contains) ?? false
  }

  /// Defects that others make good, or take the place of.
  private static let hidden: [String: Set<String>] = [
    "mails-wrong-code": ["accepts-any-code"],
    "refuses-right-code-after-wrong": ["accepts-any-code"],
    "key-types-another": ["log-in-accepts-any-password"],
    "stores-shortened-password": ["log-in-accepts-any-password"],
    // A crash while the message about the success stands looks like a restart.
    "auto-reboot-missing": ["crashes-in-menu"],
  ]
}

extension WorldFlaw {
  /// Whether a run is sure to notice it.
  fileprivate func isSure(
    in scenario: String, restartsByItself: Bool, steps: [String: Double]
  ) -> Bool {
    // Of the listed models, one restarts by itself.
    let model = restartsByItself ? "harbor-series" : "night-series"
    let models = VirtualExpectation.all.filter { $0.flaw == name && $0.scenario == scenario }
      .map(\.model)
    guard let at else { return isDefect && models.contains(model) }
    // What is listed for no model shows in time only where it sets in when a window is open.
    guard models.isEmpty || models.contains(model),
      let chance = FlawChance.last(of: name, in: scenario)
    else { return false }
    return chance.isSure(at: Double(at) / 1000, steps)
  }
}
