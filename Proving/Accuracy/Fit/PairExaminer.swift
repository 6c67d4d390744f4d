import FrameVision
import Frames
import ScreenKit

/// Draws labelled pairs, and has the judge measure each where the template is, or where that stands
/// which must not be taken for it.
struct PairExaminer: Sendable {
  /// What all random numbers come from.
  let seed: UInt64

  /// The pairs of a sheet.
  ///
  /// - Parameters:
  ///   - kind: what the sheet is about.
  ///   - number: which sheet of this kind.
  /// - Returns: the pairs, measured.
  /// - Throws: when a picture can't be compressed.
  func pairs(_ kind: FitKind, number: Int) throws -> [MeasuredPair] {
    let shown =
      switch kind {
      case .widget(let widget): try widgets(widget, number)
      case .tint(let tint): try tints(tint, number)
      case .mask(let mask): try masks(mask, number)
      }
    return shown.enumerated().map { look, shown in
      let search = TemplateFinder().search(
        shown.template, in: SearchableFrame(shown.frame, consensus: shown.consensus),
        ignoring: shown.ignored)
      let explanation = search.explanation(near: shown.corner)
      var values: [FitStatistic: Double] = [:]
      for statistic in FitStatistic.allCases {
        values[statistic] = statistic.value(in: explanation)
      }
      return MeasuredPair(
        kind: kind.name, number: number, look: look, isMatch: shown.isMatch, values: values)
    }
  }

  /// What is shown to the judge.
  private struct Shown {
    var template: Template
    var frame: Frame
    var consensus: PhotometricConsensus
    var corner: PixelPoint
    var isMatch: Bool
    var ignored: [PixelRect] = []
  }

  /// What is there in any ordinary capture, and what is not in mild ones: in others a near miss need
  /// not be told.
  private func widgets(_ kind: Kind, _ number: Int) throws -> [Shown] {
    let sheet = Examiner(seed: seed).sheet(kind, number)
    let probes = sheet.probes(seed: seed, number: number).filter { $0.question != .doubtful }
    return try probes.prefix(FitKind.widget(kind).pairs).map { probe in
      Shown(
        template: sheet.template,
        frame: try probe.disturbance.captured(probe.isOther ? sheet.other : sheet.screen),
        consensus: PhotometricConsensus(
          references: sheet.references.map { PhotometricReference($0) }),
        corner: PixelPoint(x: sheet.place.x, y: sheet.place.y), isMatch: !probe.isOther,
        ignored: probe.ignored)
    }
  }

  /// The tinted control, where it differs by more than noise, and one beside it, in a chain that is
  /// calibrated: else a tone of the whole picture may undo a tint.
  private func tints(_ kind: TintKind, _ number: Int) throws -> [Shown] {
    let shown = try TintExaminer(seed: seed).shown(kind, number: number)
    return try TintOutcome.Subject.allCases.compactMap { subject in
      if subject == .tinted, shown.band != .tint { return nil }
      let asked = subject == .tinted ? 0 : 1
      let place = shown.sheet.place(of: asked, .around)
      return Shown(
        template: shown.sheet.template(of: asked, .around), frame: shown.frame,
        consensus: PhotometricConsensus(calibration: try shown.calibration()),
        corner: PixelPoint(x: place.x, y: place.y), isMatch: subject == .neighbour)
    }
  }

  /// The shape, and where it is thinner or not there.
  private func masks(_ kind: MaskKind, _ number: Int) throws -> [Shown] {
    let sheet = MaskSheet(kind, seed: seed, number: number)
    if sheet.template.weakness != nil { return [] }
    var dice = Dice(seed, UInt64(number), 23)
    let disturbance = Disturbance.mild(&dice)
    return try MaskOutcome.Question.allCases.map { question in
      Shown(
        template: sheet.template, frame: try disturbance.captured(sheet.picture(for: question)),
        consensus: PhotometricConsensus(
          references: sheet.references.map { PhotometricReference($0) }),
        corner: PixelPoint(x: sheet.place.x, y: sheet.place.y), isMatch: question == .own)
    }
  }
}
