import FoundationEssentials
import OrderedJSON
import RunJournal

/// All runs of an `--out` folder on one page: how they ended by scenario, model and firmware, how often
/// they pass, why they do not, and where each one's report is.
///
/// It is made from the first and last lines of the journals alone, so that it is the same whoever makes
/// it, and whenever.
public struct RunIndex: Sendable {
  /// What the page is called in the folder.
  public static let pageName = "index.html"
  /// What the object for programs is called in the folder.
  public static let objectName = "index.json"

  /// A run's beginning and end.
  struct Glance {
    var folder: String
    var start: RunStart
    var end: RunEnd?

    /// What became of it, in a word.
    var outcome: String { end?.verdict.rawValue ?? "killed" }
    /// The same, told apart from a run that passed at once.
    var words: String {
      start.wall.retry != nil && end?.verdict == .passed ? "passed, retried" : outcome
    }
  }

  private let folder: String
  private let runs: [Glance]

  /// Looks at all runs of a folder.
  ///
  /// - Parameter folder: the folder of run folders.
  /// - Throws: when it can't be read.
  public init(of folder: String) throws(LedgerError) {
    self.folder = folder
    let root = RunFolderReader.absolute(folder)
    runs = try RunFolderReader.folders(below: folder).compactMap { path in
      Self.glance(path, name: String(path.dropFirst(root.count + 1)))
    }.sorted {
      ($0.start.wall.startedAt, $0.folder) < ($1.start.wall.startedAt, $1.folder)
    }
  }

  /// The run of a folder; nil where it goes on, was pruned, or has no journal that can be read.
  private static func glance(_ path: String, name: String) -> Glance? {
    let file = "\(path)/\(JournalFormat.fileName)"
    guard let journal = JournalEnds.read(file) else { return nil }
    if journal.end == nil, JournalWriter.isWriting(file) { return nil }
    return Glance(folder: name, start: journal.start, end: journal.end)
  }

  /// Writes the page and the object into the folder.
  ///
  /// - Returns: the page's path.
  /// - Throws: when one can't be written.
  @discardableResult
  public func write() throws(LedgerError) -> String {
    let page = "\(folder)/\(Self.pageName)"
    let answer = answer
    try HistoryPage.write(answer, to: page)
    try HistoryPage.write(answer.json.description + "\n", to: "\(folder)/\(Self.objectName)")
    return page
  }

  /// The index as tables and as an object.
  public var answer: HistoryAnswer {
    HistoryAnswer(
      title: "Runs", tables: [matrix, rates, causes, list],
      notes: runs.contains { $0.start.wall.retry != nil }
        ? ["A retried run and the one before it both count."] : [],
      json: .object([.init("runs", .array(runs.map(\.json)))]))
  }

  // MARK: Tables

  private func counts(_ runs: [Glance]) -> VerdictCounts {
    runs.reduce(into: VerdictCounts()) { counts, run in
      if let verdict = run.end?.verdict {
        counts.ended[verdict, default: 0] += 1
      } else {
        counts.killed += 1
      }
    }
  }

  /// A row for each scenario, a column for each model and firmware.
  private var matrix: HistoryAnswer.Table {
    let columns = Self.inOrder(runs.map(\.subject))
    let scenarios = Self.inOrder(runs.map(\.start.scenario.name))
    return HistoryAnswer.Table(
      heading: "what passed", columns: ["scenario"] + columns,
      rows: scenarios.map { scenario in
        let own = runs.filter { $0.start.scenario.name == scenario }
        return [scenario]
          + columns.map { column in counts(own.filter { $0.subject == column }).summary }
      }, whenEmpty: "no run has ended")
  }

  private var rates: HistoryAnswer.Table {
    let scenarios = Self.inOrder(runs.map(\.start.scenario.name))
    return HistoryAnswer.Table(
      heading: "how often",
      columns: ["scenario", "runs"] + VerdictCounts.columns + [
        "passed, 95 % interval", "shortest", "median", "longest",
      ],
      rows: scenarios.map { scenario in
        let own = runs.filter { $0.start.scenario.name == scenario }
        let spread = Self.spread(of: own)
        let counts = counts(own)
        return [scenario, "\(own.count)"] + counts.texts + [counts.share]
          + [spread?.least, spread?.median, spread?.most].map { $0.map { "\($0.words) s" } ?? "–" }
      }, whenEmpty: "no run has ended",
      spreads: scenarios.map { scenario in
        Self.spread(of: runs.filter { $0.start.scenario.name == scenario })
      })
  }

  /// How long runs took, on the recorder's clock.
  private static func spread(of runs: [Glance]) -> Spread? {
    Spread(of: runs.compactMap { $0.end?.recorderSeconds })
  }

  /// What did not pass, most frequent first.
  private var causes: HistoryAnswer.Table {
    let missed = runs.filter { $0.end?.verdict != .passed && $0.end?.verdict != .aborted }
    let groups = Dictionary(grouping: missed) { [$0.cause, $0.end?.step ?? "–"] }
    return HistoryAnswer.Table(
      heading: "why not", columns: ["runs", "cause", "first step that did not pass"],
      rows: groups.sorted {
        ($1.value.count, $0.key[0], $0.key[1]) < ($0.value.count, $1.key[0], $1.key[1])
      }
      .map { ["\($0.value.count)"] + $0.key }, whenEmpty: "nothing failed")
  }

  private var list: HistoryAnswer.Table {
    HistoryAnswer.Table(
      heading: "the runs",
      columns: ["began", "verdict", "scenario", "model", "rig", "firmware", "seed", "why"],
      rows: runs.map { run in
        [
          run.start.wall.startedAt, run.words, run.start.scenario.name, run.start.model.name,
          run.start.rig.name, run.start.firmware ?? "–", "\(run.start.seed)",
          run.end?.verdict == .passed
            ? run.start.wall.retry?.reason ?? "" : "\(run.cause) at \(run.end?.step ?? "–")",
        ]
      }, whenEmpty: "none", links: runs.map { "\($0.folder)/report.html" })
  }

  /// Each text once, in the order in which they come first.
  private static func inOrder(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension RunIndex.Glance {
  /// What was under test.
  fileprivate var subject: String {
    ([start.model.name] + (start.firmware.map { [$0] } ?? [])).joined(separator: ", ")
  }

  fileprivate var cause: String {
    end == nil ? LedgerEntry.Cause.killed : end?.cause?.code ?? "–"
  }

  fileprivate var json: JSONValue {
    .object([
      .init("run", .string(start.wall.runID)), .init("folder", .string(folder)),
      .init("scenario", .string(start.scenario.name)), .init("model", .string(start.model.name)),
      .init("rig", .string(start.rig.name)), .init("firmware", .optional(start.firmware)),
      .init("seed", .int(start.seed)), .init("startedAt", .string(start.wall.startedAt)),
      .init("verdict", .string(outcome)),
      .init("cause", .optional(end == nil ? cause : end?.cause?.code)),
      .init("step", .optional(end?.step)),
      .init("recorderSeconds", end.map { .decimal($0.recorderSeconds, digits: 3) } ?? .null),
      .init("retryOf", .optional(start.wall.retry?.of)),
      .init("retryReason", .optional(start.wall.retry?.reason)),
    ])
  }
}

extension VerdictCounts {
  /// Such as `10 of 12, 2 failed`; nothing where there were no runs.
  fileprivate var summary: String {
    if runs == 0 { return "" }
    let passed = ended[.passed] ?? 0
    let others = Verdict.allCases.filter { $0 != .passed }.map { ($0.rawValue, ended[$0] ?? 0) }
    return
      (["\(passed) of \(runs)"]
      + (others + [("killed", killed)]).filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" })
      .joined(separator: ", ")
  }
}
