import ArgumentParser
import Bench
import BenchOpening
import OrderedJSON
import RigDescription

/// `gantry gadget`: the mouse on this host's USB device port.
struct GadgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gadget",
    abstract: "Builds and removes the mouse that this host shows on its USB device port.",
    discussion: """
      The rig file's mouse.hidGadget says what it presents itself as. up takes down what is there \
      first; both need root. Exit codes: 0 done, 2 invalid input, 3 the host can't.
      """)

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case up
    case down
    case status
  }

  @Argument(help: "up, down or status.")
  var order: Order

  @OptionGroup var rig: RealRig

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func run() throws {
    guard let gadget = try rig.devices(of: try rig.description()).gadget else {
      throw CommandFailure.invalid("\(rig.rig): the rig's mouse is no hidGadget")
    }
    switch order {
    case .up: try opening { () throws(RigFault) in try gadget.up() }
    case .down: try opening { () throws(RigFault) in try gadget.down() }
    case .status: break
    }
    if json {
      let object = JSONValue.object([
        .init("built", .bool(gadget.exists)), .init("udc", .optional(gadget.port)),
        .init("node", .optional(gadget.node)), .init("bus", .string(gadget.busState.rawValue)),
      ])
      return Console.current.say(object.description)
    }
    guard gadget.exists else {
      return Console.current.say("\(gadget.name): not built")
    }
    let port = gadget.port.map { "on \($0)" } ?? "connected to no port"
    Console.current.say(
      "\(gadget.name): \(port), \(gadget.node ?? "no node"), bus \(gadget.busState.rawValue)")
  }
}
