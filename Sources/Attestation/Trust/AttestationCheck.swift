public import FoundationEssentials

/// A file of attestations that was read and held against trusted keys.
public struct AttestationCheck: Sendable, Hashable {
  /// A statement that is to be believed.
  public struct Believed: Sendable, Hashable {
    /// What it says.
    public var statement: Statement
    /// Who signed it, by the names that the trust file has.
    public var signers: [String]
  }

  /// The statements, in the order of the file.
  public private(set) var statements: [Believed] = []

  /// The most statements that a file may have.
  private static let most = 100

  /// Reads and checks a file: a DSSE envelope, or one a line.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - trust: whose signatures are believed.
  ///   - subject: SHA-256, in hex, of what each statement must be about; nil where anything will do.
  /// - Throws: the first thing that is wrong, in a line.
  public init(
    of path: String, by trust: TrustedKeys, subject: String?
  ) throws(AttestationError) {
    let bytes = try AttestedFile.bytes(of: path, limit: SignedEnvelope.longest)
    do throws(AttestationError) {
      try self.init(reading: bytes, by: trust, subject: subject)
    } catch {
      throw error.within(path)
    }
  }

  /// Checks the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - trust: whose signatures are believed.
  ///   - subject: SHA-256, in hex, of what each statement must be about; nil where anything will do.
  /// - Throws: the first thing that is wrong, in a line.
  public init(
    reading bytes: [UInt8], by trust: TrustedKeys, subject: String?
  ) throws(AttestationError) {
    let envelopes = try Self.envelopes(in: bytes)
    for (number, envelope) in envelopes.enumerated() {
      do throws(AttestationError) {
        statements.append(try Self.believe(envelope, trust, subject))
      } catch {
        throw envelopes.count == 1 ? error : error.within("line \(number + 1)")
      }
    }
  }

  /// One envelope over several lines, or one a line.
  private static func envelopes(
    in bytes: [UInt8]
  ) throws(AttestationError) -> [SignedEnvelope] {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).filter { line in
      line.contains { ![0x20, 0x09, 0x0D].contains($0) }
    }
    guard let first = lines.first else { throw .invalid("it is empty") }
    // What is no value by itself is the first line of one.
    guard lines.count > 1, (try? StrictJSON(first)) != nil else {
      return [try SignedEnvelope(reading: bytes)]
    }
    guard lines.count <= most else {
      throw .invalid("it has \(lines.count) lines; an attestation has no more than \(most)")
    }
    var envelopes: [SignedEnvelope] = []
    for (number, line) in lines.enumerated() {
      do throws(AttestationError) {
        envelopes.append(try SignedEnvelope(reading: line))
      } catch {
        throw error.within("line \(number + 1)")
      }
    }
    return envelopes
  }

  private static func believe(
    _ envelope: SignedEnvelope, _ trust: TrustedKeys, _ subject: String?
  ) throws(AttestationError) -> Believed {
    // Nothing of the payload is looked into before its signature was found good, but for the time.
    let statement = Result { () throws(AttestationError) in try Statement(reading: envelope.payload)
    }
    let signers = try trust.signers(
      of: envelope, as: SignedEnvelope.PayloadType.statement,
      signedAt: (try? statement.get())?.madeAt)
    let believed: Statement
    do throws(AttestationError) {
      believed = try statement.get()
    } catch {
      throw error.within("payload")
    }
    if let subject, !believed.subjects.contains(where: { $0.sha256 == subject }) {
      let names = believed.subjects.prefix(3).map { "sha256:\($0.sha256)" }
      throw .refused(
        "it is about \(names.joined(separator: ", ")), and not about sha256:\(subject)")
    }
    return Believed(statement: believed, signers: signers.map(\.name))
  }
}

extension Statement {
  /// When it says that it was made; nil where it does not say.
  public var madeAt: Date? {
    switch predicate {
    case .testResult(let result): result.madeAt
    case .verificationSummary(let summary): summary.verifiedAt
    case .other: nil
    }
  }

  /// Whether it says that what it is about may be released; nil where it is about something else.
  public var isPassed: Bool? {
    switch predicate {
    case .testResult(let result): result.outcome != .failed
    case .verificationSummary(let summary): summary.isPassed
    case .other: nil
    }
  }
}
