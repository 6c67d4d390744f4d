import ArgumentParser
import FoundationEssentials
import Ledger
import OrderedJSON

/// `gantry history`: what the ledger knows of all runs.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Tells what came of all runs: how often they passed, what is flaky, slower or new.",
    discussion: """
      Without a question: a line for each scenario, model and firmware, and the last runs. \
      Percentages leave out runs that somebody stopped or that were killed.

      --flaky lists what passed and failed in turn on the same firmware, scenario and model, by \
      their digests; that something failed first and passes since is a repair, not flaky. Every run \
      counts, retries too.

      --trend MEASUREMENT shows a measurement over firmwares, and where it began to be another one: \
      boot (the supply switched on, until the first thing expected is seen), mail (from what was \
      done before, until the mail is read), run, wall, or "step: PATH".

      --new lists signatures, a cause at a step, that no run before --since has shown (7 days where \
      it is left out).
      """)

  @OptionGroup var ledger: LedgerOptions

  @OptionGroup var filter: HistoryFilter

  @Flag(help: "List what changed its verdict back on the same firmware, scenario and model.")
  var flaky = false

  @Option(help: ArgumentHelp("Show a measurement over firmwares.", valueName: "measurement"))
  var trend: String?

  @Flag(help: "List causes at steps that were not seen before.")
  var new = false

  @Option(help: "List so many runs at most.")
  var limit = 20

  @Flag(help: "Answer with a JSON object.")
  var json = false

  @Option(help: "Write the answer as a page.", completion: .file(extensions: ["html"]))
  var html: String?

  func validate() throws {
    if [flaky, trend != nil, new].filter(\.self).count > 1 {
      throw ValidationError("--flaky, --trend and --new are questions of their own; ask one.")
    }
    if limit < 1 { throw ValidationError("--limit must be at least 1.") }
  }

  func run() throws {
    let answer = try answer(of: ledger.store())
    if let html { try HistoryPage.write(answer, to: html) }
    if json {
      Console.current.say(answer.json.description)
    } else if html == nil {
      for line in answer.lines { Console.current.say(line) }
    } else if let html {
      Console.current.say(html)
    }
  }

  private func answer(of store: some LedgerStore) throws -> HistoryAnswer {
    let filter = filter.filter
    if flaky { return try .flaky(in: store, filter) }
    if new {
      return try .new(
        in: store, since: filter.since ?? Date.now.addingTimeInterval(-7 * 86_400), filter)
    }
    guard let trend else { return try .overview(of: store, filter, limit: limit) }
    guard let found = Trend(try store.values(of: trend, filter)) else {
      let names = try store.measurementNames() + ["step: PATH"]
      throw CommandFailure.invalid(
        "no such run measured \(trend); measured are: \(names.joined(separator: ", "))")
    }
    return .trend(found, of: trend)
  }
}

/// Which runs are asked about.
struct HistoryFilter: ParsableArguments {
  @Option(help: "Only runs of this scenario.")
  var scenario: String?

  @Option(help: "Only runs on this model.")
  var model: String?

  @Option(help: "Only runs with this firmware.")
  var firmware: String?

  @Option(help: "Only runs on this rig.")
  var rig: String?

  @Option(help: "Only runs since: 2026-03-01, 2026-03-01T10:15:00Z, or so long ago: 12h, 30d, 8w.")
  var since: PastInstant?

  @Option(help: "Only runs of this cause; killed for those whose end was never written.")
  var cause: String?

  var filter: RunFilter {
    RunFilter(
      scenario: scenario, model: model, firmware: firmware, rig: rig, since: since?.date,
      cause: cause)
  }
}
