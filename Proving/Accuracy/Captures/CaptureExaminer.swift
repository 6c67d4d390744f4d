import FrameVision
import Frames
import ScreenKit

/// What came of one look at a capture.
public struct CaptureOutcome: Sendable {
  /// What was shown.
  public enum Question: String, CaseIterable, Sendable {
    /// What the template shows.
    case same
    /// What differs in a detail.
    case other
  }

  /// What was answered.
  public enum Answer: String, CaseIterable, Sendable {
    case found, elsewhere, ambiguous, unclear, absent
  }

  /// What the capture chain did.
  public let kind: CaptureKind
  /// What was shown.
  public let question: Question
  /// What was answered.
  public let answer: Answer
  /// The sheet, what was shown and what was answered, in one line.
  public let words: String
  /// What was looked at; nil where that was not asked for, or nothing is wrong.
  public let pictures: CaseOutcome.Pictures?

  /// Whether something else was taken for what the template shows.
  public var isFooled: Bool { Self.isFooled(answer, by: question) }

  static func isFooled(_ answer: Answer, by question: Question) -> Bool {
    switch answer {
    case .found: question == .other
    case .elsewhere, .ambiguous: true
    case .unclear, .absent: false
    }
  }
}

/// Shows widgets to the eyes through capture chains of which the matcher knows nothing.
public struct CaptureExaminer: Sendable {
  /// What all random numbers come from.
  public let seed: UInt64
  /// Whether outcomes that are wrong come with their pictures.
  public let keepsPictures: Bool

  /// Creates an examiner.
  public init(seed: UInt64, keepsPictures: Bool = false) {
    (self.seed, self.keepsPictures) = (seed, keepsPictures)
  }

  /// How many answers one sheet gives.
  public static let casesPerSheet = CaptureOutcome.Question.allCases.count

  /// The widgets, one after the other, a sheet each.
  private static let widgets: [Kind] = [
    .letter, .digit, .tick, .radio, .focus, .pressed, .disabled, .color, .dot, .blank, .icon,
    .transparent, .dialog, .border,
  ]

  /// Draws a sheet and asks everything about it.
  ///
  /// - Parameters:
  ///   - kind: what the capture chain does.
  ///   - number: which sheet of this kind.
  /// - Returns: an outcome a question.
  /// - Throws: when a picture can't be compressed, or there is no ffmpeg.
  public func outcomes(_ kind: CaptureKind, number: Int) throws -> [CaptureOutcome] {
    let sheet = Examiner(seed: seed).sheet(Self.widgets[number % Self.widgets.count], number)
    return try CaptureOutcome.Question.allCases.map { question in
      let mix = kind.rawValue.utf8.reduce(11) { $0 &* 131 &+ UInt64($1) }
      var dice = Dice(seed, UInt64(number), mix, question == .same ? 1 : 2)
      let shown = question == .same ? sheet.screen : sheet.other
      let before = question == .same ? sheet.other : sheet.screen
      let capture = try Capture(kind, of: shown, after: before, &dice)
      let (answer, told) = Self.answer(sheet, capture)
      let isFooled = CaptureOutcome.isFooled(answer, by: question)
      return CaptureOutcome(
        kind: kind, question: question, answer: answer,
        words: "\(kind.rawValue) \(number), \(question.rawValue): \(sheet.kind.rawValue) at "
          + "\(sheet.place) in \(capture.frame.size), \(capture.words): \(told)",
        pictures: isFooled && keepsPictures
          ? CaseOutcome.Pictures(frame: capture.frame, template: sheet.cutting) : nil)
    }
  }

  private static func answer(_ sheet: Sheet, _ capture: Capture) -> (CaptureOutcome.Answer, String)
  {
    let consensus = PhotometricConsensus(
      references: sheet.references.map { PhotometricReference($0) })
    let answer = TemplateFinder().find(
      sheet.template, in: SearchableFrame(capture.frame, consensus: consensus),
      ignoring: sheet.ignored)
    switch answer {
    case .matched(let match):
      let isThere =
        abs(Double(match.rect.x) - Double(sheet.place.x) * capture.scale) <= 2
        && abs(Double(match.rect.y) - Double(sheet.place.y) * capture.scale) <= 2
      return (isThere ? .found : .elsewhere, answer.words)
    case .ambiguous: return (.ambiguous, answer.words)
    case .unclear: return (.unclear, answer.words)
    case .absent: return (.absent, answer.words)
    }
  }
}

/// A frame, and what was done to it.
private struct Capture {
  let frame: Frame
  let words: String
  /// How much larger everything is in it.
  var scale = 1.0

  /// Captures a screen.
  ///
  /// - Parameters:
  ///   - kind: what the capture chain does.
  ///   - picture: the screen.
  ///   - before: what it showed before, where frames follow from each other.
  ///   - dice: how far all of it goes.
  /// - Throws: when the picture can't be compressed, or there is no ffmpeg.
  init(
    _ kind: CaptureKind, of picture: RGBImage, after before: RGBImage, _ dice: inout Dice
  ) throws {
    var disturbance = Disturbance()
    disturbance.noise = dice.roll(0...3)
    disturbance.seed = dice.next()
    if let unmodelled = kind.unmodelled {
      let capture = UnmodelledCapture(unmodelled, &dice)
      if kind == .twice || dice.once(in: 2) { disturbance.quality = dice.roll(80...95) }
      frame = try disturbance.captured(capture.applied(to: picture))
      words = "\(capture), \(disturbance)"
      scale = capture.scale
      return
    }
    // Each frame has a noise of its own.
    func noisy(_ picture: RGBImage, _ number: Int) throws -> RGBImage {
      var disturbance = disturbance
      disturbance.seed = disturbance.seed &+ UInt64(number)
      return RGBImage(try disturbance.captured(picture))
    }
    let codec: VideoCodec
    let since: Int
    if kind == .h264 {
      (codec, since) = (.h264(megabits: 4), dice.roll(2...6))
    } else {
      (codec, since) = (.mjpeg(scale: dice.pick([2, 3, 5, 8])), 1)
    }
    let earlier = kind == .h264 ? try (0..<4).map { try noisy(before, $0) } : []
    let later = try (0..<since).map { try noisy(picture, 4 + $0) }
    frame = try codec.lastDecoded(of: earlier + later)
    let change = earlier.isEmpty ? "" : ", \(since) frames after a change"
    words = "\(codec)\(change), \(disturbance)"
  }
}
