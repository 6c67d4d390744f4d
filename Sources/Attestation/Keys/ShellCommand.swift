import CLinux
import Glibc

/// A command line of the user's own, which is given bytes and answers with some.
public struct ShellCommand: Sendable, Hashable {
  /// What the shell is given.
  public var line: String

  /// The most that a command's answer may have.
  private static let longest = 1 << 16

  /// Creates a command.
  public init(_ line: String) {
    self.line = line
  }

  /// Runs the command by `/bin/sh -c` until it ends; what it complains of goes where ours does.
  ///
  /// - Parameter input: what it reads from its standard input.
  /// - Returns: what it wrote to its standard output.
  /// - Throws: when it can't be started, ends with another status than 0, or answers without end.
  public func answer(to input: [UInt8]) throws(AttestationError) -> [UInt8] {
    // A file rather than a pipe: however much it is, nobody waits for the other.
    guard let given = tmpfile() else { throw failure(errno) }
    defer { fclose(given) }
    guard fwrite(input, 1, input.count, given) == input.count, fflush(given) == 0 else {
      throw failure(errno)
    }
    rewind(given)
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw failure(errno) }
    let process: pid_t
    do throws(AttestationError) {
      process = try start(reading: fileno(given), writing: ends[1])
    } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[1])
    let said = Self.bytes(from: ends[0])
    close(ends[0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // What waitpid(2) tells of a process that ended by itself with 0 is 0, and of no other.
    guard status == 0 else {
      let code = status >> 8 & 0xFF
      throw .broken(
        "\(line): the command ended with \(status & 0x7F == 0 ? code : status & 0x7F + 128)")
    }
    guard said.count <= Self.longest else { throw .broken("\(line): the command says too much") }
    return said
  }

  private func start(
    reading input: Int32, writing output: Int32
  ) throws(AttestationError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    let words = ["sh", "-c", line]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, arguments, environ)
    guard code == 0 else { throw failure(code) }
    return process
  }

  private func failure(_ code: Int32) -> AttestationError {
    .broken("\(line): the command can't be run: \(String(cString: strerror(code)))")
  }

  /// What is written into a pipe until nobody writes into it, or it is too much.
  private static func bytes(from descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= longest {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
