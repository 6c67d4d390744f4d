import Glibc

extension WholeFile {
  /// Puts bytes in the place of a file's, for its owner alone, in one step that nobody sees halfway:
  /// where it throws, the old ones still stand there.
  ///
  /// - Parameters:
  ///   - path: the file; its folder is there.
  ///   - bytes: what is to stand in it.
  ///   - durably: whether they have reached the disk when this returns, so that they outlive the
  ///     machine; otherwise they outlive the process.
  /// - Throws: the system's reason.
  public static func replace(
    _ path: String, with bytes: [UInt8], durably: Bool = true
  ) throws(Failure) {
    let new = path + ".new"
    let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Failure(isOpened: false, code: errno) }
    guard write(bytes, to: descriptor), !durably || fsync(descriptor) == 0, rename(new, path) == 0
    else {
      let failure = Failure(isOpened: true, code: errno)
      close(descriptor)
      unlink(new)
      throw failure
    }
    close(descriptor)
    // The new name stands on the disk with its folder.
    if durably { sync(folder(of: path)) }
  }

  /// Puts bytes in the place of those of somebody's file, which keeps its mode and its owner, in one
  /// step that nobody sees halfway: where it throws, the old ones still stand there.
  ///
  /// - Parameters:
  ///   - path: a file that is there; of a link, the name is taken and not what it points to.
  ///   - bytes: what is to stand in it.
  /// - Throws: the system's reason.
  public static func rewrite(_ path: String, with bytes: [UInt8]) throws(Failure) {
    var old = stat()
    guard lstat(path, &old) == 0 else { throw Failure(isOpened: false, code: errno) }
    // A name of its own: what the user keeps beside the file is not ours to overwrite.
    let new = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Failure(isOpened: false, code: errno) }
    defer { close(descriptor) }
    // The mode last: a change of owner takes some of its bits away.
    guard fchown(descriptor, old.st_uid, old.st_gid) == 0,
      fchmod(descriptor, old.st_mode & 0o7777) == 0, write(bytes, to: descriptor),
      fsync(descriptor) == 0, rename(new, path) == 0
    else {
      let failure = Failure(isOpened: true, code: errno)
      unlink(new)
      throw failure
    }
    sync(folder(of: path))
  }

  private static func folder(of path: String) -> String {
    let slash = path.lastIndex(of: "/")
    return slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Sees to it that a file, or the names in a folder, have reached the disk; nothing where it can't
  /// be opened.
  public static func sync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Adds bytes at the end of a file, all of them or none; made for its owner alone if it is new.
  ///
  /// - Throws: the system's reason; the file is then as long as it was.
  public static func append(_ bytes: [UInt8], to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Failure(isOpened: false, code: errno) }
    defer { close(descriptor) }
    let length = lseek(descriptor, 0, SEEK_END)
    guard write(bytes, to: descriptor), fsync(descriptor) == 0 else {
      let failure = Failure(isOpened: true, code: errno)
      _ = ftruncate(descriptor, length)
      throw failure
    }
  }

  /// Writes all bytes; false where the system takes no more, for the reason in `errno`.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}

extension WholeFile {
  /// Makes a folder for its owner alone, and those above it; one that is there stays.
  ///
  /// - Throws: the system's reason.
  public static func makeFolder(_ path: String) throws(Failure) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw Failure(isOpened: false, code: errno)
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw Failure(isOpened: false, code: errno)
    }
  }
}
