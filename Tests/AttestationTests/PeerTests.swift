import Attestation
import Foundation
import Testing

/// Other people's programs believe what we sign, and we what they sign; a changed byte neither.
@Suite("Beside securesystemslib and in-toto")
struct PeerTests {
  private static let here = URL(filePath: #filePath).deletingLastPathComponent()
  private let folder: Folder
  private let python: String

  init() throws {
    folder = try Folder()
    python = try answer(
      of: Self.here.appending(path: "../../Scripts/attestation-peers").standardizedFileURL.path, [])
  }

  private func peers(_ words: String...) throws -> String {
    try answer(of: python, [Self.here.appending(path: "peers.py").path] + words)
  }

  private func write(_ envelope: SignedEnvelope) throws -> String {
    try folder.write("\(envelope.json)\n", to: "\(UUID().uuidString).json")
  }

  @Test("they believe our test results and summaries, and read from them what we wrote")
  func ours() throws {
    let key = PrivateKey()
    let trusted = try folder.write(key.publicKey.pem, to: "key.pem")
    #expect(try peers("key", trusted) == key.publicKey.id)
    let passed = try Sample.result().signed(by: key)
    #expect(try peers("believe", write(passed), trusted) == "PASSED \(Sample.image)")
    let failed = try Sample.result(.failed, failed: ["a"]).signed(by: key)
    #expect(try peers("believe", write(failed), trusted) == "FAILED \(Sample.image)")
    let summary = try Sample.summary(isPassed: false).signed(by: key)
    #expect(try peers("believe", write(summary), trusted) == "FAILED \(Sample.image)")
    let other = try folder.write(PrivateKey().publicKey.pem, to: "other.pem")
    #expect(try peers("believe", write(passed), other).hasPrefix("refused"))
  }

  @Test("they refuse ours when any byte was changed")
  func oursDamaged() throws {
    let key = PrivateKey()
    let trusted = try folder.write(key.publicKey.pem, to: "key.pem")
    let said = try peers("damage", write(Sample.summary().signed(by: key)), trusted)
    let counts = said.split(separator: " ").compactMap { Int($0) }
    #expect(counts.first == 0, "\(said)")
    #expect(try #require(counts.last) > 3000)
  }

  @Test("we believe theirs, and refuse it when any byte was changed")
  func theirs() throws {
    let (path, keyPath) = (folder.path + "/theirs.json", folder.path + "/theirs.key")
    let id = try peers("sign", path, keyPath)
    let key = try KeyFile.publicKey(keyPath)
    #expect(key.id == id)
    let trust = TrustedKeys([.init(name: "theirs", key: key)])
    let check = try AttestationCheck(of: path, by: trust, subject: Sample.image)
    let statement = try #require(check.statements.first?.statement)
    #expect(check.statements.map(\.signers) == [["theirs"]])
    guard case .testResult(let result) = statement.predicate else {
      Issue.record("no test result")
      return
    }
    #expect(result.outcome == .warned)
    #expect(result.passed == ["a", "b"])
    #expect(result.configuration.map(\.name) == ["suite"])
    #expect(result.madeAt == nil)
    let good = Array(try Data(contentsOf: URL(filePath: path)))
    for place in good.indices {
      for change: UInt8 in [1, 32] {
        var changed = good
        changed[place] ^= change
        let believed = try? AttestationCheck(reading: changed, by: trust, subject: nil)
        #expect(believed == nil || believed == check, "byte \(place) by \(change)")
      }
    }
  }
}
