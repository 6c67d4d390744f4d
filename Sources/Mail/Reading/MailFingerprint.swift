import Digests

/// What stays the same of a message however it travels: what its sender wrote, without what servers
/// write above it.
public enum MailFingerprint {
  /// The fields that senders write, and that no two messages have all the same.
  private static let fields = ["message-id", "date", "from", "subject"]

  /// A digest of what the sender wrote.
  ///
  /// - Parameter bytes: the message, or its beginning: a fingerprint is like another one only if
  ///   both are made of as much.
  /// - Returns: the digest, in hexadecimal digits.
  public static func text(of bytes: [UInt8]) -> String {
    let top = header(of: bytes)
    var sent: [UInt8] = []
    var isWanted = false
    for line in top.split(separator: 0x0a) {
      if line.first != 0x20, line.first != 0x09 {
        let name = String(decoding: line.prefix { $0 != 0x3a }, as: UTF8.self).lowercased()
        isWanted = fields.contains(name.runTogether())
      }
      if isWanted { sent += line.filter { ![0x20, 0x09, 0x0d].contains($0) } }
    }
    // Servers end lines as they like.
    sent += bytes[top.count...].filter { $0 != 0x0d }
    return SHA256Digest.hex(sent)
  }

  /// The header of a message, with the empty line below it; all of it where there is none.
  public static func header(of bytes: [UInt8]) -> [UInt8] {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      let line = bytes[start..<end]
      start = min(end + 1, bytes.count)
      if line.allSatisfy({ $0 == 0x0d }), line.startIndex > 0 { break }
    }
    return Array(bytes[..<start])
  }
}
