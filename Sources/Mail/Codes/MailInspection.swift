public import Patterns

/// What a mail is found to be when it is asked for a code.
public struct MailInspection: Sendable, Hashable {
  /// What came of it.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// It holds one code.
    case code
    /// It holds none, or is about something else.
    case none
    /// Several words of it may be the code.
    case ambiguous
    /// It can't be read.
    case unreadable
  }

  /// What came of it.
  public var verdict: Verdict
  /// The code, where there is one.
  public var code: String?
  /// All that looks as codes do.
  public var candidates: [CodeCandidate]
  /// The subject; empty where none could be read.
  public var subject: String
  /// Why, in a phrase without a final stop, and without a word of the mail.
  public var why: String

  /// Inspects a mail.
  ///
  /// - Parameters:
  ///   - bytes: the message as it arrived, headers first.
  ///   - wanted: what must stand in its subject; nil for any.
  ///   - shape: what codes look like.
  /// - Throws: when the shape's pattern asks for more than it may.
  public init(
    _ bytes: [UInt8], subject wanted: String?, shape: CodeShape
  ) throws(PatternMatchError) {
    candidates = []
    subject = ""
    let mail: MailMessage
    do throws(MailError) {
      mail = try MailMessage(parsing: bytes)
    } catch {
      verdict = .unreadable
      why = error.reason
      return
    }
    subject = mail.subject
    if let wanted, !mail.hasSubject(wanted) {
      verdict = .none
      why = "the subject is another one"
      return
    }
    let finder = CodeFinder(shape: shape)
    candidates = try finder.candidates(in: mail)
    switch finder.answer(from: candidates) {
    case .found(let found):
      verdict = .code
      code = found
      let place = candidates.first { $0.value == found && $0.evidence != .other }
      why = place.map { "\($0.place): \($0.evidence.rawValue)" } ?? ""
    case .none:
      verdict = .none
      why =
        candidates.isEmpty
        ? "no word is as the codes are"
        : "\(candidates[0].place): \(candidates[0].evidence.rawValue)"
    case .ambiguous(let several):
      verdict = .ambiguous
      why =
        "\(several.count) words may be it: "
        + several.map(\.place.description).joined(separator: ", ")
    }
  }
}
