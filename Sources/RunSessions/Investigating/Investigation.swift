public import RunJournal

/// Why a run did not pass, asked by playing again: each trial changes one thing, and what passes then
/// names it.
public struct Investigation: Sendable {
  /// What is played again.
  public enum Trial: String, Sendable, Hashable, CaseIterable {
    /// The same again: scenario, rig, model, firmware and seed.
    case same = "the same again"
    /// With the scenario of the last run that passed.
    case scenario = "the scenario of the last good run"
    /// With the firmware of the last run that passed.
    case firmware = "the firmware of the last good run"
    /// On another rig.
    case rig = "another rig"
  }

  /// What a run came to, as far as two are told apart by it.
  public struct Sign: Sendable, Hashable {
    /// The verdict; nil where it was killed.
    public var verdict: Verdict?
    /// The code of the cause.
    public var cause: String?
    /// The step that decided.
    public var step: String?

    /// What a run came to.
    public init(verdict: Verdict?, cause: String?, step: String?) {
      self.verdict = verdict
      self.cause = cause
      self.step = step
    }

    /// What a run came to by the end of its journal.
    public init(_ end: RunEnd) {
      self.init(verdict: end.verdict, cause: end.cause?.code, step: end.step)
    }

    /// Such as `failed (no-mail) at Wait for the code`.
    public var words: String {
      (verdict?.rawValue ?? "killed") + (cause.map { " (\($0))" } ?? "")
        + (step.map { " at \($0)" } ?? "")
    }
  }

  /// What the run's trouble hangs on.
  public enum Answer: String, Sendable, Hashable {
    /// The same run does not come to the same.
    case flaky
    /// The scenario was changed.
    case scenario
    /// The firmware is another one.
    case firmware
    /// The rig.
    case rig
    /// None of what was tried.
    case unclear
  }

  /// The run that is asked about.
  public let subject: Sign
  /// What was played again, in order, and what it came to.
  public private(set) var trials: [(trial: Trial, runs: [Sign])] = []

  /// Begins with nothing played.
  public init(of subject: Sign) {
    self.subject = subject
  }

  /// Takes down what runs of a trial came to; runs that somebody stopped say nothing.
  public mutating func take(_ trial: Trial, _ runs: [Sign]) {
    trials.append((trial, runs.filter { $0.verdict != .aborted && $0.verdict != nil }))
  }

  /// Whether the same again came to the same each time: only then do other trials say anything.
  public var isReproduced: Bool {
    guard let same = trials.first(where: { $0.trial == .same }), !same.runs.isEmpty else {
      return false
    }
    return same.runs.allSatisfy { $0.verdict == subject.verdict }
  }

  /// What the trouble hangs on; several where each by itself makes the run pass.
  public var answers: [Answer] {
    guard let same = trials.first(where: { $0.trial == .same }), !same.runs.isEmpty else {
      return [.unclear]
    }
    if !isReproduced { return [.flaky] }
    let found = trials.compactMap { trial, runs -> Answer? in
      guard !runs.isEmpty, runs.allSatisfy({ $0.verdict == .passed }) else { return nil }
      return switch trial {
      case .same: nil
      case .scenario: .scenario
      case .firmware: .firmware
      case .rig: .rig
      }
    }
    return found.isEmpty ? [.unclear] : found
  }
}
