import Bench
import Frames
import MailServers
import RigDescription
import Testing

@testable import Drivers

/// A mail as a recorder sends it, with lines as they go over the wire.
func mail(
  _ subject: String, id: String? = nil, body: String = "Your code: 4711", via hop: String = "a",
  date: String = "Mon, 05 Aug 2024 10:00:00 +0000"
) -> [UInt8] {
  let lines = [
    "Received: from \(hop).lab.example", "Date: \(date)", "From: recorder@lab.example",
    "To: rig-7@lab.example", "Subject: \(subject)",
    "Message-ID: <\(id ?? "\(UInt64.random(in: 0 ... .max))@recorder")>", "", body, "",
  ]
  return Array(lines.joined(separator: "\r\n").utf8)
}

extension DovecotServer {
  /// What a rig file says of it.
  func settings(
    host: String = "localhost", security: MailServer.Security = .tls, authority: String? = nil,
    proof: MailLogIn.Proof? = nil
  ) throws -> IMAPSettings {
    let file = folder.path + "/password"
    try Array("\(password)\n".utf8).withUnsafeBytes { bytes in
      try #require(overwrite(file, bytes))
    }
    return IMAPSettings(
      server: MailServer(
        .imap, host: host, port: security == .tls ? imaps : imap, security: security),
      logIn: MailLogIn(user: user, proof: proof ?? .password(.file(file))),
      authority: authority ?? certificates.authority)
  }

  /// A mailbox that reads its mail.
  func mailbox() throws -> IMAPMailbox { IMAPMailbox(try settings()) }
}

@Suite(
  "A mailbox on a real server", .serialized,
  .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
struct DovecotTests {
  static let folders = ["INBOX", "Junk"]

  @Test("New mail is what arrives after a listing, wherever it lands; nothing gets read or changed")
  func arrivals() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    try server.deliver(mail("Old"), at: 1_700_000_000)
    let before = try await mailbox.listing(of: Self.folders, by: soon())
    #expect(before.entries.map(\.order) == [1_700_000_000_999_999])
    #expect(
      try await mailbox.arrivals(in: Self.folders, since: before, by: soon()).isEmpty)

    let (first, second) = (mail("First"), mail("Second"))
    // A server's clock may be behind: what is new is told by numbers, not by times.
    try server.deliver(first, at: 1_600_000_000)
    try server.deliver(second, into: "Junk", at: 1_600_000_001)
    let new = try await mailbox.arrivals(in: Self.folders, since: before, by: soon())
    #expect(new.map(\.identifier.folder) == ["INBOX", "Junk"])
    #expect(new.map(\.order) == [1_600_000_000_999_999, 1_600_000_001_999_999])
    #expect(new.map(\.size) == [first.count, second.count])
    for (entry, message) in zip(new, [first, second]) {
      #expect(try await mailbox.isKnown(entry, to: before, by: soon()) == false)
      let header = try await mailbox.header(entry.identifier, by: soon())
      #expect(header == Array(message.dropLast("Your code: 4711\r\n".utf8.count)))
      #expect(try await mailbox.message(entry.identifier, by: soon()) == message)
    }
    let flags = try server.doveadm("fetch", "flags", "all")
    #expect(!flags.contains("Seen"), "\(flags)")
    #expect(server.files().count == 2)
  }

  @Test("A message that has gone is nil, and so is one that never was")
  func gone() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    try server.deliver(mail("Gone"))
    let listing = try await mailbox.listing(of: ["INBOX"], by: soon())
    let entry = try #require(listing.entries.first)
    try server.doveadm("expunge", "mailbox", "INBOX", "all")
    #expect(try await mailbox.header(entry.identifier, by: soon()) == nil)
    #expect(try await mailbox.message(entry.identifier, by: soon()) == nil)
    let stranger = MailIdentifier(folder: "Nowhere", name: "1")
    #expect(try await mailbox.message(stranger, by: soon()) == nil)
  }

  @Test("Mail that is moved from junk to the inbox is no new mail")
  func moved() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    try server.deliver(mail("Code"), into: "Junk", at: 1_700_000_000)
    try server.deliver(mail("Code"), at: 1_700_000_000)
    let before = try await mailbox.listing(of: Self.folders, by: soon())
    try server.doveadm("move", "INBOX", "mailbox", "Junk", "all")
    try server.deliver(mail("Code", body: "Your code: 0815"))
    let new = try await mailbox.arrivals(in: Self.folders, since: before, by: soon())
    #expect(new.count == 2)
    var known: [Bool] = []
    for entry in new { known.append(try await mailbox.isKnown(entry, to: before, by: soon())) }
    #expect(known == [true, false])
  }

  @Test("Mail that is delivered a second time is no new mail, by whatever way it comes")
  func deliveredTwice() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    try server.deliver(mail("Code", id: "one@recorder"), into: "Junk", at: 1_722_852_060)
    let before = try await mailbox.listing(of: Self.folders, by: soon())
    try server.deliver(mail("Code", id: "one@recorder", via: "another-hop"))
    let new = try await mailbox.arrivals(in: Self.folders, since: before, by: soon())
    let entry = try #require(new.first)
    #expect(new.count == 1)
    #expect(try await mailbox.isKnown(entry, to: before, by: soon()))
  }

  @Test("A recorder that gives all its mail one Message-ID has its new mail known as new")
  func oneIdentifier() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    try server.deliver(mail("Code", id: "dvr@local", body: "Your code: 1111"))
    let before = try await mailbox.listing(of: Self.folders, by: soon())
    try server.deliver(mail("Code", id: "dvr@local", body: "Your code: 2222"))
    try server.deliver(mail("Other", id: "dvr@local", body: "Your code: 1111"))
    let new = try await mailbox.arrivals(in: Self.folders, since: before, by: soon())
    #expect(new.count == 2)
    for entry in new { #expect(try await mailbox.isKnown(entry, to: before, by: soon()) == false) }
  }

  @Test("Folders are found by what they are for, whatever they and the server call them")
  func folders() async throws {
    var options = DovecotServer.Options()
    (options.junk, options.prefix, options.separator) = ("Müll", "INBOX.", ".")
    let server = try DovecotServer(options)
    let mailbox = try server.mailbox()
    try server.deliver(mail("Junk"), into: "M&APw-ll")
    try server.deliver(mail("Deep"), into: "Entw&APw-rfe.Rigs")
    let names = ["INBOX", "Junk", "Entwürfe/Rigs", "Nowhere"]
    let listing = try await mailbox.listing(of: names, by: soon())
    #expect(Set(listing.marks.keys) == ["INBOX", "INBOX.Müll", "INBOX.Entwürfe.Rigs"])
    for entry in listing.entries {
      #expect(try await mailbox.message(entry.identifier, by: soon())?.isEmpty == false)
    }
    #expect(listing.entries.count == 2)
    // A folder that is made later is all new.
    try server.deliver(mail("Later"), into: "Nowhere")
    let new = try await mailbox.arrivals(in: names, since: listing, by: soon())
    #expect(new.map(\.identifier.folder) == ["INBOX.Nowhere"])
  }

  @Test("A stranger's message of 17 MB keeps nobody waiting, and is too large to be read")
  func stranger() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    let before = try await mailbox.listing(of: Self.folders, by: soon())
    let line = String(repeating: "A", count: 76) + "\r\n"
    try server.deliver(mail("Holiday", body: String(repeating: line, count: 17 << 20 / 78 + 1)))
    let entry = try #require(
      try await mailbox.arrivals(in: Self.folders, since: before, by: soon()).first)
    #expect(entry.size > 17_000_000)
    #expect(try await mailbox.isKnown(entry, to: before, by: soon()) == false)
    let header = try #require(try await mailbox.header(entry.identifier, by: soon()))
    #expect(header.count < 1_000)
    let fault = await fault { _ = try await mailbox.message(entry.identifier, by: soon()) }
    #expect(fault?.code == .mailUnreadable)
  }

  @Test("A server that is stopped and started again in the meantime is asked again")
  func restarted() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    let before = try await mailbox.listing(of: Self.folders, by: soon())
    server.stop()
    try server.deliver(mail("Late"))
    async let asked = mailbox.arrivals(in: Self.folders, since: before, by: soon(60))
    try server.start()
    let new = try await asked
    #expect(new.count == 1)
    server.stop()
    let fault = await fault {
      _ = try await mailbox.arrivals(in: Self.folders, since: before, by: soon(1))
    }
    #expect(fault?.code == .mailUnreachable)
    #expect(fault?.reason.contains("localhost:\(server.imaps)") == true)
  }

  /// What somebody, or the server, does to mail that lies in the mailbox.
  enum Change: String, CaseIterable {
    case movedToJunk
    case movedFromJunk
    case copied
    case copiedAndExpunged
    case movedAwayAndBack
    case seenAndFlagged
    case folderRenamed
    case folderRenamedAndMovedBack
  }

  @Test("Mail to which something is done is no new mail", arguments: Change.allCases)
  func changed(change: Change) async throws {
    let folders = ["INBOX", "Junk", "Old", "New"]
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    let isInOld = [.folderRenamed, .folderRenamedAndMovedBack].contains(change)
    let first = isInOld ? "Old" : change == .movedFromJunk ? "Junk" : "INBOX"
    try server.deliver(mail("Code"), into: first, at: 1_700_000_000)
    try server.deliver(mail("Code", body: "Your code: 0815"), into: first, at: 1_700_000_000)
    let before = try await mailbox.listing(of: folders, by: soon())
    #expect(before.entries.count == 2)
    switch change {
    case .movedToJunk: try server.doveadm("move", "Junk", "mailbox", "INBOX", "all")
    case .movedFromJunk: try server.doveadm("move", "INBOX", "mailbox", "Junk", "all")
    case .copied: try server.doveadm("copy", "Junk", "mailbox", "INBOX", "all")
    case .copiedAndExpunged:
      try server.doveadm("copy", "Junk", "mailbox", "INBOX", "all")
      try server.doveadm("expunge", "mailbox", "INBOX", "all")
    case .movedAwayAndBack:
      try server.doveadm("move", "Junk", "mailbox", "INBOX", "all")
      try server.doveadm("move", "INBOX", "mailbox", "Junk", "all")
    case .seenAndFlagged:
      try server.doveadm("flags add", "\\Seen \\Flagged", "mailbox", "INBOX", "all")
    case .folderRenamed: try server.doveadm("mailbox rename", "Old", "New")
    case .folderRenamedAndMovedBack:
      try server.doveadm("mailbox rename", "Old", "New")
      try server.doveadm("move", "INBOX", "mailbox", "New", "all")
    }
    try server.deliver(mail("Code", body: "Your code: 4242"))
    let arrivals = try await mailbox.arrivals(in: folders, since: before, by: soon())
    var new: [String] = []
    for entry in arrivals {
      if try await mailbox.isKnown(entry, to: before, by: soon()) { continue }
      let bytes = try #require(try await mailbox.message(entry.identifier, by: soon()))
      new.append(String(decoding: bytes, as: UTF8.self))
    }
    #expect(new.count == 1)
    #expect(new.allSatisfy { $0.contains("4242") })
    #expect(arrivals.count == (change == .seenAndFlagged ? 1 : 3))
  }

  @Test("A folder whose messages the server numbers anew is a fault, and no new mail")
  func numberedAnew() async throws {
    let server = try DovecotServer()
    let mailbox = try server.mailbox()
    try server.deliver(mail("Code"), into: "Old")
    let before = try await mailbox.listing(of: ["Old"], by: soon())
    try server.doveadm("mailbox update", "--uid-validity", "77", "Old")
    let fault = await fault {
      _ = try await mailbox.arrivals(in: ["Old"], since: before, by: soon())
    }
    #expect(fault?.code == .mailUnreachable)
  }

  @Test("Ten thousand old messages hide no new one")
  func crowd() async throws {
    let server = try DovecotServer()
    for number in 0..<10_000 {
      try server.deliver(mail("Old \(number)"), at: 1_600_000_000 + Double(number) * 60)
    }
    let mailbox = try server.mailbox()
    let before = try await mailbox.listing(of: Self.folders, by: soon(60))
    #expect(before.entries.count == 10_000)
    let message = mail("New")
    try server.deliver(message)
    let new = try await mailbox.arrivals(in: Self.folders, since: before, by: soon(60))
    let entry = try #require(new.first)
    #expect(new.count == 1)
    #expect(try await mailbox.isKnown(entry, to: before, by: soon(60)) == false)
    #expect(try await mailbox.message(entry.identifier, by: soon(60)) == message)
    await mailbox.disconnect()
    server.stop()
    #expect(server.fetchedBodies == 1)
  }
}
