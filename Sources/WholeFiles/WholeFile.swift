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
