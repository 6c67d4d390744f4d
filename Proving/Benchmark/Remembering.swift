import Foundation
import Ledger
import LedgerTrials

/// What history questions take of a ledger with a hundred thousand runs.
struct Remembering {
  let repeats: Int
  let choice: Choice

  private static let runs = 100_000
  /// The most that a question should take, in milliseconds.
  private static let target = 200.0

  func measurements() async throws -> [Measurement] {
    let asked = questions.filter { choice.includes($0.name) }
    let booking = "history: book a run"
    let audits = audits.filter { choice.includes($0.name) }
    if asked.isEmpty, audits.isEmpty, !choice.includes(booking) { return [] }
    let folder = FileManager.default.temporaryDirectory.path + "/gantry-past-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try SQLiteLedger(folder + "/ledger.sqlite")
    let made = try MadeRuns()
    for start in stride(from: 0, to: Self.runs, by: 1000) {
      _ = try store.book((start..<start + 1000).map { made.run("night", $0) }, at: .now)
    }
    var results: [Measurement] = []
    for (name, ask) in asked {
      let time = try await Measurement.median(of: min(repeats, 9)) { try ask(store) }
      results.append(Measurement(name: name, milliseconds: time, target: Self.target))
    }
    for (name, depth, target) in audits {
      let time = try await Measurement.median(of: min(repeats, 5)) {
        let audit = try store.auditChain(depth, anchors: [])
        precondition(audit.findings.isEmpty && audit.links >= Self.runs, "the chain is whole")
      }
      results.append(Measurement(name: name, milliseconds: time, target: target))
    }
    if choice.includes(booking) {
      var number = Self.runs
      let time = try await Measurement.median(of: repeats) {
        _ = try store.book([made.run("night", number)], at: .now)
        number += 1
      }
      results.append(Measurement(name: booking, milliseconds: time, target: 50))
    }
    return results
  }

  /// A gate follows the chain before each decision, which may take a second in all; that all is as it was
  /// booked is asked by hand.
  private var audits: [(name: String, depth: ChainAudit.Depth, target: Double)] {
    [
      ("ledger: the chain and every run's row", .rows, 700),
      ("ledger: all that is booked", .everything, 20_000),
    ]
  }

  private var questions: [(name: String, ask: (SQLiteLedger) throws -> Void)] {
    let all = RunFilter()
    let some = RunFilter(scenario: "scenario-3", model: "model-2", rig: "rig-1")
    let end = Date(timeIntervalSince1970: 1_735_761_600).addingTimeInterval(1240 * 86_400)
    return [
      ("history: all of 100,000 runs", { _ = try HistoryAnswer.overview(of: $0, all, limit: 20) }),
      (
        "history: of a scenario, model, rig",
        {
          _ = try HistoryAnswer.overview(of: $0, some, limit: 20)
        }
      ),
      (
        "history: of a cause",
        {
          _ = try HistoryAnswer.overview(of: $0, RunFilter(cause: "no-mail"), limit: 20)
        }
      ),
      ("history: flaky", { _ = try HistoryAnswer.flaky(in: $0, all) }),
      ("history: new", { _ = try HistoryAnswer.new(in: $0, since: end, all) }),
      ("history: trend of a measurement", { _ = Trend(try $0.values(of: "run", all)) }),
      (
        "history: trend of a step",
        {
          _ = Trend(try $0.values(of: "step: Reset the password / Step 7", all))
        }
      ),
    ]
  }
}
