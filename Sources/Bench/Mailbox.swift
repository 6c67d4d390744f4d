public import Frames

/// Names one message of a mailbox for as long as the mailbox keeps it.
public struct MailIdentifier: Hashable, Sendable {
  /// The folder that holds the message, such as `INBOX` or `Junk`.
  public var folder: String
  /// The server's name for the message inside its folder.
  public var name: String

  /// Creates an identifier.
  public init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }
}

/// One line of a mailbox listing.
public struct MailEntry: Hashable, Sendable {
  /// Which message it is.
  public var identifier: MailIdentifier
  /// Where the message stands in the server's order of arrival, over all folders; later messages
  /// have larger values, and two may be equal.
  public var order: Int64

  /// Creates a listing line.
  public init(identifier: MailIdentifier, order: Int64) {
    self.identifier = identifier
    self.order = order
  }
}

/// Where the recorder's mail arrives.
public protocol Mailbox: Sendable {
  /// What lies in the folders now. A folder that does not exist is empty.
  func listing(of folders: [String], by deadline: MonotonicInstant) async throws(BenchError)
    -> [MailEntry]

  /// The bytes of one message as they arrived, headers first.
  func message(_ identifier: MailIdentifier, by deadline: MonotonicInstant)
    async throws(BenchError) -> [UInt8]
}
