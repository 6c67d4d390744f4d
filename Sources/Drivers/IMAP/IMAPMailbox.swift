public import Bench
public import Frames
public import RigDescription

/// A mailbox on a server that speaks IMAP.
///
/// It logs in when it is first asked, and again where the connection was lost. Folders are only ever
/// opened for reading, and messages fetched without marking them.
public actor IMAPMailbox: Mailbox {
  /// Makes a connection on which somebody is logged in.
  typealias Connecting =
    @Sendable (MonotonicInstant) throws(MailServerFailure) -> any MailChannel

  let settings: IMAPSettings
  private let connect: Connecting
  let executor = DeviceExecutor("imap")
  private var session: IMAPSession?
  /// How the folders were numbered when they were last listed, by their names.
  private var numbering: [String: UInt32] = [:]

  /// The mailbox's own thread: servers keep one waiting.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.unowned }

  /// Creates a mailbox, which is connected to only when asked for mail.
  public init(_ settings: IMAPSettings) {
    self.init(settings) { deadline throws(MailServerFailure) in
      try CurlChannel(
        to: settings.server, settings.logIn, authority: settings.authority, by: deadline)
    }
  }

  /// Creates a mailbox with another way to its server.
  init(_ settings: IMAPSettings, connect: @escaping Connecting) {
    self.settings = settings
    self.connect = connect
  }

  /// Gives the connection back.
  func disconnect() { session = nil }

  // MARK: What lies there

  /// What lies in the folders now, oldest first.
  public func listing(
    of folders: [String], by deadline: MonotonicInstant
  ) async throws(BenchError) -> MailListing {
    let listing = try await ask(by: deadline) { session throws(IMAPFailure) in
      try IMAPQuestions(session, deadline).listing(of: folders)
    }
    numbering.merge(listing.marks.mapValues(\.validity)) { _, new in new }
    return listing
  }

  /// What lies in the folders now at numbers that were still to be given when a listing was taken,
  /// oldest first.
  public func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    let (arrivals, numbering) = try await ask(by: deadline) { session throws(IMAPFailure) in
      try IMAPQuestions(session, deadline).arrivals(in: folders, since: listing)
    }
    self.numbering.merge(numbering) { _, new in new }
    return arrivals
  }

  /// Whether an arrival was moved by the server, or is one that came before, delivered again.
  public func isKnown(
    _ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> Bool {
    let numbering = numbering
    return try await ask(by: deadline) { session throws(IMAPFailure) in
      let questions = IMAPQuestions(session, deadline, numbering)
      if try questions.wasMoved(arrival, listing) { return true }
      return try questions.wasDeliveredBefore(arrival, listing)
    }
  }

  // MARK: One message

  /// The header of one message, as far as its first 256 KiB hold it.
  public func header(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    let numbering = numbering
    return try await ask(by: deadline) { session throws(IMAPFailure) in
      try IMAPQuestions(session, deadline, numbering).header(identifier)
    }
  }

  /// The bytes of one message; a longer one than the longest that is read is a fault.
  public func message(
    _ identifier: MailIdentifier, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [UInt8]? {
    let numbering = numbering
    let largest = IMAPSession.largestMessage
    let bytes = try await ask(by: deadline) { session throws(IMAPFailure) in
      try IMAPQuestions(session, deadline, numbering).part("", of: identifier, limit: largest + 1)
    }
    if let bytes, bytes.count > largest {
      throw .fault(
        RigFault(
          .mail, .mailUnreadable,
          "message \(identifier.name) in \(identifier.folder) is larger than \(largest) bytes"))
    }
    return bytes
  }

  // MARK: Whether mail comes at all

  /// Sends the mailbox a mail, where the rig says how, and waits for it.
  public nonisolated func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe
  {
    guard let probe = settings.probe else { return .impossible }
    do throws(ProbeMail.Failure) {
      let mail = ProbeMail(probe, authority: settings.authority)
      let arrival = try await mail.travel(to: self, by: deadline)
      return arrival.map { .arrived(after: $0.after) } ?? .lost
    } catch {
      switch error {
      case .unsent(let failure): throw failure.error(of: probe.server)
      case .unwatched(let error): throw error
      }
    }
  }

  // MARK: Asking

  private static let shortestPause = Duration.milliseconds(250)
  private static let longestPause = Duration.seconds(4)

  /// Asks the server; where the connection is lost, on another one, as long as there is time.
  private func ask<Answer: Sendable>(
    by deadline: MonotonicInstant,
    _ question: @Sendable (IMAPSession) throws(IMAPFailure) -> Answer
  ) async throws(BenchError) -> Answer {
    do throws(MailServerFailure) {
      return try await answer(by: deadline, question)
    } catch {
      throw error.error(of: settings.server)
    }
  }

  /// Asks the server, and keeps what helps where it does not answer.
  func answer<Answer: Sendable>(
    by deadline: MonotonicInstant,
    _ question: @Sendable (IMAPSession) throws(IMAPFailure) -> Answer
  ) async throws(MailServerFailure) -> Answer {
    var pause = Self.shortestPause
    var lost: String?
    while true {
      do throws(IMAPFailure) {
        return try question(try opened(by: deadline))
      } catch {
        session = nil
        switch error {
        case .odd(let reason):
          throw .refused(settings.server.fault(reason), remedy: MailServerRemedy.serving)
        // What was wrong first says more than that time ran out over it.
        case .server(.late(let reason)): throw .late(lost ?? reason)
        case .server(.lost(let reason)): lost = reason
        case .server(let failure): throw failure
        }
      }
      let next = HostClock.present.advanced(by: pause)
      guard next < deadline else { throw .lost(lost ?? "it is not there") }
      do throws(BenchError) { try await HostClock().sleep(until: next) } catch { throw .cancelled }
      pause = min(pause * 2, Self.longestPause)
    }
  }

  /// The talk that goes on, or a new one.
  private func opened(by deadline: MonotonicInstant) throws(IMAPFailure) -> IMAPSession {
    if let session { return session }
    let channel: any MailChannel
    do throws(MailServerFailure) {
      channel = try connect(deadline)
    } catch {
      throw .server(error)
    }
    let session = try IMAPSession(channel, by: deadline)
    self.session = session
    return session
  }
}
