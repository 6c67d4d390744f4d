public import Bench

/// Puts messages into a Maildir as a mail server does: written in `tmp`, then renamed into `new`,
/// so that nobody ever sees half a message.
///
/// Nothing is synced to the disk: what fills a mailbox this way is a virtual recorder, whose mail
/// nobody needs after the machine went down.
public struct MaildirDelivery: Sendable {
  private let path: String

  /// Makes the directories of an inbox and of folders beside it, where they are missing.
  ///
  /// - Parameters:
  ///   - path: the directory of the inbox.
  ///   - folders: folders beside the inbox, as Maildir++ names them without the dot.
  /// - Throws: a fault of the mailbox when the directories can't be made.
  public init(path: String, folders: [String] = []) throws(RigFault) {
    self.path = path
    for folder in ["INBOX"] + folders { try makeDirectories(Self.maildir(folder, under: path)) }
  }

  /// Delivers one message.
  ///
  /// - Parameters:
  ///   - bytes: the message, headers first.
  ///   - folder: `INBOX` or a folder beside it.
  ///   - instant: when it arrives, in seconds since 1970.
  ///   - serial: tells messages apart that arrive at the same time.
  /// - Throws: a fault of the mailbox when the message can't be written.
  public func deliver(
    _ bytes: [UInt8], folder: String = "INBOX", at instant: Double, serial: Int
  ) throws(RigFault) {
    let maildir = Self.maildir(folder, under: path)
    try makeDirectories(maildir)
    let microseconds = Int64((instant * 1_000_000).rounded(.down))
    let fraction = String(microseconds % 1_000_000)
    let padding = String(repeating: "0", count: 6 - fraction.count)
    let name = "\(microseconds / 1_000_000).M\(padding)\(fraction)Q\(serial).gantry"
    do throws(FileError) {
      // Whoever was killed here may have left half of the same message.
      try Files.remove(maildir.tmp + "/" + name)
      try Files.create(maildir.tmp + "/" + name, with: bytes)
      try Files.move(maildir.tmp + "/" + name, to: maildir.new + "/" + name)
    } catch {
      throw RigFault(
        .mail, .mailUnreachable, "a message can't be delivered: \(error)", errno: error.code)
    }
  }

  private func makeDirectories(_ maildir: Maildir) throws(RigFault) {
    do throws(FileError) {
      for directory in [maildir.new, maildir.cur, maildir.tmp] {
        try Files.makeDirectory(directory)
      }
    } catch {
      throw RigFault(
        .mail, .mailUnreachable, "the mailbox can't be made: \(error)", errno: error.code)
    }
  }

  private static func maildir(_ folder: String, under path: String) -> Maildir {
    if folder.uppercased() == "INBOX" { return Maildir(path: path) }
    return Maildir(path: path + "/." + folder.split(separator: "/").joined(separator: "."))
  }
}
