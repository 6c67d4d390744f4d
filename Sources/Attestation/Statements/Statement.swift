import OrderedJSON

/// An in-toto statement, version 1: what is claimed of which subjects.
///
/// The form is that of `https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md`.
public struct Statement: Sendable, Hashable {
  /// What is claimed.
  public enum Predicate: Sendable, Hashable {
    /// How tests went.
    case testResult(TestResult)
    /// Whether a policy was fulfilled.
    case verificationSummary(VerificationSummary)
    /// Something else, of this type.
    case other(String)
  }

  static let type = "https://in-toto.io/Statement/v1"
  /// The most subjects that a statement may have.
  private static let mostSubjects = 1000

  /// What it is about.
  public var subjects: [AttestedResource]
  /// What is claimed of that.
  public var predicate: Predicate

  /// Creates a statement of how tests went.
  public init(of subjects: [AttestedResource], _ result: TestResult) {
    self.subjects = subjects
    predicate = .testResult(result)
  }

  /// Creates a statement of whether a policy was fulfilled.
  public init(of subjects: [AttestedResource], _ summary: VerificationSummary) {
    self.subjects = subjects
    predicate = .verificationSummary(summary)
  }

  /// Signs the statement.
  ///
  /// - Parameter signer: who signs.
  /// - Returns: the statement in its envelope.
  /// - Throws: when it is none that can be read again, or the signer does not sign.
  public func signed(by signer: some EnvelopeSigner) throws(AttestationError) -> SignedEnvelope {
    let bytes = Array(json.description.utf8)
    // Nothing is signed that ourselves would refuse.
    _ = try Statement(reading: bytes)
    return try SignedEnvelope(
      signing: bytes, as: SignedEnvelope.PayloadType.statement, by: signer)
  }

  /// What kind of claim it is, as a URI.
  public var predicateType: String {
    switch predicate {
    case .testResult: TestResult.type
    case .verificationSummary: VerificationSummary.type
    case .other(let type): type
    }
  }

  /// As it is written down, on one line.
  var json: JSONValue {
    let claim: JSONValue =
      switch predicate {
      case .testResult(let result): result.json
      case .verificationSummary(let summary): summary.json
      case .other: .object([])
      }
    return .object([
      .init("_type", .string(Self.type)), .init("subject", .array(subjects.map(\.json))),
      .init("predicateType", .string(predicateType)), .init("predicate", claim),
    ])
  }

  /// Reads a statement. Members that it does not know are passed over, as in-toto asks.
  ///
  /// - Parameter bytes: the JSON text.
  /// - Throws: what is wrong with it.
  init(reading bytes: [UInt8]) throws(AttestationError) {
    let json = try StrictJSON(bytes)
    guard try json.member("_type").text() == Self.type else {
      throw .invalid("_type is not \(Self.type)")
    }
    subjects = []
    for subject in try json.member("subject").list(1...Self.mostSubjects) {
      subjects.append(try AttestedResource(subject))
    }
    let type = try json.member("predicateType").text()
    let claim = try json.member("predicate")
    _ = try claim.members()
    switch type {
    case TestResult.type: predicate = .testResult(try TestResult(claim))
    case VerificationSummary.type: predicate = .verificationSummary(try VerificationSummary(claim))
    case "": throw .invalid("predicateType is empty")
    default: predicate = .other(type)
    }
  }
}
