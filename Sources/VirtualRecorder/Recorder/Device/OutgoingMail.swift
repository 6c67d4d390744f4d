public import Frames

/// A message that the recorder has sent.
public struct OutgoingMail: Sendable {
  /// Where the receiving mail server files a message.
  public enum Folder: String, Sendable, Codable {
    /// Among the wanted mail.
    case inbox = "INBOX"
    /// Taken for spam.
    case junk = "Junk"
  }

  /// The message (RFC 5322), lines ended by CR LF.
  public var bytes: [UInt8]
  /// Where it lands.
  public var folder: Folder
  /// When the recorder sent it.
  public var sentAt: MonotonicInstant
}
