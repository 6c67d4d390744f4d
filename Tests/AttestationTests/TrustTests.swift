import Attestation
import Foundation
import SourceYAML
import Testing

@Suite("Trust files")
struct TrustTests {
  private let folder: Folder
  private static let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
  private static let other = "96cf9850f7624d550b632a031dd2053bcc92fa57dce4c7cd35c5ed81209a0b40"

  init() throws {
    folder = try Folder()
  }

  private func load(_ keys: String) throws(Findings) -> TrustedKeys {
    let path = "\(folder.path)/trust.yaml"
    try? "trust: lab\nkeys:\n\(keys)".write(toFile: path, atomically: true, encoding: .utf8)
    return try TrustedKeys.load(path)
  }

  @Test("keys are read with their names, times and why they are revoked")
  func good() throws {
    let pem = try PublicKey(reading: Self.other).pem.split(separator: "\n").map { "      \($0)\n" }
      .joined()
    let trust = try load(
      """
        - {name: release 2025, public: \(Self.key), until: "2026-01-01T00:00:00Z"}
        - name: release 2026
          from: "2026-01-01T00:00:00Z"
          revoked: {why: It was stolen., at: "2026-02-01T00:00:00Z"}
          public: |
      \(pem)
      """)
    #expect(trust.keys.map(\.name) == ["release 2025", "release 2026"])
    #expect(trust.keys[0].until == trust.keys[1].from)
    #expect(trust.keys.map(\.revoked) == [nil, "It was stolen."])
    #expect(trust.keys[1].key == (try PublicKey(reading: Self.other)))
  }

  @Test("the trust file that the documentation shows is sound")
  func documented() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Documentation/TamperEvidence.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(
      text.components(separatedBy: "```yaml\n").dropFirst().first?
        .components(separatedBy: "\n```").first)
    let trust = try TrustedKeys.load(try folder.write(block + "\n", to: "trust.yaml"))
    #expect(trust.keys.count == 3)
    #expect(trust.keys.last?.revoked != nil)
  }

  @Test(
    "each mistake is told with its line and column, and what would be right",
    arguments: [
      ("  - {name: a, public: zz}\n", "3:23: no Ed25519 public key"),
      ("  - {name: a}\n", "3:5: "),
      ("  []\n", "3:3: \"keys\" has 0 elements"),
      ("  - {name: a, public: \(key), until: soon}\n", "is no time; write one in UTC"),
      (
        "  - {name: a, public: \(key), from: 2026-02-01T00:00:00Z, until: 2026-01-01T00:00:00Z}\n",
        "the key's time ends before it begins"
      ),
      ("  - {name: a, public: \(key)}\n  - {name: a, public: \(other)}\n", "4:12: another key"),
      ("  - {name: a, public: \(key)}\n  - {name: b, public: \(key)}\n", "4:23: the key is a's"),
      ("  - {name: a, public: \(key), revoked: true}\n", "3:"),
      ("  - {name: a, public: \(key), pubic: b}\n", "did you mean"),
    ])
  func wrong(keys: String, reason: String) throws {
    let findings = #expect(throws: Findings.self) { try load(keys) }
    #expect(findings?.description.contains(reason) == true, "\(findings?.description ?? "good")")
    #expect(findings?.all.allSatisfy { $0.location.file.hasSuffix("trust.yaml") } == true)
  }
}
