import CLinux
import Glibc
import WholeFiles

/// Why a file operation failed: what was tried, and the system's word for it.
struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  var path: String
  var code: Int32

  /// The failure of the call that was made last, or of an error number.
  init(_ path: String, code: Int32 = errno) {
    self.path = path
    self.code = code
  }

  /// Whether there is nothing of that name.
  var isMissing: Bool { code == ENOENT }

  /// Such as `/var/mail/lab: Permission denied`.
  var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// The few file operations that a Maildir needs, with the system's own errors.
enum Files {
  /// The names in a directory, without those that begin with a dot; sorted.
  static func names(in directory: String) throws(FileError) -> [String] {
    guard let stream = opendir(directory) else { throw FileError(directory) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileError(directory) }
        return names.sorted()
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
  }

  /// Whether a path leads to a directory; false too where there is nothing.
  static func isDirectory(_ path: String) throws(FileError) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let error = FileError(path)
      if error.isMissing || error.code == ENOTDIR { return false }
      throw error
    }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// When a file was last changed, in microseconds since 1970.
  static func changedAt(_ path: String) throws(FileError) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError(path) }
    return Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000
  }

  /// How long a file is, in bytes.
  static func size(of path: String) throws(FileError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError(path) }
    return Int(status.st_size)
  }

  /// The bytes of a file, at most one more than a limit.
  static func bytes(of path: String, limit: Int) throws(FileError) -> [UInt8] {
    do throws(WholeFile.Failure) {
      return try WholeFile.bytes(of: path, limit: limit)
    } catch {
      throw FileError(path, code: error.code)
    }
  }

  /// Writes a new file, readable by its owner alone.
  static func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(path) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let error = FileError(path)
        close(descriptor)
        throw error
      }
      written += count
    }
    guard close(descriptor) == 0 else { throw FileError(path) }
  }

  /// Makes a directory, for its owner alone if not told otherwise, and those above it; one that is
  /// there stays.
  static func makeDirectory(_ path: String, mode: mode_t = 0o700) throws(FileError) {
    if try isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeDirectory(String(path[..<slash]), mode: mode)
    }
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError(path) }
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError(path) }
  }

  /// Gives a file another name, in one step that nobody sees halfway.
  static func move(_ path: String, to target: String) throws(FileError) {
    guard rename(path, target) == 0 else { throw FileError(target) }
  }
}
