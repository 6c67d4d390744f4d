import Bench

/// A folder of a server.
struct IMAPFolder: Hashable, Sendable {
  /// Its name, as the server writes it.
  var wireName: String
  /// What stands between the parts of its name; nil where names have no parts.
  var separator: Character?
  /// Whether the server says that mail goes there that nobody wants (RFC 6154).
  var isJunk: Bool

  /// Its name, as people read it.
  var name: String { IMAPFolderName.decoded(wireName) }

  /// The inbox, which every server has under this name.
  static let inbox = IMAPFolder(wireName: "INBOX", separator: nil, isJunk: false)

  /// A folder of a name.
  init(wireName: String, separator: Character?, isJunk: Bool) {
    self.wireName = wireName
    self.separator = separator
    self.isJunk = isJunk
  }

  /// What a LIST response tells; nil for another response, and for a name that holds no messages.
  init?(_ values: [IMAPValue]) {
    guard values.count >= 4, values[0].text?.uppercased() == "LIST",
      let flags = values[1].values?.compactMap({ $0.text?.lowercased() }),
      let name = values[3].text, !flags.contains("\\noselect"), !flags.contains("\\nonexistent")
    else { return nil }
    self.init(
      wireName: name.uppercased() == "INBOX" ? "INBOX" : name, separator: values[2].text?.first,
      isJunk: flags.contains("\\junk"))
  }

  /// Two names of one folder are one folder.
  static func == (left: Self, right: Self) -> Bool { left.wireName == right.wireName }

  func hash(into hasher: inout Hasher) { hasher.combine(wireName) }

  /// Its name with `/` between its parts, without what stands before all names of some servers.
  private var plainName: String {
    guard let separator else { return name }
    var parts = name.split(separator: separator, omittingEmptySubsequences: false)
    let isRoot = parts[0].uppercased() == "INBOX" || parts[0].hasPrefix("[")
    if parts.count > 1, isRoot { parts.removeFirst() }
    return parts.joined(separator: "/")
  }

  /// Whether it is what a scenario calls by a name.
  private func isCalled(_ name: String) -> Bool {
    name == self.name || name == plainName
      || name == separator.map { self.name.split(separator: $0).joined(separator: "/") }
  }
}

extension IMAPFolder {
  /// What servers call the folder for mail that nobody wants, where they do not flag it.
  private static let junkNames: Set<String> = [
    "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail",
  ]

  /// The folders that a scenario's name of one stands for; none where there is none.
  ///
  /// - Parameters:
  ///   - name: `INBOX`; `Junk` or `Spam` for the one that the server flags so, and those called so;
  ///     any other for the one that is called so.
  ///   - folders: the server's.
  /// - Returns: the folders.
  static func called(_ name: String, among folders: [IMAPFolder]) -> [IMAPFolder] {
    let lowered = name.lowercased()
    if lowered == "inbox" { return [.inbox] }
    guard lowered == "junk" || lowered == "spam" else {
      return folders.filter { $0.isCalled(name) }
    }
    let flagged = folders.filter(\.isJunk)
    let names = flagged.isEmpty ? junkNames : [lowered]
    return flagged
      + folders.filter { !$0.isJunk && names.contains($0.plainName.lowercased()) }
  }
}

/// A folder as it was when it was looked at.
struct IMAPFolderState: Hashable, Sendable {
  /// The folder.
  var folder: IMAPFolder
  /// Its numbering.
  var validity: UInt32?
  /// The number of the next message; nil where the server does not say.
  var next: UInt32?
  /// How many messages lie in it; nil where the server does not say.
  var count: UInt32?

  /// A folder of which nothing is known yet.
  init(folder: IMAPFolder) {
    self.folder = folder
  }

  /// Takes what a server says while it opens the folder.
  mutating func take(_ values: [IMAPValue]) {
    guard values.count == 2, values[1].text?.uppercased() == "EXISTS" else { return }
    count = values[0].number ?? count
  }

  /// Takes what a server says while it opens the folder.
  mutating func take(_ status: IMAPStatus) {
    validity = status.number(of: "UIDVALIDITY") ?? validity
    next = status.number(of: "UIDNEXT") ?? next
  }
}
