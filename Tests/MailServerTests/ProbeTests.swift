import Bench
import Frames
import MailServers
import RigDescription
import Testing

@testable import Drivers

@Suite(
  "What the doctor says of a mailbox on a server", .serialized,
  .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
struct ProbeTests {
  static func checks(_ settings: IMAPSettings) async -> [RigCheck] {
    var checks: [RigCheck] = []
    let mailbox = IMAPMailbox(settings)
    _ = await mailbox.examine { checks.append($0) }
    mailbox.close()
    return checks
  }

  @Test("It counts what lies in the inbox and in the junk, by its name")
  func counts() async throws {
    var options = DovecotServer.Options()
    options.junk = "Unwanted"
    let server = try DovecotServer(options)
    try server.deliver(mail("One"))
    try server.deliver(mail("Two"), into: "Unwanted")
    #expect(
      try await Self.checks(server.settings()) == [
        .well("mail server", "localhost:\(server.imaps) lets rig-7 in"),
        .well("mailbox", "INBOX holds 1 messages, Unwanted (junk) 1"),
      ])
  }

  @Test("It says what helps where the server does not let it in")
  func refused() async throws {
    let server = try DovecotServer()
    let wrong = SecretSource.command(["echo", "x"])
    #expect(
      try await Self.checks(server.settings(proof: .password(wrong))) == [
        .unwell(
          "mail server", "the mail server localhost:\(server.imaps): it does not let rig-7 in",
          remedy: "see to user and password, or what fetches the token")
      ])
  }

  @Test(
    "A probe that is sent arrives, and the doctor says where",
    .enabled(if: EximServer.isInstalled, "Exim is not installed"))
  func probe() async throws {
    let server = try DovecotServer()
    let exim = try EximServer(handingOnTo: server.lmtp)
    var settings = try server.settings()
    settings.probe = MailProbeSettings(
      server: MailServer(.smtp, host: "127.0.0.1", port: exim.smtp, security: .none),
      from: "doctor@lab.example", to: "rig-7@lab.example")
    let probe = try #require(await Self.checks(settings).last)
    #expect(probe.name == "mail probe")
    #expect(probe.isWell, "\(probe) \(exim.report) \(server.report)")
    #expect(probe.found.hasPrefix("arrived in INBOX after "))
    #expect(server.files().allSatisfy { !$0.contains(":2,S") })
  }

  @Test("A probe that no server takes is told, with that server")
  func unsent() async throws {
    let server = try DovecotServer()
    var settings = try server.settings()
    let port = try LoopbackPort.free()
    settings.probe = MailProbeSettings(
      server: MailServer(.smtp, host: "127.0.0.1", port: port, security: .none),
      from: "doctor@lab.example", to: "rig-7@lab.example")
    let probe = try #require(await Self.checks(settings).last)
    #expect(!probe.isWell)
    #expect(probe.found.contains("can't be sent: the mail server 127.0.0.1:\(port): "))
  }
}
