import FrameVision
import Frames
import Glibc
import ScreenKit

/// What came of one look for a template of which most is transparent.
public struct MaskOutcome: Sendable {
  /// What was shown.
  public enum Question: String, CaseIterable, Sendable {
    /// The shape, with something else in it.
    case own
    /// The shape, thinner by a pixel inside.
    case thinner
    /// The screen without it.
    case without
  }

  /// What was answered.
  public enum Answer: String, CaseIterable, Sendable {
    case found, elsewhere, ambiguous, unclear, absent, refused
  }

  /// What the template shows.
  public let kind: MaskKind
  /// Which sheet of this kind.
  public let number: Int
  /// What was shown.
  public let question: Question
  /// What was answered.
  public let answer: Answer
  /// The processor time that the answer took, in milliseconds.
  public let milliseconds: Double
  /// What was shown and answered, in one line.
  public let words: String
  /// What was looked at; nil where that was not asked for, or the answer is right.
  public let pictures: CaseOutcome.Pictures?

  /// Whether the answer is right.
  public var isRight: Bool { Self.isRight(answer, to: question) }

  static func isRight(_ answer: Answer, to question: Question) -> Bool {
    switch question {
    case .own: answer == .found
    case .thinner, .without: answer == .absent || answer == .unclear || answer == .refused
    }
  }
}

/// Shows shapes to the eyes of which only their own pixels count.
public struct MaskExaminer: Sendable {
  /// What all random numbers come from.
  public let seed: UInt64
  /// Whether outcomes that are wrong come with their pictures.
  public let keepsPictures: Bool

  /// Creates an examiner.
  public init(seed: UInt64, keepsPictures: Bool = false) {
    (self.seed, self.keepsPictures) = (seed, keepsPictures)
  }

  /// How many answers one sheet gives.
  public static let casesPerSheet = MaskOutcome.Question.allCases.count

  /// Draws a sheet and asks everything about it.
  ///
  /// - Parameters:
  ///   - kind: what the template shows.
  ///   - number: which sheet of this kind.
  /// - Returns: an outcome a question.
  /// - Throws: when a picture can't be compressed.
  public func outcomes(_ kind: MaskKind, number: Int) throws -> [MaskOutcome] {
    let sheet = MaskSheet(kind, seed: seed, number: number)
    var dice = Dice(seed, UInt64(number), 23)
    let disturbance = Disturbance.mild(&dice)
    return try MaskOutcome.Question.allCases.map { question in
      let frame = try disturbance.captured(sheet.picture(for: question))
      let start = clock()
      let (answer, told) = Self.answer(
        sheet,
        SearchableFrame(
          frame,
          consensus: PhotometricConsensus(
            references: sheet.references.map { PhotometricReference($0) })))
      return MaskOutcome(
        kind: kind, number: number, question: question, answer: answer,
        milliseconds: Double(clock() - start) * 1000 / Double(CLOCKS_PER_SEC),
        words: "\(kind.rawValue) \(number), \(question.rawValue): \(sheet.words), \(disturbance): "
          + told,
        pictures: MaskOutcome.isRight(answer, to: question) || !keepsPictures
          ? nil : CaseOutcome.Pictures(frame: frame, template: sheet.cutting))
    }
  }

  private static func answer(_ sheet: MaskSheet, _ frame: SearchableFrame) -> (
    MaskOutcome.Answer, String
  ) {
    if let weakness = sheet.template.weakness { return (.refused, "refused, \(weakness)") }
    let answer = TemplateFinder().find(sheet.template, in: frame)
    switch answer {
    case .matched(let match):
      let isThere =
        abs(match.rect.x - sheet.place.x) <= 1 && abs(match.rect.y - sheet.place.y) <= 1
      return (isThere ? .found : .elsewhere, answer.words)
    case .ambiguous: return (.ambiguous, answer.words)
    case .unclear: return (.unclear, answer.words)
    case .absent: return (.absent, answer.words)
    }
  }
}
