import ArgumentParser
import OrderedJSON
import RunJournal
import VirtualRecorder

/// `gantry virtual`: what the virtual recorder can be, and what can be wrong with it.
struct VirtualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtual",
    abstract: "Lists the virtual recorder's models, defects and faults, and what runs say of them.",
    discussion: """
      A defect is wrong with the recorder, a fault with the rig. Play them with \
      `--set virtual.defects=[NAME]` and `--set virtual.faults=[NAME]`. Below each stand the \
      shipped scenarios that are sure to notice it, what they say, and at which step; where the \
      seed draws the moment, the step is left open. Other scenarios pass, or end before it strikes.
      """)

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() {
    let console = Console.current
    if json {
      let object = JSONValue.object([
        .init("models", .strings(VirtualCatalogue.models.map(\.name))),
        .init("defects", Self.list(VirtualCatalogue.defects)),
        .init("faults", Self.list(Self.faults)),
        .init("variants", Self.list(Self.variants)),
      ])
      return console.say(object.description)
    }
    console.say("Models (model=models/NAME):")
    let width = VirtualCatalogue.models.map(\.name.count).max() ?? 0
    for entry in VirtualCatalogue.models {
      console.say("  \(entry.name.padded(to: width))  \(entry.about)")
    }
    for (title, entries, flaws) in [
      ("Defects (virtual.defects=[NAME])", VirtualCatalogue.defects, FlawExpectation.defects),
      ("Faults (virtual.faults=[NAME])", Self.faults, FlawExpectation.faults),
      ("Variants (virtual.faults=[NAME]), passed or errored, never failed", Self.variants, []),
    ] {
      console.say("\n\(title):")
      for entry in entries {
        console.say("  \(entry.name): \(entry.about)")
        for flaw in flaws where flaw.flaw == entry.name {
          for line in flaw.lines { console.say("    " + line) }
        }
      }
    }
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
