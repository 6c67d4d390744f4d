import Glibc

/// A small text file of the kernel's, read and written whole.
struct AttributeFile: Sendable {
  let path: String

  /// What stands in it, without the line's end; nil where it can't be read.
  var text: String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(file, &bytes, bytes.count)
    guard count >= 0 else { return nil }
    return String(decoding: bytes.prefix(count).prefix { $0 != 10 }, as: UTF8.self)
  }

  /// Writes a line; returns 0, or the number of an error.
  func write(_ text: String) -> Int32 {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return errno }
    defer { close(file) }
    let bytes = Array((text + "\n").utf8)
    return Glibc.write(file, bytes, bytes.count) < 0 ? errno : 0
  }
}
