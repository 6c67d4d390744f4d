import FrameVision
import Frames
import ScreenKit

/// What came of one look at a control.
public struct TintOutcome: Sendable {
  /// What was asked about.
  public enum Subject: String, CaseIterable, Sendable {
    /// The tinted control.
    case tinted
    /// A control at rest beside it, in the same picture.
    case neighbour
  }

  /// What was answered.
  public enum Answer: String, CaseIterable, Sendable {
    case matched, unclear, absent
  }

  /// How the control differs.
  public let kind: TintKind
  /// How far it does; for the neighbour of what is tinted, how far that does.
  public let band: TintBand
  /// Which control was asked about.
  public let subject: Subject
  /// How the template was cut.
  public let cut: TintCut
  /// What else was shown.
  public let context: TintContext
  /// Whether the whole picture's colours are wrong.
  public let isToned: Bool
  /// What was answered.
  public let answer: Answer
  /// The sheet and what was asked about it, what was shown and what was answered, in one line.
  public let words: String

  /// Whether the answer is wrong: a tint that is matched, a neighbour that is not found, or nothing
  /// said where the neighbours' templates tell. A tone of the whole picture may undo a tint, which
  /// one template alone can't know.
  public var isWrong: Bool {
    switch (subject, answer) {
    case (.tinted, .matched): band == .tint && !(isToned && context == .alone)
    case (.tinted, .unclear): band == .tint && context != .alone
    case (.tinted, .absent): false
    case (.neighbour, .matched): false
    case (.neighbour, .unclear): context != .alone
    case (.neighbour, .absent): true
    }
  }
}

/// Shows tinted controls to the eyes, beside untouched ones.
public struct TintExaminer: Sendable {
  /// What all random numbers come from.
  public let seed: UInt64

  /// Creates an examiner.
  public init(seed: UInt64) { self.seed = seed }

  /// How many answers about the tinted control one sheet gives.
  public static let casesPerSheet = TintCut.allCases.count * TintContext.allCases.count

  /// Draws a sheet and asks everything about it.
  ///
  /// - Parameters:
  ///   - kind: how the control differs.
  ///   - number: which sheet of this kind.
  /// - Returns: an outcome a question.
  /// - Throws: when a picture can't be compressed.
  public func outcomes(_ kind: TintKind, number: Int) throws -> [TintOutcome] {
    let shown = try shown(kind, number: number)
    let (sheet, disturbance, capture) = (shown.sheet, shown.disturbance, shown.capture)
    let calibration = try shown.calibration()
    var outcomes: [TintOutcome] = []
    for subject in TintOutcome.Subject.allCases {
      for cut in TintCut.allCases {
        for context in TintContext.allCases {
          let asked = subject == .tinted ? 0 : 1
          // What stands in the glance: the other controls that are at rest.
          let others = context == .glance ? [1, 2].filter { $0 != asked } : []
          let (answer, told) = Self.answer(
            asked, others, cut, sheet, shown.frame, context == .calibrated ? calibration : nil)
          outcomes.append(
            TintOutcome(
              kind: kind, band: shown.band, subject: subject, cut: cut, context: context,
              isToned: disturbance.tone != .none, answer: answer,
              words: "\(kind.rawValue) \(number), \(subject.rawValue), \(cut.rawValue), "
                + "\(context.rawValue): \(sheet.words), \(disturbance), \(capture): \(told)"))
        }
      }
    }
    return outcomes
  }

  /// A sheet as it is captured.
  struct Shown {
    let sheet: TintSheet
    let disturbance: Disturbance
    let capture: UnmodelledCapture
    /// The picture in which a control is tinted.
    let frame: Frame
    /// How far it is.
    let band: TintBand

    private static let stillFrames = 3

    /// What still frames of the sheet at rest tell of the same chain.
    func calibration() throws -> CaptureCalibration {
      let picture = try capture.applied(to: sheet.screen)
      let frames = try (0..<Self.stillFrames).map { number in
        var disturbance = disturbance
        disturbance.seed = disturbance.seed &+ UInt64(number + 1)
        return try disturbance.captured(picture)
      }
      let references = sheet.controls.indices.map {
        ("\($0)", PhotometricReference(sheet.template(of: $0, .around)))
      }
      return CaptureCalibration(
        of: frames, references: Dictionary(uniqueKeysWithValues: references))
    }
  }

  /// Draws a sheet and captures it.
  func shown(_ kind: TintKind, number: Int) throws -> Shown {
    let sheet = sheet(kind, number)
    var dice = Dice(seed, UInt64(number), 17)
    var disturbance = Disturbance.mild(&dice)
    let capture = dice.once(in: 3) ? UnmodelledCapture(&dice) : .none
    if sheet.band(through: .none) == .tint {
      // What a tone change clips away, nobody can see.
      while sheet.band(through: disturbance.tone) != .tint { disturbance.tone = ToneChange(&dice) }
    }
    return Shown(
      sheet: sheet, disturbance: disturbance, capture: capture,
      frame: try disturbance.captured(capture.applied(to: sheet.tinted)),
      band: sheet.band(through: disturbance.tone))
  }

  /// The first fair sheet that the number's dice make.
  private func sheet(_ kind: TintKind, _ number: Int) -> TintSheet {
    var attempt: UInt64 = 0
    while true {
      if let sheet = TintSheet(kind, seed: seed &+ attempt << 32, number: number) { return sheet }
      attempt += 1
    }
  }

  private static func answer(
    _ asked: Int, _ others: [Int], _ cut: TintCut, _ sheet: TintSheet, _ frame: Frame,
    _ calibration: CaptureCalibration?
  ) -> (TintOutcome.Answer, String) {
    let consensus = PhotometricConsensus(
      references: others.map { PhotometricReference(sheet.template(of: $0, cut)) },
      calibration: calibration)
    let searchable = SearchableFrame(frame, consensus: consensus)
    let answer = TemplateFinder().find(sheet.template(of: asked, cut), in: searchable)
    switch answer {
    case .matched(let match):
      let isThere = !match.rect.intersection(sheet.place(of: asked, cut)).isEmpty
      return (isThere ? .matched : .absent, answer.words)
    case .ambiguous: return (.matched, answer.words)
    case .unclear: return (.unclear, answer.words)
    case .absent: return (.absent, answer.words)
    }
  }
}
