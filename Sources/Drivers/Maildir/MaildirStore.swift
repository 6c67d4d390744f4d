import Bench
import Mail

/// The disk's side of a Maildir mailbox.
struct MaildirStore: Sendable {
  /// The largest message that is read, in bytes.
  private static let largestMessage = MailMessage.largestSize
  /// How much is read of a message whose header is wanted, in bytes: headers are shorter.
  private static let largestHeader = 256 << 10
  /// How much of a message its fingerprint is made of, in bytes.
  private static let mostPrinted = 64 << 10
  /// How often to look again when a message was renamed while it was looked at.
  private static let looks = 3

  /// The directory of the inbox.
  let path: String

  /// What lies in the folders, oldest first.
  func listing(of folders: [String]) throws(RigFault) -> MailListing {
    MailListing(
      entries: try entries(in: folders) { message throws(FileError) in
        MailFingerprint.text(
          of: try Files.bytes(of: message.path, limit: Self.mostPrinted - 1))
      })
  }

  /// What lies in the folders that a listing does not name, oldest first.
  func arrivals(in folders: [String], since listing: MailListing) throws(RigFault) -> [MailEntry] {
    let known = Set(listing.entries.map(\.identifier))
    return try entries(in: folders, but: known) { _ throws(FileError) in nil }
  }

  /// What stays the same of a message; nil where it is not there any more.
  func fingerprint(of identifier: MailIdentifier) throws(RigFault) -> String? {
    try bytes(of: identifier, limit: Self.mostPrinted - 1).map { MailFingerprint.text(of: $0) }
  }

  /// The header of a message; nil where it is not there any more.
  func header(_ identifier: MailIdentifier) throws(RigFault) -> [UInt8]? {
    try bytes(of: identifier, limit: Self.largestHeader).map { MailFingerprint.header(of: $0) }
  }

  /// The bytes of a message; nil where it is not there any more.
  func message(_ identifier: MailIdentifier) throws(RigFault) -> [UInt8]? {
    try bytes(of: identifier, limit: Self.largestMessage)
  }

  /// At most one byte more than a limit of a message; nil where it is not there any more.
  private func bytes(of identifier: MailIdentifier, limit: Int) throws(RigFault) -> [UInt8]? {
    try checkInbox()
    for _ in 0..<Self.looks {
      do throws(FileError) {
        let found = try messages(in: identifier.folder).first { $0.name == identifier.name }
        guard let found else { return nil }
        return try Files.bytes(of: found.path, limit: limit)
      } catch {
        if !error.isMissing { throw unreadable(error) }
      }
    }
    return nil
  }

  private func entries(
    in folders: [String], but known: Set<MailIdentifier> = [],
    fingerprint: (Maildir.Message) throws(FileError) -> String?
  ) throws(RigFault) -> [MailEntry] {
    try checkInbox()
    var look = 1
    while true {
      do throws(FileError) {
        return try entriesOnce(in: folders, but: known, fingerprint: fingerprint)
      } catch {
        // One that was renamed in the midst is there under its new name.
        if !error.isMissing || look == Self.looks { throw unreadable(error) }
        look += 1
      }
    }
  }

  private func entriesOnce(
    in folders: [String], but known: Set<MailIdentifier>,
    fingerprint: (Maildir.Message) throws(FileError) -> String?
  ) throws(FileError) -> [MailEntry] {
    var entries: [MailEntry] = []
    for folder in folders {
      for message in try messages(in: folder) {
        let identifier = MailIdentifier(folder: folder, name: message.name)
        if known.contains(identifier) { continue }
        entries.append(
          MailEntry(
            identifier: identifier, order: try message.deliveredAt(),
            size: try Files.size(of: message.path),
            fingerprint: try fingerprint(message)))
      }
    }
    return entries.sorted { left, right in
      (left.order, left.identifier.folder, left.identifier.name)
        < (right.order, right.identifier.folder, right.identifier.name)
    }
  }

  private func messages(in folder: String) throws(FileError) -> [Maildir.Message] {
    var messages: [Maildir.Message] = []
    for maildir in maildirs(of: folder) { messages += try maildir.messages() }
    return messages
  }

  /// The directories that a folder can be; those that are not there hold nothing.
  private func maildirs(of folder: String) -> [Maildir] {
    if folder.uppercased() == "INBOX" { return [Maildir(path: path)] }
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    // No name leads out of the mailbox.
    if parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") }) { return [] }
    return [
      Maildir(path: path + "/." + parts.joined(separator: ".")),
      Maildir(path: path + "/" + folder),
    ]
  }

  /// A mailbox without an inbox is no mailbox: better a fault than mail that never comes.
  private func checkInbox() throws(RigFault) {
    do throws(FileError) {
      if try Maildir(path: path).exists() { return }
      _ = try Files.names(in: path)
    } catch { throw unreadable(error) }
    throw RigFault(
      .mail, .mailUnreachable, "\(path) is no Maildir: it has neither new nor cur in it")
  }

  private func unreadable(_ error: FileError) -> RigFault {
    RigFault(.mail, .mailUnreachable, "the mailbox can't be read: \(error)", errno: error.code)
  }
}
