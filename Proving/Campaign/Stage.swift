package import Commands
import FoundationEssentials
import OrderedJSON
import RunJournal
import RunSessions
import Synchronization

/// Where series are played: the program itself, called in this process as a shell would call it.
package struct Stage: Sendable {
  /// The project's root, with its scenarios and rigs.
  package var root: String
  /// How many runs are played at the same time.
  package var jobs: Int
  /// Where run folders are made, and taken away again once they have been counted.
  package var out: String
  /// Where is said what is going on.
  package var console: Console

  /// Creates a stage.
  package init(root: String, jobs: Int, out: String, console: Console) {
    self.root = root
    self.jobs = jobs
    self.out = out
    self.console = console
  }

  /// Plays several series, some at the same time where they are many.
  ///
  /// - Returns: what came of each, in their order.
  /// - Throws: as ``play(_:)-(Series)``.
  func play(_ all: [Series]) async throws -> [[Outcome]] {
    let lanes = min(jobs, all.count)
    if lanes == 0 { return [] }
    var lane = self
    lane.jobs = max(1, jobs / lanes)
    return try await withThrowingTaskGroup(of: (Int, [Outcome]).self) { [lane] group in
      var outcomes = [[Outcome]](repeating: [], count: all.count)
      for (at, series) in all.enumerated() {
        if at >= lanes, let (done, found) = try await group.next() { outcomes[done] = found }
        group.addTask { (at, try await lane.play(series)) }
      }
      for try await (done, found) in group { outcomes[done] = found }
      return outcomes
    }
  }

  /// Plays a series.
  ///
  /// - Returns: what its runs came to, in the order of their seeds.
  /// - Throws: when the program does not take the series, does not play all of it, or is stopped.
  func play(_ series: Series) async throws -> [Outcome] {
    try await play(series) { _ in }.map(\.0)
  }

  /// Plays a series, and looks at the folder of each run before it is taken away.
  ///
  /// - Parameters:
  ///   - series: the series.
  ///   - look: reads what is wanted of a run.
  /// - Returns: what its runs came to, and what was read, in the order of their seeds.
  /// - Throws: as ``play(_:)-(Series)``, and what `look` throws.
  func play<Reading>(
    _ series: Series, look: (Outcome) throws -> Reading
  ) async throws -> [(Outcome, Reading)] {
    let texts = Mutex((out: "", err: ""))
    let listener = Console(
      out: { text in texts.withLock { $0.out += text } },
      err: { text in texts.withLock { $0.err += text } })
    let arguments = series.arguments(jobs: jobs, root: root, out: out)
    // What nobody looks at again is not booked.
    let status = await LedgerPlace.$environment.withValue(["GANTRY_LEDGER": "none"]) {
      await Console.$current.withValue(listener) { await GantryProgram.run(arguments) }
    }
    let said = texts.withLock { $0 }
    let outcomes = said.out.split(separator: "\n").compactMap { line in
      (try? JSONValue(parsing: Array(line.utf8))).flatMap(Outcome.init)
    }
    defer {
      for outcome in outcomes { try? FileManager.default.removeItem(atPath: outcome.folder) }
    }
    // Runs that somebody stopped say nothing, and the next ones are not wanted either.
    if status == CommandOutcome.interrupted.rawValue { throw CampaignStop() }
    guard outcomes.count == series.count else {
      throw CampaignError(
        "\(series.commandLine(seed: series.firstSeed)): "
          + "\(outcomes.count) of \(series.count) runs were played\n\(said.err)")
    }
    return try outcomes.map { ($0, try look($0)) }
  }
}

/// Somebody stopped the campaign.
struct CampaignStop: Error {}

/// Why a campaign can't go on.
struct CampaignError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) {
    self.description = description
  }
}
