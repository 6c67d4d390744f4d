public import FoundationEssentials
public import OrderedJSON
import RunJournal

/// An answer about all runs, as tables for people and as an object for programs.
public struct HistoryAnswer: Sendable, Hashable {
  /// Rows under a heading.
  public struct Table: Sendable, Hashable {
    /// What the rows are; nil where the title says it.
    public var heading: String?
    /// The names of the columns.
    public var columns: [String]
    /// A text for each column.
    public var rows: [[String]]
    /// Said in place of a table without rows.
    public var whenEmpty: String
    /// Where the second column of each row leads on a page, as seen from it; none where it does not.
    public var links: [String] = []
    /// What is drawn beside each row on a page; none where nothing is.
    public var spreads: [Spread?] = []
  }

  /// The question.
  public var title: String
  /// The answer.
  public var tables: [Table]
  /// What must be known beside the answer.
  public var notes: [String]
  /// The answer for programs.
  public var json: JSONValue

  /// The answer as lines of text, columns below each other.
  public var lines: [String] {
    var lines: [String] = []
    for table in tables {
      if !lines.isEmpty { lines.append("") }
      if let heading = table.heading { lines.append(heading) }
      lines += table.rows.isEmpty ? [table.whenEmpty] : Self.aligned([table.columns] + table.rows)
    }
    return lines + notes
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows.reduce(into: [Int](repeating: 0, count: rows[0].count)) { widths, row in
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    return rows.map { row in
      var line = ""
      for (text, width) in zip(row, widths) {
        line += text + String(repeating: " ", count: width - text.count + 2)
      }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension HistoryAnswer {
  /// How the runs ended, and the last of them.
  ///
  /// - Throws: when the ledger can't be read.
  public static func overview(
    of store: some LedgerStore, _ filter: RunFilter, limit: Int
  ) throws(LedgerError) -> HistoryAnswer {
    let tallies = try store.tallies(filter)
    let runs = try store.runs(filter, limit: limit)
    let table = Table(
      heading: nil,
      columns: ["scenario", "model", "firmware", "runs"] + VerdictCounts.columns
        + ["passed, 95 % interval", "last"],
      rows: tallies.map { tally in
        [tally.scenario, tally.model, tally.firmware ?? "–", "\(tally.counts.runs)"]
          + tally.counts.texts + [tally.counts.share, tally.last.words]
      }, whenEmpty: "no such run is booked")
    let last = Table(
      heading: "the last runs", columns: ["began", "verdict", "scenario", "rig", "seed", "at"],
      rows: runs.map { run in
        [
          run.startedAt.words, run.outcome, run.scenario, run.rig, run.seed,
          run.signature,
        ]
      }, whenEmpty: "none")
    return HistoryAnswer(
      title: "History", tables: runs.isEmpty ? [table] : [table, last], notes: [],
      json: .object([
        .init("tallies", .array(tallies.map(\.json))), .init("runs", .array(runs.map(\.json))),
      ]))
  }

  /// What is flaky.
  ///
  /// - Throws: when the ledger can't be read.
  public static func flaky(
    in store: some LedgerStore, _ filter: RunFilter
  ) throws(LedgerError) -> HistoryAnswer {
    let found = try store.flaky(filter)
    let unsure = try store.unsure(filter)
    let table = Table(
      heading: nil,
      columns: ["scenario", "model", "firmware", "passed", "failed", "errored", "changes", "last"],
      rows: found.map { runs in
        [runs.scenario.name, runs.model.name, runs.firmware]
          + [Verdict.passed, .failed, .errored].map { "\(runs.counts.ended[$0] ?? 0)" }
          + ["\(runs.changes)", runs.last.words]
      },
      whenEmpty: "nothing changed its verdict back on the same firmware, scenario and model")
    return HistoryAnswer(
      title: "Flaky", tables: [table],
      notes: unsure == 0
        ? []
        : [
          "\(unsure) more changed back, but nobody told the firmware: gantry run --firmware NAME "
            + "makes it known"
        ],
      json: .object([
        .init("flaky", .array(found.map(\.json))), .init("firmwareUnknown", .int(unsure)),
      ]))
  }

  /// Signatures that were not seen before an instant.
  ///
  /// - Throws: when the ledger can't be read.
  public static func new(
    in store: some LedgerStore, since: Date, _ filter: RunFilter
  ) throws(LedgerError) -> HistoryAnswer {
    let found = try store.signatures(firstSeenSince: since, filter)
    let table = Table(
      heading: nil, columns: ["first seen", "runs", "cause", "step", "firmware", "run"],
      rows: found.map {
        [
          $0.first.words, "\($0.count)", $0.cause, $0.step ?? "–", $0.firstRun.firmware ?? "–",
          $0.firstRun.folder,
        ]
      }, whenEmpty: "no cause at a step that was not seen before \(since.words)")
    return HistoryAnswer(
      title: "New since \(since.words)", tables: [table], notes: [],
      json: .object([
        .init("since", .string(since.formatted(.iso8601))),
        .init("new", .array(found.map(\.json))),
      ]))
  }

  /// A measurement over firmwares.
  public static func trend(_ trend: Trend, of name: String) -> HistoryAnswer {
    let places = trend.groups.map { $0.firmware ?? "–" }
    let groups = Table(
      heading: nil,
      columns: [
        "firmware", "runs", "least", "quarter", "median", "three quarters", "most", "first", "",
      ],
      rows: trend.groups.enumerated().map { index, group in
        return [places[index], "\(group.count)"]
          + group.spread.values.map { $0.words + " " + trend.unit }
          + [group.first.words, trend.changes.contains { $0.group == index } ? "changed" : ""]
      }, whenEmpty: "", spreads: trend.groups.map(\.spread))
    let changes = Table(
      heading: "changes", columns: ["with firmware", "before", "after", "by chance"],
      rows: trend.changes.map { change in
        [
          places[change.group], "\(change.before.words) \(trend.unit)",
          "\(change.after.words) \(trend.unit)",
          change.chance < 1e-4 ? "< 0.01 %" : "\((change.chance * 100).words) %",
        ]
      }, whenEmpty: "none")
    return HistoryAnswer(
      title: "Trend of \(name)", tables: [groups, changes], notes: [],
      json: .object([
        .init("measurement", .string(name)), .init("unit", .string(trend.unit)),
        .init("firmwares", .array(trend.groups.map(\.json))),
        .init("changes", .array(trend.changes.map { $0.json(firmwares: trend.groups) })),
      ]))
  }
}
