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
  @Option(help: "The host controller that its port for a stick is at; it takes --memory.")
  var stickHost: String?
  @Option(help: "The node of the HDMI output.") var output: String?
  @Option(help: "The node of the HDMI input at the cable's other end.") var input: String?
  @Option(help: "The Maildir that its mail is delivered to.") var mail: String?

  /// Whether any of them is named.
  var areNamed: Bool {
    [supply, adapter, sense, gadget, controller, host, stickHost, output, input, mail]
      .contains { $0 != nil }
  }

  /// The sockets that they stand for.
  ///
  /// - Parameter stick: the folder in which the recorder looks for a stick; nil of one that takes none.
  /// - Returns: the sockets.
  /// - Throws: where one is not named, or can't be opened.
  func opened(stick: String?) throws -> RecorderMachine.Ports {
    guard let supply, let gadget, let controller, let host, let output, let input, let mail else {
      throw ValidationError(
        "a machine needs all of --supply, --gadget, --controller, --host, --output, --input and "
          + "--mail; --on socket:PATH needs none of them")
    }
    guard stickHost == nil || stick != nil else {
      throw ValidationError("--stick-host takes --memory: what a recorder takes from a stick stays")
    }
    let delivery = try MaildirDelivery(path: mail, folders: ["Junk"])
    return RecorderMachine.Ports(
      mouse: MouseSocket(gadget: gadget, controller: controller, host: host),
      supply: try SupplySocket(
        path: supply, suppliedAt: suppliedAt, rest: true, adapter: adapter, sense: sense),
      stick: stickHost.flatMap { host in
        stick.map { StickSocket(host: host, mountPoint: $0) }
      },
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
