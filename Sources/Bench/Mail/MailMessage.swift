/// Why the bytes of a message can't be read as mail.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a phrase without a final stop.
  public var reason: String

  /// Creates an error.
  public init(reason: String) {
    self.reason = reason
  }

  /// Such as `mail: a part has no end`.
  public var description: String { "mail: \(reason)" }
}

/// A message as a person sees it: who wrote it, about what, and its words (RFC 5322, RFC 2045 to
/// 2047).
///
/// The reader is small and strict. It takes what password mails are made of: folded headers,
/// encoded words, nested parts, quoted-printable and base64, plain text and HTML. What is cut
/// short, or claims absurd sizes, is an error and never half a message: half a secure code would
/// blame the recorder for what the mail did.
public struct MailMessage: Sendable, Hashable {
  /// The largest message, in bytes.
  public static let largestSize = 16 << 20

  /// The subject, decoded; empty where there is none.
  public var subject: String
  /// The sender as written, decoded, such as `Recorder <no-reply@example.com>`.
  public var from: String
  /// The date as written by the sender, such as `Sat, 14 Mar 2026 09:26:53 +0000`.
  public var date: String
  /// The words of the parts that are plain text; nil where no part is.
  public var plainText: String?
  /// The words of the parts that are HTML, without the markup; nil where no part is.
  public var richText: String?

  /// The words of the message: the plain ones where there are any, else those of the HTML.
  public var text: String {
    if let plainText, plainText.contains(where: { !$0.isWhitespace }) { return plainText }
    return richText ?? plainText ?? ""
  }

  /// Reads a message.
  ///
  /// - Parameter bytes: the whole message, headers first, lines ended by CR LF or LF.
  /// - Throws: when the bytes are no whole message that this reader takes.
  public init(parsing bytes: [UInt8]) throws(MailError) {
    guard bytes.count <= Self.largestSize else {
      throw MailError(reason: "larger than \(Self.largestSize) bytes")
    }
    let (header, body) = try MailHeader.split(bytes[...])
    subject = EncodedWords.decode(header["subject"] ?? "")
    from = EncodedWords.decode(header["from"] ?? "")
    date = header["date"] ?? ""
    var reader = MailPartReader()
    try reader.read(header, body, depth: 0)
    plainText = reader.plain.isEmpty ? nil : reader.plain.joined(separator: "\n")
    richText = reader.rich.isEmpty ? nil : reader.rich.joined(separator: "\n")
  }
}
