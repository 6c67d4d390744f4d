import Bench
import Frames
import Synchronization
import Testing

@testable import Drivers

@Suite("A mail server that is out of order")
struct ScriptedTests {
  @Test("that answers garbage is at fault, at once, and named")
  func garbage() async {
    let server = ScriptedServer { _ in .bytes(Array("Not today, thanks.\r\n".utf8)) }
    let fault = await fault { _ = try await server.mailbox.listing(of: ["INBOX"], by: soon()) }
    #expect(
      fault
        == RigFault(
          .mail, .mailUnreachable,
          "the mail server mail.lab.example:993: it answers something else than a mailbox's server")
    )
    #expect(server.connected == 1)
  }

  @Test("that sends a message of absurd size is at fault")
  func absurd() async {
    let server = ScriptedServer { command in
      command.hasPrefix("EXAMINE")
        ? .lines(["* 1 EXISTS", "* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT 2] x", "G1 OK done"])
        : .lines(["* 1 FETCH (UID 1 BODY[]<0> {4000000000}"])
    }
    let fault = await fault {
      let identifier = MailIdentifier(folder: "INBOX", name: "1")
      _ = try await server.mailbox.message(identifier, by: soon())
    }
    #expect(fault?.reason.hasSuffix("it sends more than it was asked for") == true)
  }

  @Test("that says nothing is at fault when the time is over")
  func silence() async {
    let server = ScriptedServer { _ in .silence }
    let fault = await fault { _ = try await server.mailbox.listing(of: ["INBOX"], by: soon()) }
    #expect(fault?.code == .mailUnreachable)
    #expect(fault?.reason.hasSuffix("it did not answer in time") == true)
  }

  @Test("that closes the connection is asked again on another one", arguments: [true, false])
  func closed(says goodBye: Bool) async throws {
    let counted = ScriptedServer.counting { count, command in
      if count == 1 { return goodBye ? .lines(["* BYE Disconnected for inactivity."]) : .close }
      return command.hasPrefix("EXAMINE")
        ? .lines(["* 0 EXISTS", "* OK [UIDVALIDITY 4] x", "* OK [UIDNEXT 9] x", "G1 OK done"])
        : .lines(["G1 OK done"])
    }
    let listing = try await counted.mailbox.listing(of: ["INBOX"], by: soon())
    #expect(listing == MailListing(marks: ["INBOX": .init(validity: 4, next: 9)]))
    #expect(counted.connected == 2)
  }

  @Test("that never keeps a connection is at fault when the time is over")
  func neverKept() async {
    let server = ScriptedServer { _ in .close }
    let fault = await fault { _ = try await server.mailbox.listing(of: ["INBOX"], by: soon(1)) }
    #expect(
      fault?.reason == "the mail server mail.lab.example:993: the server closed the connection")
    #expect(server.connected > 1)
  }

  @Test("that numbers its messages anew is at fault: nothing says any more which ones are new")
  func numberedAnew() async throws {
    let server = ScriptedServer.counting { count, _ in
      .lines(["* 0 EXISTS", "* OK [UIDVALIDITY \(count)] x", "* OK [UIDNEXT 9] x", "G1 OK done"])
    }
    let mailbox = server.mailbox
    let listing = try await mailbox.listing(of: ["INBOX"], by: soon())
    let fault = await fault {
      _ = try await mailbox.arrivals(in: ["INBOX"], since: listing, by: soon())
    }
    #expect(fault?.reason.hasSuffix("it numbers the messages of INBOX anew") == true)
  }

  @Test("that does not open the inbox is at fault; a folder that it does not have is empty")
  func refused() async throws {
    let server = ScriptedServer { command in
      command.hasPrefix("EXAMINE")
        ? .lines(["G1 NO [SERVERBUG] Internal error"])
        : .lines([#"* LIST () "/" "Old""#, "G1 OK done"])
    }
    let fault = await fault { _ = try await server.mailbox.listing(of: ["INBOX"], by: soon(1)) }
    #expect(fault?.reason.hasSuffix("it does not open INBOX: Internal error") == true)
    #expect(server.connected > 1)
    #expect(try await server.mailbox.listing(of: ["Junk"], by: soon()) == MailListing())
  }

  @Test("is asked for the last message by numbers beyond it, and does not make that new")
  func lastMessage() async throws {
    let server = ScriptedServer { command in
      command.hasPrefix("EXAMINE")
        // A server need not say which number comes next.
        ? .lines(["* 1 EXISTS", "* OK [UIDVALIDITY 1] x", "G1 OK done"])
        : .lines([
          #"* 1 FETCH (UID 8 RFC822.SIZE 99 INTERNALDATE "01-Jan-2024 00:00:00 +0000")"#,
          "G1 OK done",
        ])
    }
    let mailbox = server.mailbox
    let listing = try await mailbox.listing(of: ["INBOX"], by: soon())
    #expect(listing.marks["INBOX"]?.next == 9)
    #expect(listing.entries.map(\.identifier.name) == ["8"])
    #expect(try await mailbox.arrivals(in: ["INBOX"], since: listing, by: soon()).isEmpty)
  }

  @Test(
    "that does not say when a message arrived, or how long it is, is at fault: it may be the new one",
    arguments: [
      "UID 8 RFC822.SIZE 99", #"UID 8 RFC822.SIZE 99 INTERNALDATE "yesterday""#,
      #"UID 8 RFC822.SIZE many INTERNALDATE "01-Jan-2024 00:00:00 +0000""#,
    ])
  func unclear(items: String) async {
    let server = ScriptedServer { command in
      command.hasPrefix("EXAMINE")
        ? .lines(["* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT 9] x", "G1 OK done"])
        : .lines(["* 1 FETCH (\(items))", "* 1 FETCH (UID 8 FLAGS ())", "G1 OK done"])
    }
    let fault = await fault { _ = try await server.mailbox.listing(of: ["INBOX"], by: soon()) }
    #expect(fault?.reason.contains("it does not say when message 8 arrived") == true)
  }

  @Test("tells whole seconds: the later of a folder counts as later, of two folders neither")
  func sameSecond() {
    let times = [4, 7, 9].map { IMAPMessageTime(uid: $0, seconds: $0 == 4 ? 5 : 6, size: 1) }
    let inbox = IMAPMessageTime.entries(times, in: .inbox).map(\.order)
    #expect(inbox == [5_999_999, 6_999_998, 6_999_999])
    #expect(IMAPMessageTime.entries([times[1]], in: .inbox).map(\.order) == [6_999_999])
  }

  @Test("crashes nobody, and keeps nobody waiting, whatever it says", arguments: 1...4)
  func nonsense(seed: UInt64) async {
    let noise = Mutex(Noise(state: seed))
    let server = ScriptedServer { command in
      let kind = command.split(separator: " ").first.map(String.init) ?? ""
      return noise.withLock { .bytes(Self.nonsense(for: kind, &$0)) }
    }
    let identifier = MailIdentifier(folder: "INBOX", name: "8")
    let listing = MailListing(
      entries: [
        MailEntry(identifier: identifier, order: 5, size: 99, fingerprint: "1704067200/99")
      ],
      marks: ["INBOX": .init(validity: 1, next: 9)])
    let mailbox = server.mailbox
    for _ in 0..<300 {
      // A connection that is lost is not made anew: there is no time.
      let now = HostClock.present
      _ = try? await mailbox.listing(of: ["INBOX", "Junk"], by: now)
      let new = try? await mailbox.arrivals(in: ["INBOX", "Junk"], since: listing, by: now)
      for entry in new ?? [] {
        _ = try? await mailbox.isKnown(entry, to: listing, by: now)
        _ = try? await mailbox.header(entry.identifier, by: now)
        _ = try? await mailbox.message(entry.identifier, by: now)
      }
    }
    #expect(server.commands.count > 1_000)
  }

  /// What a server says that is nearly right.
  private static func nonsense(for command: String, _ noise: inout Noise) -> [UInt8] {
    let odd = ["0", "8", "9", "4294967295", "99999999999", "-1", "NIL", "(", "\"", "{3}\r\nabc"]
    func pick() -> String {
      Int.random(in: 0..<4, using: &noise) == 0 ? odd.randomElement(using: &noise) ?? "" : "9"
    }
    var lines =
      switch command {
      case "LIST": [#"* LIST (\Junk) "/" Junk"#, #"* LIST () \(pick()) "&AB-""#]
      case "EXAMINE":
        ["* \(pick()) EXISTS", "* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT \(pick())] x"]
      default:
        [
          #"* 1 FETCH (UID \(pick()) RFC822.SIZE \(pick()) INTERNALDATE "01-Jan-2024 00:00:00 +0000")"#,
          "* 1 FETCH (UID 9 BODY[HEADER]<0> {31}\r\nMessage-ID: <a@b>\r\nDate: x\r\n\r\n BODY[] NIL)",
          "* SEARCH \(pick()) 8",
        ]
      }
    lines.append("G1 \(Int.random(in: 0..<9, using: &noise) == 0 ? "NO" : "OK") done")
    var bytes = Array(lines.joined(separator: "\r\n").utf8) + [13, 10]
    if Int.random(in: 0..<9, using: &noise) == 0 {
      bytes[Int.random(in: bytes.indices, using: &noise)] = .random(in: 0...255, using: &noise)
    }
    return bytes
  }

  @Test("is never asked for anything that would change a mailbox")
  func harmless() async throws {
    let server = ScriptedServer { command in
      command.hasPrefix("EXAMINE")
        ? .lines(["* 2 EXISTS", "* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT 3] x", "G1 OK done"])
        : .lines(["* 1 FETCH (UID 1 BODY[HEADER]<0> {0}", ")", "G1 OK done"])
    }
    let mailbox = server.mailbox
    let identifier = MailIdentifier(folder: "INBOX", name: "1")
    _ = try await mailbox.listing(of: ["INBOX", "Junk"], by: soon())
    _ = try await mailbox.header(identifier, by: soon())
    _ = try await mailbox.message(identifier, by: soon())
    let words = Set(server.commands.map { $0.replacing("UID ", with: "").prefix { $0 != " " } })
    #expect(words == ["CAPABILITY", "LIST", "EXAMINE", "FETCH"])
    #expect(!server.commands.contains { $0.contains("BODY[") })
  }
}

extension ScriptedServer {
  /// A server that answers by which connection it is, too, counted by how often a folder was opened.
  static func counting(
    _ answers: @escaping @Sendable (Int, String) -> Answer
  ) -> ScriptedServer {
    let opened = Counter()
    return ScriptedServer { command in
      answers(command.hasPrefix("EXAMINE") ? opened.next() : opened.value, command)
    }
  }
}
