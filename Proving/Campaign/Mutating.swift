import Commands
import ExpectedVerdicts
import FoundationEssentials
import RunJournal

/// The password reset with one expectation at a time switched off: each must let something through.
///
/// An expectation whose absence changes no judgement of any defect proves nothing, and should go.
package struct Mutating: Sendable {
  /// The files that the scenario is made of, and where its steps are part of it.
  private static let files: [(file: String, under: [String])] = [
    ("password-reset.yaml", [""]),
    (
      "parts/enter-password.yaml",
      ["Try the old password / ", "Log in with the new password / Enter the password / "]
    ),
    (
      "parts/open-prompt.yaml",
      ["Open the log-in prompt / ", "Try the old password / Open the log-in prompt / "]
    ),
    (
      "parts/fill.yaml",
      [
        "Enter the secure code / ", "Choose a new password / Go by what is asked for / Enter it / ",
      ]
    ),
    ("log-in.yaml", ["Log in with the new password / "]),
  ]

  /// The models to look for a flaw on, in this order.
  package var models: [String]
  /// How many seeds are tried where the seed draws the step.
  package var seeds: Int
  /// The steps whose expectations are switched off; nil for all.
  package var steps: [String]?

  /// Creates it.
  package init(
    models: [String] = VirtualExpectation.models, seeds: Int = 10,
    steps: [String]? = nil
  ) {
    self.models = models
    self.seeds = seeds
    self.steps = steps
  }

  /// Switches off one expectation after the other.
  package func play(on stage: Stage) async throws -> Tally {
    stage.console.say("Expectations of the password reset, switched off one at a time:")
    var tally = Tally()
    var known: [Series: Outcome] = [:]
    for (file, under) in Self.files {
      let text = try String(contentsOfFile: "\(stage.root)/Scenarios/\(file)", encoding: .utf8)
      for mutation in ScenarioMutation.all(of: text, file: file)
      where steps?.contains(mutation.step) ?? true {
        let isNeeded = try await play(
          mutation, at: under.map { $0 + mutation.step }, &known, on: stage)
        tally.count(
          isRight: isNeeded, "  \(mutation.words): idle, nothing gets through", on: stage.console)
      }
    }
    stage.console.say("  all: not idle \(tally.words)")
    return tally
  }

  private func play(
    _ mutation: ScenarioMutation, at paths: [String], _ known: inout [Series: Outcome],
    on stage: Stage
  ) async throws -> Bool {
    let folder = try Self.write(mutation, on: stage)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for expected in candidates(for: paths) {
      let isDrawn = expected.step == nil
      for seed in 1...UInt64(isDrawn ? seeds : 1) {
        let series = expected.series(firstSeed: seed, count: 1)
        var (verdict, step) = (expected.verdict.rawValue, expected.step)
        if isDrawn {
          if known[series] == nil { known[series] = try await stage.play(series).first }
          guard let whole = known[series], let place = whole.step, paths.contains(place) else {
            continue
          }
          (verdict, step) = (whole.verdict, whole.step)
        }
        var mutated = series
        mutated.scenario = "\(folder)/password-reset.yaml"
        guard let outcome = try await stage.play(mutated).first else { continue }
        if outcome.verdict == verdict, outcome.step == step { continue }
        stage.console.say(
          "  \(mutation.words): \(expected.flaw) on \(expected.model), seed \(seed): "
            + "\(outcome.words), not \(verdict)\(step.map { " at \($0)" } ?? "")")
        return true
      }
    }
    return false
  }

  /// Where to look for something that gets through: first what the step itself is listed to notice,
  /// then what the seed may bring it to notice, then everything else.
  private func candidates(for paths: [String]) -> [VirtualExpectation] {
    let listed = models.flatMap { model in
      VirtualExpectation.all.filter {
        $0.scenario == "password-reset" && $0.verdict == .failed && $0.model == model
      }
    }
    let own = listed.filter { $0.step.map(paths.contains) ?? false }
    let drawn = listed.filter { $0.step == nil }
    return own + drawn + listed.filter { !own.contains($0) && !drawn.contains($0) }
  }

  /// Writes all scenarios into a folder of their own, one of them changed.
  private static func write(_ mutation: ScenarioMutation, on stage: Stage) throws -> String {
    let folder = "\(stage.out)/scenarios-mutated"
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(
      atPath: stage.out, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: "\(stage.root)/Scenarios", toPath: folder)
    try Data(mutation.text.utf8).write(to: URL(filePath: "\(folder)/\(mutation.file)"))
    return folder
  }
}

extension ScenarioMutation {
  /// The step and its file, for people.
  fileprivate var words: String { "\(step) (\(file))" }
}
