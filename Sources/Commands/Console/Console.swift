import Glibc
import Synchronization

/// Where a command writes to: the terminal, or a test's memory.
public struct Console: Sendable {
  /// Where this task's command writes to.
  @TaskLocal public static var current = Console.process

  /// Whether standard output is a terminal, where a line can be written over.
  public var isTerminal: Bool

  private let out: @Sendable (String) -> Void
  private let err: @Sendable (String) -> Void

  /// Creates a console from what becomes of text for standard output and standard error.
  public init(
    isTerminal: Bool = false, out: @escaping @Sendable (String) -> Void,
    err: @escaping @Sendable (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.out = out
    self.err = err
  }

  /// Writes a line to standard output.
  public func say(_ line: String) { out(line + "\n") }

  /// Writes text to standard output as it is.
  public func write(_ text: String) { out(text) }

  /// Writes a line to standard error.
  public func complain(_ line: String) { err(line + "\n") }

  /// The process's own standard output and standard error, unbuffered.
  public static let process = Console(
    isTerminal: isatty(STDOUT_FILENO) == 1,
    out: { Self.write($0, to: STDOUT_FILENO) }, err: { Self.write($0, to: STDERR_FILENO) })

  /// Keeps lines of several tasks apart.
  private static let lock = Mutex(())

  /// A reader that went away is no reason to stop: a run must still clean up behind itself.
  private static func write(_ text: String, to descriptor: Int32) {
    lock.withLock { _ in
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR, errno != EAGAIN {
          return
        }
      }
    }
  }
}
