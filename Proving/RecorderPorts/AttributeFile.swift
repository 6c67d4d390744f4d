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

/// A small text file of the kernel's that is read again and again: it stays open as long as it is
/// there, which makes a look at it a single call.
final class WatchedAttribute {
  private let path: String
  private var file: Int32 = -1
  private var bytes = [UInt8](repeating: 0, count: 64)

  init(path: String) { self.path = path }

  deinit { if file >= 0 { close(file) } }

  /// What stands in it, without the line's end; nil where it can't be read.
  var text: String? {
    if let text = look() { return text }
    // What was open may belong to a device that has left and come back.
    if file >= 0 { close(file) }
    file = open(path, O_RDONLY | O_CLOEXEC)
    return look()
  }

  private func look() -> String? {
    guard file >= 0 else { return nil }
    let count = pread(file, &bytes, bytes.count, 0)
    guard count >= 0 else { return nil }
    return String(decoding: bytes.prefix(count).prefix { $0 != 10 }, as: UTF8.self)
  }
}
