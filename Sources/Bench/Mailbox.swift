public import Frames

/// Names one message of a mailbox for as long as the mailbox keeps it where it is.
public struct MailIdentifier: Hashable, Sendable, Codable {
  /// The folder that holds the message, such as `INBOX` or `Junk`, as the server calls it.
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
public struct MailEntry: Hashable, Sendable, Codable {
  /// Which message it is.
  public var identifier: MailIdentifier
  /// Where the message stands in the server's order of arrival, over all folders; later messages
  /// have larger values, and two may be equal.
  public var order: Int64
  /// How long the message is, in bytes.
  public var size: Int
  /// What stays the same when the message is renamed or moved to another folder, where the mailbox
  /// knows it without reading more than headers.
  public var fingerprint: String?

  /// Creates a listing line.
  public init(
    identifier: MailIdentifier, order: Int64, size: Int = 0, fingerprint: String? = nil
  ) {
    self.identifier = identifier
    self.order = order
    self.size = size
    self.fingerprint = fingerprint
  }
}

/// What lay in some folders of a mailbox at one time.
public struct MailListing: Sendable, Hashable, Codable {
  /// Where a folder that numbers its messages stood (RFC 3501, 2.3.1.1).
  public struct Mark: Sendable, Hashable, Codable {
    /// The numbering: numbers of another one say nothing.
    public var validity: UInt32
    /// The number that the next message gets.
    public var next: UInt32

    /// Creates a mark.
    public init(validity: UInt32, next: UInt32) {
      self.validity = validity
      self.next = next
    }
  }

  /// The messages, oldest first.
  public var entries: [MailEntry]
  /// Where the folders stood that number their messages, by the server's names of the folders.
  public var marks: [String: Mark]

  /// Creates a listing.
  public init(entries: [MailEntry] = [], marks: [String: Mark] = [:]) {
    self.entries = entries
    self.marks = marks
  }
}

/// What became of a mail that a mailbox sent itself.
public enum MailProbe: Sendable, Hashable, Codable {
  /// It arrived, so long after it was sent.
  case arrived(after: Duration)
  /// It had not arrived at the deadline.
  case lost
  /// The mailbox has no way to send itself any.
  case impossible
}

/// Where the recorder's mail arrives. Nothing of it is ever changed by being read.
public protocol Mailbox: Sendable {
  /// What lies in the folders now. A folder that does not exist is empty.
  func listing(of folders: [String], by deadline: MonotonicInstant) async throws(BenchError)
    -> MailListing

  /// What lies in the folders now, at places where nothing lay when a listing was taken, oldest
  /// first.
  func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry]

  /// Whether an arrival is a message that lay there when a listing was taken: one that was moved
  /// or renamed since, or delivered again.
  func isKnown(_ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant)
    async throws(BenchError) -> Bool

  /// The header of one message as it arrived, with the empty line below it; nil where the message
  /// is not there any more.
  func header(_ identifier: MailIdentifier, by deadline: MonotonicInstant)
    async throws(BenchError) -> [UInt8]?

  /// The bytes of one message as they arrived, headers first; nil where the message is not there
  /// any more.
  func message(_ identifier: MailIdentifier, by deadline: MonotonicInstant)
    async throws(BenchError) -> [UInt8]?

  /// Sends the mailbox a mail, and waits for it: whether mail gets through now. Without that, no
  /// mail says nothing of a recorder.
  func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe
}

extension Mailbox {
  /// A mailbox that can't send itself mail.
  public func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe {
    .impossible
  }
}
