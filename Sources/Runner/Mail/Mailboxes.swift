import Bench
import Frames
import Logging
import RunJournal
import Scenario

/// Asks the mailboxes of a bench.
final class Mailboxes {
  /// How long a mailbox may take to answer.
  private static let patience = Duration.seconds(30)

  private let plan: MailPlan
  private let time: RunTime
  private let log: RunLog
  private let devices: DevicePool
  private let operators: Logger
  /// What lay in mailboxes just before the actions that ask for mail.
  private var listings = MailListings()

  init(
    _ plan: MailPlan, time: RunTime, log: RunLog, devices: DevicePool, operators: Logger
  ) {
    self.plan = plan
    self.time = time
    self.log = log
    self.devices = devices
    self.operators = operators
  }

  /// Lists the mailboxes of which a later step wants to know what was there before this one.
  func takeListings(before step: StepState) async throws(Stop) {
    for mail in plan.wanted[step.step.location] ?? [] {
      let listing = try await list(mail.folders, in: step)
      listings.take(listing, for: mail)
      try await log.note(
        .mail, "\(listing.entries.count) mails lie in \(mail.folders.joined(separator: ", "))",
        in: step)
    }
  }

  /// What lay there before an action that asks for mail; nil when no listing was taken.
  func listing(before mail: AwaitMail) -> MailListing? { listings.known(to: mail) }

  /// What lies in folders now.
  func list(_ folders: [String], in step: StepState) async throws(Stop) -> MailListing {
    let mailbox = try mailbox(for: step)
    let deadline = await deadline()
    let listing = try await asking { () throws(BenchError) in
      try await mailbox.listing(of: folders, by: deadline)
    }
    tellLook(folders, listing.entries.count)
    return listing
  }

  /// What has come into folders since a listing was taken.
  func arrivals(
    in folders: [String], since listing: MailListing, in step: StepState
  ) async throws(Stop) -> [MailEntry] {
    let mailbox = try mailbox(for: step)
    let deadline = await deadline()
    let entries = try await asking { () throws(BenchError) in
      try await mailbox.arrivals(in: folders, since: listing, by: deadline)
    }
    tellLook(folders, listing.entries.count + entries.count)
    return entries
  }

  /// Whether an arrival is a message that lay there when a listing was taken.
  func isKnown(
    _ arrival: MailEntry, to listing: MailListing, in step: StepState
  ) async throws(Stop) -> Bool {
    let mailbox = try mailbox(for: step)
    let deadline = await deadline()
    return try await asking { () throws(BenchError) in
      try await mailbox.isKnown(arrival, to: listing, by: deadline)
    }
  }

  /// The header of a message; nil where it is gone.
  func header(_ entry: MailEntry, in step: StepState) async throws(Stop) -> [UInt8]? {
    let mailbox = try mailbox(for: step)
    let deadline = await deadline()
    return try await asking { () throws(BenchError) in
      try await mailbox.header(entry.identifier, by: deadline)
    }
  }

  /// The bytes of a message; nil where it is gone.
  func message(_ entry: MailEntry, in step: StepState) async throws(Stop) -> [UInt8]? {
    let mailbox = try mailbox(for: step)
    let deadline = await deadline()
    return try await asking { () throws(BenchError) in
      try await mailbox.message(entry.identifier, by: deadline)
    }
  }

  private func deadline() async -> MonotonicInstant {
    await time.now().advanced(by: Self.patience)
  }

  private func tellLook(_ folders: [String], _ count: Int) {
    operators.debug("mail was asked for: \(count) lie in \(folders.joined(separator: ", "))")
  }

  private func mailbox(for step: StepState) throws(Stop) -> any Mailbox {
    if let mailbox = step.device.mailbox { return mailbox }
    if let mailbox = try devices.device(Bench.defaultDevice).mailbox { return mailbox }
    throw Stop(.rigIncomplete, "the rig has no mailbox")
  }
}
