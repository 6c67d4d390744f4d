public import FoundationEssentials

/// A ledger of runs: what is booked, and what can be asked.
///
/// Nothing outside of a store knows how it keeps what it books. A store is shared by many processes
/// at the same time.
public protocol LedgerStore: Sendable {
  /// Writes down that a run begins, so that it is found should it never end.
  ///
  /// - Parameters:
  ///   - run: the run's name among all runs.
  ///   - folder: its run folder, by its absolute path.
  /// - Throws: when it can't be written down.
  func begin(run: String, folder: String) throws(LedgerError)

  /// Runs that began and were not booked since, in the order in which they began.
  ///
  /// - Throws: when the ledger can't be read.
  func begun() throws(LedgerError) -> [BegunRun]

  /// Forgets that a run began.
  ///
  /// - Parameters:
  ///   - run: the run's name among all runs.
  ///   - now: the present.
  /// - Returns: whether it was known to have begun, and not to be booked.
  /// - Throws: when it can't be written down.
  func forgetBegun(run: String, at now: Date) throws(LedgerError) -> Bool

  /// Books runs, all of them or none.
  ///
  /// - Parameters:
  ///   - entries: the runs.
  ///   - now: when they are booked.
  /// - Returns: what became of each, in their order.
  /// - Throws: when they can't be booked.
  func book(_ entries: [LedgerEntry], at now: Date) throws(LedgerError) -> [Booking]

  /// Writes down that the folder of a booked run is gone.
  ///
  /// - Parameters:
  ///   - run: the run's name among all runs.
  ///   - departure: how it went.
  ///   - now: when.
  /// - Throws: when it can't be written down.
  func noteGone(run: String, as departure: Departure, at now: Date) throws(LedgerError)

  /// How runs ended, a row for each scenario, model and firmware, those played last first.
  ///
  /// - Throws: when the ledger can't be read.
  func tallies(_ filter: RunFilter) throws(LedgerError) -> [RunTally]

  /// Booked runs, those that began last first.
  ///
  /// - Throws: when the ledger can't be read.
  func runs(_ filter: RunFilter, limit: Int) throws(LedgerError) -> [BookedRun]

  /// Where the verdict changed back on the same firmware, scenario and model, by their digests.
  ///
  /// - Throws: when the ledger can't be read.
  func flaky(_ filter: RunFilter) throws(LedgerError) -> [FlakyRuns]

  /// How many kinds of runs, of the same scenario and model, have changed back without anybody
  /// having told the firmware: nobody knows whether it was the same.
  ///
  /// - Throws: when the ledger can't be read.
  func unsure(_ filter: RunFilter) throws(LedgerError) -> Int

  /// Signatures, cause and step, of runs that did not pass, seen first at or after an instant.
  ///
  /// The filter's own ``RunFilter/since`` does not count here.
  ///
  /// - Throws: when the ledger can't be read.
  func signatures(firstSeenSince: Date, _ filter: RunFilter) throws(LedgerError) -> [Signature]

  /// The values of a measurement in the order of their runs.
  ///
  /// - Parameters:
  ///   - name: what was measured, or `step: PATH` for the seconds of a step.
  ///   - filter: which runs.
  /// - Returns: the values; none where nothing of that name was measured.
  /// - Throws: when the ledger can't be read.
  func values(of name: String, _ filter: RunFilter) throws(LedgerError) -> [MeasuredValue]

  /// What can be asked for as a measurement, steps left out.
  ///
  /// - Throws: when the ledger can't be read.
  func measurementNames() throws(LedgerError) -> [String]

  /// All runs of some firmwares that were booked until an instant, in the order of booking.
  ///
  /// - Parameters:
  ///   - firmwares: the firmwares, as the users named them.
  ///   - asOf: the last instant of booking.
  ///   - measurements: what is to be told of what was measured, by name.
  /// - Returns: the runs.
  /// - Throws: when the ledger can't be read.
  func releaseRuns(
    of firmwares: [String], bookedUntil asOf: Date, measurements: [String]
  ) throws(LedgerError) -> [ReleaseRun]

  /// Firmwares that are called a version, whatever their digests, with how many runs were booked until
  /// an instant, in the order of their names.
  ///
  /// - Throws: when the ledger can't be read.
  func bookedFirmwares(
    called version: String, bookedUntil asOf: Date
  ) throws(LedgerError) -> [BookedFirmware]

  /// Every booked run's folder and journal digest.
  ///
  /// - Throws: when the ledger can't be read.
  func bookedFolders() throws(LedgerError) -> [BookedFolder]

  /// The digests of the pictures of a booked run, in the order in which its journal names them; nil
  /// where none were booked, and for one that was not there then.
  ///
  /// - Throws: when the ledger can't be read.
  func pictureDigests(of run: String) throws(LedgerError) -> [String?]?

  /// Holds the chain of what was booked against what is booked, and against its head.
  ///
  /// - Parameters:
  ///   - depth: how much is looked at.
  ///   - anchors: heads that were kept elsewhere.
  /// - Returns: what was found.
  /// - Throws: when the ledger can't be read.
  func auditChain(_ depth: ChainAudit.Depth, anchors: [ChainHead]) throws(LedgerError) -> ChainAudit

  /// The end of the chain as it is now.
  ///
  /// - Throws: when the ledger can't be read.
  func head() throws(LedgerError) -> ChainHead

  /// Goes on from the present end of the chain, whatever its head says: after a copy of the ledger was
  /// brought back. That it was done stays in the chain.
  ///
  /// - Parameter now: the present.
  /// - Returns: the head as it was, in one line.
  /// - Throws: when the ledger can't be written.
  func resume(at now: Date) throws(LedgerError) -> String

  /// Writes a copy of the ledger as it is now, whoever writes to it meanwhile.
  ///
  /// - Throws: when the copy can't be written.
  func backUp(to path: String) throws(LedgerError)

  /// What is wrong with the ledger's own file; nothing where it is whole.
  ///
  /// - Throws: when the ledger can't be read.
  func damages() throws(LedgerError) -> [String]
}

/// What became of a run that was to be booked.
public enum Booking: String, Sendable, Hashable, CaseIterable {
  /// It was not in the ledger, and is now.
  case booked
  /// It was booked without its end, and now is with more of it.
  case completed
  /// It was booked before.
  case known
  /// Another journal of the same name was booked before, and stays.
  case conflicting
}

/// How the folder of a booked run went.
public enum Departure: Sendable, Hashable {
  /// It was pruned, and left a tombstone.
  case pruned
  /// Nobody knows, and somebody took that as it is.
  case forgotten
}

/// A run that began and was not booked since.
public struct BegunRun: Sendable, Hashable {
  /// Names the run among all runs.
  public var run: String
  /// Its folder, by its absolute path.
  public var folder: String
}

/// Why a ledger does not do what it is asked.
public struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop, with the remedy where there is one.
  public var description: String
  /// Whether it is the place or the folder that was asked for, rather than the host.
  public var isInput: Bool

  /// Creates an error.
  public init(_ description: String, isInput: Bool = false) {
    self.description = description
    self.isInput = isInput
  }
}
