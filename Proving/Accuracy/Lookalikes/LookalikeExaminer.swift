import FrameVision
import Frames
import Glibc
import ScreenKit

/// What came of one look at a text.
public struct LookalikeOutcome: Sendable {
  /// What was shown when a text was asked for.
  public enum Question: String, CaseIterable, Sendable {
    /// The text itself.
    case own
    /// The one that looks nearly the same.
    case other
    /// Both.
    case both
    /// The text itself, in a picture as a poor capture chain delivers it.
    case disturbed
    /// The text itself, to be read to the letter.
    case read
    /// Nothing like it.
    case nothing
  }

  /// What the sheet is about.
  public let kind: LookalikeKind
  /// What was asked.
  public let question: Question
  /// Whether the answer was right.
  public let isRight: Bool
  /// The processor time that the answer took, in milliseconds.
  public let milliseconds: Double
  /// What was shown and answered, in one line.
  public let words: String
}

/// Shows texts to the eyes, and others that look nearly the same.
public struct LookalikeExaminer: Sendable {
  /// What all random numbers come from.
  public let seed: UInt64

  /// Creates an examiner.
  public init(seed: UInt64) { self.seed = seed }

  /// How many answers one sheet gives at least.
  public static let casesPerSheet = 4

  /// Draws a sheet and asks everything about it.
  ///
  /// - Parameters:
  ///   - kind: what the sheet is about.
  ///   - number: which sheet of this kind.
  /// - Returns: an outcome a question.
  /// - Throws: when a picture can't be compressed, or nothing can be read at all.
  public func outcomes(_ kind: LookalikeKind, number: Int) async throws -> [LookalikeOutcome] {
    let sheet = sheet(kind, number)
    var dice = Dice(seed, UInt64(number), 23)
    var disturbance = Disturbance.mild(&dice)
    if kind == .odd { disturbance.sampling.blur = min(disturbance.sampling.blur, 0.3) }
    var outcomes: [LookalikeOutcome] = []
    for question in kind.questions {
      let picture =
        switch question {
        case .own, .read, .nothing: Frame(image: sheet.screen)
        case .other: Frame(image: sheet.otherScreen)
        case .both: Frame(image: sheet.both)
        case .disturbed: try disturbance.captured(sheet.screen)
        }
      // A reader of its own, which remembers nothing.
      let reader = try TextReader()
      let start = Self.processorTime
      let (isRight, told) = await Self.answer(question, reader, picture, sheet)
      let how = question == .disturbed ? ", \(disturbance)" : ""
      outcomes.append(
        LookalikeOutcome(
          kind: kind, question: question, isRight: isRight,
          milliseconds: Self.processorTime - start,
          words: "\(kind.rawValue) \(number), \(question.rawValue): \(sheet.words)\(how): \(told)"))
    }
    return outcomes
  }

  /// The first fair sheet that the number's dice make.
  private func sheet(_ kind: LookalikeKind, _ number: Int) -> LookalikeSheet {
    var attempt: UInt64 = 0
    while true {
      if let sheet = LookalikeSheet(kind, seed: seed &+ attempt << 32, number: number) {
        return sheet
      }
      attempt += 1
    }
  }

  private static func answer(
    _ question: LookalikeOutcome.Question, _ reader: TextReader, _ frame: Frame,
    _ sheet: LookalikeSheet
  ) async -> (Bool, String) {
    if question == .read {
      let lines = await reader.lines(in: frame, region: sheet.place.insetBy(-6))
      let text = lines.map(\.text).joined(separator: " ")
      // A thin space is none to some.
      return (
        text.filter { $0 != " " } == sheet.texts.wanted.filter { $0 != " " }, "read \(text)"
      )
    }
    let phrase = question == .nothing ? "Quantum 7 helmet" : sheet.texts.wanted
    switch await reader.find(phrase, in: frame) {
    case .found(let match):
      let isThere = sheet.place.insetBy(-4).contains(match.box.center)
      let isAsked = question != .other && question != .nothing
      return (isThere && isAsked, "found \(match.heard) at \(match.box)")
    case .absent(let nearest):
      return (
        question == .other || question == .nothing,
        "absent" + (nearest.map { ", nearest \($0.heard) at \($0.box)" } ?? "")
      )
    case .ambiguous(let one, let two):
      return (false, "ambiguous \(one.heard) at \(one.box), \(two.heard) at \(two.box)")
    }
  }

  /// What this process used of processors so far, in milliseconds.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}

extension LookalikeKind {
  /// What is asked about a sheet.
  var questions: [LookalikeOutcome.Question] {
    switch self {
    case .single, .code, .word: [.own, .other, .both, .disturbed, .nothing]
    case .large, .odd: [.own, .other, .both, .nothing]
    case .minus: [.own, .read, .disturbed, .nothing]
    case .ones: [.own, .other, .read, .nothing]
    }
  }
}
