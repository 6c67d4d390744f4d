public import ArgumentParser
import OrderedJSON
import RunJournal
import VirtualRecorder

/// `gantry-proving expectations`: what runs of the shipped scenarios say of each defect and fault.
public struct ExpectationsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "expectations",
    abstract: "Lists what runs say of the virtual recorder's defects and faults.",
    discussion: """
      A defect is wrong with the recorder, a fault with the rig. Play them with \
      `--set virtual.defects=[NAME]` and `--set virtual.faults=[NAME]`. Below each stand the \
      shipped scenarios that are sure to notice it, what they say, and at which step; where the \
      seed draws the moment, the step is left open. Other scenarios pass, or end before it strikes.
      """)

  @Flag(help: "Answer with a JSON object.")
  var json = false

  /// Creates the command.
  public init() {}

  /// Prints the list.
  public func run() {
    if json { return print(Self.object) }
    for line in Self.lines { print(line) }
  }

  /// The list for programs.
  static var object: JSONValue {
    .object([
      .init("models", .strings(VirtualCatalogue.models.map(\.name))),
      .init("defects", list(VirtualCatalogue.defects)),
      .init("faults", list(faults)),
      .init("variants", list(variants)),
    ])
  }

  /// The list for people.
  static var lines: [String] {
    let width = VirtualCatalogue.models.map(\.name.count).max() ?? 0
    var lines = ["Models (model=models/NAME):"]
    lines += VirtualCatalogue.models.map { "  \($0.name.padded(to: width))  \($0.about)" }
    for (title, entries, flaws) in [
      ("Defects (virtual.defects=[NAME])", VirtualCatalogue.defects, FlawExpectation.defects),
      ("Faults (virtual.faults=[NAME])", faults, FlawExpectation.faults),
      ("Variants (virtual.faults=[NAME]), passed or errored, never failed", variants, []),
    ] {
      lines += ["", "\(title):"]
      for entry in entries {
        lines.append("  \(entry.name): \(entry.about)")
        for flaw in flaws where flaw.flaw == entry.name {
          lines += flaw.lines.map { "    " + $0 }
        }
      }
    }
    return lines
  }

  private static let faults = VirtualCatalogue.faults.filter {
    !VirtualExpectation.correctable.contains($0.name)
  }
  private static let variants = VirtualCatalogue.faults.filter {
    VirtualExpectation.correctable.contains($0.name)
  }

  private static func list(_ entries: [VirtualCatalogue.Entry]) -> JSONValue {
    .array(
      entries.map { entry in
        let scenarios = VirtualExpectation.all.filter { $0.flaw == entry.name }.map(\.json)
        return .object([
          .init("name", .string(entry.name)), .init("about", .string(entry.about)),
          .init("scenarios", .array(scenarios)),
        ])
      })
  }
}

extension FlawExpectation {
  /// A line a scenario, for people.
  fileprivate var lines: [String] {
    let width = judgements.map(\.scenario.count).max() ?? 0
    return judgements.map { judgement in
      let place = judgement.step.map { "at \($0)" } ?? "at a step that the seed draws"
      let models =
        judgement.models == VirtualExpectation.models
        ? "" : "; only \(judgement.models.joined(separator: ", "))"
      let verdict = judgement.verdict.rawValue.padded(to: "errored".count)
      return "\(verdict) \(judgement.scenario.padded(to: width))  \(place)\(models)"
    }
  }
}

extension String {
  /// The text with blanks behind it, at least so wide.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
