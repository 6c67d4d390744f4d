import CLinux
import Frames
import Glibc
import RigDescription

/// Looks secrets up that this host holds.
enum MailSecrets {
  /// How long a command may take.
  static let patience = Duration.seconds(30)
  private static let longest = 1 << 16

  /// Why there is no secret, in a sentence without a final stop; the secret is never part of it.
  struct Lack: Error, Hashable {
    var reason: String
  }

  /// Looks a secret up, afresh each time.
  ///
  /// - Parameters:
  ///   - source: where it is.
  ///   - deadline: when there is no more time; a command gets ``patience`` at most.
  /// - Returns: the secret.
  /// - Throws: why there is none.
  static func value(of source: SecretSource, by deadline: MonotonicInstant) throws(Lack) -> String {
    switch source {
    case .environment(let variable):
      guard let text = getenv(variable).map({ String(cString: $0) }), !text.isEmpty else {
        throw Lack(reason: "the variable \(variable) is not set")
      }
      return text
    case .file(let path):
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try Files.bytes(of: path, limit: longest)
      } catch {
        throw Lack(reason: "the file \(path) can't be read: \(systemWords(error.code))")
      }
      return try firstLine(of: bytes, from: "the file \(path)")
    case .command(let words):
      let program = words.first ?? ""
      let end = min(deadline, HostClock.present.advanced(by: patience))
      let output: [UInt8]
      do throws(ShortCommand.Failure) {
        output = try ShortCommand.output(of: words, limit: longest, by: end)
      } catch {
        throw Lack(reason: "the command \(program) \(error.reason)")
      }
      return try firstLine(of: output, from: "the command \(program)")
    }
  }

  private static func firstLine(of bytes: [UInt8], from what: String) throws(Lack) -> String {
    var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard !line.contains(0), let text = String(validating: line, as: UTF8.self) else {
      throw Lack(reason: "\(what) gives no text in its first line")
    }
    if text.isEmpty { throw Lack(reason: "\(what) gives nothing in its first line") }
    return text
  }
}
