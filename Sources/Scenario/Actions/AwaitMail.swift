public import Patterns
public import SourceYAML

/// `mail`: a mail is awaited and values are taken from it.
public struct AwaitMail: Action {
  /// What must stand in the subject.
  public var subject: ValueText?
  /// What must stand in the sender.
  public var sender: ValueText?
  /// What must stand in addresses, subject or text, to tell recorders apart that share a mailbox.
  public var naming: ValueText?
  /// The folders to look in.
  public var folders: [String]
  /// How long to wait.
  public var within: Duration
  /// The step whose listing separates old mail from new; nil means the step before this one.
  public var after: String?
  /// What to take from the text.
  public var saves: [MailSave]
  /// Where it is written.
  public var location: SourceLocation

  /// What a step is called that its file gives no name.
  public var summary: String { "Mail" + (subject.map { " \($0.source)" } ?? "") }

  /// What it needs.
  public var needs: Needs {
    Needs(
      equipment: [.mailbox], supply: .indifferent,
      ofModel: saves.filter { $0.source == .code }.map { .codeFormat(at: $0.location) },
      texts: [subject, sender, naming].compactMap { $0 },
      saves: saves.map { SavedValue(name: $0.name, isSecret: true, location: $0.location) },
      stepBefore: after.map { LocatedText($0, at: location) }, tests: true)
  }

  /// What it does.
  public func words(_ wording: Wording, isSensitive: Bool) -> String {
    var words = "await a mail"
    if let subject { words += " with \(wording.words(subject)) in the subject" }
    if let sender { words += " from \(wording.words(sender))" }
    if let naming { words += " that names \(wording.words(naming))" }
    if !saves.isEmpty { words += ", save \(saves.map(\.name).joined(separator: ", "))" }
    return words + " within \(wording.words(within))"
  }
}

/// A value taken from a mail; always a secret.
public struct MailSave: Sendable {
  /// How the value is found in the mail's text.
  public enum Source: Sendable, Hashable {
    /// The secure code, by the model's code format.
    case code
    /// What a part of the text fits first: the first group, or all that fits; or all groups joined.
    case pattern(Pattern, joins: Bool)
  }

  /// The name to save it under.
  public var name: String
  /// How it is found.
  public var source: Source
  /// Where it is written.
  public var location: SourceLocation
}

extension AwaitMail: WrittenAction {
  private static let subject = FieldShape("subject", .text, "What must stand in the subject.")
  private static let from = FieldShape("from", .text, "What must stand in the sender.")
  private static let naming = FieldShape(
    "naming", .text,
    "What must stand in an address, the subject or the text, as a word: tells the mail of this "
      + "recorder from that of others with the same mailbox.")
  private static let folders = FieldShape(
    "folders", .list(ListShape(.text, what: "a list of folders")),
    "Where to look; INBOX if left out.")
  private static let within = FieldShape(
    "within", .duration, "How long to wait; 5m if left out.")
  private static let after = FieldShape(
    "after", .text,
    "The step that asks for the mail; mail that was there before it does not count. The step "
      + "before this one if left out.")
  private static let pattern = FieldShape.required(
    "pattern", .text,
    "A regular expression, as pcre2pattern(3) describes them, that is looked for in plain text, "
      + "HTML and subject; the value is its first group, or the whole match.")
  private static let join = FieldShape(
    "join", .scalar(.boolean),
    "Whether all groups of the pattern make the value, one after another; false if left out.")
  private static let code = WordShape(
    "code", "The secure code, by what the model says that codes look like.")
  private static let save = FieldShape(
    "save",
    .names(
      NamesShape(
        .forms(
          FormsShape(
            "a value of a mail", example: "code, or {pattern: \"…\"}",
            words: [code],
            mapping: .object(ObjectShape("a value of a mail", [pattern, join])))),
        what: "a value of a mail", mayBeEmpty: false)),
    "What to take from the text, by the name to save it under.")

  static let forms = [
    ActionForm(
      FieldShape(
        "mail",
        .object(ObjectShape("mail", [subject, from, naming, folders, within, after, save])),
        "Waits for a mail and takes values from it."
      ).shown(
        by: """
          - name: Ask for a code
            click: {label: forgotPassword}
            expect: {label: secureCode}
          - mail: {subject: Reset Password, within: 5m, save: {code: code}}
          """)
    ) { value, _, maker in
      var saves: [MailSave] = []
      for entry in value[save]?.entries ?? [] {
        let source: MailSave.Source? =
          entry.value.text == code.word
          ? .code
          : maker.pattern(entry.value[pattern]).map {
            .pattern($0, joins: entry.value[join]?.boolean ?? false)
          }
        guard let source else {
          // What would be saved is not unknown for that.
          maker.uncertainNames.insert(entry.key)
          continue
        }
        saves.append(MailSave(name: entry.key, source: source, location: entry.keyLocation))
      }
      return AwaitMail(
        subject: value[subject].flatMap { maker.valueText($0) },
        sender: value[from].flatMap { maker.valueText($0) },
        naming: value[naming].flatMap { maker.valueText($0) },
        folders: value[folders]?.elements?.compactMap(\.text) ?? ["INBOX"],
        within: maker.limit(value[within], else: .seconds(300)), after: value[after]?.text,
        saves: saves, location: value[after]?.location ?? value.location)
    }
  ]
}
