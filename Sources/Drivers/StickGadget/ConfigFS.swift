import Glibc

/// The few things that are done in the kernel's configfs, where a folder is a part of a gadget: making
/// one makes its attributes, and removing it takes them along.
protocol ConfigFS: Sendable {
  /// Whether there is something of that name.
  func exists(_ path: String) -> Bool
  /// Makes a folder; one that is there stays.
  func make(_ path: String) throws(FileError)
  /// Removes a folder; nothing happens where there is none.
  func remove(_ path: String) throws(FileError)
  /// Writes an attribute.
  func put(_ value: String, into path: String) throws(FileError)
  /// Makes one folder a part of another.
  func link(_ path: String, to target: String) throws(FileError)
  /// Takes a part out; nothing happens where it is none.
  func unlink(_ path: String)
  /// What an attribute says; nil where there is none.
  func text(of path: String) -> String?
}

/// This machine's.
struct LiveConfigFS: ConfigFS {
  func exists(_ path: String) -> Bool { Files.exists(path) }

  func make(_ path: String) throws(FileError) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileError(path) }
  }

  func remove(_ path: String) throws(FileError) {
    guard rmdir(path) == 0 || errno == ENOENT else { throw FileError(path) }
  }

  func put(_ value: String, into path: String) throws(FileError) {
    try Files.put(value, into: path)
  }

  func link(_ path: String, to target: String) throws(FileError) {
    guard symlink(target, path) == 0 || errno == EEXIST else { throw FileError(path) }
  }

  func unlink(_ path: String) { _ = Glibc.unlink(path) }

  func text(of path: String) -> String? { Files.text(of: path) }
}
