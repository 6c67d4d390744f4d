public import Bench
public import Frames
public import RigDescription

/// The mailbox of a recorder that is a process of its own, read through that process.
public actor RecorderSocketMailbox: Mailbox {
  private let connection: RecorderConnection
  private let executor = DeviceExecutor("mail")

  /// The mailbox's own thread: its calls block.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Connects.
  ///
  /// - Parameter settings: where the recorder is.
  /// - Throws: when nobody is there.
  public init(_ settings: RecorderSocketSettings) throws(RigFault) {
    connection = try RecorderConnection(to: settings.socket, for: .mail)
  }

  /// What lies in the folders now.
  public func listing(
    of folders: [String], by deadline: MonotonicInstant
  ) async throws(BenchError) -> MailListing {
    guard case (.listing(let listing), _) = try ask(.listing(folders, by: deadline), by: deadline)
    else { throw connection.misunderstanding }
    return listing
  }

  /// What has come since a listing was taken.
  public func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    let question = RecorderQuestion.arrivals(folders, since: listing, by: deadline)
    guard case (.arrivals(let entries), _) = try ask(question, by: deadline) else {
      throw connection.misunderstanding
    }
    return entries
  }

  /// Whether an arrival lay there when a listing was taken.
  public func isKnown(
    _ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> Bool {
    let question = RecorderQuestion.isKnown(arrival, to: listing, by: deadline)
    guard case (.known(let isKnown), _) = try ask(question, by: deadline) else {
      throw connection.misunderstanding
    }
    return isKnown
  }

  /// The header of one message.
  public func header(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    try bytes(.header(identifier, by: deadline), by: deadline)
  }

  /// The bytes of one message.
  public func message(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    try bytes(.message(identifier, by: deadline), by: deadline)
  }

  /// Has the recorder's process send the mailbox a mail, by the way that the recorder's takes.
  public func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe {
    guard case (.probe(let probe), _) = try ask(.probe(by: deadline), by: deadline) else {
      throw connection.misunderstanding
    }
    return probe
  }

  private func bytes(
    _ question: RecorderQuestion, by deadline: MonotonicInstant
  ) throws(BenchError) -> [UInt8]? {
    guard case (.mail(let isThere), let bytes) = try ask(question, by: deadline) else {
      throw connection.misunderstanding
    }
    return isThere ? bytes : nil
  }

  private func ask(
    _ question: RecorderQuestion, by deadline: MonotonicInstant
  ) throws(BenchError) -> (answer: RecorderAnswer, bytes: [UInt8]) {
    if Task.isCancelled { throw .cancelled }
    return try connection.ask(question, by: deadline, unless: { Task.isCancelled })
  }
}

extension RecorderSocketMailbox: RigDevice {
  private static let patience = Duration.seconds(15)

  /// Lists the inbox.
  public nonisolated func examine(_ tell: (RigCheck) -> Void) async -> Bool {
    do throws(BenchError) {
      let mail = try await listing(
        of: ["INBOX"], by: HostClock.present.advanced(by: Self.patience))
      tell(.well("mailbox", "\(mail.entries.count) messages"))
      return true
    } catch {
      tell(.unwell("mailbox", error.words, remedy: RecorderSocketSettings.remedyUnopened))
      return false
    }
  }

  /// Nothing is held.
  public nonisolated func close() {}
}
