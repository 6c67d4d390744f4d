import Digests

/// A link of a ledger's chain: something that was done to the ledger, tied to all that was done before.
struct ChainLink {
  /// What was done.
  enum Kind: String {
    /// The run was in the ledger before there was a chain; what was booked of it then is not known.
    case adopted
    /// The run was booked.
    case booked
    /// The run was booked without its end before, and now with more of it.
    case completed
    /// The run's folder was pruned.
    case pruned
    /// The run's journal is gone, and somebody took that as it is.
    case forgotten
    /// The ledger went on from an end that its head did not know, as after a copy was brought back.
    case resumed
  }

  /// From 1, without a gap.
  var sequence: Int64
  var kind: Kind
  /// The run's name; of a ledger that was resumed, the head that it had.
  var run: String
  /// When, in milliseconds since 1970 in UTC.
  var at: Int64
  /// SHA-256 of what the run's own row says; nil where no row was written.
  var row: [UInt8]?
  /// SHA-256 of what the rows say that belong to the run's: steps, measurements, pictures.
  var parts: [UInt8]?

  /// SHA-256 of the digest of the link before and of what this one says.
  func digest(after previous: [UInt8]) -> [UInt8] {
    var spoken = SpokenBytes()
    spoken.add("previous", previous)
    spoken.add("sequence", sequence)
    spoken.add("kind", kind.rawValue)
    spoken.add("run", run)
    spoken.add("at", at)
    if let row { spoken.add("row", row) }
    if let parts { spoken.add("parts", parts) }
    return SHA256Digest.bytes(of: spoken.bytes)
  }

  /// What stands before the first link of a ledger.
  static func beginning(ledger: String, since: Int64) -> [UInt8] {
    var spoken = SpokenBytes()
    spoken.add("chain", Int64(1))
    spoken.add("ledger", ledger)
    spoken.add("since", since)
    return SHA256Digest.bytes(of: spoken.bytes)
  }
}
