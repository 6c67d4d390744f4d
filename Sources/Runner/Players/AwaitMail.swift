import Bench
import Frames
import Patterns
import RecorderModel
import RunJournal
import Scenario
import SourceYAML

extension AwaitMail: SingleAction {
  /// Awaits a new mail and takes values from it.
  func perform(in step: StepState, of run: RunContext) async throws(Stop) {
    let start = await run.time.now()
    let deadline = run.time.limited(start.advanced(by: run.time.patient(within)))
    var examined: Set<MailIdentifier>
    if let known = run.mailboxes.listing(before: self) {
      examined = known
    } else {
      examined = Set(try await run.mailboxes.list(folders, in: step).map(\.identifier))
    }
    var others = 0
    while true {
      let new = try await run.mailboxes.list(folders, in: step)
        .filter { !examined.contains($0.identifier) }
      var fitting: [(entry: MailEntry, mail: MailMessage)] = []
      for entry in new {
        examined.insert(entry.identifier)
        if let message = try await run.mailboxes.message(entry, in: step),
          try fits(message, run.values)
        {
          fitting.append((entry, message))
        } else {
          others += 1
        }
      }
      if let newest = try newest(of: fitting) {
        try await take(newest, in: step, run)
        return
      }
      let now = await run.time.now()
      if now >= deadline { break }
      let elapsed = start.duration(to: now)
      let pause = max(.milliseconds(500), min(.seconds(4), elapsed / 4))
      try await run.observer.passTime(until: min(deadline, now.advanced(by: pause)), in: step)
    }
    let limit = run.time.limitReached(by: await run.time.now()).map { "\($0): " } ?? ""
    let rest = others == 0 ? "none" : "\(others) others"
    throw await run.witnesses.convict(
      Unmet(
        .noMail,
        "\(limit)no mail that fits came within \(run.wording.words(within)) "
          + "(\(rest) came; the mailbox was reachable)"), in: step)
  }

  /// Whether a mail has what is asked for in subject and sender.
  private func fits(_ mail: MailMessage, _ values: ValueStore) throws(Stop) -> Bool {
    if let subject, try !holds(mail.subject, subject, values) { return false }
    if let sender, try !holds(mail.from, sender, values) { return false }
    return true
  }

  private func holds(_ text: String, _ part: ValueText, _ values: ValueStore)
    throws(Stop) -> Bool
  {
    text.lowercased().contains(try values.text(part).revealed().lowercased())
  }

  /// The newest of several mails by the server's order.
  private func newest(of fitting: [(entry: MailEntry, mail: MailMessage)])
    throws(Stop) -> MailMessage?
  {
    guard let order = fitting.map(\.entry.order).max() else { return nil }
    let newest = fitting.filter { $0.entry.order == order }
    if newest.count > 1 {
      throw Stop(
        .mailAmbiguous,
        "\(location): \(newest.count) new mails fit and came at the same time; "
          + "nothing says which one counts")
    }
    return newest.first?.mail
  }

  private func take(_ mail: MailMessage, in step: StepState, _ run: RunContext)
    async throws(Stop)
  {
    for wanted in saves {
      let text =
        switch wanted.source {
        case .code: try code(in: mail, wanted, run.model)
        case .pattern(let pattern): try match(pattern, in: mail, wanted)
        }
      await run.values.save(.secret(Secret(text)), as: wanted.name)
    }
    run.stepBook.tested.held += 1
    let saved = saves.map(\.name).joined(separator: ", ")
    try await run.log.acted(
      step, "read a new mail with a fitting subject" + (saved.isEmpty ? "" : ", saved \(saved)"))
  }

  private func code(in mail: MailMessage, _ wanted: MailSave, _ model: RecorderModel)
    throws(Stop) -> String
  {
    guard let format = model.code else {
      throw Stop(
        .modelIncomplete, "\(wanted.location): the model does not say what a code looks like")
    }
    switch CodeFinder(format: format).find(in: mail.text) {
    case .found(let code): return code
    case .none:
      throw Stop(
        .mailUnreadable,
        "\(wanted.location): the mail holds no word of \(format.length) characters as the "
          + "model's codes are")
    case .several(let count):
      throw Stop(
        .mailAmbiguous,
        "\(wanted.location): the mail holds \(count) different words that may be the code")
    }
  }

  private func match(_ pattern: Pattern, in mail: MailMessage, _ wanted: MailSave)
    throws(Stop) -> String
  {
    guard let text = try pattern.value(in: mail.text, fit: .part, at: wanted.location) else {
      throw Stop(
        .mailUnreadable,
        "\(wanted.location): nothing in the mail fits the pattern of \(wanted.name)")
    }
    return text
  }
}

extension Pattern {
  /// What a text has for a value; nil where nothing fits.
  ///
  /// - Throws: what ends the run: the pattern asks for more than it may, which is its author's.
  func value(in text: String, fit: Fit, at location: SourceLocation) throws(Stop) -> String? {
    do throws(PatternMatchError) {
      return try match(text, fit: fit)?.value
    } catch {
      throw Stop(.patternLimit, "\(location): \(error)")
    }
  }
}
