import CLinux
import Glibc

/// Appends to a journal file, a whole line at a time.
///
/// A line has left the process when ``append(_:usingRoom:)`` returns, so that a run that dies
/// afterwards still tells what it did.
///
/// Room for the journal's end can be set aside on the disk, behind the lines that are written: a full
/// disk, or whoever fills it, leaves that to the journal.
public struct JournalWriter: ~Copyable {
  private let descriptor: Int32
  private let path: String
  /// How many bytes are set aside behind the last line; none where the file system can't.
  private var room: Int
  /// Where the last line ends.
  private var end: Int
  /// Where the part of the file ends that the disk has room for.
  private var reserved: Int

  /// Opens the journal file, or creates it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - room: how many bytes are set aside for the journal's end. A disk that has not as much begins
  ///     a journal all the same: its first line without ``append(_:usingRoom:)``'s leave fails.
  /// - Throws: when the file can't be opened.
  public init(appendingTo path: String, room: Int = 0) throws(JournalError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.error(path) }
    self.descriptor = descriptor
    self.path = path
    self.room = room
    Self.lock(descriptor)
    var status = stat()
    end = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    reserved = end
    _ = reserve(room)
  }

  deinit {
    if room > 0 { ftruncate(descriptor, end) }
    // A child that is just being started has the open file, too, until it runs its own program.
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Marks a journal as one that is being written, for as long as it is open (`flock(2)`); where the
  /// file system has no locks, it is not marked.
  private static func lock(_ descriptor: Int32) {
    // Whoever asks whether it is being written has it locked for a moment.
    for _ in 0..<10 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return }
      usleep(1000)
    }
  }

  /// Whether a process is writing a journal: a run goes on whose end is not written yet.
  ///
  /// - Parameter path: the file.
  /// - Returns: false where nobody is, and where nobody can tell.
  public static func isWriting(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    _ = flock(descriptor, LOCK_UN)
    return false
  }

  /// Appends a line, given without its end.
  ///
  /// - Parameters:
  ///   - line: the line.
  ///   - usingRoom: whether the line may take of the room that is set aside for the journal's end.
  /// - Throws: when the disk is full or fails; nothing of the line stands in the file then.
  public mutating func append(_ line: String, usingRoom: Bool = false) throws(JournalError) {
    precondition(!line.utf8.contains(UInt8(ascii: "\n")), "a journal line is one line")
    var rest = Array(line.utf8)[...]
    rest.append(UInt8(ascii: "\n"))
    let next = end + rest.count
    if !usingRoom, !reserve(rest.count + room) { throw Self.error(path) }
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        let error = Self.error(path)
        // A part of a line would garble the next one.
        if rest.count < next - end, ftruncate(descriptor, end) == 0 { reserved = end }
        throw error
      }
    }
    end = next
  }

  /// Gives back the room that is set aside and not used: nothing more is to come.
  public mutating func release() {
    if room > 0, ftruncate(descriptor, end) == 0 { reserved = end }
    room = 0
  }

  /// Sets room aside behind the last line.
  ///
  /// - Returns: false where the disk has none, as `errno` says; true also where its file system sets
  ///   no room aside.
  private mutating func reserve(_ count: Int) -> Bool {
    guard room > 0, end + count > reserved else { return true }
    // As much again, so that not every line asks.
    for length in [count + room, count] {
      var result: Int32
      repeat {
        result = fallocate(descriptor, FALLOC_FL_KEEP_SIZE, end, length)
      } while result != 0 && errno == EINTR
      if result == 0 {
        reserved = end + length
        return true
      }
      if errno != ENOSPC, errno != EDQUOT {
        room = 0
        return true
      }
    }
    return false
  }

  private static func error(_ path: String) -> JournalError {
    JournalError("\(path): \(String(cString: strerror(errno)))")
  }
}
