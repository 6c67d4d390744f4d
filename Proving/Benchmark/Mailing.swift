import Bench
import Drivers
import Foundation
import Frames
import MailServers
import RigDescription

/// Measures how long it takes to find a new mail among old ones on a real server, from the listing
/// before it comes to its last byte, beside a mailbox that is nearly empty.
struct Mailing {
  let choice: Choice

  private static let folders = ["INBOX", "Junk"]
  private static let few = 100
  private static let many = 10_000

  func measurements() async throws -> [Measurement] {
    let name = "a mail among \(Self.many) on Dovecot, wall clock"
    guard choice.includes(name), DovecotServer.isInstalled else { return [] }
    let few = try await Self.search(among: Self.few)
    let many = try await Self.search(among: Self.many)
    let base = (few.milliseconds * 10).rounded() / 10
    let ratio = (many.milliseconds / few.milliseconds * 10).rounded() / 10
    return [
      Measurement(
        name: name, milliseconds: many.milliseconds, target: 2_000,
        remark: "among \(Self.few): \(base) ms, ratio \(ratio); bodies of old mails fetched: "
          + "\(many.foreignBodies)"
          + (many.isRight && few.isRight ? "" : "   WRONG ANSWER"))
    ]
  }

  private struct Search {
    var milliseconds: Double
    var foreignBodies: Int
    var isRight: Bool
  }

  private static func search(among count: Int) async throws -> Search {
    let server = try DovecotServer()
    for number in 0..<count {
      try server.deliver(mail("Old \(number)"), at: 1_600_000_000 + Double(number) * 60)
    }
    let (time, isRight) = try await found(on: server, among: count)
    // Sessions tell what they fetched when they end.
    server.stop()
    return Search(
      milliseconds: Double(time.components.attoseconds) / 1e15
        + Double(time.components.seconds) * 1000,
      foreignBodies: server.fetchedBodies - 1, isRight: isRight)
  }

  /// How long it takes to find a mail, and whether that is the one.
  private static func found(
    on server: DovecotServer, among count: Int
  ) async throws -> (Duration, Bool) {
    let password = server.folder.path + "/password"
    try "\(server.password)\n".write(toFile: password, atomically: true, encoding: .utf8)
    let mailbox = IMAPMailbox(
      IMAPSettings(
        server: MailServer(.imap, host: "localhost", port: server.imaps, security: .tls),
        logIn: MailLogIn(user: server.user, proof: .password(.file(password))),
        authority: server.certificates.authority))
    let message = mail("New")
    let deadline = HostClock.present.advanced(by: .seconds(120))
    let start = HostClock.present
    let before = try await mailbox.listing(of: folders, by: deadline)
    let listed = HostClock.present
    try server.deliver(message)
    let delivered = HostClock.present
    let new = try await mailbox.arrivals(in: folders, since: before, by: deadline)
    var isRight = new.count == 1 && before.entries.count == count
    for entry in new {
      if try await mailbox.isKnown(entry, to: before, by: deadline) { isRight = false }
      if try await mailbox.message(entry.identifier, by: deadline) != message { isRight = false }
    }
    return (start.duration(to: listed) + delivered.duration(to: HostClock.present), isRight)
  }

  private static func mail(_ subject: String) -> [UInt8] {
    let lines = [
      "Date: Mon, 05 Aug 2024 10:00:00 +0000", "From: recorder@lab.example",
      "To: rig-7@lab.example", "Subject: \(subject)", "Message-ID: <\(subject)@recorder>", "",
      "Your code: 4711", "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }
}
