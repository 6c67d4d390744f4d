import ArgumentParser
import RunJournal
import VirtualRecorder

/// `gantry virtual`: what the virtual recorder can be, and what can be wrong with it.
struct VirtualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtual",
    abstract: "Lists the virtual recorder's models, defects and faults, and what runs say of them.",
    discussion: """
      A defect is wrong with the recorder, a fault with the rig. Play them with \
      `--set virtual.defects=[NAME]` and `--set virtual.faults=[NAME]`.
      """)

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() {
    let console = Console.current
    if json {
      let object = JSONValue.object([
        .init("models", .strings(VirtualCatalogue.models.map(\.name))),
        .init("defects", Self.list(VirtualCatalogue.defects)),
        .init("faults", Self.list(VirtualCatalogue.faults)),
      ])
      return console.say(object.description)
    }
    for (title, entries) in [
      ("Models (model=models/NAME)", VirtualCatalogue.models),
      ("Defects (virtual.defects=[NAME])", VirtualCatalogue.defects),
      ("Faults (virtual.faults=[NAME])", VirtualCatalogue.faults),
    ] {
      console.say("\(title):")
      let width = entries.map(\.name.count).max() ?? 0
      for entry in entries {
        console.say("  \(entry.name.padded(to: width))  \(entry.about)")
      }
    }
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
