public import ArgumentParser
import Drivers
import Frames
import Glibc
import Synchronization
import VirtualRecorder

/// Whether somebody asked the program to end.
private let isAskedToEnd = Atomic(false)

/// `gantry-proving recorder`: a virtual recorder as a device of its own.
public struct RecorderCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "recorder",
    abstract: "A virtual recorder with real ports: mouse, supply, HDMI.",
    discussion: """
      It runs in real time until it is ended by SIGTERM or SIGINT, then leaves without a picture.
      """)

  @Option(help: "The recorder's model.") var model: String?
  @Option(help: "Where everything that is drawn by lot comes from.") var seed: UInt64 = 1
  @Option(help: "A defect that the recorder has; may be repeated.") var defect: [String] = []
  @Option(help: "Whether it restarts by itself after a reset; as the model does if left out.")
  var autoReboot: Bool?
  @Option(help: "The folder in which it survives; it is born with each start if left out.")
  var memory: String?
  @Option(help: "The file that holds the value of the supply's line.") var supply: String
  @Option(help: "The line's value at which the recorder has power.") var suppliedAt = 0
  @Option(help: "A file that holds 0 while the adapter behind the relay is dead.")
  var adapter: String?
  @Option(help: "The file that pulls the line, on the relay's chip, which senses the supply.")
  var sense: String?
  @Option(help: "The mouse gadget's directory in configfs.") var gadget: String
  @Option(help: "The device controller that the gadget is bound to.") var controller: String
  @Option(help: "The host controller at the other end of it.") var host: String
  @Option(help: "The node of the HDMI output.") var output: String
  @Option(help: "The node of the HDMI input at the cable's other end.") var input: String
  @Option(help: "The Maildir that its mail is delivered to.") var mail: String
  @Option(help: "Where it writes down what happens to it.") var log: String

  /// Creates the command.
  public init() {}

  /// Is a recorder until it is ended.
  public func run() throws {
    for number in [SIGTERM, SIGINT] {
      signal(number) { _ in isAskedToEnd.store(true, ordering: .relaxed) }
    }
    let options = VirtualRecorderOptions(
      model: model, seed: seed, defects: defect, autoReboot: autoReboot)
    let folder = try memory.map { try RecorderMemoryFolder(path: $0, for: options) }
    defer { folder?.close() }
    let recorder = try WiredRecorder(
      options, memory: folder, calendarStart: Double(time(nil)))
    let delivery = try MaildirDelivery(path: mail, folders: ["Junk"])
    let (output, input) = (output, input)
    let machine = RecorderMachine(
      recorder,
      ports: RecorderMachine.Ports(
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
        }), log: try RecorderLog(path: log))
    try machine.run { isAskedToEnd.load(ordering: .relaxed) }
  }
}
