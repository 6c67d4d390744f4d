import ArgumentParser
import OrderedJSON
import RunJournal
import VirtualRecorder

/// `gantry virtual`: what the virtual recorder can be, and what can be wrong with it.
struct VirtualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtual",
    abstract: "Lists the virtual recorder's models, firmware, defects and faults.",
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
        .init(
          "firmware",
          .object(
            VirtualCatalogue.models.map {
              .init($0.name, Self.list(VirtualCatalogue.firmware(of: $0.name)))
            })),
        .init("defects", Self.list(VirtualCatalogue.defects)),
        .init("faults", Self.list(VirtualCatalogue.faults)),
      ])
      return console.say(object.description)
    }
    console.say("Models (model=models/NAME):")
    let width = VirtualCatalogue.models.map(\.name.count).max() ?? 0
    for entry in VirtualCatalogue.models {
      console.say("  \(entry.name.padded(to: width))  \(entry.about)")
    }
    console.say("\nFirmware (virtual.firmware=VERSION):")
    for model in VirtualCatalogue.models {
      for entry in VirtualCatalogue.firmware(of: model.name) {
        console.say("  \(model.name) \(entry.name): \(entry.about)")
      }
    }
    for (title, entries) in [
      ("Defects (virtual.defects=[NAME])", VirtualCatalogue.defects),
      ("Faults (virtual.faults=[NAME])", VirtualCatalogue.faults),
    ] {
      console.say("\n\(title):")
      for entry in entries { console.say("  \(entry.name): \(entry.about)") }
    }
  }

  private static func list(_ entries: [VirtualCatalogue.Entry]) -> JSONValue {
    .array(
      entries.map {
        .object([.init("name", .string($0.name)), .init("about", .string($0.about))])
      })
  }
}
