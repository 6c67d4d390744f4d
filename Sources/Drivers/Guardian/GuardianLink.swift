import Bench
import CLinux
import Dispatch
import Frames
import Glibc

/// How a guardian is started.
public struct GuardianLauncher: Sendable {
  /// The program.
  public var executable: String
  /// Its arguments, without its own name; the socket is its standard input.
  public var arguments: [String]

  /// Creates a launcher.
  public init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// This very program, with the subcommand that makes it a guardian.
  public static let thisProgram = GuardianLauncher(
    executable: "/proc/self/exe", arguments: [subcommand])

  /// The hidden subcommand that makes the program a guardian.
  public static let subcommand = "guardian"

  /// Starts a guardian in a session of its own.
  ///
  /// - Returns: this end of the socket between the two.
  func launch() throws(RigFault) -> Descriptor {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw RigFault(
        .host, .hostFails, "no socket can be made: \(systemWords(errno))", errno: errno)
    }
    let (mine, theirs) = (Descriptor(ends[0]), Descriptor(ends[1]))
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, theirs.number, STDIN_FILENO)
    // A guardian outlives its controller: whoever reads the controller's output must not wait.
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    posix_spawnattr_setflags(&attributes, gantry_POSIX_SPAWN_SETSID)
    var words: [UnsafeMutablePointer<CChar>?] = (["gantry"] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, words, environ)
    guard code == 0 else {
      throw RigFault(
        .host, .hostFails, "the guardian of the power can't be started: \(systemWords(code))",
        errno: code)
    }
    Self.reap(process)
    return mine
  }

  /// Takes note of the guardian's end, or it would stay in the system's lists.
  private static func reap(_ process: pid_t) {
    DispatchQueue(label: "gantry.reaper").async {
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    }
  }
}

/// A controller's end of the connection to a guardian.
final class GuardianLink {
  private let channel: LineChannel
  private var serial = 0

  /// Starts a guardian and waits until it holds the switch.
  init(_ charge: GuardianCharge, launcher: GuardianLauncher) throws(RigFault) {
    channel = LineChannel(try launcher.launch())
    guard let text = try? charge.text, channel.send(text) else { throw Self.gone }
    // It may have to wait for another guardian that completes a cut.
    let patience = Int32(clamping: charge.minimumOff / 1_000_000 + 15_000)
    switch channel.receive(milliseconds: patience) {
    case .closed: throw Self.gone
    case .nothingYet:
      throw RigFault(.power, .powerUnreachable, "the guardian of the power does not begin")
    case .line(let line):
      switch GuardianAnswer(text: line) {
      case .done: break
      case .fault(let fault): throw fault
      case .state, .supplied, nil: throw Self.gone
      }
    }
  }

  private static let gone = RigFault(
    .power, .powerUnreachable, "the guardian of the power has ended: nobody holds the switch")

  /// Has an order carried out.
  func ask(_ order: GuardianOrder, by deadline: MonotonicInstant) throws(RigFault) -> GuardianAnswer
  {
    serial += 1
    guard channel.send("\(serial) \(order.rawValue)") else { throw Self.gone }
    while true {
      switch channel.receive(milliseconds: deadline.millisecondsFromNow) {
      case .closed: throw Self.gone
      case .nothingYet:
        throw RigFault(.power, .powerUnreachable, "the switch had no time to switch")
      case .line(let line):
        let parts = line.split(separator: " ", maxSplits: 1)
        // The answer to an order that was given up may come late.
        guard parts.count == 2, parts[0] == "\(serial)" else { continue }
        switch GuardianAnswer(text: String(parts[1])) {
        case .fault(let fault): throw fault
        case let answer?: return answer
        case nil: throw Self.gone
        }
      }
    }
  }
}
