import Bench
import Frames
import RigDescription
import Synchronization
import Testing

@testable import Drivers

/// A server that says what a test has written down, command by command.
final class ScriptedServer: Sendable {
  /// What the server does after a command.
  enum Answer: Sendable {
    /// It says these lines, and that the command is done: `G1` stands for the command's tag.
    case lines([String])
    /// It says these bytes, and no more.
    case bytes([UInt8])
    /// It closes the connection.
    case close
    /// It says nothing.
    case silence
  }

  private let answers: @Sendable (String) -> Answer
  private let heard = Mutex<[String]>([])
  private let connections = Mutex(0)

  /// A server that answers each command, without its tag, by a closure.
  init(_ answers: @escaping @Sendable (String) -> Answer) {
    self.answers = answers
  }

  /// What it was asked so far, over all connections.
  var commands: [String] { heard.withLock { $0 } }
  /// How often somebody connected.
  var connected: Int { connections.withLock { $0 } }

  /// A mailbox on it.
  var mailbox: IMAPMailbox {
    IMAPMailbox(.lab) { [self] _ in
      connections.withLock { $0 += 1 }
      return ScriptedChannel(self)
    }
  }

  fileprivate func answer(_ command: String) -> Answer {
    heard.withLock { $0.append(command) }
    if command == "CAPABILITY" { return .lines(["* CAPABILITY IMAP4rev1", "G1 OK done"]) }
    return answers(command)
  }
}

private final class ScriptedChannel: MailChannel {
  private let server: ScriptedServer
  private var pending: [UInt8] = []
  private var isClosed = false

  init(_ server: ScriptedServer) {
    self.server = server
  }

  func send(_ bytes: [UInt8], by deadline: MonotonicInstant) throws(MailServerFailure) {
    let line = String(decoding: bytes, as: UTF8.self)
    let tag = line.prefix { $0 != " " }
    let command = String(line.dropFirst(tag.count + 1).filter { !$0.isNewline })
    switch server.answer(command) {
    case .lines(let lines):
      for line in lines {
        let own = line.hasPrefix("G1 ") ? "\(tag)\(line.dropFirst(2))" : line
        pending += Array((own + "\r\n").utf8)
      }
    case .bytes(let bytes):
      let text = String(decoding: bytes, as: UTF8.self)
      pending += text.contains("G1 ") ? Array(text.replacing("G1 ", with: "\(tag) ").utf8) : bytes
    case .close: isClosed = true
    case .silence: break
    }
  }

  func receive(by deadline: MonotonicInstant) throws(MailServerFailure) -> [UInt8] {
    if isClosed { throw .lost("the server closed the connection") }
    if pending.isEmpty { throw .late("it did not answer in time") }
    defer { pending = [] }
    return pending
  }
}

extension IMAPSettings {
  /// Those of a lab that there is not.
  static let lab = IMAPSettings(
    server: MailServer(.imap, host: "mail.lab.example", port: 993, security: .tls),
    logIn: MailLogIn(user: "rig-7", proof: .password(.environment("NONE"))))
}

/// The instant that is some seconds from now.
func soon(_ seconds: Int = 60) -> MonotonicInstant {
  HostClock.present.advanced(by: .seconds(seconds))
}

/// The fault that something ends with.
func fault(of body: () async throws -> Void) async -> RigFault? {
  do { try await body() } catch BenchError.fault(let fault) { return fault } catch {}
  return nil
}

/// A number that goes up.
final class Counter: Sendable {
  private let number = Mutex(0)

  var value: Int { number.withLock { $0 } }

  func next() -> Int {
    number.withLock {
      $0 += 1
      return $0
    }
  }
}
