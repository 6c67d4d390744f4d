public import Frames
public import RunJournal

/// What differs between two runs, step by step: outcomes, times, texts, pictures.
///
/// Steps are told apart by their name paths, and by their order where a path comes more than once.
public struct RunComparison: Sendable {
  /// One thing that both runs tell, each in its own words; nil where a run does not.
  public struct Difference: Sendable, Hashable {
    /// What it is, such as `firmware` or `seen`.
    public var what: String
    /// What the first run tells.
    public var first: String?
    /// What the second run tells.
    public var second: String?
  }

  /// A step as one run played it.
  public struct Side: Sendable, Hashable {
    /// What became of it; nil where the journal ends before.
    public var outcome: StepEnd.Outcome?
    /// How long it took, in seconds; nil where the journal ends before.
    public var seconds: Double?
    /// The picture that shows best what it came to; nil where none was kept.
    public var picture: String?
  }

  /// A step of either run.
  public struct Step: Sendable {
    /// Its name path; with a count behind it where the path comes more than once.
    public var path: String
    /// How the first run played it; nil where it did not.
    public var first: Side?
    /// How the second run played it; nil where it did not.
    public var second: Side?
    /// The texts that differ.
    public var texts: [Difference]
    /// How the pictures differ; nil where a run has none, or it can't be read.
    public var picture: PictureChange?

    /// Whether the outcomes differ.
    public var outcomeDiffers: Bool { first?.outcome != second?.outcome }
    /// Whether one took much longer: a second, and a quarter of the time.
    public var timeDiffers: Bool {
      guard let one = first?.seconds, let other = second?.seconds else { return false }
      return abs(one - other) > max(1, max(one, other) / 4)
    }
    /// Whether outcomes or words differ.
    var isToldOtherwise: Bool { outcomeDiffers || !texts.isEmpty }
    /// Whether anything differs.
    public var differs: Bool {
      isToldOtherwise || timeDiffers || picture?.isVisible == true
    }
  }

  /// How the pictures of a step differ.
  public struct PictureChange: Sendable {
    /// From this share of the pixels on, pictures count as different: live pictures move a little.
    static let visibleShare = 0.005

    /// The share of the pixels that differ visibly, 0…1.
    public var share: Double
    /// Around what differs most; nil where nothing does.
    public var place: PixelRect?
    /// Whether they count as different.
    public var isVisible: Bool { share >= Self.visibleShare }
  }

  /// Of which steps pictures are compared.
  enum PictureScope {
    /// Of all.
    case everywhere
    /// Of those that differ otherwise, too: decoding pictures takes time, and a camera's never stand
    /// still.
    case whereToldOtherwise
  }

  /// The first run.
  public let first: Journal
  /// The second run.
  public let second: Journal
  /// What they were made from and came to, where that differs.
  public let inputs: [Difference]
  /// All steps, in the order of the first run; those of the second alone behind the step they follow.
  public let steps: [Step]

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - first: a run folder.
  ///   - second: another.
  /// - Throws: where a journal can't be read.
  public init(of first: String, with second: String) throws(EvidenceError) {
    let journals = (try RunReports.journal(of: first), try RunReports.journal(of: second))
    self.init(
      journals.0, pictures: { RunReports.picture($0, of: first) }, with: journals.1,
      pictures: { RunReports.picture($0, of: second) })
  }

  init(
    _ first: Journal, pictures: (String) -> [UInt8]?, with second: Journal,
    pictures others: (String) -> [UInt8]?, of scope: PictureScope = .everywhere
  ) {
    self.first = first
    self.second = second
    inputs = Self.inputs(first, second)
    let (one, other) = (Self.named(RunStory(first)), Self.named(RunStory(second)))
    let known = Dictionary(uniqueKeysWithValues: one)
    let matched = Dictionary(uniqueKeysWithValues: other)
    var order = one.map(\.0)
    // What only the second run played stands where it played it.
    var place = 0
    for (path, _) in other {
      if let index = order.firstIndex(of: path) {
        place = index + 1
      } else {
        order.insert(path, at: min(place, order.count))
        place += 1
      }
    }
    steps = order.map { path in
      Self.step(path, known[path], pictures, matched[path], others, scope)
    }
  }

  /// The steps by their paths, counted where one comes more than once.
  private static func named(_ story: RunStory) -> [(String, RunStory.Step)] {
    var counts: [String: Int] = [:]
    return story.steps.keys.sorted().compactMap { story.steps[$0] }.map { step in
      counts[step.start.path, default: 0] += 1
      let count = counts[step.start.path] ?? 1
      return (step.start.path + (count > 1 ? " (\(count))" : ""), step)
    }
  }

  private static func inputs(_ first: Journal, _ second: Journal) -> [Difference] {
    func facts(_ journal: Journal) -> [(String, String?)] {
      let start = journal.start
      return [
        ("verdict", journal.end?.verdict.rawValue), ("cause", journal.end?.cause?.words),
        ("scenario", start.scenario.name), ("scenario digest", start.scenario.digest),
        ("rig", start.rig.name), ("rig digest", start.rig.digest), ("model", start.model.name),
        ("model digest", start.model.digest), ("firmware", start.firmware),
        ("seed", String(start.seed)),
        ("overrides", start.overrides.isEmpty ? nil : start.overrides.joined(separator: ", ")),
        ("program", start.binary.name), ("program digest", start.binary.digest),
        ("recorder's time", journal.end.map { ReportText.seconds($0.recorderSeconds) }),
      ]
    }
    return zip(facts(first), facts(second)).compactMap { one, other in
      one.1 == other.1 ? nil : Difference(what: one.0, first: one.1, second: other.1)
    }
  }

  private static func step(
    _ path: String, _ first: RunStory.Step?, _ pictures: (String) -> [UInt8]?,
    _ second: RunStory.Step?, _ others: (String) -> [UInt8]?, _ scope: PictureScope
  ) -> Step {
    var step = Step(
      path: path, first: first.map(side), second: second.map(side), texts: [], picture: nil)
    guard let first, let second else { return step }
    for (one, other) in zip(texts(first), texts(second)) where one.1 != other.1 {
      step.texts.append(Difference(what: one.0, first: one.1, second: other.1))
    }
    if scope == .whereToldOtherwise, !step.isToldOtherwise { return step }
    if let one = step.first?.picture.flatMap(pictures),
      let other = step.second?.picture.flatMap(others)
    {
      step.picture = change(one, other)
    }
    return step
  }

  private static func side(_ step: RunStory.Step) -> Side {
    Side(
      outcome: step.end?.outcome, seconds: step.seconds,
      picture: step.pictures.last { $0.role == .last || $0.role == .deciding }?.file)
  }

  /// What a step tells in words. Places and frames are left out, which differ without meaning to.
  private static func texts(_ step: RunStory.Step) -> [(String, String?)] {
    let judgement = step.judgements.last
    return [
      ("does", step.start.does), ("expects", step.start.expects), ("reason", step.end?.reason),
      ("cause", step.end?.cause?.words),
      ("seen", judgement.map { $0.held ? "what was expected" : $0.seen }),
      ("attempts", String(max(1, step.attempts))),
      (
        "read",
        judgement.flatMap { $0.read.isEmpty ? nil : $0.read.map(\.text).joined(separator: " / ") }
      ),
    ]
  }

  static func change(_ first: [UInt8], _ second: [UInt8]) -> PictureChange? {
    guard let one = try? JPEGCodec.decode(first).luma,
      let other = try? JPEGCodec.decode(second).luma,
      let difference = PictureDifference(seen: other, expected: one)
    else { return nil }
    return PictureChange(share: difference.share, place: difference.worst)
  }
}
