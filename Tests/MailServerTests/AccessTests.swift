import Bench
import Frames
import Glibc
import MailServers
import RigDescription
import Testing

@testable import Drivers

/// Writes a file anew.
func overwrite(_ path: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  defer { close(file) }
  return write(file, bytes.baseAddress, bytes.count) == bytes.count
}

@Suite(
  "Who gets into a mailbox", .serialized,
  .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
struct AccessTests {
  static func listing(_ settings: IMAPSettings) async throws -> MailListing {
    try await IMAPMailbox(settings).listing(of: ["INBOX"], by: soon(10))
  }

  static func fault(_ settings: IMAPSettings) async -> RigFault? {
    await MailServerTests.fault { _ = try await listing(settings) }
  }

  @Test("Whoever shows the password, or a token that a command prints, gets in, encrypted")
  func letIn() async throws {
    let server = try DovecotServer()
    #expect(try await Self.listing(server.settings()).marks.count == 1)
    #expect(try await Self.listing(server.settings(security: .startTLS)).marks.count == 1)
    let token = SecretSource.command(["printf", "\(server.password)\\nmore"])
    #expect(try await Self.listing(server.settings(proof: .bearer(token))).marks.count == 1)
    #expect(server.report.contains("method=OAUTHBEARER"))
    let logIns = server.report.split(separator: "\n").filter { $0.contains("Login:") }
    #expect(logIns.allSatisfy { $0.contains("TLS") }, "\(logIns)")
  }

  @Test("A wrong password is told as what it is, and never shown")
  func wrongPassword() async throws {
    let server = try DovecotServer()
    let wrong = SecretSource.command(["echo", "letmein-please"])
    let fault = try await Self.fault(server.settings(proof: .password(wrong)))
    #expect(
      fault
        == RigFault(
          .mail, .mailRefused,
          "the mail server localhost:\(server.imaps): it does not let rig-7 in"))
  }

  @Test("A certificate that the authority has not signed is refused")
  func wrongCertificate() async throws {
    let server = try DovecotServer()
    let settings = try server.settings(authority: server.certificates.stranger)
    let fault = try #require(await Self.fault(settings))
    #expect(fault.code == .mailRefused)
    #expect(fault.reason.contains("localhost:\(server.imaps): its certificate is not good: "))
    let startTLS = try server.settings(
      security: .startTLS, authority: server.certificates.stranger)
    #expect(await Self.fault(startTLS)?.code == .mailRefused)
    #expect(!server.report.contains("Login:"))
  }

  @Test("A certificate of another host is refused")
  func wrongHost() async throws {
    let server = try DovecotServer()
    let fault = try #require(await Self.fault(server.settings(host: "127.0.0.1")))
    #expect(fault.code == .mailRefused)
    #expect(fault.reason.contains("127.0.0.1:\(server.imaps): its certificate is not good: "))
  }

  @Test("An authority's file that is not there, or holds something else, is told")
  func wrongAuthority() async throws {
    let server = try DovecotServer()
    let missing = try await Self.fault(server.settings(authority: "/nowhere/ca.pem"))
    #expect(missing?.reason.contains("/nowhere/ca.pem: No such file or directory") == true)
    let odd = try await Self.fault(server.settings(authority: server.certificates.key))
    #expect(odd?.code == .mailUnreachable)
    #expect(odd?.reason.contains("authority's certificate can't be used") == true)
  }

  @Test("No password goes to a server that does not encrypt, unless the rig says so")
  func plainText() async throws {
    var options = DovecotServer.Options()
    options.encryption = "no"
    let server = try DovecotServer(options)
    let fault = try #require(await Self.fault(server.settings(security: .startTLS)))
    #expect(fault.code == .mailRefused)
    #expect(fault.reason.hasSuffix("it does not offer STARTTLS"))
    #expect(!server.report.contains("Login:"))
    #expect(try await Self.listing(server.settings(security: .none)).marks.count == 1)
  }

  @Test("A server that is not there is told when the time is over")
  func nobody() async throws {
    var settings = IMAPSettings.lab
    settings.server = MailServer(
      .imap, host: "127.0.0.1", port: try LoopbackPort.free(), security: .tls)
    settings.logIn.proof = .password(.environment("PATH"))
    let fault = await MailServerTests.fault {
      _ = try await IMAPMailbox(settings).listing(of: ["INBOX"], by: soon(1))
    }
    #expect(fault?.code == .mailUnreachable)
    #expect(fault?.reason.contains("127.0.0.1:\(settings.server.port): Failed to connect") == true)
  }

  @Test(
    "A secret that is not there is told, without what its command printed",
    arguments: [
      (.environment("GANTRY_NO_SUCH"), "the variable GANTRY_NO_SUCH is not set"),
      (
        .file("/nowhere/secret"),
        "the file /nowhere/secret can't be read: No such file or directory"
      ),
      (.file("/dev/null"), "the file /dev/null gives nothing in its first line"),
      (
        .command(["sh", "-c", "echo half-a-secret; echo no >&2; exit 3"]),
        "the command sh ended with status 3"
      ),
      (.command(["sh", "-c", "kill -9 $$"]), "the command sh was ended by signal 9"),
      (
        .command(["/nowhere/program"]),
        "the command /nowhere/program can't be started: No such file or directory"
      ),
      (.command(["sleep", "60"]), "the command sleep did not end in its time"),
      (.command(["yes"]), "the command yes prints more than 65536 bytes"),
    ] as [(SecretSource, String)])
  func noSecret(source: SecretSource, reason: String) {
    #expect(throws: MailSecrets.Lack(reason: reason)) {
      try MailSecrets.value(
        of: source, by: HostClock.present.advanced(by: .milliseconds(500)))
    }
  }
}
