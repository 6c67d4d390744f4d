import ArgumentParser
import Drivers
import Frames
import VirtualRecorder

/// Where the ports of a recorder are that is a machine of its own.
struct MachinePorts: ParsableArguments {
  @Option(help: "The file that holds the value of the supply's line.") var supply: String?
  @Option(help: "The line's value at which the recorder has power.") var suppliedAt = 0
  @Option(help: "A file that holds 0 while the adapter behind the relay is dead.")
  var adapter: String?
  @Option(help: "The file that pulls the line, on the relay's chip, which senses the supply.")
  var sense: String?
  @Option(help: "The mouse gadget's directory in configfs.") var gadget: String?
  @Option(help: "The device controller that the gadget is bound to.") var controller: String?
  @Option(help: "The host controller at the other end of it.") var host: String?
  @Option(help: "The node of the HDMI output.") var output: String?
  @Option(help: "The node of the HDMI input at the cable's other end.") var input: String?
  @Option(help: "The Maildir that its mail is delivered to.") var mail: String?

  /// Whether any of them is named.
  var areNamed: Bool {
    [supply, adapter, sense, gadget, controller, host, output, input, mail].contains { $0 != nil }
  }

  /// The sockets that they stand for.
  func opened() throws -> RecorderMachine.Ports {
    guard let supply, let gadget, let controller, let host, let output, let input, let mail else {
      throw ValidationError(
        "a machine needs all of --supply, --gadget, --controller, --host, --output, --input and "
          + "--mail; --on socket:PATH needs none of them")
    }
    let delivery = try MaildirDelivery(path: mail, folders: ["Junk"])
    return RecorderMachine.Ports(
      mouse: MouseSocket(gadget: gadget, controller: controller, host: host),
      supply: try SupplySocket(
        path: supply, suppliedAt: suppliedAt, rest: true, adapter: adapter, sense: sense),
      video: { (size) throws(PortError) in
        try HDMIOutput(output: output, input: input, size: size)
      },
      deliver: { arrival in
        try delivery.deliver(
          arrival.mail.bytes, folder: arrival.mail.folder.rawValue,
          at: arrival.secondsSince1970, serial: arrival.serial)
      })
  }
}
