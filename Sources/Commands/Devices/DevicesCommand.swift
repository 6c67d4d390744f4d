import ArgumentParser
import Bench
import BenchOpening
import OrderedJSON

/// `gantry devices`: what on this host could be a part of a rig.
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "Lists what on this host could be a screen, a mouse or a power switch.",
    discussion: "Below each stands what selects it in a rig file. Nothing is opened for use.")

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() {
    let devices = RealDevices.usable
    if json {
      let list = devices.map { device in
        JSONValue.object([
          .init("part", .string(device.part.rawValue)), .init("name", .string(device.name)),
          .init("about", .string(device.about)), .init("rig", .string(device.rigLine)),
        ])
      }
      return Console.current.say(JSONValue.object([.init("devices", .array(list))]).description)
    }
    if devices.isEmpty {
      return Console.current.say("nothing that could be a screen, a mouse or a power switch")
    }
    for device in devices {
      Console.current.say("\(device.part.rawValue): \(device.name) (\(device.about))")
      Console.current.say("  \(device.rigLine)")
    }
  }
}
