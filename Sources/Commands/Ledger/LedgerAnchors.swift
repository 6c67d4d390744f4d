import Attestation
import FoundationEssentials
import Ledger
import OrderedJSON
import WholeFiles

/// Heads of a ledger that were kept, signed or not: one a line, beside the ledger and elsewhere.
struct LedgerAnchors {
  /// What follows the ledger's own name in the name of the file beside it.
  static let ending = ".anchors"

  /// The heads.
  private(set) var heads: [ChainHead] = []
  /// Anchors that are not to be believed, a line each.
  private(set) var findings: [String] = []
  /// How many were not held against a key.
  private(set) var unsigned = 0

  /// The most bytes that a file of anchors may have.
  private static let longest = 64 << 20

  /// An anchor as a line.
  ///
  /// - Parameters:
  ///   - head: the head.
  ///   - signer: who signs it; nil where nobody does.
  ///   - now: the present.
  /// - Returns: the line, with its end.
  /// - Throws: when it can't be signed.
  static func line(
    of head: ChainHead, by signer: (any EnvelopeSigner)?, at now: Date
  ) throws -> String {
    var head = head
    head.anchoredAt = now
    guard let signer else { return "\(head.json)\n" }
    let envelope = try SignedEnvelope(
      signing: Array("\(head.json)".utf8), as: SignedEnvelope.PayloadType.ledgerHead, by: signer)
    return "\(envelope.json)\n"
  }

  /// Reads the anchors beside a ledger, if there are any, and those of files.
  ///
  /// - Parameters:
  ///   - ledger: the ledger.
  ///   - paths: the files.
  ///   - trust: whose signatures are believed; nil where nobody looks at them.
  /// - Throws: when a file can't be read.
  init(beside ledger: String, and paths: [String], by trust: TrustedKeys?) throws {
    let beside = ledger + Self.ending
    try self.init(
      in: (FileManager.default.fileExists(atPath: beside) ? [beside] : []) + paths, by: trust)
  }

  /// Reads the anchors of files.
  ///
  /// - Parameters:
  ///   - paths: the files.
  ///   - trust: whose signatures are believed; nil where nobody looks at them.
  /// - Throws: when a file can't be read.
  init(in paths: [String], by trust: TrustedKeys?) throws {
    for path in paths {
      let bytes: [UInt8]
      do throws(WholeFile.Failure) {
        bytes = try WholeFile.bytes(of: path, limit: Self.longest)
      } catch {
        throw CommandFailure.invalid("\(path): \(error.reason)")
      }
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() where !line.isEmpty {
        do {
          heads.append(try head(of: Array(line), by: trust))
        } catch {
          findings.append("\(path): line \(number + 1): \(error)")
        }
      }
    }
  }

  private mutating func head(of line: [UInt8], by trust: TrustedKeys?) throws -> ChainHead {
    // A head that nobody signed has no payload.
    guard let json = try? JSONValue(parsing: line), json["payload"] != nil else {
      let head = try ChainHead(reading: line)
      if trust != nil { throw AttestationError("the anchor is not signed", .refused) }
      unsigned += 1
      return head
    }
    let envelope = try SignedEnvelope(reading: line)
    let head = try ChainHead(reading: envelope.payload)
    if let trust {
      _ = try trust.signers(
        of: envelope, as: SignedEnvelope.PayloadType.ledgerHead, signedAt: head.anchoredAt)
    } else {
      unsigned += 1
    }
    return head
  }
}
