import Digests
import Foundation
import SourceYAML
import Testing

@testable import Attestation

@Suite("What is believed")
struct CheckTests {
  private let key = PrivateKey()

  private func refusal(
    _ bytes: [UInt8], _ trust: TrustedKeys, subject: String? = nil
  ) -> (String, AttestationError.Kind)? {
    do throws(AttestationError) {
      _ = try AttestationCheck(reading: bytes, by: trust, subject: subject)
      return nil
    } catch {
      return (error.description, error.kind)
    }
  }

  @Test("what a trusted key has signed is believed, and read as it was written")
  func good() throws {
    let (result, summary) = (Sample.result(), Sample.summary())
    let file = Sample.file(try result.signed(by: key), try summary.signed(by: key))
    let check = try AttestationCheck(
      reading: file, by: Sample.trust(key), subject: Sample.image)
    #expect(check.statements.map(\.statement) == [result, summary])
    #expect(check.statements.map(\.signers) == [["release"], ["release"]])
    #expect(check.statements.map(\.statement.isPassed) == [true, true])
  }

  @Test("another key, another subject and another type are refused, each said as what it is")
  func refused() throws {
    let file = Sample.file(try Sample.result().signed(by: key))
    #expect(
      refusal(file, Sample.trust(PrivateKey()))?.0.hasPrefix("none of the trusted keys") == true)
    let other = refusal(file, Sample.trust(key), subject: String(repeating: "0", count: 64))
    #expect(other?.0.contains("not about sha256:000") == true)
    #expect(other?.1 == .refused)
    let head = try SignedEnvelope(
      signing: Array("{}".utf8), as: SignedEnvelope.PayloadType.ledgerHead, by: key)
    #expect(refusal(Sample.file(head), Sample.trust(key))?.0.contains("it is signed as") == true)
  }

  @Test("one line of several that is not to be believed spoils the file, and is named")
  func oneOfTwo() throws {
    let file = Sample.file(
      try Sample.result().signed(by: key), try Sample.summary().signed(by: PrivateKey()))
    #expect(refusal(file, Sample.trust(key))?.0.hasPrefix("line 2: none of the trusted") == true)
  }

  @Test("a key counts while it is in use, by the time that the statement tells")
  func inUse() throws {
    let day = Sample.now
    let file = Sample.file(try Sample.result(madeAt: day).signed(by: key))
    #expect(refusal(file, Sample.trust(key, from: day, until: day + 1)) == nil)
    let early = refusal(file, Sample.trust(key, from: day + 60))
    #expect(early?.0.contains("before the key release was in use") == true)
    let late = refusal(file, Sample.trust(key, until: day))
    #expect(late?.0.contains("after the key release was in use") == true)
    #expect(late?.1 == .refused)
    var timeless = Sample.result()
    guard case .testResult(var result) = timeless.predicate else { return }
    result.madeAt = nil
    timeless.predicate = .testResult(result)
    let untimed = Sample.file(try timeless.signed(by: key))
    #expect(refusal(untimed, Sample.trust(key)) == nil)
    #expect(
      refusal(untimed, Sample.trust(key, until: day))?.0.contains("does not say when") == true)
  }

  @Test("nothing that a revoked key has signed is believed, beside another signature neither")
  func revoked() throws {
    let other = PrivateKey()
    var envelope = try Sample.result().signed(by: key)
    #expect(
      refusal(Sample.file(envelope), Sample.trust(key, revoked: "stolen"))?.0
        == "the key release is revoked: stolen")
    envelope.signatures += try Sample.result().signed(by: other).signatures
    let trust = TrustedKeys([
      .init(name: "old", key: key.publicKey, revoked: "stolen"),
      .init(name: "new", key: other.publicKey),
    ])
    #expect(refusal(Sample.file(envelope), trust)?.0 == "the key old is revoked: stolen")
  }

  @Test("a wrong signature under a trusted key's name spoils good ones beside it")
  func wrongBesideGood() throws {
    let other = PrivateKey()
    var envelope = try Sample.result().signed(by: key)
    envelope.signatures.append(
      .init(keyID: other.publicKey.id, bytes: [UInt8](repeating: 1, count: 64)))
    #expect(refusal(Sample.file(envelope), Sample.trust(key)) == nil)
    let both = TrustedKeys([
      .init(name: "a", key: key.publicKey), .init(name: "b", key: other.publicKey),
    ])
    #expect(
      refusal(Sample.file(envelope), both)?.0.hasPrefix("the signature of b does not fit") == true)
  }

  @Test("a signature without a key's name is believed where one of the trusted keys made it")
  func nameless() throws {
    var envelope = try Sample.result().signed(by: key)
    envelope.signatures[0].keyID = ""
    #expect(refusal(Sample.file(envelope), Sample.trust(key)) == nil)
    #expect(refusal(Sample.file(envelope), Sample.trust(PrivateKey())) != nil)
  }

  @Test("any byte that is changed is refused, or changes nothing that is said")
  func everyByte() throws {
    let file = Sample.file(try Sample.result().signed(by: key))
    let good = try AttestationCheck(reading: file, by: Sample.trust(key), subject: nil)
    for place in file.indices {
      for change: UInt8 in [1, 128] {
        var changed = file
        changed[place] ^= change
        let found = try? AttestationCheck(reading: changed, by: Sample.trust(key), subject: nil)
        #expect(found == nil || found == good, "byte \(place) by \(change)")
      }
    }
  }

  @Test("what is no envelope or no statement is told with its place")
  func invalid() throws {
    let good = String(decoding: Sample.file(try Sample.result().signed(by: key)), as: UTF8.self)
    let twice = good.replacing(#""payloadType":"#, with: #""payloadType":"a","payloadType":"#)
    for (text, reason) in [
      ("", "it is empty"), ("{", "1:2: no JSON: a member's name is missing"),
      ("{\n  \"payload\": x}", "2:14: no JSON: not a value"), ("[]", "the file is no object"),
      ("{}", "payloadType is missing"), (twice, "payloadType stands there twice"),
      (#"{"payloadType":"a","payload":"?","signatures":[]}"#, "payload is no base64"),
      (#"{"payloadType":"a","payload":"","signatures":[]}"#, "signatures has 0 elements"),
      (
        #"{"payloadType":"a","payload":"","signatures":[{"keyid":"b"}]}"#,
        "signatures[0].sig is missing"
      ),
    ] {
      let found = refusal(Array(text.utf8), Sample.trust(key))
      #expect(found?.0.contains(reason) == true, "\(text): \(found?.0 ?? "believed")")
      #expect(found?.1 == .invalid)
    }
    for (payload, reason) in [
      ("x", "payload: 1:1: no JSON"), ("{}", "payload: _type is missing"),
      (#"{"_type":"https://in-toto.io/Statement/v0.1"}"#, "payload: _type is not"),
      (#"{"_type":"https://in-toto.io/Statement/v1","subject":[]}"#, "subject has 0 elements"),
      (
        #"{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"AB"}}]}"#,
        "payload: subject[0].digest.sha256 is no SHA-256"
      ),
    ] {
      let envelope = try SignedEnvelope(
        signing: Array(payload.utf8), as: SignedEnvelope.PayloadType.statement, by: key)
      let found = refusal(Sample.file(envelope), Sample.trust(key))
      #expect(found?.0.contains(reason) == true, "\(payload): \(found?.0 ?? "believed")")
    }
  }

  @Test(
    "a decision rests on the tests that are signed beside it, and is not open where they failed")
  func decision() throws {
    func attestation(_ outcome: TestResult.Outcome, isOpen: Bool) -> ReleaseAttestation {
      ReleaseAttestation(
        of: AttestedResource(name: "firmware 4.3.0", sha256: Sample.image),
        TestResult(
          outcome, configuration: [], passed: [], warned: ["a"], failed: [], madeAt: Sample.now),
        policy: .init(uri: "Gates/release.yaml", sha256: Sample.image), isOpen: isOpen,
        verifier: "urn:gantry:gate", resource: "urn:gantry:firmware:4.3.0", decidedAt: Sample.now)
    }
    let file = try attestation(.warned, isOpen: true).signed(by: key)
    let check = try AttestationCheck(
      reading: file, by: Sample.trust(key), subject: Sample.image)
    #expect(check.statements.map(\.statement.isPassed) == [true, true])
    let first = try #require(file.split(separator: UInt8(ascii: "\n")).first)
    guard case .verificationSummary(let summary) = check.statements[1].statement.predicate else {
      Issue.record("the second is no summary")
      return
    }
    #expect(summary.inputs == [.init(uri: "", sha256: SHA256Digest.hex(first))])
    #expect(throws: AttestationError.self) {
      try attestation(.failed, isOpen: true).signed(by: key)
    }
  }

  @Test("a result that contradicts itself is neither signed nor believed")
  func contradiction() throws {
    let error = #expect(throws: AttestationError.self) {
      try Sample.result(.passed, failed: ["a"]).signed(by: key)
    }
    #expect(error?.description == "predicate.result is PASSED, and failedTests names some")
  }
}

@Suite("Base64")
struct Base64Tests {
  @Test("bytes come back, in the standard alphabet and in the one for URLs")
  func roundTrip() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 77 + 249) }
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(Base64.decode(text) == bytes)
      let url = text.replacing("+", with: "-").replacing("/", with: "_")
      #expect(Base64.decode(url) == bytes)
    }
  }

  @Test(
    "a text that is not the only one for its bytes is none",
    arguments: [
      "A", "AA", "AAA", "AB==", "AAB=", "AA=A", "AAAA=", "AAAA====", "A===", "AA==AA==", "+A_A",
      "AAA\n", "ÄAA", "====",
    ])
  func refused(text: String) {
    #expect(Base64.decode(text) == nil)
  }
}
