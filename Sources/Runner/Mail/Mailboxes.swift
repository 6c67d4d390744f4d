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
      let entries = try await list(mail.folders, in: step)
      listings.take(entries, for: mail)
      try await log.note(
        .mail, "\(entries.count) mails lie in \(mail.folders.joined(separator: ", "))", in: step)
    }
  }

  /// What lay there before an action that asks for mail; nil when no listing was taken.
  func listing(before mail: AwaitMail) -> Set<MailIdentifier>? { listings.known(to: mail) }

  /// What lies in folders now.
  func list(_ folders: [String], in step: StepState) async throws(Stop) -> [MailEntry] {
    let mailbox = try mailbox(for: step)
    let deadline = await time.now().advanced(by: Self.patience)
    let entries = try await asking { () throws(BenchError) in
      try await mailbox.listing(of: folders, by: deadline)
    }
    operators.debug(
      "mail was asked for: \(entries.count) lie in \(folders.joined(separator: ", "))")
    return entries
  }

  /// A mail as a person reads it; nil where it can't be read, which is noted.
  func message(_ entry: MailEntry, in step: StepState) async throws(Stop) -> MailMessage? {
    let mailbox = try mailbox(for: step)
    let deadline = await time.now().advanced(by: Self.patience)
    let bytes = try await asking { () throws(BenchError) in
      try await mailbox.message(entry.identifier, by: deadline)
    }
    do throws(MailError) {
      return try MailMessage(parsing: bytes)
    } catch {
      try await log.note(
        .mail, "a new mail in \(entry.identifier.folder) can't be read", in: step)
      return nil
    }
  }

  private func mailbox(for step: StepState) throws(Stop) -> any Mailbox {
    if let mailbox = step.device.mailbox { return mailbox }
    if let mailbox = try devices.device(Bench.defaultDevice).mailbox { return mailbox }
    throw Stop(.rigIncomplete, "the rig has no mailbox")
  }
}
