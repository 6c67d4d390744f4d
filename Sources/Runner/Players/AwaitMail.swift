import Bench
import Frames
import Mail
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

extension AwaitMail: SingleAction {
  /// Awaits a new mail and takes values from it.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let start = await run.time.now()
    let deadline = run.time.limited(start.advanced(by: run.time.patient(within)))
    let before: MailListing
    if let listing = run.mailboxes.listing(before: self) {
      before = listing
    } else {
      before = try await run.mailboxes.list(folders, in: step)
    }
    var watch = MailWatch()
    var missing: String?
    while true {
      // A mailbox that can't be reached now may be later: at the end it must have been.
      let outage = try await look(with: &watch, since: before, in: step, run)
      if outage == nil, !watch.isUnsettled {
        switch try values(in: watch.fitting, run.model) {
        case .found(let values):
          run.mailboxes.remember(self, watch, since: before)
          return try await take(values, in: step, run)
        case .missing(let reason): missing = reason
        }
      }
      let now = await run.time.now()
      if now >= deadline {
        throw try await stop(
          outage: outage, missing: missing, &watch, since: before, in: step, run)
      }
      let elapsed = start.duration(to: now)
      let pause = max(.milliseconds(500), min(.seconds(4), elapsed / 4))
      try await run.observer.passTime(until: min(deadline, now.advanced(by: pause)), in: step)
    }
  }

  /// Looks into the mailbox once; why it can't be reached, where it can't.
  private func look(
    with watch: inout MailWatch, since before: MailListing, in step: StepState, _ run: RunContext
  ) async throws(Stop) -> Stop? {
    do throws(Stop) {
      try await run.mailboxes.look(for: self, with: &watch, since: before, in: step)
      return nil
    } catch {
      guard error.cause.code == .mailUnreachable else { throw error }
      return error
    }
  }

  private enum Values {
    case found([(name: String, value: String)])
    case missing(String?)
  }

  /// What is wanted of the newest mail that has all of it.
  private func values(
    in fitting: [[MailMessage]], _ model: RecorderModel
  ) throws(Stop) -> Values {
    var missing: String?
    for mails in fitting {
      if mails.count > 1 {
        throw Stop(
          .mailAmbiguous,
          "\(location): \(mails.count) new mails fit and came at the same time; "
            + "nothing says which one counts")
      }
      var values: [(name: String, value: String)] = []
      for wanted in saves {
        switch try MailValue(wanted, in: mails[0], model) {
        case .found(let value): values.append((wanted.name, value))
        case .missing(let reason): missing = missing ?? "\(wanted.location): \(reason)"
        }
      }
      if values.count == saves.count { return .found(values) }
    }
    return .missing(missing)
  }

  private func take(
    _ values: [(name: String, value: String)], in step: StepState, _ run: RunContext
  ) async throws(Stop) {
    for (name, value) in values { await run.values.save(.secret(Secret(value)), as: name) }
    run.stepBook.tested.held += 1
    let saved = saves.map(\.name).joined(separator: ", ")
    try await run.log.acted(
      step, ActionWords.mailRead + (saved.isEmpty ? "" : ", saved \(saved)"))
  }

  /// Why the run goes no further where no mail came that has what is wanted: the recorder sent none
  /// only if all that came could be looked at, was for somebody else, and mail gets through.
  private func stop(
    outage: Stop?, missing: String?, _ watch: inout MailWatch, since before: MailListing,
    in step: StepState, _ run: RunContext
  ) async throws(Stop) -> Stop {
    if let outage { return outage }
    if let missing { return Stop(.mailUnreadable, missing) }
    if watch.isUnsettled {
      return Stop(.mailUnreadable, "\(location): the mail that fits was still being written")
    }
    if let (entry, reason) = watch.unreadable {
      return Stop(
        .mailUnreadable,
        "\(location): no mail that fits came, but one in \(entry.identifier.folder) that can't be "
          + "read: \(reason)")
    }
    let limit = run.time.limitReached(by: await run.time.now()).map { "\($0): " } ?? ""
    let rest = watch.otherCount == 0 ? "none" : "\(watch.otherCount) others"
    let nothing = "\(limit)no mail that fits came within \(run.wording.words(within)) (\(rest) came"
    switch try await run.mailboxes.probe(in: step) {
    case .arrived(let delay):
      try await run.mailboxes.look(for: self, with: &watch, since: before, in: step)
      if !watch.fitting.isEmpty {
        return Stop(
          .mailLate, "\(location): the mail came, but not within \(run.wording.words(within))")
      }
      return await run.witnesses.convict(
        Unmet(
          .noMail, "\(nothing); one that the rig sent itself took \(run.wording.words(delay)))"),
        in: step)
    case .lost:
      return Stop(.mailUndelivered, "\(nothing), and one that the rig sent itself did not either)")
    case .impossible:
      guard step.device.isMailTrusted else {
        return Stop(
          .mailUnproven,
          "\(nothing), and nothing shows that mail gets through: give the rig's mail a probe, or vouch "
            + "for it with delivery: trusted)")
      }
      return await run.witnesses.convict(
        Unmet(.noMail, "\(nothing); the rig says that mail gets through)"), in: step)
    }
  }
}
