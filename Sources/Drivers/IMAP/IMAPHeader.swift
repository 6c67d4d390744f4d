/// The few fields of a header by which one mail is told from another (RFC 5322, 3.6).
struct IMAPHeader: Hashable, Sendable {
  /// How long it is, in bytes.
  let length: Int
  private let fields: [String: String]

  private static let wanted: Set<String> = ["message-id", "date", "subject"]

  /// Reads a header, as far as it can be read.
  init(_ bytes: [UInt8]) {
    length = bytes.count
    var fields: [String: String] = [:]
    var current: String?
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let text = String(decoding: line, as: UTF8.self)
      if text.first == " " || text.first == "\t" {
        if let name = current { fields[name, default: ""] += " " + text }
        continue
      }
      let name = text.prefix { $0 != ":" }
      let key = String(name.trimmed).lowercased()
      current = Self.wanted.contains(key) && fields[key] == nil ? key : nil
      if let current { fields[current] = String(text.dropFirst(name.count + 1)) }
    }
    self.fields = fields.mapValues { value in
      value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  /// What finds older messages that say the same of themselves as one that arrived at a time; nil
  /// where it says nothing of itself that can be looked for.
  func searchKeys(arrivedAt seconds: Int64) -> String? {
    guard let identifier = fields["message-id"], Self.isPlain(identifier) else { return nil }
    var keys = "HEADER Message-ID \(IMAPSession.quoted(identifier))"
    guard let date = fields["date"], Self.isPlain(date) else { return keys }
    keys += " HEADER Date \(IMAPSession.quoted(date))"
    // Nothing arrives days before it was sent, if the sender's clock is not ahead: then a server need
    // not look into all that it has.
    if let day = IMAPDate.day(ofHeader: date), day * 86_400 <= seconds {
      keys = "SINCE \(IMAPDate.text(ofDay: day - 2)) \(keys)"
    }
    return keys
  }

  /// Whether a text goes into a command as it is.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 500 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// Whether another mail says the same of itself.
  func isOfSameMail(as other: IMAPHeader) -> Bool { fields == other.fields }
}
