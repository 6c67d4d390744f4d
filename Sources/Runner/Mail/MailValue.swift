import Bench
public import Mail
import Patterns
public import RecorderModel
import Scenario
import SourceYAML

extension CodeShape {
  /// What a model says of its codes.
  public init(_ format: CodeFormat) {
    self.init(
      length: format.length, alphabet: Set(format.alphabet), pattern: format.pattern,
      words: format.words)
  }
}

/// What a mail holds of a value that is wanted.
enum MailValue {
  /// The value.
  case found(String)
  /// It is not there; why, without a word of the mail.
  case missing(String)

  /// Looks for a value in a mail.
  ///
  /// - Throws: what ends the run: more than one may be it, or the model or the pattern is at fault.
  init(_ wanted: MailSave, in mail: MailMessage, _ model: RecorderModel) throws(Stop) {
    switch wanted.source {
    case .code: try self.init(codeFor: wanted, in: mail, model)
    case .pattern(let pattern, let joins):
      try self.init(pattern, joins: joins, for: wanted, in: mail)
    }
  }

  private init(
    codeFor wanted: MailSave, in mail: MailMessage, _ model: RecorderModel
  ) throws(Stop) {
    guard let format = model.code else {
      throw Stop(
        .modelIncomplete, "\(wanted.location): the model does not say what a code looks like")
    }
    let finder = CodeFinder(shape: CodeShape(format))
    let candidates: [CodeCandidate]
    do throws(PatternMatchError) {
      candidates = try finder.candidates(in: mail)
    } catch {
      throw Stop(.patternLimit, "\(wanted.location): the model's pattern of codes: \(error)")
    }
    switch finder.answer(from: candidates) {
    case .found(let code): self = .found(code)
    case .none:
      self = .missing(
        candidates.isEmpty
          ? "the mail holds no word as the model's codes are"
          : "\(candidates[0].place) has a word as the model's codes are, but nothing says that it "
            + "is the code; the model's code.words may name what the mail calls it")
    case .ambiguous(let several):
      throw Stop(
        .mailAmbiguous,
        "\(wanted.location): the mail holds \(several.count) different words that may be the "
          + "code: in \(several.map(\.place.description).joined(separator: ", in "))")
    }
  }

  private init(
    _ pattern: Pattern, joins: Bool, for wanted: MailSave, in mail: MailMessage
  ) throws(Stop) {
    func value(in text: String) throws(Stop) -> String? {
      guard let match = try pattern.match(text, fit: .part, at: wanted.location) else {
        return nil
      }
      return joins ? match.groups.map { $0 ?? "" }.joined() : match.value
    }
    var values: [String] = []
    for parts in [mail.plainText, mail.richText] {
      if let found = try value(in: MailMessage.words(of: parts)), !values.contains(found) {
        values.append(found)
      }
    }
    if values.isEmpty, let found = try value(in: mail.subject) { values = [found] }
    if values.count > 1 {
      throw Stop(
        .mailAmbiguous,
        "\(wanted.location): the pattern of \(wanted.name) takes one value from the plain text and "
          + "another from the HTML")
    }
    self =
      values.first.map(MailValue.found)
      ?? .missing("nothing in the mail fits the pattern of \(wanted.name)")
  }
}
