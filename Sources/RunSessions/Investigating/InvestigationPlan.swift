public import Ledger
import RigDescription
import RunJournal
import SourceYAML

/// What is played to find out why a run did not pass.
public struct InvestigationPlan: Sendable {
  /// What came of it.
  public struct Report: Sendable {
    /// What the runs say.
    public var investigation: Investigation
    /// All runs that were played.
    public var runs: [(trial: Investigation.Trial, result: RunResult)]
    /// What could not be asked, and what is another one than it was.
    public var notes: [String]
  }

  private let subject: InvestigatedRun
  private let good: LedgerEntry?
  private let rig: String
  private let scenario: String?
  private let scenarioBefore: String?
  private let otherRig: String?
  private let parameters: [String]
  private let program: String

  /// Plans.
  ///
  /// - Parameters:
  ///   - subject: the run that is asked about.
  ///   - good: the last run before it that passed; nil where none is known.
  ///   - rig: its rig file.
  ///   - scenario: its scenario file, where that is not the one that the journal names.
  ///   - scenarioBefore: the scenario file as the last good run had it.
  ///   - otherRig: another rig file.
  ///   - parameters: values of parameters that its journal does not have, `name=value`.
  ///   - program: what journals call the program.
  public init(
    _ subject: InvestigatedRun, good: LedgerEntry?, rig: String, scenario: String?,
    scenarioBefore: String?, otherRig: String?, parameters: [String], program: String
  ) {
    self.subject = subject
    self.good = good
    self.rig = rig
    self.scenario = scenario
    self.scenarioBefore = scenarioBefore
    self.otherRig = otherRig
    self.parameters = parameters
    self.program = program
  }

  /// Plays what is planned, one run after the other.
  ///
  /// - Parameters:
  ///   - times: how often each trial.
  ///   - settings: how runs are played.
  ///   - tell: is given each run as it ends.
  /// - Returns: what came of it.
  /// - Throws: when a file is wrong or not the one that was played, or a run can't be written down.
  public func play(
    times: Int, _ settings: RunSettings,
    tell: @Sendable (Investigation.Trial, RunResult) -> Void
  ) async throws -> Report {
    var report = Report(investigation: Investigation(of: subject.sign), runs: [], notes: [])
    let same = try same(&report)
    try await play(.same, same, subject.start.firmware, times, settings, &report, tell)
    guard report.investigation.isReproduced, !Task.isCancelled else { return report }
    for (trial, other, firmware) in try others(&report) where !Task.isCancelled {
      try await play(trial, other, firmware, times, settings, &report, tell)
    }
    return report
  }

  private func play(
    _ trial: Investigation.Trial, _ files: RunSubject, _ firmware: String?, _ times: Int,
    _ settings: RunSettings, _ report: inout Report,
    _ tell: @Sendable (Investigation.Trial, RunResult) -> Void
  ) async throws {
    var settings = settings
    settings.firmware = firmware
    let session = RunSession(
      subject: files, part: files.parts[0], seed: subject.start.seed, settings: settings)
    var results: [RunResult] = []
    for _ in 0..<times where !Task.isCancelled {
      let result = try await session.play(progress: NoProgress())
      tell(trial, result)
      results.append(result)
    }
    report.runs += results.map { (trial, $0) }
    report.investigation.take(trial, results.map { Investigation.Sign($0.end) })
  }

  // MARK: Files

  /// The files of a trial; overrides of the trial come last and so count.
  private func files(
    _ scenario: String, _ rig: String, _ firmware: String?, more: [String] = []
  ) throws -> RunSubject {
    let overrides =
      subject.start.settings.filter { !subject.withheld.contains(name(of: $0)) } + more
    let given = Set(parameters.map(name))
    let values = subject.start.parameters.filter { !given.contains(name(of: $0)) } + parameters
    let files = try InputFiles(
      scenarios: [scenario], rig: rig,
      extras: .init(
        overrides: overrides, parameters: GivenParameters(values: values), firmware: firmware))
    return try RunSubject(files, rigPath: rig, overrides: overrides, program: program)
  }

  private func name(of assignment: String) -> String { String(assignment.prefix { $0 != "=" }) }

  private func scenarioPath() throws(LedgerError) -> String {
    guard let path = scenario ?? subject.scenarioFile else {
      throw LedgerError("no step began: name the scenario's file by --scenario", isInput: true)
    }
    return path
  }

  /// The files of the run, which must be those that it was played with.
  private func same(_ report: inout Report) throws -> RunSubject {
    let start = subject.start
    let path = try scenarioPath()
    let same = try files(path, rig, start.firmware)
    let now = same.start(
      of: same.parts[0], seed: start.seed, firmware: start.firmware, plan: [])
    for (file, what, was, now) in [
      (path, "scenario", start.scenario, now.scenario), (rig, "rig", start.rig, now.rig),
    ] where was.digest != now.digest {
      throw LedgerError(
        "\(file): this is not the \(what) that was played: its digest is another one",
        isInput: true)
    }
    for (what, was, now) in [
      ("model", start.model, now.model), ("program", start.binary, now.binary),
    ] where was.digest != now.digest {
      report.notes.append("the \(what) is another one than in the run that is asked about")
    }
    return same
  }

  /// What else can be tried, and notes of what can't.
  private func others(
    _ report: inout Report
  ) throws -> [(Investigation.Trial, RunSubject, firmware: String?)] {
    let path = try scenarioPath()
    let firmware = subject.start.firmware
    var others: [(Investigation.Trial, RunSubject, firmware: String?)] = []
    guard let good else {
      report.notes.append("the ledger has no run before it on this rig and model that passed")
      return try otherRig.map { [(.rig, try files(path, $0, firmware), firmware)] } ?? []
    }
    if good.scenario.digest != subject.start.scenario.digest {
      if let scenarioBefore {
        let before = try files(scenarioBefore, rig, firmware)
        guard before.parts[0].input.digest == good.scenario.digest else {
          throw LedgerError(
            "\(scenarioBefore): this is not the scenario of the last good run \(good.run)",
            isInput: true)
        }
        others.append((.scenario, before, firmware))
      } else {
        report.notes.append(
          "the scenario was changed since the last good run: --scenario-before asks whether it is that"
        )
      }
    }
    if let last = good.firmware, last != firmware {
      if try RigFile.read(rig, overrides: subject.start.settings).hasPast {
        report.notes.append(
          "the firmware was \(last): flash it by gantry flash, and play the run with it")
      } else {
        others.append(
          (.firmware, try files(path, rig, last, more: ["virtual.firmware=\(last)"]), last))
      }
    }
    if let otherRig { others.append((.rig, try files(path, otherRig, firmware), firmware)) }
    return others
  }
}
