import Glibc

/// Files that are read in one go.
public enum WholeFile {
  /// Why a file can't be read.
  public struct Failure: Error, Hashable, Sendable {
    /// Whether it was opened: reading failed then, as of a folder.
    public var isOpened: Bool
    /// The system's error number.
    public var code: Int32

    /// Creates a failure.
    public init(isOpened: Bool, code: Int32) {
      self.isOpened = isOpened
      self.code = code
    }

    /// Whether there is no such file.
    public var isMissing: Bool { code == ENOENT }

    /// The system's words for it, such as `Permission denied`.
    public var reason: String { String(cString: strerror(code)) }
  }

  /// What stands at a path.
  public enum Kind: Sendable, Hashable {
    /// A file, and whether its mode and its disk let it be written.
    case file(isWritable: Bool)
    /// A link to another path, which may be relative to its own folder.
    case link(to: String)
    /// A folder.
    case folder
    /// A pipe, a socket or a device.
    case other
  }

  /// What stands at a path; links are not followed, and nothing is opened.
  ///
  /// - Throws: when there is nothing, or it can't be looked at.
  public static func kind(of path: String) throws(Failure) -> Kind {
    var found = stat()
    guard lstat(path, &found) == 0 else { throw Failure(isOpened: false, code: errno) }
    switch found.st_mode & S_IFMT {
    case S_IFREG:
      // Of the superuser the system asks no mode: who took everybody's right away meant that, too.
      return .file(isWritable: found.st_mode & 0o222 != 0 && access(path, W_OK) == 0)
    case S_IFLNK:
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = max(0, readlink(path, &target, target.count))
      return .link(
        to: String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self))
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// The bytes of a file, or of a pipe until nobody writes into it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: how many bytes are wanted; of a longer file one more is read, and no further.
  /// - Returns: all of them, or one more than the limit.
  /// - Throws: when it can't be opened or read.
  public static func bytes(of path: String, limit: Int = .max) throws(Failure) -> [UInt8] {
    guard let file = fopen(path, "rbe") else { throw Failure(isOpened: false, code: errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let left = limit - bytes.count
      let count = fread(&buffer, 1, left < buffer.count ? left + 1 : buffer.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    if ferror(file) != 0 { throw Failure(isOpened: true, code: errno) }
    return bytes
  }
}
