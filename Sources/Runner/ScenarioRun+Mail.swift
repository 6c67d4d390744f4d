import Bench
import FrameVision
import Frames
import Hands
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

/// Mail that the recorder has sent.
extension ScenarioRun {
  /// How long a mailbox may take to answer.
  private static let mailboxPatience = Duration.seconds(30)

  /// Lists the mailboxes of which a later step wants to know what was there before this one.
  func takeListings(before state: StepState) async throws(Stop) {
    for mail in mailPlan.wanted[state.step.location] ?? [] {
      let entries = try await list(mail, in: state)
      mailListings.take(entries, for: mail)
      try await note(
        .mail, "\(entries.count) mails lie in \(mail.folders.joined(separator: ", "))", in: state)
    }
  }

  private func mailbox(for state: StepState) throws(Stop) -> any Mailbox {
    if let mailbox = state.device.mailbox { return mailbox }
    if let mailbox = try device(Bench.defaultDevice).mailbox { return mailbox }
    throw .errored("the rig has no mailbox")
  }

  private func list(_ mail: AwaitMail, in state: StepState) async throws(Stop) -> [MailEntry] {
    let mailbox = try mailbox(for: state)
    let deadline = await clock.now().advanced(by: Self.mailboxPatience)
    return try await asking { () throws(BenchError) in
      try await mailbox.listing(of: mail.folders, by: deadline)
    }
  }

  /// Awaits a new mail and takes values from it.
  func fetch(_ mail: AwaitMail, in state: StepState) async throws(Stop) {
    let start = await clock.now()
    let deadline = limited(start.advanced(by: patient(mail.within)))
    var examined: Set<MailIdentifier>
    if let known = mailListings.known(to: mail) {
      examined = known
    } else {
      examined = Set(try await list(mail, in: state).map(\.identifier))
    }
    var others = 0
    while true {
      let new = try await list(mail, in: state).filter { !examined.contains($0.identifier) }
      var fitting: [(entry: MailEntry, mail: MailMessage)] = []
      for entry in new {
        examined.insert(entry.identifier)
        if let readable = try await read(entry, mail, in: state) {
          fitting.append((entry, readable))
        } else {
          others += 1
        }
      }
      if let newest = try newest(of: fitting, mail) {
        try await take(newest, mail, in: state)
        return
      }
      let now = await clock.now()
      if now >= deadline { break }
      let elapsed = start.duration(to: now)
      let pause = max(.milliseconds(500), min(.seconds(4), elapsed / 4))
      try await passTime(until: min(deadline, now.advanced(by: pause)), in: state)
    }
    let limit = limitReached(by: await clock.now()).map { "\($0): " } ?? ""
    let rest = others == 0 ? "none" : "\(others) others"
    throw await convict(
      Unmet(
        "\(limit)no mail that fits came within \(wording.words(mail.within)) "
          + "(\(rest) came; the mailbox was reachable)", ifHealthy: .failed), in: state)
  }

  /// A new mail, if it fits.
  private func read(_ entry: MailEntry, _ mail: AwaitMail, in state: StepState)
    async throws(Stop) -> MailMessage?
  {
    let mailbox = try mailbox(for: state)
    let deadline = await clock.now().advanced(by: Self.mailboxPatience)
    let bytes = try await asking { () throws(BenchError) in
      try await mailbox.message(entry.identifier, by: deadline)
    }
    let readable: MailMessage
    do throws(MailError) {
      readable = try MailMessage(parsing: bytes)
    } catch {
      try await note(.mail, "a new mail in \(entry.identifier.folder) can't be read", in: state)
      return nil
    }
    if let subject = mail.subject {
      guard try holds(readable.subject, subject) else { return nil }
    }
    if let sender = mail.sender {
      guard try holds(readable.from, sender) else { return nil }
    }
    return readable
  }

  private func holds(_ text: String, _ part: ValueText) throws(Stop) -> Bool {
    text.lowercased().contains(try values.text(part).revealed().lowercased())
  }

  /// The newest of several mails by the server's order.
  private func newest(
    of fitting: [(entry: MailEntry, mail: MailMessage)], _ mail: AwaitMail
  ) throws(Stop) -> MailMessage? {
    guard let order = fitting.map(\.entry.order).max() else { return nil }
    let newest = fitting.filter { $0.entry.order == order }
    if newest.count > 1 {
      throw .errored(
        "\(mail.location): \(newest.count) new mails fit and came at the same time; "
          + "nothing says which one counts")
    }
    return newest.first?.mail
  }

  private func take(_ readable: MailMessage, _ mail: AwaitMail, in state: StepState)
    async throws(Stop)
  {
    for wanted in mail.saves {
      let text =
        switch wanted.source {
        case .code: try code(in: readable, wanted)
        case .pattern(let pattern): try match(pattern, in: readable, wanted)
        }
      await save(.secret(Secret(text)), as: wanted.name)
    }
    let saved = mail.saves.map(\.name).joined(separator: ", ")
    try await acted(
      state, "read a new mail with a fitting subject" + (saved.isEmpty ? "" : ", saved \(saved)"))
  }

  private func code(in mail: MailMessage, _ wanted: MailSave) throws(Stop) -> String {
    guard let format = model.code else {
      throw .errored("\(wanted.location): the model does not say what a code looks like")
    }
    switch CodeFinder(format: format).find(in: mail.text) {
    case .found(let code): return code
    case .none:
      throw .errored(
        "\(wanted.location): the mail holds no word of \(format.length) characters as the "
          + "model's codes are")
    case .several(let count):
      throw .errored(
        "\(wanted.location): the mail holds \(count) different words that may be the code")
    }
  }

  private func match(_ pattern: String, in mail: MailMessage, _ wanted: MailSave)
    throws(Stop) -> String
  {
    guard let text = try firstMatch(of: pattern, in: mail.text, at: wanted.location) else {
      throw .errored("\(wanted.location): nothing in the mail fits the pattern of \(wanted.name)")
    }
    return text
  }
}
