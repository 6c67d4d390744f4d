import CLinux
import Glibc
import RunJournal

/// The first and the last line of a journal, read without what lies between.
enum JournalEnds {
  /// The most that a line may have to be read so.
  private static let longest = 1 << 20

  /// A journal of these two lines; of the first alone where the end is not written.
  ///
  /// - Parameter path: the file.
  /// - Returns: the journal; nil where there is none that can be read.
  static func read(_ path: String) -> Journal? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    let size = Int(status.st_size)
    guard let first = line(descriptor, from: 0, size) else { return nil }
    guard let last = lastLine(descriptor, size), last != first else {
      return try? Journal(reading: first)
    }
    // What stands last is the end only where it reads as one.
    return (try? Journal(reading: first + last)) ?? (try? Journal(reading: first))
  }

  /// The line that begins at a place, with its end.
  private static func line(_ descriptor: Int32, from start: Int, _ size: Int) -> [UInt8]? {
    var length = 1 << 14
    while true {
      let bytes = bytes(descriptor, from: start, min(length, size - start))
      if let end = bytes.firstIndex(of: newline) { return Array(bytes[...end]) }
      if bytes.count == size - start || length >= longest { return nil }
      length *= 4
    }
  }

  /// The last line, with its end; nil where the file does not end with a line's end.
  private static func lastLine(_ descriptor: Int32, _ size: Int) -> [UInt8]? {
    var length = 1 << 14
    while true {
      let start = max(0, size - length)
      let bytes = bytes(descriptor, from: start, size - start)
      guard bytes.last == newline else { return nil }
      if let before = bytes.dropLast().lastIndex(of: newline) {
        return Array(bytes[(before + 1)...])
      }
      if start == 0 { return bytes }
      if length >= longest { return nil }
      length *= 4
    }
  }

  private static let newline = UInt8(ascii: "\n")

  private static func bytes(_ descriptor: Int32, from start: Int, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
      while filled < count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled,
          off_t(start + filled))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        filled += got
      }
    }
  }
}
