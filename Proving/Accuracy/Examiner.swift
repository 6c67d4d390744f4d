import FrameVision
public import Frames
import ScreenKit

/// What came of one case.
public struct CaseOutcome: Sendable {
  /// What the case is about.
  public let kind: Kind
  /// What was asked.
  public let question: Question
  /// The sheet and the look at it, which repeat the case together with kind and seed.
  public let number: Int
  /// Counts the looks at one sheet.
  public let look: Int
  /// Whether the answer was right.
  public let isRight: Bool
  /// Whether the answer was that the picture is unclear.
  public let isUnclear: Bool
  /// What was shown, what was answered and what would have been right, in one line.
  public let words: String
  /// The pictures, where the answer was wrong and they are wanted.
  public let pictures: Pictures?

  /// What was looked at.
  public struct Pictures: Sendable {
    /// The frame.
    public let frame: Frame
    /// The template, transparent where it does not count.
    public let template: RGBImage

    /// Writes both beside each other.
    ///
    /// - Parameter base: what both files' paths begin with.
    /// - Throws: when one can't be written.
    func write(to base: String) throws {
      try PNGCodec.write(RGBImage(frame), to: base + "-frame.png", effort: .fast)
      try PNGCodec.write(template, to: base + "-template.png", effort: .fast)
    }
  }

  /// Such as `letter 17/2`.
  public var name: String { "\(kind.rawValue) \(number)/\(look)" }
}

/// Shows sheets to the eyes and judges their answers.
public struct Examiner: Sendable {
  /// What all random numbers come from.
  public let seed: UInt64
  /// Whether outcomes of wrong answers hold the pictures.
  public let keepsPictures: Bool

  /// Creates an examiner.
  public init(seed: UInt64, keepsPictures: Bool = false) {
    self.seed = seed
    self.keepsPictures = keepsPictures
  }

  /// How many cases one sheet gives.
  public static let casesPerSheet = Sheet.probeCount

  /// Draws a sheet and asks everything about it.
  ///
  /// - Parameters:
  ///   - kind: what the sheet is about.
  ///   - number: which sheet of this kind.
  /// - Returns: an outcome a case.
  /// - Throws: when a picture can't be compressed, or nothing can be read at all.
  public func outcomes(_ kind: Kind, number: Int) async throws -> [CaseOutcome] {
    let sheet = sheet(kind, number)
    var outcomes: [CaseOutcome] = []
    for (look, probe) in sheet.probes(seed: seed, number: number).enumerated() {
      outcomes.append(try await outcome(of: probe, look, number, on: sheet))
    }
    return outcomes
  }

  /// The first fair sheet that the number's dice make.
  func sheet(_ kind: Kind, _ number: Int) -> Sheet {
    var attempt: UInt64 = 0
    while true {
      if let sheet = Sheet(kind, seed: seed &+ attempt << 32, number: number) { return sheet }
      attempt += 1
    }
  }

  private func outcome(
    of probe: Probe, _ look: Int, _ number: Int, on sheet: Sheet
  ) async throws -> CaseOutcome {
    let frame = try probe.disturbance.captured(probe.isOther ? sheet.other : sheet.screen)
    let verdict: Verdict
    if let texts = sheet.texts {
      verdict = try await Self.read(texts, in: frame, probe, sheet)
    } else {
      verdict = Self.find(in: frame, probe, sheet)
    }
    var shown = "\(sheet.place) in \(frame.size)"
    if let region = probe.region { shown += ", searched \(region)" }
    if !probe.ignored.isEmpty { shown += ", ignoring \(probe.ignored)" }
    return CaseOutcome(
      kind: sheet.kind, question: probe.question, number: number, look: look,
      isRight: verdict.isRight, isUnclear: verdict.isUnclear,
      words: "\(shown), \(probe.disturbance): \(verdict.words)",
      pictures: verdict.isRight || !keepsPictures
        ? nil : CaseOutcome.Pictures(frame: frame, template: sheet.cutting))
  }

  /// What an answer is worth.
  private struct Verdict {
    var isRight: Bool
    var isUnclear = false
    var words: String
  }

  private static func find(in frame: Frame, _ probe: Probe, _ sheet: Sheet) -> Verdict {
    let finder = TemplateFinder()
    let scale = probe.disturbance.sampling.scale
    // One template alone can't tell a tint from a tone of the whole picture.
    let consensus = PhotometricConsensus(
      references: sheet.references.map { PhotometricReference($0.scaled(by: scale)) })
    let searchable = SearchableFrame(frame, consensus: consensus)
    let template = sheet.template.scaled(by: scale)
    let answer = finder.find(
      template, in: searchable, region: probe.region, ignoring: probe.ignored)
    var words = "\(Self.words(answer)); wanted \(probe.right)"
    var isRight = Self.isRight(answer, probe, sheet)
    if isRight, probe.right == .ambiguous {
      let all = finder.findAll(template, in: searchable, ignoring: probe.ignored)
      isRight =
        all.count == sheet.places.count
        && zip(all, sheet.places).allSatisfy {
          Self.isAt($0.rect, $1, probe.disturbance)
        }
      if !isRight { words = "listed \(all.map(\.rect)); wanted \(sheet.places)" }
    }
    var isUnclear = false
    if case .unclear = answer { isUnclear = true }
    return Verdict(isRight: isRight, isUnclear: isUnclear, words: words)
  }

  private static func read(
    _ texts: Texts, in frame: Frame, _ probe: Probe, _ sheet: Sheet
  ) async throws -> Verdict {
    // A reader of its own, which remembers nothing.
    let reader = try TextReader()
    if sheet.kind == .code {
      let lines = await reader.lines(
        in: frame, region: probe.region, alphabet: texts.alphabet)
      let text = lines.map(\.text).joined(separator: " ").filter { $0 != " " }
      let wanted = probe.isOther ? texts.other : texts.wanted
      return Verdict(isRight: text == wanted, words: "read \(text); wanted \(wanted)")
    }
    let answer = await reader.find(texts.wanted, in: frame, region: probe.region)
    let shown = probe.isOther ? texts.other : texts.wanted
    let words = "\(shown) shown, \(texts.wanted) looked for: \(Self.words(answer))"
    switch answer {
    case .found(let match):
      let isThere = sheet.place.contains(match.box.center)
      return Verdict(isRight: probe.right == .matched && isThere, words: words)
    case .absent: return Verdict(isRight: probe.right != .matched, words: words)
    case .ambiguous: return Verdict(isRight: false, words: words)
    }
  }

  private static func words(_ answer: TextFindAnswer) -> String {
    func place(_ match: TextMatch) -> String { "\"\(match.heard)\" at \(match.box)" }
    return switch answer {
    case .found(let match): "found \(place(match))"
    case .absent(let nearest): "absent" + (nearest.map { ", nearest \(place($0))" } ?? "")
    case .ambiguous(let one, let two): "ambiguous \(place(one)) and \(place(two))"
    }
  }

  private static func isRight(_ answer: FindAnswer, _ probe: Probe, _ sheet: Sheet) -> Bool {
    switch (probe.right, answer) {
    case (.matched, .matched(let match)): isAt(match.rect, sheet.place, probe.disturbance)
    case (.absent, .absent), (.ambiguous, .ambiguous), (.unclear, .unclear): true
    case (.notMatched, .absent), (.notMatched, .unclear): true
    default: false
    }
  }

  /// Whether a place is the right one: to the pixel, to the next one where the picture moved by a
  /// part of a pixel.
  private static func isAt(
    _ found: PixelRect, _ place: PixelRect, _ disturbance: Disturbance
  ) -> Bool {
    let sampling = disturbance.sampling
    let (width, height) = (
      Double(place.width) * sampling.scale, Double(place.height) * sampling.scale
    )
    return found.size
      == PixelSize(width: Int(width.rounded()), height: Int(height.rounded()))
      && abs(Double(found.x) - Double(place.x) * sampling.scale - sampling.shiftX) < 1
      && abs(Double(found.y) - Double(place.y) * sampling.scale - sampling.shiftY) < 1
  }

  private static func words(_ answer: FindAnswer) -> String {
    func place(_ match: TemplateMatch) -> String {
      var text = "\(match.rect) score \((match.score * 1000).rounded() / 1000)"
      if let how = match.difference {
        text += " \(how) differs" + (match.differs.map { " at \($0)" } ?? "")
      }
      return text
    }
    return switch answer {
    case .matched(let match): "matched \(place(match))"
    case .absent(let nearest): "absent" + (nearest.map { ", nearest \(place($0))" } ?? "")
    case .ambiguous(let one, let two): "ambiguous \(place(one)) and \(place(two))"
    case .unclear(let match, let reason): "unclear \(place(match)) (\(reason))"
    }
  }
}
