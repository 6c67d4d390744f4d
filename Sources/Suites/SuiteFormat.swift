public import SourceYAML

/// What a suite file looks like.
public enum SuiteFormat {
  /// The shapes of a suite file.
  public static let book = ShapeBook(
    title: "Gantry suite",
    about: "A suite file: which scenarios are played on which rigs, models and firmwares.",
    root: root, shapes: [])

  static let suite = FieldShape.required("suite", .scalar(.name), "The suite's name.")
  static let about = FieldShape("about", .scalar(.text), "One sentence for people.")
  static let scenarios = FieldShape(
    "scenarios", files("scenario files"),
    "Scenario files, and folders of them, beside this file, in the order in which they are played; "
      + "of a folder the files in it, not those below.")
  static let models = FieldShape(
    "models", files("model folders"),
    "Folders of models, beside this file, each of which takes the place of the rig's own. If left "
      + "out, the rig's own counts."
  ).shown(by: "models: [../Rigs/models/night-series, ../Rigs/models/harbor-series]")
  static let firmware = FieldShape(
    "firmware", .list(ListShape(.scalar(.text), what: "a list of firmwares")),
    "The firmwares under test, as journals name them. A suite flashes none: named with its digest, "
      + "as gantry flash tells it, one that is not on the recorder ends its runs errored."
  ).shown(by: "firmware: [\"4.2.1\", \"4.3.0\"]")
  static let repeats = FieldShape(
    "repeat", .scalar(.integer(1...10_000)),
    "How often each is played, with the same seed; 1 if left out."
  ).shown(by: "repeat: 3")

  // MARK: Rigs

  static let places = FieldShape.required(
    "in", files("rig files"), "Rig files, and folders of them, beside this file.")
  static let rigClass = FieldShape(
    "class", .scalar(.name), "Only rigs whose file says this class.")
  static let tags = FieldShape(
    "tags", .list(ListShape(.scalar(.name), what: "a list of tags")),
    "Only rigs whose files have all of these tags.")
  static let rigs = FieldShape(
    "rigs",
    .forms(
      FormsShape(
        "rigs", example: "[../Rigs/virtual.yaml] or {in: [../Rigs], class: bench}",
        list: files("rig files"),
        mapping: .object(ObjectShape("rigs", [places, rigClass, tags])))),
    "The rigs: files and folders, or those in them that are of a class and have tags."
  ).shown(by: "rigs: {in: [../Rigs], class: virtual}")

  // MARK: Seeds

  static let from = FieldShape(
    "from", .scalar(.integer(0...Int.max / 2)), "The first seed; 1 if left out.")
  static let count = FieldShape.required(
    "count", .scalar(.integer(1...100_000)), "How many seeds, counting up.")
  static let seeds = FieldShape(
    "seeds",
    .forms(
      FormsShape(
        "seeds", example: "[1, 2, 3] or {from: 1, count: 10}",
        list: .list(
          ListShape(.scalar(.integer(0...Int.max / 2)), what: "a list of seeds")),
        mapping: .object(ObjectShape("seeds", [from, count])))),
    "Where all that is drawn by lot comes from; 1 if left out."
  ).shown(by: "seeds: {from: 1, count: 10}")

  // MARK: Runs by themselves

  static let scenario = FieldShape.required(
    "scenario", .scalar(.text), "The scenario's file, beside this one.")
  static let rig = FieldShape.required("rig", .scalar(.text), "The rig's file, beside this one.")
  static let model = FieldShape(
    "model", .scalar(.text),
    "The folder of the model, beside this file, that takes the place of the rig's own.")
  static let runFirmware = FieldShape(
    "firmware", .scalar(.text), "The firmware under test, as for the whole suite.")
  static let seed = FieldShape(
    "seed", .scalar(.integer(0...Int.max / 2)), "The first seed; 1 if left out.")
  static let times = FieldShape(
    "times", .scalar(.integer(1...10_000)),
    "How often it is played, each time with the next seed; once if left out.")
  static let reason = FieldShape("why", .scalar(.text), "Why, for people.")
  static let runs = FieldShape(
    "runs",
    .list(
      ListShape(
        .object(ObjectShape("a run", [scenario, rig, model, runFirmware, seed, times, reason])),
        what: "a list of runs")),
    "Runs that are named by themselves; played before all others, in their order, as gantry gate --plan "
      + "prints them."
  ).shown(
    by: """
      runs:
        - {scenario: ../Scenarios/log-in.yaml, rig: ../Rigs/virtual.yaml, seed: 4, times: 2}
      """)

  // MARK: Retries

  static let atMost = FieldShape.required(
    "atMost", .scalar(.integer(1...10)), "How often one run is played again, at most.")
  static let causes = FieldShape.required(
    "causes", .list(ListShape(.scalar(.text), what: "a list of causes")),
    "The causes of errored runs that are worth another try; gantry explain cause lists them. A "
      + "failed run is never played again.")
  static let why = FieldShape.required(
    "why", .scalar(.text), "Why the lab does so; stands beside each run that passed after it.")
  static let retry = FieldShape(
    "retry", .object(ObjectShape("retry", [atMost, causes, why])),
    "Which errored runs are played again. A pass after that is marked, and both runs count."
  ).shown(
    by: "retry: {atMost: 1, causes: [capture-gone], why: The grabber's cable is loose.}")

  private static func files(_ what: String) -> Shape {
    .list(ListShape(.scalar(.text), what: "a list of \(what)"))
  }

  private static let root = Shape.object(
    ObjectShape(
      "a suite",
      [suite, about, scenarios, rigs, models, firmware, seeds, repeats, runs, retry],
      rules: [
        .atLeastOne(of: [scenarios.name, runs.name], what: "what is played"),
        .only(scenarios.name, with: [rigs.name]), .only(rigs.name, with: [scenarios.name]),
      ]))
}
