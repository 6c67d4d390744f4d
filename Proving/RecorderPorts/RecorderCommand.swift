public import ArgumentParser
import FoundationEssentials
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
    abstract: "A virtual recorder on a socket, or with real ports: mouse, supply, HDMI.",
    discussion: """
      It runs in real time until it is ended by SIGTERM or SIGINT. With --on socket:PATH a rig \
      reaches it by virtual: {at: PATH}: screen, mouse, power and mail. Otherwise it is a machine \
      whose ports are the kernel's, and leaves without a picture.
      """)

  @Option(help: "The recorder's model: its name, or its folder.") var model: String?
  @Option(help: "Where everything that is drawn by lot comes from.") var seed: UInt64 = 1
  @Option(help: "A defect that the recorder has; may be repeated.") var defect: [String] = []
  @Option(help: "Whether it restarts by itself after a reset; as the model does if left out.")
  var autoReboot: Bool?
  @Option(help: "The version of a new recorder's firmware; the one it ships with if left out.")
  var firmware: String?
  @Option(help: "The folder in which it survives; it is born with each start if left out.")
  var memory: String?
  @Option(help: "Where it writes down what happens to it; standard error if left out.")
  var log: String?
  @Option(help: ArgumentHelp("The socket that it serves on.", valueName: "socket:path"))
  var on: String?
  @OptionGroup(title: "On a socket") var rig: SocketRig
  @OptionGroup(title: "As a machine") var ports: MachinePorts

  /// What is the rig's around a recorder on a socket.
  struct SocketRig: ParsableArguments {
    @Option(help: "A fault that its ports have; may be repeated.") var fault: [String] = []
    @Option(
      help: ArgumentHelp(
        "When a defect or a fault sets in, in seconds after the start; may be repeated.",
        valueName: "name=seconds"),
      transform: Strike.init)
    var strike: [Strike] = []
    @Flag(help: "Nothing senses the supply behind the relay.") var withoutSense = false

    /// Whether anything of it is said.
    var isNamed: Bool { !fault.isEmpty || !strike.isEmpty || withoutSense }
  }

  /// When a flaw sets in.
  struct Strike: Codable {
    var name: String
    var seconds: Double

    init(_ text: String) throws {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let seconds = Double(parts[1]), 0...1e6 ~= seconds else {
        throw ValidationError("\(text) is no moment of a flaw; write one such as relay-lies=30")
      }
      (name, self.seconds) = (String(parts[0]), seconds)
    }
  }

  /// Creates the command.
  public init() {}

  /// Looks whether the options go together.
  public func validate() throws {
    if let on {
      guard on.hasPrefix(Self.scheme), on.count > Self.scheme.count else {
        throw ValidationError("\(on) is no socket; write socket:PATH")
      }
      if ports.areNamed {
        throw ValidationError("beside --on there are no ports of a machine's")
      }
    } else if rig.isNamed {
      throw ValidationError("--fault, --strike and --without-sense go with --on")
    }
  }

  private static let scheme = "socket:"

  /// Is a recorder until it is ended.
  public func run() throws {
    // Whoever started this process may have had its signals blocked, as threads of programs have.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] {
      signal(number) { _ in isAskedToEnd.store(true, ordering: .relaxed) }
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    let options = VirtualRecorderOptions(
      model: model.map { $0.split(separator: "/").last.map(String.init) ?? $0 }, seed: seed,
      defects: defect, faults: rig.fault, autoReboot: autoReboot,
      strikes: rig.strike.reduce(into: [:]) { $0[$1.name] = .seconds($1.seconds) },
      hasSense: !rig.withoutSense, firmware: firmware)
    let log = try RecorderLog(path: log ?? "/dev/stderr")
    if let on {
      try serve(options, at: String(on.dropFirst(Self.scheme.count)), log)
    } else {
      try beMachine(options, log)
    }
  }

  private func beMachine(_ options: VirtualRecorderOptions, _ log: RecorderLog) throws {
    let folder = try memory.map { try RecorderMemoryFolder(path: $0, for: options) }
    defer { folder?.close() }
    let recorder = try WiredRecorder(
      options, memory: folder, calendarStart: Double(time(nil)))
    let machine = RecorderMachine(recorder, ports: try ports.opened(), log: log)
    try machine.run { isAskedToEnd.load(ordering: .relaxed) }
  }

  private func serve(
    _ options: VirtualRecorderOptions, at path: String, _ log: RecorderLog
  ) throws {
    let listener = try RecorderListener(path: path)
    defer { listener.close() }
    let folder = try memory.map { try RecorderMemoryFolder(path: $0, for: options) }
    defer { folder?.close() }
    // What nobody will look for afterwards: a recorder without a memory has its mail for itself.
    let ownMail = FileManager.default.temporaryDirectory.path + "/gantry-mail-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: ownMail) }
    let recorder = try ServedRecorder(
      options, memory: folder, mail: folder?.mailbox ?? ownMail,
      calendarStart: Double(time(nil)), log: log)
    let attendance = RecorderAttendance(recorder, log: log)
    log.write("serves at \(path)")
    try listener.run(
      until: { isAskedToEnd.load(ordering: .relaxed) },
      meanwhile: { blocking { await recorder.catchUp() } },
      attend: { attendance.attend($0) })
    blocking { await recorder.catchUp() }
    log.write("ends")
  }
}
