public import SourceYAML

/// What a gate file looks like.
public enum GateFormat {
  /// The shapes of a gate file.
  public static let book = ShapeBook(
    title: "Gantry gate",
    about: "A gate file: what a firmware must have shown before it ships.",
    root: root, shapes: [("requirement", .object(requirement))])

  static let gate = FieldShape.required("gate", .scalar(.name), "The gate's name.")
  static let about = FieldShape("about", .scalar(.text), "One sentence for people.")
  static let product = FieldShape.required("product", .scalar(.text), "What is released.")
  static let baseline = FieldShape(
    "baseline", .scalar(GateTexts.image),
    "The firmware that was good last, which others are held against: VERSION@sha256:DIGEST."
  )
  static let virtual = FieldShape(
    "virtual", .scalar(.word([allowed])),
    "allowed: runs of virtual rigs count. Without this word none does.")
  static let overrides = FieldShape(
    "overrides", .scalar(.word([allowed])),
    "allowed: runs count in which values of the rig or the model were overridden. Without this word "
      + "only models chosen by a suite are."
  ).shown(by: "overrides: allowed")
  static let witness = FieldShape(
    "witness", .scalar(.word([screen])),
    "screen: only runs count that read the version off the recorder's screen before their first step, "
      + "as scenarios do that ask for it (start: firmware: expected)."
  ).shown(by: "witness: screen")
  static let newFailures = FieldShape(
    "newFailures", .scalar(.word([none])),
    "none: no run may fail for a cause at a step that the baseline has not failed for there."
  ).shown(by: "newFailures: none")
  static let waivers = FieldShape(
    "waivers", .scalar(.text),
    "The file of the waivers, beside this one; gantry explain waivers tells what stands in it."
  ).shown(by: "waivers: waivers.yaml")

  static let allowed = "allowed"
  static let screen = "screen"
  static let none = "none"

  // MARK: Requirements

  static let require = FieldShape.required(
    "require", .list(ListShape(.reference("requirement"), what: "a list of requirements")),
    "What must hold: each for all its scenarios on all its models.")

  static let name = FieldShape.required(
    "name", .scalar(.name), "What the requirement is called; no two have the same.")
  static let scenarios = FieldShape.required(
    "scenarios", names("scenarios"), "The scenarios, by name.")
  static let models = FieldShape.required("models", names("models"), "The models, by name.")
  static let rigClass = FieldShape(
    "class", .scalar(.name), "Only runs on rigs of this class count.")
  static let tags = FieldShape(
    "tags", names("tags"), "Only runs on rigs with all of these tags count.")
  static let rigsAtLeast = FieldShape(
    "atLeast", .scalar(.integer(1...1000)),
    "On how many different rigs it must have passed; 1 if left out.")
  static let rigs = FieldShape(
    "rigs", .object(ObjectShape("rigs", [rigClass, tags, rigsAtLeast])),
    "Which rigs' runs count, and on how many different ones it must have passed."
  ).shown(by: "rigs: {class: bench, tags: [hdmi-2], atLeast: 2}")

  static let passesAtLeast = FieldShape.required(
    "atLeast", .scalar(.integer(1...10_000)), "How many of them must have passed.")
  static let passesOf = FieldShape.required(
    "of", .scalar(.integer(1...10_000)),
    "How many of the last runs are looked at; older ones may not be worse on the whole.")
  static let passes = FieldShape.required(
    "passes",
    .forms(
      FormsShape(
        "passes", example: "3 or {atLeast: 4, of: 5}", scalar: .scalar(.integer(1...10_000)),
        mapping: .object(ObjectShape("passes", [passesAtLeast, passesOf])))),
    "How often it must have passed: so many times and never failed, or so many of the last runs. Runs "
      + "count that passed or failed; errored, aborted and killed ones say nothing of the recorder."
  ).shown(by: "passes: {atLeast: 4, of: 5}")
  static let rateAtLeast = FieldShape.required(
    "atLeast", .scalar(GateTexts.share), "The least that the lower end may be, such as 90 %.")
  static let bound = FieldShape.word(
    "bound", RateBound.self,
    "How the interval is reckoned: wilson, by its score, if left out; clopper-pearson, which covers 95 % "
      + "at least.")
  static let passRate = FieldShape(
    "passRate", .object(ObjectShape("a pass rate", [rateAtLeast, bound])),
    "How certain the pass rate must be: the lower end of its 95 % interval, two-sided, of all runs that "
      + "passed or failed; waived ones left out."
  ).shown(by: "passRate: {atLeast: 90 %, bound: clopper-pearson}")
  static let within = FieldShape(
    "within", .scalar(GateTexts.age),
    "How long a run counts after it was booked, and after it began: 12h, 30d, 8w; for ever if left out."
  ).shown(by: "within: 30d")
  static let partial = FieldShape(
    "partial",
    .forms(
      FormsShape(
        "partial", example: "allowed or [Read the code on the phone]",
        words: [WordShape(allowed, "Whatever was left out.")],
        list: .list(ListShape(.scalar(.text), what: "a list of steps")))),
    "Which runs are enough that passed in part, since steps were left out: those that left out no steps "
      + "but these, by the names from the top joined by \" / \"; none if left out."
  ).shown(by: "partial: [Read the code on the phone]")
  static let erroredAtMost = FieldShape.required(
    "atMost", .scalar(.integer(0...100_000)), "How many there may be.")
  static let errored = FieldShape(
    "errored", .object(ObjectShape("errored", [erroredAtMost])),
    "How many runs there may be that ended errored or were killed; any number if left out."
  ).shown(by: "errored: {atMost: 2}")
  static let informative = FieldShape(
    "informative", .scalar(.boolean), "true: it is told and decides nothing."
  ).shown(by: "informative: true")

  static let measured = FieldShape.required(
    "of", .scalar(.text),
    "What was measured, as gantry history --trend names it, such as boot.")
  static let statistic = FieldShape.word(
    "statistic", MeasurementLimit.Statistic.self,
    "What is made of many values; median if left out. p90 and p95: what nine of ten, or 95 of a hundred, "
      + "do not exceed.")
  static let atMost = FieldShape.required(
    "atMost", .scalar(GateTexts.limit),
    "The most that it may be: a value such as 60s, or the baseline's with a share more, such as "
      + "baseline + 10 %.")
  static let values = FieldShape(
    "values", .scalar(.integer(1...100_000)),
    "How many values there must be at least, of the baseline, too; 3 if left out.")
  static let measurements = FieldShape(
    "measurements",
    .list(
      ListShape(
        .object(ObjectShape("a limit", [measured, statistic, atMost, values])),
        what: "a list of limits")),
    "What was measured in runs that passed, and the most that it may be."
  ).shown(by: "measurements: [{of: boot, statistic: p95, atMost: baseline + 10 %}]")

  static let requirement = ObjectShape(
    "a requirement",
    [
      name, about, scenarios, models, rigs, passes, passRate, within, partial, errored,
      measurements, informative,
    ])

  /// The keys of a requirement.
  package static let requirementKeys = requirement.fields.map(\.name)

  // MARK: Quarantine

  static let scenario = FieldShape.required("scenario", .scalar(.name), "The scenario, by name.")
  static let quarantineModel = FieldShape(
    "model", .scalar(.name), "The model, by name; all if left out.")
  static let owner = FieldShape.required("owner", .scalar(.text), "Who sees to it.")
  static let why = FieldShape.required("why", .scalar(.text), "Why it is so.")
  static let until = FieldShape.required(
    "until", .scalar(GateTexts.day), "The last day of it, in UTC.")
  static let quarantine = FieldShape(
    "quarantine",
    .list(
      ListShape(
        .object(ObjectShape("a quarantine", [scenario, quarantineModel, owner, why, until])),
        what: "a list of quarantines")),
    "What is known to be unfit to decide: until its end it is told and decides nothing."
  ).shown(
    by: """
      quarantine:
        - scenario: expired-code
          owner: maria
          why: The rig's clock is wrong; it is being replaced.
          until: 2026-12-31
      """)

  // MARK: Pins and files

  private static let digests = Shape.names(NamesShape(.scalar(GateTexts.digest), what: "a digest"))
  static let programs = FieldShape(
    "programs",
    .list(ListShape(.scalar(GateTexts.digest), what: "a list of digests")),
    "The programs that may have played: the digest of each.")
  static let pinnedScenarios = FieldShape(
    "scenarios", digests, "Scenarios by name, with the digest of each.")
  static let pinnedModels = FieldShape(
    "models", digests, "Models by name, with the digest of each.")
  static let pins = FieldShape(
    "pins", .object(ObjectShape("pins", [programs, pinnedScenarios, pinnedModels])),
    "What must have been played, by the digests that journals begin with: a run of another program, "
      + "scenario or model of the same name does not count.")

  static let scenarioFiles = FieldShape(
    "scenarios", files("scenario files"), "Scenario files, and folders of them.")
  static let modelFiles = FieldShape("models", files("model folders"), "Model folders.")
  static let rigFiles = FieldShape("rigs", files("rig files"), "Rig files, and folders of them.")
  static let filesField = FieldShape(
    "files", .object(ObjectShape("files", [scenarioFiles, modelFiles, rigFiles])),
    "Where the scenarios, models and rigs are, beside this file: names are then checked, and gantry gate "
      + "--plan makes a suite of what is still to be played."
  ).shown(
    by: "files: {scenarios: [../Scenarios], models: [../Rigs/models/night-series], rigs: [../Rigs]}"
  )

  private static func files(_ what: String) -> Shape {
    .list(ListShape(.scalar(.text), what: "a list of \(what)"))
  }

  private static func names(_ what: String) -> Shape {
    .list(ListShape(.scalar(.name), what: "a list of \(what)"))
  }

  private static let root = Shape.object(
    ObjectShape(
      "a gate",
      [
        gate, about, product, baseline, virtual, overrides, witness, require, newFailures,
        quarantine, waivers, pins, filesField,
      ]))
}
