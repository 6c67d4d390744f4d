import Bench
import Frames

/// A talk with a server of mailboxes, on one connection on which somebody is logged in. Nothing is
/// ever asked that would change a mailbox.
final class IMAPSession {
  /// The largest message that is read, in bytes.
  static let largestMessage = 16 << 20

  private let channel: any MailChannel
  private var reader = IMAPResponseReader(longestText: largestMessage + 1)
  private var serial = 0
  /// What the server says that it can do, in capitals.
  private var capabilities: Set<String> = []
  /// The folder that is open.
  private var open: IMAPFolderState?
  /// The folders, once they were asked for.
  private(set) var folders: [IMAPFolder]?

  /// Begins to talk.
  init(_ channel: any MailChannel, by deadline: MonotonicInstant) throws(IMAPFailure) {
    self.channel = channel
    _ = try ask("CAPABILITY", by: deadline) { values in
      guard values.first?.text?.uppercased() == "CAPABILITY" else { return }
      self.capabilities.formUnion(values.dropFirst().compactMap { $0.text?.uppercased() })
    }
  }

  // MARK: Folders

  /// Asks which folders there are.
  func listFolders(by deadline: MonotonicInstant) throws(IMAPFailure) -> [IMAPFolder] {
    let isExtended =
      capabilities.contains("SPECIAL-USE")
      && (capabilities.contains("LIST-EXTENDED") || capabilities.contains("IMAP4REV2"))
    var folders = try list(isExtended ? " RETURN (SPECIAL-USE)" : "", by: deadline)
    if folders == nil, isExtended { folders = try list("", by: deadline) }
    guard let folders else { throw .odd("it does not say which folders there are") }
    self.folders = folders
    return folders
  }

  /// Nil where the server does not take the command.
  private func list(_ options: String, by deadline: MonotonicInstant) throws(IMAPFailure)
    -> [IMAPFolder]?
  {
    var folders: [IMAPFolder] = []
    let status = try ask("LIST \"\" \"*\"\(options)", by: deadline) { values in
      if let folder = IMAPFolder(values) { folders.append(folder) }
    }
    return status.condition == .ok ? folders : nil
  }

  /// Opens a folder for reading only, or looks anew at one that is open (RFC 3501, 6.3.2).
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - afresh: whether new mail is to be known, too, where it is open already.
  ///   - deadline: when there is no more time.
  /// - Returns: what lies in it; nil where there is no such folder.
  /// - Throws: why it can't be opened.
  func examine(
    _ folder: IMAPFolder, afresh: Bool, by deadline: MonotonicInstant
  ) throws(IMAPFailure) -> IMAPFolderState? {
    if !afresh, let open, open.folder == folder { return open }
    var state = IMAPFolderState(folder: folder)
    open = nil
    let status = try ask("EXAMINE \(Self.quoted(folder.wireName))", by: deadline) {
      state.take($0)
    } onStatus: {
      state.take($0)
    }
    guard status.condition == .ok else {
      // Whoever has just gone is not there; anything else is worth a word.
      let left = try listFolders(by: deadline)
      if folder != .inbox, !left.contains(folder) { return nil }
      throw Self.failure(status, "it does not open \(folder.name)")
    }
    open = state
    return state
  }

  // MARK: Messages of the open folder

  /// When the messages arrived, and how long they are, from a number on.
  func times(from first: UInt32, by deadline: MonotonicInstant) throws(IMAPFailure)
    -> [IMAPMessageTime]
  {
    var found: [UInt32: IMAPMessageTime] = [:]
    var unclear: Set<UInt32> = []
    let status = try ask(
      "UID FETCH \(first):* (UID INTERNALDATE RFC822.SIZE)", by: deadline
    ) { values in
      guard let items = Self.fetched(values), let uid = items["UID"]?.number else { return }
      let (size, date) = (items["RFC822.SIZE"], items["INTERNALDATE"])
      if size == nil && date == nil { return }
      if let size = size?.number, let seconds = date?.text.flatMap(IMAPDate.seconds) {
        found[uid] = IMAPMessageTime(uid: uid, seconds: seconds, size: Int(size))
      } else {
        unclear.insert(uid)
      }
    }
    try check(status, "its messages")
    if let uid = unclear.subtracting(found.keys).min() {
      throw .odd("it does not say when message \(uid) arrived, and how long it is")
    }
    // `*` is the last message, whatever stands before the colon.
    return found.values.filter { $0.uid >= first }.sorted { $0.uid < $1.uid }
  }

  /// Whether a message is still there.
  func holds(_ uid: UInt32, by deadline: MonotonicInstant) throws(IMAPFailure) -> Bool {
    try !search("UID \(uid)", by: deadline).isEmpty
  }

  /// The numbers of the messages that fit, smallest first.
  func search(_ keys: String, by deadline: MonotonicInstant) throws(IMAPFailure) -> [UInt32] {
    var found: Set<UInt32> = []
    let status = try ask("UID SEARCH \(keys)", by: deadline) { values in
      guard values.first?.text?.uppercased() == "SEARCH" else { return }
      found.formUnion(values.dropFirst().compactMap(\.number))
    }
    try check(status, "its messages")
    return found.sorted()
  }

  /// A part of a message, without marking it as seen.
  ///
  /// - Parameters:
  ///   - section: `HEADER`, `TEXT`, or nothing for all of it.
  ///   - uid: the message.
  ///   - limit: how many bytes at most.
  ///   - deadline: when there is no more time.
  /// - Returns: the bytes; nil where the message is not there any more.
  /// - Throws: why it can't be fetched.
  func fetch(
    _ section: String, of uid: UInt32, limit: Int, by deadline: MonotonicInstant
  ) throws(IMAPFailure) -> [UInt8]? {
    var bytes: [UInt8]?
    let status = try ask("UID FETCH \(uid) (UID BODY.PEEK[\(section)]<0.\(limit)>)", by: deadline) {
      values in
      guard let items = Self.fetched(values), items["UID"]?.number == uid else { return }
      let key = "BODY[\(section)]"
      let item = items.first { $0.key == key || $0.key.hasPrefix(key + "<") }
      bytes = item?.value.bytes ?? bytes
    }
    if bytes != nil { return bytes }
    // Some say so where the message has gone in the meantime.
    if status.condition == .no { return nil }
    try check(status, "a message")
    return nil
  }

  /// What a FETCH response tells, by its items in capitals; nil for another response.
  private static func fetched(_ values: [IMAPValue]) -> [String: IMAPValue]? {
    guard values.count == 3, values[1].text?.uppercased() == "FETCH",
      let items = values[2].values
    else { return nil }
    var byName: [String: IMAPValue] = [:]
    for index in stride(from: 0, to: items.count - 1, by: 2) {
      if case .atom(let name) = items[index] { byName[name.uppercased()] = items[index + 1] }
    }
    return byName
  }

  private func check(_ status: IMAPStatus, _ what: String) throws(IMAPFailure) {
    if status.condition != .ok { throw Self.failure(status, "it does not tell \(what)") }
  }

  /// What can't be done now may be done later; what is not understood never is.
  private static func failure(_ status: IMAPStatus, _ what: String) -> IMAPFailure {
    let reason = "\(what): \(status.text)"
    return status.condition == .no ? .server(.lost(reason)) : .odd(reason)
  }

  /// A text as a command holds it.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  // MARK: Asking

  /// Sends a command, and takes all that comes until it has ended.
  private func ask(
    _ command: String, by deadline: MonotonicInstant, _ onData: ([IMAPValue]) -> Void,
    onStatus: (IMAPStatus) -> Void = { _ in }
  ) throws(IMAPFailure) -> IMAPStatus {
    serial += 1
    let tag = "G\(serial)"
    do throws(MailServerFailure) {
      try channel.send(Array("\(tag) \(command)\r\n".utf8), by: deadline)
    } catch {
      throw .server(error)
    }
    while true {
      switch try next(by: deadline) {
      case .data(let values): onData(values)
      case .done(tag, let status):
        onStatus(status)
        return status
      case .status(let status):
        if status.condition == .bye { throw .server(.lost("it says good-bye: \(status.text)")) }
        onStatus(status)
      case .done, .continuation: throw .odd("it answers what it was not asked")
      }
    }
  }

  private func next(by deadline: MonotonicInstant) throws(IMAPFailure) -> IMAPResponse {
    while true {
      do throws(IMAPGarble) {
        if let response = try reader.next() { return response }
      } catch {
        throw .odd(error.reason)
      }
      do throws(MailServerFailure) {
        reader.append(try channel.receive(by: deadline))
      } catch {
        throw .server(error)
      }
    }
  }
}

/// Why a talk can't go on.
enum IMAPFailure: Error, Hashable, Sendable {
  /// The connection, or the server's word for why there is none.
  case server(MailServerFailure)
  /// The server says something that can't be used, in a sentence without a final stop.
  case odd(String)
}
