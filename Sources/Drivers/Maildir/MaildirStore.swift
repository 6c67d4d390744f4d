import Bench

/// The disk's side of a Maildir mailbox.
struct MaildirStore: Sendable {
  /// The largest message that is read, in bytes.
  static let largestMessage = 16 << 20
  /// How often to look again when a message was renamed while it was looked at.
  private static let looks = 3

  /// The directory of the inbox.
  let path: String

  /// What lies in the folders, oldest first.
  func listing(of folders: [String]) throws(RigFault) -> [MailEntry] {
    try checkInbox()
    for _ in 1..<Self.looks {
      do throws(FileError) { return try entries(in: folders) } catch {
        if !error.isMissing { throw unreadable(error) }
      }
    }
    do throws(FileError) { return try entries(in: folders) } catch { throw unreadable(error) }
  }

  /// The bytes of a message.
  func message(_ identifier: MailIdentifier) throws(RigFault) -> [UInt8] {
    try checkInbox()
    for _ in 0..<Self.looks {
      do throws(FileError) {
        guard let found = try find(identifier) else { break }
        let bytes = try Files.bytes(of: found.path, limit: Self.largestMessage)
        if bytes.count <= Self.largestMessage { return bytes }
      } catch {
        if error.isMissing { continue }
        throw unreadable(error)
      }
      throw RigFault(
        .mail,
        .mailUnreadable, "message \(identifier.name) is larger than \(Self.largestMessage) bytes")
    }
    throw RigFault(
      .mail, .mailUnreadable, "message \(identifier.name) has vanished from \(identifier.folder)")
  }

  private func entries(in folders: [String]) throws(FileError) -> [MailEntry] {
    var entries: [MailEntry] = []
    for folder in folders {
      for message in try messages(in: folder) {
        entries.append(
          MailEntry(
            identifier: MailIdentifier(folder: folder, name: message.name),
            order: try message.deliveredAt()))
      }
    }
    return entries.sorted { left, right in
      (left.order, left.identifier.folder, left.identifier.name)
        < (right.order, right.identifier.folder, right.identifier.name)
    }
  }

  private func find(_ identifier: MailIdentifier) throws(FileError) -> Maildir.Message? {
    try messages(in: identifier.folder).first { $0.name == identifier.name }
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
