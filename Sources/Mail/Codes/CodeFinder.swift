public import Patterns

/// Finds a secure code in a message by evidence, and never by guessing.
///
/// What looks as codes do may be a date, a postcode or the number of a ticket. It is the code where
/// the mail says so: by the word for codes before it, behind it or above it; by asking to enter it;
/// or by setting it off, in a mail that speaks of a code. Where more than one is, or none, there is
/// no answer.
public struct CodeFinder: Sendable {
  /// What a message holds.
  public enum Answer: Sendable, Hashable {
    /// One code.
    case found(String)
    /// Nothing that is said to be the code.
    case none
    /// Several that may be it, with where each stands first.
    case ambiguous([CodeCandidate])
  }

  /// What is looked for.
  public let shape: CodeShape

  /// Creates a finder.
  public init(shape: CodeShape) {
    self.shape = shape
  }

  /// The code in a message's subject, plain text and HTML.
  ///
  /// - Throws: when the shape's pattern asks for more than it may.
  public func find(in mail: MailMessage) throws(PatternMatchError) -> Answer {
    answer(from: try candidates(in: mail))
  }

  /// All that looks as codes do, with what speaks for it, in the order of the message.
  ///
  /// - Throws: when the shape's pattern asks for more than it may.
  public func candidates(in mail: MailMessage) throws(PatternMatchError) -> [CodeCandidate] {
    let texts: [(MailPlace.Part, [MailText])] = [
      (.subject, [MailText(plain: mail.subject)]), (.plainText, mail.plainText),
      (.richText, mail.richText),
    ]
    var pages: [CodePage] = []
    for (part, texts) in texts {
      var lines: [CodeLine] = []
      for line in texts.flatMap(\.lines) {
        let read = try CodeLine(
          line, place: MailPlace(part: part, line: lines.count + 1), shape: shape)
        if !read.isBlank { lines.append(read) }
      }
      pages.append(CodePage(lines: lines, shape: shape))
    }
    let speaks = pages.contains(where: \.speaksOfCode)
    return pages.flatMap { $0.candidates(mailSpeaksOfCode: speaks) }
  }

  /// What follows from what was found.
  public func answer(from candidates: [CodeCandidate]) -> Answer {
    for evidence in [CodeCandidate.Evidence.named, .asked, .outstanding] {
      let fitting = distinct(candidates.filter { $0.evidence == evidence })
      if fitting.count == 1 { return .found(fitting[0].value) }
      if fitting.count > 1 { return .ambiguous(fitting) }
    }
    let open = distinct(candidates.filter { $0.evidence == .none })
    return open.count > 1 ? .ambiguous(open) : .none
  }

  private func distinct(_ candidates: [CodeCandidate]) -> [CodeCandidate] {
    var seen = Set<String>()
    return candidates.filter { seen.insert($0.value).inserted }
  }
}
