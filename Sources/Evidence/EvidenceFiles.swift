import Glibc
import RunJournal
import WholeFiles

/// A file or folder of evidence that can't be read or written.
public struct EvidenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop.
  public var reason: String

  /// Creates an error.
  public init(_ reason: String) {
    self.reason = reason
  }

  /// The reason.
  public var description: String { reason }
}

/// Whole files and folders, with errors that name the path and the cause.
enum EvidenceFiles {
  /// The bytes of a file.
  static func read(_ path: String) throws(EvidenceError) -> [UInt8] {
    do throws(WholeFile.Failure) {
      return try WholeFile.bytes(of: path)
    } catch {
      throw EvidenceError("\(path): \(error.reason)")
    }
  }

  /// Replaces or creates a file, so that readers see the old one or the new one, never a part.
  static func write(_ bytes: some Collection<UInt8>, to path: String) throws(EvidenceError) {
    let draft = path + ".part"
    guard let file = fopen(draft, "wbe") else { throw failure(path) }
    let bytes = Array(bytes)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count, rename(draft, path) == 0 else {
      let cause = failure(path)
      unlink(draft)
      throw cause
    }
  }

  /// Whether there is something of that name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Creates a folder with the folders above it; one that is there already is left as it is.
  static func makeFolders(_ path: String) throws(EvidenceError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      if mkdir(made, 0o755) != 0, errno != EEXIST, errno != EISDIR { throw failure(made) }
    }
  }

  /// Creates a folder; false when there is something of that name already.
  static func makeNewFolder(_ path: String) throws(EvidenceError) -> Bool {
    if mkdir(path, 0o755) == 0 { return true }
    if errno == EEXIST { return false }
    throw failure(path)
  }

  private static func failure(_ path: String) -> EvidenceError {
    EvidenceError("\(path): \(String(cString: strerror(errno)))")
  }
}
