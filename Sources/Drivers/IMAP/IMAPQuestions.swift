import Bench
import Frames

/// What a mailbox asks of its server, in one talk.
struct IMAPQuestions {
  /// How much of a header is read, in bytes.
  private static let longestHeader = 1 << 18
  /// How much of two bodies is compared, in bytes.
  private static let longestBody = 1 << 20
  /// With how many older messages an arrival is compared: the newest that say the same of
  /// themselves.
  private static let mostCandidates = 16

  private let session: IMAPSession
  private let deadline: MonotonicInstant
  /// How the folders were numbered when the numbers were taken that are asked for, by their names.
  private let numbering: [String: UInt32]

  /// Asks in a talk.
  init(_ session: IMAPSession, _ deadline: MonotonicInstant, _ numbering: [String: UInt32] = [:]) {
    self.session = session
    self.deadline = deadline
    self.numbering = numbering
  }

  // MARK: Folders

  /// The folders that scenarios' names stand for, each once.
  func folders(_ names: [String]) throws(IMAPFailure) -> [IMAPFolder] {
    var known = session.folders
    var found: [IMAPFolder] = []
    for name in names {
      var called = IMAPFolder.called(name, among: known ?? [])
      // One that was missing may have been made since.
      if called.isEmpty {
        known = try session.listFolders(by: deadline)
        called = IMAPFolder.called(name, among: known ?? [])
      }
      for folder in called where !found.contains(folder) { found.append(folder) }
    }
    return found
  }

  /// The folder of a name that was told before.
  private func folder(named name: String) throws(IMAPFailure) -> IMAPFolder {
    if name == IMAPFolder.inbox.name { return .inbox }
    var known = session.folders
    if known == nil { known = try session.listFolders(by: deadline) }
    return known?.first { $0.name == name }
      ?? IMAPFolder(wireName: IMAPFolderName.encoded(name), separator: nil, isJunk: false)
  }

  /// Opens a folder that is numbered as it was before.
  private func examine(_ folder: IMAPFolder, afresh: Bool = false, numbered: UInt32?)
    throws(IMAPFailure) -> IMAPFolderState?
  {
    guard let state = try session.examine(folder, afresh: afresh, by: deadline) else { return nil }
    if let numbered, state.validity != numbered {
      throw .odd("it numbers the messages of \(folder.name) anew")
    }
    return state
  }

  // MARK: Lists

  /// What lies in folders, and where they stand.
  func listing(of names: [String]) throws(IMAPFailure) -> MailListing {
    var listing = MailListing()
    for folder in try folders(names) {
      guard let state = try session.examine(folder, afresh: true, by: deadline) else { continue }
      guard let validity = state.validity else {
        throw .odd("it does not say how the messages of \(folder.name) are numbered")
      }
      let times = state.count == 0 ? [] : try session.times(from: 1, by: deadline)
      let next = state.next ?? (times.last?.uid ?? 0) &+ 1
      listing.marks[folder.name] = MailListing.Mark(validity: validity, next: next)
      // What came while they were counted is new.
      listing.entries += IMAPMessageTime.entries(times.filter { $0.uid < next }, in: folder)
    }
    listing.entries.sort { Self.isBefore($0, $1) }
    return listing
  }

  /// What lies in folders since a listing was taken, and how they are numbered.
  func arrivals(in names: [String], since listing: MailListing) throws(IMAPFailure)
    -> (entries: [MailEntry], numbering: [String: UInt32])
  {
    var entries: [MailEntry] = []
    var numbering: [String: UInt32] = listing.marks.mapValues(\.validity)
    for folder in try folders(names) {
      let mark = listing.marks[folder.name]
      let state = try examine(folder, afresh: true, numbered: mark?.validity)
      guard let state else { continue }
      numbering[folder.name] = state.validity
      let first = mark?.next ?? 1
      if state.count == 0 || state.next.map({ $0 <= first }) == true { continue }
      entries += IMAPMessageTime.entries(
        try session.times(from: first, by: deadline), in: folder)
    }
    return (entries.sorted { Self.isBefore($0, $1) }, numbering)
  }

  private static func isBefore(_ left: MailEntry, _ right: MailEntry) -> Bool {
    if left.order != right.order { return left.order < right.order }
    return (left.identifier.folder, left.uid) < (right.identifier.folder, right.uid)
  }

  // MARK: Messages

  /// A part of a message; nil where it is not there any more.
  func part(_ section: String, of identifier: MailIdentifier, limit: Int) throws(IMAPFailure)
    -> [UInt8]?
  {
    guard let uid = UInt32(identifier.name) else { return nil }
    let folder = try folder(named: identifier.folder)
    guard try examine(folder, numbered: numbering[identifier.folder]) != nil else { return nil }
    return try session.fetch(section, of: uid, limit: limit, by: deadline)
  }

  /// The header of a message; nil where it is not there any more.
  func header(_ identifier: MailIdentifier) throws(IMAPFailure) -> [UInt8]? {
    try part("HEADER", of: identifier, limit: Self.longestHeader)
  }

  // MARK: Arrivals that are none

  /// Whether a message of a listing has gone that is as long as an arrival and came when it came:
  /// moving keeps both (RFC 3501, 6.4.7; RFC 6851).
  func wasMoved(_ arrival: MailEntry, _ listing: MailListing) throws(IMAPFailure) -> Bool {
    guard let fingerprint = arrival.fingerprint else { return false }
    for entry in listing.entries where entry.fingerprint == fingerprint {
      let folder = try folder(named: entry.identifier.folder)
      let mark = listing.marks[entry.identifier.folder]
      guard try examine(folder, afresh: true, numbered: mark?.validity) != nil else { return true }
      if try !session.holds(entry.uid, by: deadline) { return true }
    }
    return false
  }

  /// Whether an older message has the same Message-ID, date, subject and body as an arrival. The
  /// Message-ID alone proves nothing: some recorders have one for all that they send.
  func wasDeliveredBefore(_ arrival: MailEntry, _ listing: MailListing) throws(IMAPFailure)
    -> Bool
  {
    guard let bytes = try header(arrival.identifier) else { return false }
    let header = IMAPHeader(bytes)
    guard let keys = header.searchKeys(arrivedAt: arrival.order / 1_000_000) else { return false }
    for (name, mark) in listing.marks.sorted(by: { $0.key < $1.key }) where mark.next > 1 {
      guard try examine(folder(named: name), numbered: mark.validity) != nil else { continue }
      let older = try session.search("UID 1:\(mark.next - 1) \(keys)", by: deadline)
      for uid in older.suffix(Self.mostCandidates).reversed() {
        let identifier = MailIdentifier(folder: name, name: "\(uid)")
        if try isSame(identifier, as: arrival, header, listing) { return true }
      }
    }
    return false
  }

  private func isSame(
    _ identifier: MailIdentifier, as arrival: MailEntry, _ header: IMAPHeader,
    _ listing: MailListing
  ) throws(IMAPFailure) -> Bool {
    guard identifier != arrival.identifier,
      let entry = listing.entries.first(where: { $0.identifier == identifier }),
      let bytes = try self.header(identifier)
    else { return false }
    let other = IMAPHeader(bytes)
    guard other.isOfSameMail(as: header),
      entry.size - other.length == arrival.size - header.length
    else { return false }
    return try body(identifier) == body(arrival.identifier)
  }

  private func body(_ identifier: MailIdentifier) throws(IMAPFailure) -> [UInt8]? {
    try part("TEXT", of: identifier, limit: Self.longestBody)
  }
}

extension MailEntry {
  /// The number of the message in its folder.
  fileprivate var uid: UInt32 { UInt32(identifier.name) ?? 0 }
}
