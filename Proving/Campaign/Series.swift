package import OrderedJSON

/// Runs of one scenario on one recorder that differ by nothing but their seed.
package struct Series: Sendable, Hashable {
  /// The scenario file, from the project's root.
  package var scenario: String
  /// The model's name.
  package var model: String
  /// What is set otherwise than in the rig file, `key=value`.
  package var overrides: [String]
  /// The first seed.
  package var firstSeed: UInt64
  /// How many seeds.
  package var count: Int

  /// Creates a series.
  package init(
    scenario: String, model: String, overrides: [String] = [], firstSeed: UInt64 = 1, count: Int = 1
  ) {
    self.scenario = scenario
    self.model = model
    self.overrides = overrides
    self.firstSeed = firstSeed
    self.count = count
  }

  /// The arguments of the program that play all of it.
  package func arguments(jobs: Int, root: String, out: String) -> [String] {
    ["run", path(scenario, root), "--rig", path("Rigs/virtual.yaml", root)]
      + ["--unattended", "--json", "--seed", "\(firstSeed)", "--repeat", "\(count)"]
      + ["--jobs", "\(jobs)", "--out", out] + settings
  }

  /// What a person types to see one of the runs again.
  package func commandLine(seed: UInt64, program: String = "gantry") -> String {
    let words =
      ["run", scenario, "--rig", "Rigs/virtual.yaml", "--unattended", "--seed", "\(seed)"]
      + settings
    return ([program] + words).map(Self.quoted).joined(separator: " ")
  }

  private var settings: [String] {
    (["model=models/\(model)"] + overrides).flatMap { ["--set", $0] }
  }

  private func path(_ path: String, _ root: String) -> String {
    path.hasPrefix("/") || root == "." ? path : "\(root)/\(path)"
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,".contains($0))
    }
    return isPlain ? word : "'\(word)'"
  }
}

/// What a run came to.
package struct Outcome: Sendable, Hashable {
  /// The seed.
  package var seed: UInt64
  /// The verdict.
  package var verdict: String
  /// The step that decided, as a path of names.
  package var step: String?
  /// Why it was not passed, by its code.
  package var cause: String?
  /// The same in words.
  package var reason: String?
  /// Where the run was written down.
  package var folder: String

  /// Reads what `gantry run --json` says of a run; nil where it says something else.
  package init?(_ json: JSONValue) {
    guard case .number(let number)? = json["seed"], let seed = UInt64(number),
      case .string(let verdict)? = json["verdict"], case .string(let folder)? = json["folder"]
    else { return nil }
    self.seed = seed
    self.verdict = verdict
    self.folder = folder
    if case .string(let step)? = json["step"] { self.step = step }
    if case .string(let cause)? = json["cause"] { self.cause = cause }
    if case .string(let reason)? = json["reason"] { self.reason = reason }
  }

  /// The verdict, the step that decided and the cause.
  var words: String {
    verdict + (step.map { " at \($0)" } ?? "") + (cause.map { " for \($0)" } ?? "")
  }
}
