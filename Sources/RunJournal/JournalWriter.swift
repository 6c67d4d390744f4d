import Glibc

/// Appends to a journal file, a whole line at a time.
///
/// A line has left the process when ``append(_:)`` returns, so that a run that dies afterwards
/// still tells what it did.
public struct JournalWriter: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Opens the journal file, or creates it.
  ///
  /// - Throws: when the file can't be opened.
  public init(appendingTo path: String) throws(JournalError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.error(path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Appends a line, given without its end.
  ///
  /// - Throws: when the disk is full or fails; part of the line may stand in the file then.
  public func append(_ line: String) throws(JournalError) {
    precondition(!line.utf8.contains(UInt8(ascii: "\n")), "a journal line is one line")
    var rest = Array(line.utf8)[...]
    rest.append(UInt8(ascii: "\n"))
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw Self.error(path)
      }
    }
  }

  private static func error(_ path: String) -> JournalError {
    JournalError("\(path): \(String(cString: strerror(errno)))")
  }
}
