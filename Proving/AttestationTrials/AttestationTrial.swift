import Attestation
import FoundationEssentials
import SourceYAML

/// Damaged attestations, keys and trust files, read one after the other: each gives an answer or a clear
/// line, and nothing is believed that was not signed.
package struct AttestationTrial {
  /// What was found wrong with one of them.
  package struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// Which one, to be made again.
    package var number: Int
    /// What is wrong.
    package var words: String

    /// One line.
    package var description: String { "number \(number): \(words)" }
  }

  private let seed: UInt64
  private let key: PrivateKey
  private let trust: TrustedKeys
  private let files: [[UInt8]]
  private let payloads: [[UInt8]]
  private let good: Set<[UInt8]>
  private let trustFile: [UInt8]

  /// Creates trials.
  ///
  /// - Parameter seed: what the damage is drawn from.
  /// - Throws: when what is to be damaged can't be made.
  package init(seed: UInt64) throws {
    self.seed = seed
    // The first key that RFC 8032 signs with, and one that nobody has the other half of.
    key = try PrivateKey(
      reading: """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """)
    let other = try PublicKey(
      reading: "96cf9850f7624d550b632a031dd2053bcc92fa57dce4c7cd35c5ed81209a0b40")
    trust = TrustedKeys([
      .init(name: "old", key: other, until: Date(timeIntervalSince1970: 0)),
      .init(name: "release", key: key.publicKey),
    ])
    let statements = [Self.result, Self.summary]
    let envelopes = try statements.map { [key] in try $0.signed(by: key) }
    let lines = envelopes.map { Array("\($0.json)\n".utf8) }
    files = lines + [lines[0] + lines[1]]
    payloads = envelopes.map(\.payload)
    good = Set(payloads)
    trustFile = Array(
      """
      trust: releases
      about: Who signs.
      keys:
        - name: release 2025
          public: \(other.base64)
          until: "2026-01-01T00:00:00Z"
          revoked: {why: It was lost., at: "2026-02-01T00:00:00Z"}
        - {name: release 2026, public: \(key.publicKey.base64), from: "2026-01-01T00:00:00Z"}

      """.utf8)
  }

  private static let digest = String(repeating: "ab", count: 32)

  private static var result: Statement {
    Statement(
      of: [AttestedResource(name: "firmware 4.3.0", sha256: digest)],
      TestResult(
        .failed, configuration: [AttestedResource(name: "reset", sha256: digest, kind: "scenario")],
        passed: ["a", "b"], warned: [], failed: ["c"],
        madeAt: Date(timeIntervalSince1970: 1_772_360_100)))
  }

  private static var summary: Statement {
    Statement(
      of: [AttestedResource(name: "firmware 4.3.0", sha256: digest)],
      VerificationSummary(
        verifier: "urn:gantry:gate", verifiedAt: Date(timeIntervalSince1970: 1_772_360_100),
        resource: "urn:gantry:firmware:4.3.0", policy: .init(uri: "a.yaml", sha256: digest),
        inputs: [.init(uri: "", sha256: digest)], isPassed: false))
  }

  /// Reads damaged files.
  ///
  /// - Parameter numbers: which ones.
  /// - Returns: what is wrong.
  package func findings(in numbers: Range<Int>) -> [Finding] {
    numbers.flatMap { number in
      var damage = Damage(seed: seed &+ UInt64(number), name: "attestation")
      let words =
        switch number % 5 {
        case 0, 1: attested(damage.done(to: files[damage.below(files.count)]))
        case 2: signed(damage.done(to: payloads[damage.below(payloads.count)]))
        case 3: trusted(damage.done(to: trustFile))
        default: keyed(&damage)
        }
      return words.map { Finding(number: number, words: $0) }
    }
  }

  /// What nobody signed is not believed.
  private func attested(_ bytes: [UInt8]) -> [String] {
    do throws(AttestationError) {
      let check = try AttestationCheck(reading: bytes, by: trust, subject: nil)
      let whole = files.contains { file in
        (try? AttestationCheck(reading: file, by: trust, subject: nil)) == check
      }
      // Of two lines one may have gone: what is left was signed.
      let known = check.statements.allSatisfy {
        [Self.result, Self.summary].contains($0.statement)
      }
      return whole || known ? [] : ["something is believed that nobody signed"]
    } catch {
      return complaints(of: error.description)
    }
  }

  /// A statement that somebody trusted signed, whatever it says, is read or told in a line; what failed
  /// does not pass since something beside it was damaged.
  private func signed(_ payload: [UInt8]) -> [String] {
    do throws(AttestationError) {
      let envelope = try SignedEnvelope(
        signing: payload, as: SignedEnvelope.PayloadType.statement, by: key)
      let read = try SignedEnvelope(reading: "\(envelope.json)".utf8)
      if read != envelope { return ["an envelope is read as another one"] }
      let check = try AttestationCheck(
        reading: Array("\(envelope.json)".utf8), by: trust, subject: nil)
      let isPassed = check.statements.contains { $0.statement.isPassed == true }
      let says = String(decoding: payload, as: UTF8.self)
      return isPassed && !says.contains("PASSED") && !says.contains("WARNED")
        && !says.contains("\\")
        ? ["a statement passes that does not say so"] : []
    } catch {
      return complaints(of: error.description)
    }
  }

  private func trusted(_ bytes: [UInt8]) -> [String] {
    let files = SourceFiles { _ throws(SourceFiles.Refusal) in bytes }
    do throws(Findings) {
      let trust = try TrustedKeys.load("trust.yaml", files: files)
      return trust.keys.isEmpty ? ["a trust file without keys is taken"] : []
    } catch {
      return error.all.isEmpty
        ? ["a trust file is refused without a word"]
        : error.all.flatMap { complaints(of: $0.description, beginning: "trust.yaml:") }
    }
  }

  private func keyed(_ damage: inout Damage) -> [String] {
    let isPrivate = damage.below(2) == 0
    let pem = isPrivate ? key.pem : key.publicKey.pem
    let text = String(decoding: damage.done(to: Array(pem.utf8)), as: UTF8.self)
    do throws(AttestationError) {
      if isPrivate {
        _ = try PrivateKey(reading: text)
      } else {
        let read = try PublicKey(reading: text)
        if try PublicKey(reading: read.pem) != read { return ["a key is read as another one"] }
      }
      return []
    } catch {
      // A private key's own words are no part of any message.
      let secret = pem.split(separator: "\n").dropFirst().first.map { String($0.prefix(60)) } ?? ""
      return complaints(of: error.description)
        + (isPrivate && error.description.contains(secret.suffix(20)) ? ["a key is told"] : [])
    }
  }

  /// What is wrong with a message: it must be a line that a person can read.
  private func complaints(of words: String, beginning: String = "") -> [String] {
    var complaints: [String] = []
    if words.isEmpty || words.count > 1500 {
      complaints.append("a message of \(words.count) letters")
    }
    if words.contains(where: \.isNewline) {
      complaints.append("a message of several lines: \(words)")
    }
    if !words.hasPrefix(beginning) { complaints.append("a message without its place: \(words)") }
    return complaints
  }
}
