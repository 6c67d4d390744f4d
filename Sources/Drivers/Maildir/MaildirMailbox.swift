public import Bench
public import Frames

/// A mailbox that is a Maildir on this machine, with its folders beside the inbox.
///
/// `INBOX` is the directory itself. Another folder is either a hidden directory in it (`.Junk`, as
/// Maildir++ has it) or a plain one (`Junk`); where both are there, both count. Nothing is changed:
/// messages are read where they lie.
public actor MaildirMailbox: Mailbox {
  private let store: MaildirStore
  private let executor = DeviceExecutor("maildir")

  /// The mailbox's own thread: disks may keep one waiting.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Creates a mailbox on a directory, which is looked at only when asked for mail.
  public init(path: String) {
    store = MaildirStore(path: path)
  }

  /// What lies in the folders now, oldest first, each with what its sender wrote as fingerprint.
  public func listing(
    of folders: [String], by deadline: MonotonicInstant
  ) async throws(BenchError) -> MailListing {
    do throws(RigFault) { return try store.listing(of: folders) } catch { throw .fault(error) }
  }

  /// What lies in the folders under names that were not there when a listing was taken.
  public func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    do throws(RigFault) {
      return try store.arrivals(in: folders, since: listing)
    } catch { throw .fault(error) }
  }

  /// Whether a message with the same fingerprint lay there when a listing was taken.
  public func isKnown(
    _ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> Bool {
    do throws(RigFault) {
      guard let fingerprint = try store.fingerprint(of: arrival.identifier) else { return false }
      return listing.entries.contains { $0.fingerprint == fingerprint }
    } catch { throw .fault(error) }
  }

  /// The header of one message.
  public func header(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    do throws(RigFault) { return try store.header(identifier) } catch { throw .fault(error) }
  }

  /// The bytes of one message.
  public func message(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    do throws(RigFault) { return try store.message(identifier) } catch { throw .fault(error) }
  }
}
