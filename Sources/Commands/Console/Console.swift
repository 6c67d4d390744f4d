import Glibc
import Synchronization

/// Where a command writes to: the terminal, or a test's memory.
public struct Console: Sendable {
  /// What standard output is, where it is a terminal whose lines can be written over.
  public struct Terminal: Sendable {
    /// Whether colours are welcome.
    public var hasColor: Bool
    /// How many columns it has just now.
    public var columns: @Sendable () -> Int

    /// Creates a terminal.
    public init(hasColor: Bool = true, columns: @escaping @Sendable () -> Int) {
      self.hasColor = hasColor
      self.columns = columns
    }
  }

  /// Where this task's command writes to.
  @TaskLocal public static var current = Console.process

  /// The terminal; nil where standard output is none, or one that can only be written on line by line.
  public var terminal: Terminal?

  private let out: @Sendable (String) -> Void
  private let err: @Sendable (String) -> Void
  private let passing = PassingLine()

  /// Creates a console from what becomes of text for standard output and standard error.
  public init(
    terminal: Terminal? = nil, out: @escaping @Sendable (String) -> Void,
    err: @escaping @Sendable (String) -> Void
  ) {
    self.terminal = terminal
    self.out = out
    self.err = err
  }

  /// Writes a line to standard output.
  public func say(_ line: String) { write(line + "\n") }

  /// Writes text to standard output as it is.
  public func write(_ text: String) {
    passing.replace { isShown in
      out((isShown ? Self.cleared : "") + text)
      return false
    }
  }

  /// Shows a line that whatever is written next takes the place of; nothing where standard output is
  /// no terminal.
  ///
  /// - Parameter line: the line; what does not fit into the terminal's columns is left away.
  public func show(_ line: String) {
    guard let terminal else { return }
    let text = line.cut(to: max(1, terminal.columns() - 1))
    passing.replace { _ in
      out(Self.cleared + text)
      return true
    }
  }

  /// Takes away the line that was shown.
  public func clear() {
    passing.replace { isShown in
      if isShown { out(Self.cleared) }
      return false
    }
  }

  /// Writes a line to standard error, in which nothing steers a terminal.
  public func complain(_ line: String) {
    clear()
    err(
      line.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        .joined(separator: "\n") + "\n")
  }

  private static let cleared = "\r\u{1B}[K"

  /// The process's own standard output and standard error, unbuffered.
  public static let process = Console(
    terminal: Terminal.ofProcess, out: { ProcessOutput.write($0, to: STDOUT_FILENO) },
    err: { ProcessOutput.write($0, to: STDERR_FILENO) })
}

/// Whether a line stands that is to be written over.
private final class PassingLine: Sendable {
  private let isShown = Mutex(false)

  /// Writes something, told whether such a line stands; says whether one does afterwards.
  func replace(_ write: (Bool) -> Bool) { isShown.withLock { $0 = write($0) } }
}

extension Console.Terminal {
  /// The terminal that this process writes to.
  ///
  /// A terminal that calls itself dumb is written on line by line; `NO_COLOR`, set to anything, asks for
  /// no colours (no-color.org).
  static var ofProcess: Self? {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    guard isatty(STDOUT_FILENO) == 1, value("TERM") != "dumb" else { return nil }
    return Self(hasColor: value("NO_COLOR")?.isEmpty ?? true) {
      var size = winsize()
      let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      return isKnown ? Int(size.ws_col) : 80
    }
  }
}

/// What this process writes, and whether it got there.
enum ProcessOutput {
  /// Keeps lines of several tasks apart; the error number of what was lost first.
  private static let lost = Mutex<Int32?>(nil)

  /// Why not all of standard output was written; nil where it was, or its reader has left.
  static var failure: String? {
    lost.withLock { $0 }.map { String(cString: strerror($0)) }
  }

  /// Writes text; a reader that went away is no reason to stop: a run must still clean up behind
  /// itself.
  static func write(_ text: String, to descriptor: Int32) {
    lost.withLock { lost in
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR, errno != EAGAIN {
          if descriptor == STDOUT_FILENO, errno != EPIPE { lost = lost ?? errno }
          return
        }
      }
    }
  }
}
