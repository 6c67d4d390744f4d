public import Patterns

/// Finds a secure code in a message by evidence, and never by guessing.
///
/// What looks as codes do may be a date, a postcode or the number of a ticket. It is the code where
/// the mail says so: by a known name of codes before it, behind it or above it, or by asking to enter
/// it. Where more than one is, or none, there is no answer.
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

  /// The most lines of a part that are looked at.
  static let mostLines = 2_000
  /// The most characters of a part that are looked at: more than anybody reads of a mail.
  static let mostCharacters = 100_000
  /// The most characters of a line that are looked at together.
  private static let longestLine = 600

  /// What is looked for.
  public let shape: CodeShape

  /// Creates a finder.
  public init(shape: CodeShape) {
    self.shape = shape
  }

  /// All that looks as codes do, with what speaks for it, in the order of the message.
  ///
  /// - Throws: when the shape's pattern asks for more than it may.
  public func candidates(in mail: MailMessage) throws(PatternMatchError) -> [CodeCandidate] {
    let texts: [(MailPlace.Part, [MailText])] = [
      (.subject, [MailText(plain: mail.subject)]), (.plainText, mail.plainText),
      (.richText, mail.richText),
    ]
    var candidates: [CodeCandidate] = []
    for (part, texts) in texts {
      candidates += CodePage(lines: try lines(of: texts, in: part), shape: shape).candidates()
    }
    return candidates
  }

  /// The lines that something is written on, as far as somebody would read.
  private func lines(
    of texts: [MailText], in part: MailPlace.Part
  ) throws(PatternMatchError) -> [CodeLine] {
    var lines: [CodeLine] = []
    var left = Self.mostCharacters
    for text in texts {
      var isOlder = false
      for line in text.lines.prefix(Self.mostLines) {
        let start = String(line.characters.prefix(60)).lowercased()
        if start.hasPrefix("-"), CodeVocabulary.olderMessage.contains(where: start.contains) {
          isOlder = true
        }
        for piece in line.prefix(left + 1).pieces(of: Self.longestLine) {
          let read = try CodeLine(
            piece, isQuoted: line.isQuoted || isOlder,
            place: MailPlace(part: part, line: lines.count + 1), shape: shape)
          if !read.isBlank { lines.append(read) }
          left -= piece.characters.count
          if lines.count >= Self.mostLines || left < 0 { return lines }
        }
      }
    }
    return lines
  }

  /// What follows from what was found.
  public func answer(from candidates: [CodeCandidate]) -> Answer {
    for evidence in [CodeCandidate.Evidence.named, .asked] {
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
