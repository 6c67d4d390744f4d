import Digests
public import FoundationEssentials
public import OrderedJSON

/// The end of a ledger's chain at a time: whoever keeps it can tell later whether anything that was
/// booked by then was changed or taken away, the newest included.
public struct ChainHead: Sendable, Hashable {
  /// Names the ledger among all ledgers.
  public var ledger: String
  /// The number of the last link; 0 where there is none.
  public var sequence: Int
  /// The last link's digest, in hex, which stands for all links before it.
  public var digest: String
  /// When the last link was added; when the chain began, where there is none.
  public var at: Date
  /// When the head was taken to be kept elsewhere; nil for the one beside the ledger.
  public var anchoredAt: Date?

  /// As it is written down, on one line.
  public var json: JSONValue {
    .object(
      [
        .init("ledger", .string(ledger)), .init("sequence", .int(sequence)),
        .init("digest", .string(digest)), .init("at", at.json),
      ] + (anchoredAt.map { [.init(Self.anchoredAtName, $0.json)] } ?? []))
  }

  private static let anchoredAtName = "anchoredAt"

  /// Reads what ``json`` gives.
  ///
  /// - Parameter bytes: the JSON text.
  /// - Throws: what is wrong, in a sentence without a final stop.
  public init(reading bytes: [UInt8]) throws(LedgerError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw LedgerError("no head of a ledger: \(error)", isInput: true)
    }
    guard case .object(let members) = json,
      members.map(\.name).filter({ $0 != Self.anchoredAtName }).sorted()
        == ["at", "digest", "ledger", "sequence"], members.count <= 5,
      case .string(let ledger) = json["ledger"], case .number(let digits) = json["sequence"],
      let sequence = Int(digits), sequence >= 0, case .string(let digest) = json["digest"],
      digest.utf8.count == 64, case .string(let text) = json["at"],
      let at = try? Date(text, strategy: .iso8601), let anchoredAt = Self.anchoredAt(json)
    else {
      throw LedgerError(
        "no head of a ledger: it has ledger, sequence, digest and at, each once", isInput: true)
    }
    self.init(ledger: ledger, sequence: sequence, digest: digest, at: at)
    self.anchoredAt = anchoredAt
  }

  /// When it was anchored, where that is told; nil where what is told is no time.
  private static func anchoredAt(_ json: JSONValue) -> Date?? {
    guard let told = json[anchoredAtName] else { return .some(nil) }
    guard case .string(let text) = told, let date = try? Date(text, strategy: .iso8601) else {
      return nil
    }
    return .some(date)
  }

  init(ledger: String, sequence: Int, digest: String, at: Date) {
    self.ledger = ledger
    self.sequence = sequence
    self.digest = digest
    self.at = at
  }
}
