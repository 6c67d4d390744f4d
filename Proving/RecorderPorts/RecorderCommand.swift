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
  @Option(
    help: ArgumentHelp(
      "When after each start a pop-up comes up unasked; by lot, if at all, if left out.",
      valueName: "seconds"))
  var popUpAfter: Double?
  @Option(
    help: ArgumentHelp(
      "How much further fast movements of the mouse go for each count per millisecond; by lot if "
        + "left out.", valueName: "hundredths"))
  var acceleration: Int?
  @Flag(help: "The pointer has other shapes over what can be clicked and over fields.")
  var pointerShapes = false
  @Flag(help: "It accelerates by the speed over several reports, as desktops do.")
  var adaptiveAcceleration = false
  @OptionGroup(title: "The way through a reset") var flow: FlowOptions
  @Option(help: "The folder in which it survives; it is born with each start if left out.")
  var memory: String?
  @Option(help: "Where it writes down what happens to it; standard error if left out.")
  var log: String?
  @Option(help: ArgumentHelp("The socket that it serves on.", valueName: "socket:path"))
  var on: String?
  @OptionGroup(title: "On a socket") var rig: SocketRig
  @OptionGroup(title: "As a machine") var ports: MachinePorts

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
      throw ValidationError("what is said of a rig goes with --on: a machine's rig is a real one")
    }
    if let idle = rig.strike.first(where: { !(defect + rig.fault).contains($0.name) }) {
      throw ValidationError("\(idle.name) strikes, but is neither a --defect nor a --fault")
    }
    if let popUpAfter, !(0...1e6 ~= popUpAfter) {
      throw ValidationError("\(popUpAfter) s is no time for a pop-up")
    }
    if let acceleration, !(0...100 ~= acceleration) {
      throw ValidationError("--acceleration lies from 0 to 100")
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
    var options = VirtualRecorderOptions(
      model: model.map { $0.split(separator: "/").last.map(String.init) ?? $0 }, seed: seed,
      defects: defect, autoReboot: autoReboot,
      popUpAfter: popUpAfter.map { .seconds($0) },
      acceleration: acceleration.map { Double($0) / 100 },
      pointer: PointerOptions(changesShape: pointerShapes, isAdaptive: adaptiveAcceleration),
      firmware: firmware, flow: flow.flow)
    rig.set(&options)
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
    let machine = RecorderMachine(recorder, ports: try ports.opened(stick: folder?.stick), log: log)
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
    listener.run(
      until: { isAskedToEnd.load(ordering: .relaxed) },
      meanwhile: { blocking { await recorder.catchUp() } },
      attend: { attendance.attend($0) })
    blocking { await recorder.catchUp() }
    log.write("ends")
  }
}
