import Digests
public import FoundationEssentials

/// What is signed of a decision: how the tests of an image went, and that a policy was fulfilled by
/// that or not, the second resting on the first by its digest.
public struct ReleaseAttestation: Sendable, Hashable {
  /// How the tests went.
  public var result: Statement
  /// The decision, without what it rests on, which is known once that is signed.
  public var decision: Statement

  private let summary: VerificationSummary

  /// Creates an attestation.
  ///
  /// - Parameters:
  ///   - image: what was decided on.
  ///   - result: how its tests went.
  ///   - policy: what it was held against.
  ///   - isOpen: whether it ships.
  ///   - verifier: a URI that names who decided.
  ///   - resource: a URI that names the firmware.
  ///   - decidedAt: when it was decided.
  public init(
    of image: AttestedResource, _ result: TestResult, policy: VerificationSummary.Reference,
    isOpen: Bool, verifier: String, resource: String, decidedAt: Date
  ) {
    summary = VerificationSummary(
      verifier: verifier, verifiedAt: decidedAt, resource: resource, policy: policy, inputs: [],
      isPassed: isOpen)
    self.result = Statement(of: [image], result)
    decision = Statement(of: [image], summary)
  }

  /// Signs both.
  ///
  /// - Parameter signer: who signs.
  /// - Returns: an attestation file: an envelope a line.
  /// - Throws: when something can't be signed, or a decision is open whose tests failed.
  public func signed(by signer: some EnvelopeSigner) throws(AttestationError) -> [UInt8] {
    if summary.isPassed, result.isPassed == false {
      throw .invalid("a decision is not open whose tests failed")
    }
    let first = "\(try result.signed(by: signer).json)"
    var summary = summary
    summary.inputs = [.init(uri: "", sha256: SHA256Digest.hex(first.utf8))]
    let second = try Statement(of: decision.subjects, summary).signed(by: signer)
    return Array("\(first)\n\(second.json)\n".utf8)
  }
}
