import Commands
import ExpectedVerdicts
import FoundationEssentials
import RunJournal

/// Plays worlds, some at the same time, and keeps what came of them.
struct WorldCampaign {
  /// After how many runs is told how far it is.
  private static let pace = 25

  /// The worlds to play.
  var worlds: [World]
  /// Where results are kept; nil keeps none.
  var file: WorldFile?
  /// Where is said how far it is.
  var progress: Console

  /// Plays what is not known yet.
  ///
  /// - Parameter stage: where runs are played; `jobs` of them at the same time.
  /// - Returns: what came of all of them, in their order.
  /// - Throws: when a world can't be played, or somebody stops it.
  func play(on stage: Stage) async throws -> WorldReport {
    var records = file?.known ?? [:]
    let missing = worlds.filter { records[$0.index] == nil }
    let (before, wanted) = (worlds.count - missing.count, worlds.count)
    if before > 0 { progress.complain("\(before) of \(wanted) worlds were played before.") }
    try await withThrowingTaskGroup(of: (World, WorldRecord).self) { group in
      var done = 0
      func take(_ world: World, _ record: WorldRecord) throws {
        records[world.index] = record
        try file?.append(record)
        done += 1
        if record.miss != nil { progress.complain(WorldReport.deviation(world, record)) }
        if done % Self.pace == 0 {
          progress.complain("\(before + done) of \(wanted) worlds played.")
        }
      }
      for (at, world) in missing.enumerated() {
        if at >= stage.jobs, let (world, record) = try await group.next() {
          try take(world, record)
        }
        group.addTask { (world, try await Self.play(world, on: stage)) }
      }
      for try await (world, record) in group { try take(world, record) }
    }
    return WorldReport(
      played: worlds.compactMap { world in records[world.index].map { (world, $0) } })
  }

  private static func play(_ world: World, on stage: Stage) async throws -> WorldRecord {
    var single = stage
    single.jobs = 1
    let runs = try await single.play(world.series) { outcome in
      let bytes = try Data(contentsOf: URL(filePath: "\(outcome.folder)/journal.jsonl"))
      return try WorldRecord(world, outcome, Journal(reading: Array(bytes)))
    }
    return runs[0].1
  }
}
