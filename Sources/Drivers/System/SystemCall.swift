import Frames
import Glibc

/// What the system calls an error number, such as `Device or resource busy`.
func systemWords(_ code: Int32) -> String { String(cString: strerror(code)) }

/// A file descriptor that is closed with its last user.
final class Descriptor: Sendable {
  /// The number, for system calls.
  let number: Int32
  private let calls: any SystemCalls

  /// Takes over an open descriptor.
  init(_ number: Int32, through calls: any SystemCalls = LiveCalls()) {
    self.number = number
    self.calls = calls
  }

  /// Opens a file; never inherited by children.
  init(
    opening path: String, _ flags: Int32, through calls: any SystemCalls = LiveCalls()
  ) throws(FileError) {
    do throws(SystemError) {
      number = try calls.open(path, flags)
    } catch {
      throw FileError(path, code: error.code)
    }
    self.calls = calls
  }

  deinit { calls.close(number) }

  /// Waits until one of some events comes.
  ///
  /// - Returns: the events that came, with errors and hang-ups; 0 when the time is over.
  func wait(for events: Int32, milliseconds: Int32) -> Int32 {
    calls.poll(number, for: events, milliseconds: milliseconds)
  }

  /// Waits until one of some events comes, for a time in whole milliseconds.
  func wait(for events: Int32, _ time: Duration) -> Int32 {
    wait(for: events, milliseconds: Int32(clamping: time.wholeNanoseconds / 1_000_000))
  }
}

extension Files {
  /// The text of a small file without spaces and line ends around it; nil where there is none.
  static func text(of path: String) -> String? {
    guard let bytes = try? bytes(of: path, limit: 1 << 14) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return String(text.trimmed)
  }

  /// Writes text into a file that is there, as attributes of the kernel take it.
  static func put(_ text: String, into path: String) throws(FileError) {
    let descriptor = try Descriptor(opening: path, O_WRONLY | O_TRUNC)
    let bytes = Array(text.utf8)
    guard write(descriptor.number, bytes, bytes.count) == bytes.count else {
      throw FileError(path)
    }
  }

  /// The path from the root of a path from the working directory.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// Where a path leads once all links are followed; nil where it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether there is something of that name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmed: SubSequence {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return rest
  }
}
