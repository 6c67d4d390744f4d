import Campaign

/// What a run is known by: with the same program, the same key gives the same journal.
package struct RunKey: Sendable, Hashable, CustomStringConvertible {
  /// The scenario's name; its file is `Scenarios/NAME.yaml`.
  package var scenario: String
  /// The model's name.
  package var model: String
  /// What is set otherwise than in `Rigs/virtual.yaml`, `key=value`.
  package var overrides: [String]
  /// The seed.
  package var seed: UInt64

  /// Creates a key.
  package init(scenario: String, model: String, overrides: [String] = [], seed: UInt64) {
    self.scenario = scenario
    self.model = model
    self.overrides = overrides
    self.seed = seed
  }

  /// Reads the first four fields of a line of a list or a recording; nil where they are none.
  package init?(fields: [Substring]) {
    guard fields.count >= 4, !fields[0].isEmpty, !fields[1].isEmpty, let seed = UInt64(fields[3])
    else { return nil }
    self.init(
      scenario: String(fields[0]), model: String(fields[1]),
      overrides: fields[2].split(separator: ";").map(String.init), seed: seed)
  }

  /// The fields of a line: scenario, model, overrides joined by `;`, seed, with tabs between them.
  package var description: String {
    "\(scenario)\t\(model)\t\(overrides.joined(separator: ";"))\t\(seed)"
  }

  /// Names for the files of what counts of the run's journal and of its trace, which no other run
  /// has.
  var fileNames: (journal: String, trace: String) {
    let words = ([scenario, model] + overrides + ["seed\(seed)"]).joined(separator: ",")
    let name = words.replacing("/", with: "_")
    return (name + ".jsonl", name + ".trace")
  }

  /// The run as the program is asked for it.
  var series: Series {
    Series(
      scenario: "Scenarios/\(scenario).yaml", model: model, overrides: overrides, firstSeed: seed)
  }
}
