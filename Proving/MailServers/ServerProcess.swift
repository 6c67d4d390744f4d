import CLinux
import Foundation
import Glibc

/// Why a server of these tests is not there.
public struct MailServersError: Error, CustomStringConvertible {
  /// What is wrong, with what the server wrote down.
  public var description: String

  fileprivate static let noPipe = MailServersError(description: "no pipe can be made")
}

/// A program that runs until it is ended, or until this process ends, however it does.
final class ServerProcess {
  /// What waits for the end of its input, which comes whatever becomes of this process, and becomes
  /// the program.
  private static let script =
    "exec 3<&0; (read -r word <&3; kill -TERM $$) & exec \"$@\" 3<&- </dev/null"

  private let life: Int32
  private var process: pid_t?

  /// Starts a program that stays in the foreground.
  init(_ program: String, _ arguments: [String]) throws {
    var ends: [Int32] = [0, 0]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw MailServersError.noPipe }
    life = ends[1]
    defer { close(ends[0]) }
    process = try Spawning.start(
      "/bin/sh", ["-c", Self.script, "sh", program] + arguments, input: ends[0], output: nil)
  }

  deinit {
    end()
    close(life)
  }

  /// Ends the program, waits until it has ended, and ends what it has left behind.
  func end() {
    guard let process else { return }
    kill(process, SIGTERM)
    _ = Spawning.wait(for: process)
    kill(-process, SIGKILL)
    self.process = nil
  }

  /// What a program prints; one that ends badly is an error.
  @discardableResult
  static func run(_ program: String, _ arguments: [String]) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw MailServersError.noPipe }
    let output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try Spawning.start(program, arguments, input: nil, output: ends[1])
    }
    let text = String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self)
    let status = Spawning.wait(for: process)
    guard status == 0 else {
      throw MailServersError(description: "\(program) \(arguments) ended with \(status): \(text)")
    }
    return text
  }
}

/// Starts programs with no signal blocked, as threads of this process have them.
private enum Spawning {
  static func start(
    _ program: String, _ arguments: [String], input: Int32?, output: Int32?
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, gantry_POSIX_SPAWN_SETSID | Int16(POSIX_SPAWN_SETSIGMASK))
    for (number, descriptor, flags) in [
      (STDIN_FILENO, input, O_RDONLY), (STDOUT_FILENO, output, O_WRONLY),
      (STDERR_FILENO, output, O_WRONLY),
    ] {
      if let descriptor {
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      } else {
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
      }
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, &attributes, words, environ)
    guard code == 0 else {
      throw MailServersError(description: "\(program): \(String(cString: strerror(code)))")
    }
    return process
  }

  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status
  }
}

/// Ports of this host.
public enum LoopbackPort {
  /// A port of 127.0.0.1 on which nothing listens.
  public static func free() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = self.address(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isBound else { throw MailServersError(description: "no port of 127.0.0.1 is free") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Whether something listens on a port.
  static func isOpen(_ port: Int) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = self.address(port)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  /// Waits until something listens on some ports.
  static func wait(for ports: [Int], log: String) throws {
    for _ in 0..<400 {
      if ports.allSatisfy(isOpen) { return }
      usleep(25_000)
    }
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? "it wrote nothing down"
    throw MailServersError(description: "the server does not listen on \(ports): \(text)")
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

/// Who servers run as: this user, or, since they refuse to be the superuser, nobody.
enum ServerUser {
  static var isRoot: Bool { getuid() == 0 }
  static var user: UInt32 { isRoot ? 65_534 : getuid() }
  static var group: UInt32 { isRoot ? 65_534 : getgid() }

  /// The name of a user.
  static func name(_ user: UInt32) -> String {
    getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "\(user)"
  }

  /// The name of a group.
  static func groupName(_ group: UInt32) -> String {
    getgrgid(group).map { String(cString: $0.pointee.gr_name) } ?? "\(group)"
  }
}

/// A folder that goes with its last user.
public final class ServerFolder: Sendable {
  /// Where it is; sockets in it have names that are short enough.
  public let path: String

  /// Makes a folder that others may look into.
  public init() throws {
    var template = Array("/tmp/gantry-mail-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw MailServersError(description: "no folder can be made in /tmp")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    chmod(path, 0o755)
  }

  deinit { remove() }

  /// Removes it, with all that is in it.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
