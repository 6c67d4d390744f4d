public import FoundationEssentials
import WholeFiles

/// What is left of a run whose folder was pruned: what a ledger books of it, and the digest of each
/// file that is gone.
public struct Tombstone: Sendable, Hashable, Codable {
  /// The file of the run folder that it stands in.
  public static let fileName = "pruned.json"

  /// A file that is gone.
  public struct File: Sendable, Hashable, Codable {
    /// Its name inside the run folder.
    public var name: String
    /// How many bytes it had.
    public var bytes: Int
    /// SHA-256 of them, in hex.
    public var sha256: String
  }

  /// The version of the file.
  public var tombstone = 1
  /// When the folder was pruned.
  public var prunedAt: Date
  /// Why, in words.
  public var reason: String
  /// The run, as it is booked.
  public var run: LedgerEntry
  /// What is gone, in the order of the names.
  public var files: [File]

  init(prunedAt: Date, reason: String, run: LedgerEntry, files: [File]) {
    self.prunedAt = prunedAt
    self.reason = reason
    self.run = run
    self.files = files
  }

  /// Reads the tombstone of a run folder.
  ///
  /// - Throws: when there is none, or it can't be read.
  public init(of folder: String) throws(LedgerError) {
    let path = "\(folder)/\(Self.fileName)"
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      self = try decoder.decode(Self.self, from: Data(try WholeFile.bytes(of: path)))
    } catch let failure as WholeFile.Failure {
      throw LedgerError("\(path): \(failure.reason)")
    } catch {
      throw LedgerError("\(path): no tombstone of a run, or one of a newer gantry")
    }
    guard tombstone == 1 else {
      throw LedgerError("\(path): a tombstone of version \(tombstone), but this gantry reads 1")
    }
  }

  /// Writes it into the run folder, so that it outlives the machine.
  func write(to folder: String) throws(LedgerError) {
    let path = "\(folder)/\(Self.fileName)"
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      try WholeFile.replace(path, with: Array(try encoder.encode(self)))
    } catch let failure as WholeFile.Failure {
      throw LedgerError("\(path): \(failure.reason)")
    } catch {
      throw LedgerError("\(path): \(error)")
    }
  }
}
