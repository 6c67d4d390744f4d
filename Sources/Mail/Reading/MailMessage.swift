/// Why the bytes of a message can't be read as mail.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a phrase without a final stop.
  public var reason: String

  /// Creates an error.
  public init(reason: String) {
    self.reason = reason
  }

  /// Such as `mail: there is no text in it`.
  public var description: String { "mail: \(reason)" }
}

/// A message as a person sees it in a mail program: who wrote it, about what, and its words
/// (RFC 5322, RFC 2045 to 2047).
///
/// Mail programs read nearly everything that mailers get wrong, and so does this reader: GMime takes
/// the message apart, libxml2 its HTML, and what neither expects is put right before.
public struct MailMessage: Sendable, Hashable {
  /// The largest message, in bytes.
  public static let largestSize = 16 << 20

  /// The subject, decoded, white space run together; empty where there is none.
  public var subject: String
  /// The sender as written, decoded, such as `Recorder <no-reply@example.com>`.
  public var from: String
  /// Whom it was sent or delivered to, as written, decoded.
  public var recipients: [String]
  /// The date as written by the sender, such as `Sat, 14 Mar 2026 09:26:53 +0000`.
  public var date: String
  /// What the sender calls the message (RFC 5322, 3.6.4), without brackets; empty where nothing.
  public var identifier: String
  /// The parts that are plain text.
  public var plainText: [MailText]
  /// The parts that are HTML, as they are shown.
  public var richText: [MailText]
  /// Whether the end of the message was there: of one in parts, the line that ends the last one.
  public var isWhole: Bool

  /// The words of several parts.
  public static func words(of parts: [MailText]) -> String {
    parts.map(\.text).joined(separator: "\n")
  }

  /// Reads a message.
  ///
  /// - Parameter bytes: the message, headers first; or its header alone, which gives one without
  ///   words.
  /// - Throws: when the bytes are no message.
  public init(parsing bytes: [UInt8]) throws(MailError) {
    guard bytes.count <= Self.largestSize else {
      throw MailError(reason: "larger than \(Self.largestSize) bytes")
    }
    let whole = try MIMEMessage(MessageBytes.mended(bytes))
    let fields = whole.fields
    subject = FieldText.decoded(fields["subject"].first ?? "").runTogether()
    from = FieldText.decoded(fields["from"].first ?? "").runTogether()
    recipients = Self.addressed.flatMap { fields[$0] }
      .map { FieldText.decoded($0).runTogether() }
    date = (fields["date"].first ?? "").runTogether()
    identifier = (fields["message-id"].first ?? "").runTogether()
      .trimming { $0 == "<" || $0 == ">" || $0 == " " }
    let parts = whole.parts()
    plainText = parts.plain
    richText = parts.rich
    isWhole = parts.isWhole
  }

  /// The fields that name whom a message was for; mailers add those below the first two.
  private static let addressed = [
    "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
  ]
}

extension MailMessage {
  /// Whether a phrase stands in the subject: in any case, white space run together.
  public func hasSubject(_ phrase: String) -> Bool {
    subject.lowercased().contains(phrase.runTogether().lowercased())
  }

  /// Whether a phrase stands in the sender: in any case, white space run together.
  public func hasSender(_ phrase: String) -> Bool {
    from.lowercased().contains(phrase.runTogether().lowercased())
  }

  /// Whether a name stands in the addresses, the subject or the words, as a word of its own: in any
  /// case, white space run together.
  public func names(_ name: String) -> Bool {
    let name = name.runTogether().lowercased()
    let places = recipients + [subject, Self.words(of: plainText), Self.words(of: richText)]
    return places.contains { place in
      place.runTogether().lowercased().containsWord(name)
    }
  }

  /// Whether two messages are one that was delivered twice: sender, date, name, subject and words
  /// are the same, whatever the servers on their ways wrote above them.
  public func isSame(as other: MailMessage) -> Bool {
    identifier == other.identifier && date == other.date && from == other.from
      && subject == other.subject && plainText == other.plainText && richText == other.richText
  }
}

extension String {
  /// Whether a phrase stands in the text with no letter or digit beside it.
  fileprivate func containsWord(_ phrase: String) -> Bool {
    guard !phrase.isEmpty else { return true }
    return ranges(of: phrase).contains { range in
      let before = self[..<range.lowerBound].last
      let after = self[range.upperBound...].first
      return [before, after].allSatisfy { !($0?.isLetter ?? false) && !($0?.isNumber ?? false) }
    }
  }
}
