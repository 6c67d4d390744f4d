import Attestation
import Commands
import Foundation
import Ledger
import OrderedJSON
import RunSessions
import Testing

/// Keys, anchors of the ledger and signed decisions, as a user handles them.
@Suite("What is signed")
struct SigningTests {
  private let folder: Folder
  private let ledger: String
  private let key: String

  init() async throws {
    folder = try Folder()
    ledger = folder.path + "/ledger.sqlite"
    key = folder.path + "/release.key"
    #expect(await gantry("key", "new", key).status == 0)
    let store = try SQLiteLedger(ledger)
    try store.begin(run: "one", folder: folder.path + "/gone")
    _ = try store.forgetBegun(run: "one", at: .now)
  }

  private func verify(_ more: String...) async -> Spoken {
    await gantry(["ledger", "verify", "--ledger", ledger] + more)
  }

  /// Does something to the ledger's file that no program of ours does.
  private func tamper(_ sql: String) throws {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/python3")
    python.arguments = [
      "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])", ledger,
      sql,
    ]
    try python.run()
    python.waitUntilExit()
    try #require(python.terminationStatus == 0)
  }

  @Test("a key is made once, shown with its id, and trusted by what is shown")
  func keys() async throws {
    #expect(await gantry("key", "new", key).status == 2)
    let shown = await gantry("key", "show", key)
    #expect(await gantry("key", "show", key + ".pub").out == shown.out)
    #expect(!shown.out.contains("PRIVATE"))
    let json = try JSONValue(parsing: await gantry("key", "show", key, "--json").out.utf8)
    guard case .string(let text)? = json["public"] else {
      Issue.record("no public key is told")
      return
    }
    #expect(shown.out.contains("public: \(text)"))
    #expect(await gantry("key", "show", folder.path + "/none").status == 2)
  }

  @Test("an anchor that is signed is held against the key, and tells that the end was cut off")
  func anchors() async throws {
    let outside = folder.path + "/audit.anchors"
    let anchored = await gantry(
      "ledger", "anchor", "--ledger", ledger, "--key-file", key, "--to", outside)
    #expect(anchored.status == 0, "\(anchored.err)")
    #expect(anchored.out.hasPrefix("anchored link 1 "))
    let good = await verify("--anchor", outside, "--key", key + ".pub")
    #expect(good.status == 0, "\(good.out)")
    #expect(good.out.contains("1 link,"))
    #expect(good.out.contains("2 anchors"))
    #expect(await verify().out.contains("1 of them held against no key"))

    let other = folder.path + "/other.key"
    #expect(await gantry("key", "new", other).status == 0)
    let untrusted = await verify("--anchor", outside, "--key", other)
    #expect(untrusted.status == 1)
    #expect(untrusted.out.contains("none of the trusted keys has signed it"))

    // The end goes, and whoever does it minds the head and the anchors beside.
    try tamper("DELETE FROM links")
    try FileManager.default.removeItem(atPath: ledger + ".anchors")
    try FileManager.default.removeItem(atPath: ledger + ".head")
    #expect(await gantry("ledger", "resume", "--ledger", ledger).status == 0)
    try tamper("DELETE FROM links WHERE kind = 'none'")
    let cut = await verify("--anchor", outside, "--key", key + ".pub")
    #expect(cut.status == 1)
    #expect(cut.out.contains("link 1 is not the one that an anchor tells"))
    let refused = await gantry("ledger", "anchor", "--ledger", ledger)
    #expect(refused.status == 0)
    try tamper("UPDATE links SET at = at + 1")
    let damaged = await gantry("ledger", "anchor", "--ledger", ledger)
    #expect(damaged.status == 1)
    #expect(damaged.err.contains("a ledger that is damaged is not anchored"))
  }

  @Test("an anchor without a key is a line of JSON, and not believed where a key is asked for")
  func unsigned() async throws {
    let outside = folder.path + "/audit.anchors"
    #expect(
      await gantry("ledger", "anchor", "--ledger", ledger, "--to", outside).status == 0)
    #expect(try JSONValue(parsing: folder.text("audit.anchors").utf8)["sequence"] == .int(1))
    #expect(await verify("--anchor", outside).status == 0)
    let asked = await verify("--anchor", outside, "--key", key)
    #expect(asked.status == 1)
    #expect(asked.out.contains("line 1: the anchor is not signed"))
    try "x\n".write(toFile: outside, atomically: true, encoding: .utf8)
    #expect(await verify("--anchor", outside).status == 1)
    #expect(await verify("--anchor", folder.path + "/none").status == 2)
  }

  @Test("an anchor stands in a git tag's message, and is given to a command")
  func elsewhere() async throws {
    let repository = folder.path + "/it's git"
    try FileManager.default.createDirectory(
      atPath: repository, withIntermediateDirectories: true)
    let git =
      "git -C \"\(repository)\" -c user.name=Kim -c user.email=kim@example.com"
    _ = try ShellCommand("git init -q \"\(repository)\" && \(git) commit -q --allow-empty -m begin")
      .answer(to: [])
    _ = try ShellCommand(
      "git -C \"\(repository)\" config user.name Kim && git -C \"\(repository)\" config user.email k@e.com"
    ).answer(to: [])
    let spoken = await gantry(
      "ledger", "anchor", "--ledger", ledger, "--key-file", key, "--git-tag", "heads/1",
      "--git-folder", repository, "--command", "cat > \(folder.path)/posted")
    #expect(spoken.status == 0, "\(spoken.err)")
    let tag = try ShellCommand(
      "git -C \"\(repository)\" for-each-ref refs/tags/heads/1 --format='%(contents)'"
    ).answer(to: [])
    try Data(tag).write(to: URL(filePath: folder.path + "/tagged"))
    #expect(await verify("--anchor", folder.path + "/tagged", "--key", key).status == 0)
    #expect(await verify("--anchor", folder.path + "/posted", "--key", key).status == 0)
    let failing = await gantry("ledger", "anchor", "--ledger", ledger, "--command", "exit 4")
    #expect(failing.status == 3)
    #expect(failing.err.contains("ended with 4"))
  }

  private func decision(isOpen: Bool, by signer: PrivateKey) throws -> String {
    let image = AttestedResource(
      name: "firmware 4.3.0", sha256: String(repeating: "ab", count: 32))
    let attestation = ReleaseAttestation(
      of: image,
      TestResult(
        isOpen ? .passed : .failed, configuration: [], passed: ["reset"], warned: [],
        failed: isOpen ? [] : ["log-in"], madeAt: .now),
      policy: .init(uri: "Gates/release.yaml", sha256: image.sha256), isOpen: isOpen,
      verifier: "urn:gantry:gate", resource: "urn:gantry:firmware:4.3.0", decidedAt: .now)
    let path = folder.path + "/decision.jsonl"
    try Data(attestation.signed(by: signer)).write(to: URL(filePath: path))
    return path
  }

  @Test("a decision is believed where key, subject and result are as they should be")
  func decisions() async throws {
    let signer = try KeyFile.privateKey(key)
    let subject = "sha256:" + String(repeating: "ab", count: 32)
    let open = try decision(isOpen: true, by: signer)
    let good = await gantry("gate", "verify", open, "--key", key + ".pub", "--subject", subject)
    #expect(good.status == 0, "\(good.err)")
    #expect(good.out.contains("test result PASSED, 1 passed"))
    #expect(good.out.contains("decision PASSED by Gates/release.yaml"))
    let json = try JSONValue(
      parsing: await gantry("gate", "verify", open, "--key", key, "--json").out.utf8)
    #expect(json["isGood"] == .bool(true))

    let other = "sha256:" + String(repeating: "0", count: 64)
    #expect(
      await gantry("gate", "verify", open, "--key", key, "--subject", other).status == 1)
    #expect(await gantry("gate", "verify", open, "--key", key, "--subject", "4.3.0").status == 2)
    #expect(await gantry("gate", "verify", open).status == 2)
    #expect(await gantry("gate", "verify", folder.path + "/none", "--key", key).status == 2)
    let trust = try folder.write(
      """
      trust: lab
      keys:
        - name: release
          public: \(signer.publicKey.base64)
          revoked: {why: It was lost.}

      """, to: "trust.yaml")
    let revoked = await gantry("gate", "verify", open, "--trust", trust)
    #expect(revoked.status == 1)
    #expect(revoked.err.contains("the key release is revoked: It was lost."))
    let broken = try folder.write("{", to: "broken.json")
    let invalid = await gantry("gate", "verify", broken, "--key", key)
    #expect(invalid.status == 2)
    #expect(invalid.err.contains("broken.json: 1:2: no JSON"))
  }

  @Test("a decision that is closed is no good, however well it is signed")
  func closed() async throws {
    let path = try decision(isOpen: false, by: KeyFile.privateKey(key))
    let spoken = await gantry("gate", "verify", path, "--key", key)
    #expect(spoken.status == 1)
    #expect(spoken.err.contains("does not say that it passed: test result FAILED"))
    #expect(await gantry("gate", "verify", path, "--key", key, "--any-result").status == 0)
  }
}
