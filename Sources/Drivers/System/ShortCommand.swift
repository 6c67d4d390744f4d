import CLinux
import Frames
import Glibc

/// A program that is asked for something and ends soon, or is ended.
enum ShortCommand {
  /// Why it gave nothing: such as `ended with status 3`.
  struct Failure: Error, Hashable {
    var reason: String
  }

  /// What a program prints.
  ///
  /// - Parameters:
  ///   - words: the program, looked for as a shell does, and its arguments. It reads nothing, and
  ///     what it says to its standard error is dropped.
  ///   - limit: how many bytes it may print.
  ///   - deadline: when it is ended, with all that it has started.
  /// - Returns: what it printed, once it has ended well.
  /// - Throws: how it ended otherwise.
  static func output(
    of words: [String], limit: Int, by deadline: MonotonicInstant
  ) throws(Failure) -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw Failure(reason: "can't be listened to: \(systemWords(errno))")
    }
    let reading = Descriptor(ends[0])
    let process = try start(words, writing: Descriptor(ends[1]))
    do throws(Failure) {
      let bytes = try read(reading, limit: limit, by: deadline)
      try end(of: process, by: deadline)
      return bytes
    } catch {
      // It leads a session of its own, with all that it has started.
      kill(-process, SIGKILL)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
      throw error
    }
  }

  private static func start(_ words: [String], writing: Descriptor) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, writing.number, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    // It begins with the signals that programs expect: threads of Dispatch block some, and this
    // process ignores one.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      gantry_POSIX_SPAWN_SETSID | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    arguments.append(nil)
    var process: pid_t = 0
    let code = posix_spawnp(&process, words[0], &actions, &attributes, arguments, environ)
    guard code == 0 else { throw Failure(reason: "can't be started: \(systemWords(code))") }
    return process
  }

  private static func read(
    _ pipe: Descriptor, limit: Int, by deadline: MonotonicInstant
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4_096)
    while true {
      try checkTime(deadline)
      let patience = min(deadline.millisecondsFromNow, 100)
      guard pipe.wait(for: Int32(POLLIN), milliseconds: patience) != 0 else { continue }
      let count = Glibc.read(pipe.number, &part, part.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(reason: "can't be listened to: \(systemWords(errno))")
      }
      bytes += part[..<count]
      if bytes.count > limit { throw Failure(reason: "prints more than \(limit) bytes") }
    }
  }

  private static func end(of process: pid_t, by deadline: MonotonicInstant) throws(Failure) {
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0 && errno != EINTR { return }
      try checkTime(deadline)
      usleep(5_000)
    }
    let signal = status & 0x7F
    if signal != 0 { throw Failure(reason: "was ended by signal \(signal)") }
    let code = status >> 8 & 0xFF
    if code != 0 { throw Failure(reason: "ended with status \(code)") }
  }

  private static func checkTime(_ deadline: MonotonicInstant) throws(Failure) {
    if Task.isCancelled { throw Failure(reason: "was stopped") }
    if HostClock.present >= deadline { throw Failure(reason: "did not end in its time") }
  }
}
