import Bench
import Frames
import Logging
import Mail
import RunJournal
import Scenario

/// Asks the mailboxes of a bench.
final class Mailboxes {
  /// How long a mailbox may take to answer.
  private static let patience = Duration.seconds(30)
  /// How long a mail that the rig sends itself may take.
  private static let longestDelivery = Duration.seconds(120)

  /// A mail that a run went on with.
  private struct Taken {
    var mail: AwaitMail
    var watch: MailWatch
    var before: MailListing
  }

  private let plan: MailPlan
  private let values: ValueStore
  private let time: RunTime
  private let log: RunLog
  private let devices: DevicePool
  private let operators: Logger
  /// What lay in mailboxes just before the actions that ask for mail.
  private var listings = MailListings()
  private var taken: [Taken] = []

  init(
    _ plan: MailPlan, values: ValueStore, time: RunTime, log: RunLog, devices: DevicePool,
    operators: Logger
  ) {
    self.plan = plan
    self.values = values
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
  private func arrivals(
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

  /// Looks into the mailbox once for a mail action: what came, and what of it fits.
  func look(
    for mail: AwaitMail, with watch: inout MailWatch, since before: MailListing, in step: StepState
  ) async throws(Stop) {
    let arrivals = try await arrivals(in: mail.folders, since: before, in: step)
    for entry in watch.begin(arrivals) {
      guard let outcome = try await read(entry, for: mail, since: before, in: step) else {
        watch.drop(entry)
        continue
      }
      watch.take(outcome, of: entry)
      if case .unreadable(let reason) = outcome {
        try await log.note(
          .mail, "a new mail in \(entry.identifier.folder) can't be read: \(reason)", in: step)
      }
    }
  }

  /// Remembers that a run goes on with what a mail said.
  func remember(_ mail: AwaitMail, _ watch: MailWatch, since before: MailListing) {
    taken.append(Taken(mail: mail, watch: watch, before: before))
  }

  /// Why what a mail said may not have been for this recorder; nil where nothing speaks against it.
  ///
  /// Whoever asks is about to blame the recorder for what came of it: that another mail fits as well
  /// may show only now.
  func doubt(in step: StepState) async throws(Stop) -> String? {
    for index in taken.indices {
      try await look(
        for: taken[index].mail, with: &taken[index].watch, since: taken[index].before, in: step)
      let count = taken[index].watch.fitting.joined().count
      if count > 1 {
        return
          "\(taken[index].mail.location): \(count) different mails fit by now, and the one that "
          + "was read may be another recorder's; naming tells them apart"
      }
    }
    return nil
  }

  /// Whether mail gets through to the mailbox.
  func probe(in step: StepState) async throws(Stop) -> MailProbe {
    let mailbox = try mailbox(for: step)
    let deadline = time.limited(
      await time.now().advanced(by: time.patient(Self.longestDelivery)))
    return try await asking { () throws(BenchError) in try await mailbox.probe(by: deadline) }
  }

  /// What a message is; nil where it is gone. More than its header is fetched only if that fits.
  private func read(
    _ entry: MailEntry, for action: AwaitMail, since before: MailListing, in step: StepState
  ) async throws(Stop) -> MailWatch.Outcome? {
    let mailbox = try mailbox(for: step)
    let deadline = await deadline()
    let header = try await asking { () throws(BenchError) in
      try await mailbox.header(entry.identifier, by: deadline)
    }
    guard let header else { return nil }
    switch Self.message(header) {
    case .success(let head): if try !fits(head, action) { return .foreign }
    case .failure(let error): return .unreadable(error.reason)
    }
    let bytes = try await asking { () throws(BenchError) in
      try await mailbox.message(entry.identifier, by: deadline)
    }
    guard let bytes else { return nil }
    switch Self.message(bytes) {
    case .success(let mail):
      if let name = try name(wantedBy: action, in: step), !mail.names(name) { return .foreign }
      let isKnown = try await asking { () throws(BenchError) in
        try await mailbox.isKnown(entry, to: before, by: deadline)
      }
      return isKnown ? .known : .fitting(mail, bytes: bytes.count)
    case .failure(let error): return .unreadable(error.reason)
    }
  }

  private static func message(_ bytes: [UInt8]) -> Result<MailMessage, MailError> {
    Result { () throws(MailError) in try MailMessage(parsing: bytes) }
  }

  /// Whether a mail has what is asked for in subject and sender.
  private func fits(_ mail: MailMessage, _ action: AwaitMail) throws(Stop) -> Bool {
    if let subject = action.subject, try !mail.hasSubject(values.text(subject).revealed()) {
      return false
    }
    if let sender = action.sender, try !mail.hasSender(values.text(sender).revealed()) {
      return false
    }
    return true
  }

  /// What the mail must name: the step's own word, or the rig's.
  private func name(wantedBy action: AwaitMail, in step: StepState) throws(Stop) -> String? {
    if let naming = action.naming { return try values.text(naming).revealed() }
    return step.device.mailNaming
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
