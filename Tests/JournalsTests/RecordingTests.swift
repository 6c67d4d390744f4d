import ExpectedVerdicts
import Foundation
import Testing

@testable import Journals

@Suite("Recordings of journals")
struct RecordingTests {
  private static let key = RunKey(
    scenario: "log-in", model: "night-series",
    overrides: ["virtual.defects=[hangs-in-menu]", "virtual.popUpAfter=3s"], seed: 4)

  private func entry(_ seed: UInt64, _ digest: String, _ outcome: String) -> Recording.Entry {
    var key = Self.key
    key.seed = seed
    return Recording.Entry(key: key, digest: digest, outcome: outcome)
  }

  @Test("a line says what was played and what came of it, and is read as it is written")
  func line() throws {
    let entry = Recording.Entry(
      key: Self.key, digest: "0a1b", outcome: "failed @ Open the menu bar")
    let line = """
      log-in\tnight-series\tvirtual.defects=[hangs-in-menu];virtual.popUpAfter=3s\t4\t0a1b\t\
      failed @ Open the menu bar
      """
    #expect("\(entry)" == line)
    #expect(try Recording(parsing: line + "\n") == Recording(entries: [entry]))
    #expect(try Recording.keys(parsing: "log-in\tnight-series\t\t4\n\n\(line)\n").count == 2)
  }

  @Test("a line that is none is told with its number")
  func wrongLine() {
    #expect {
      try Recording(parsing: "log-in\tnight-series\t\t4\t0a\tpassed\n\nlog-in\tnight-series\t\t4\n")
    } throws: { "\($0)".hasPrefix("line 3: ") }
    #expect { try Recording.keys(parsing: "log-in\tnight-series\t\tfour") } throws: {
      "\($0)".hasPrefix("line 1: ")
    }
  }

  @Test("a journal that differs is told with both outcomes and the command that repeats it")
  func difference() {
    let before = Recording(
      entries: [entry(1, "aa", "passed"), entry(2, "bb", "passed"), entry(3, "cc", "passed")])
    let after = Recording(entries: [entry(1, "aa", "passed"), entry(2, "b0", "errored @ Log in")])
    let comparison = Comparison(before, after)
    #expect(
      comparison.lines(program: "gantry") { _ in ["line 7:"] } == [
        """
        differs: log-in on night-series with virtual.defects=[hangs-in-menu], \
        virtual.popUpAfter=3s, seed 2
        """,
        "  passed, now errored @ Log in",
        """
          gantry run Scenarios/log-in.yaml --rig Rigs/virtual.yaml --unattended --seed 2 \
        --set model=models/night-series --set 'virtual.defects=[hangs-in-menu]' \
        --set virtual.popUpAfter=3s
        """,
        "  line 7:",
        "2 journals compared, 1 differ; 1 more are in one recording only",
      ])
    #expect(Comparison(before, before).differences == [])
  }

  @Test("traces count where both recordings have them")
  func traces() throws {
    var one = entry(1, "aa", "passed")
    let without = Recording(entries: [one])
    one.trace = "0a"
    let first = Recording(entries: [one])
    one.trace = "0b"
    let second = Recording(entries: [one])
    #expect(Comparison(first, second).differences.count == 1)
    #expect(Comparison(without, second).differences == [])
    #expect(try Recording(parsing: "\(one)\n") == second)
  }

  @Test("the first line that differs is shown as both journals have it")
  func firstDifference() throws {
    let folders = try [Folder(), Folder()]
    for (folder, text) in zip(folders, ["same\none\n", "same\nother\n"]) {
      try folder.write(text, to: Self.key.fileNames.journal)
    }
    let kept = KeptJournals(folders: folders.map(\.path))
    #expect(kept.firstDifference(Self.key) == ["line 3:", "  one", "  other"])
    for (folder, text) in zip(folders, ["found\n", "found\nabsent\n"]) {
      try folder.write("same\n", to: Self.key.fileNames.journal)
      try folder.write(text, to: Self.key.fileNames.trace)
    }
    #expect(kept.firstDifference(Self.key) == ["line of the trace 2:", "  ", "  absent"])
    var stranger = Self.key
    stranger.seed = 5
    #expect(kept.firstDifference(stranger) == ["what differs was not kept on both sides"])
  }
}

@Suite("Sets of runs")
struct RunSetTests {
  @Test("a set has no run twice, and plays shipped scenarios only", arguments: RunSet.allCases)
  func sound(set: RunSet) throws {
    let keys = try set.keys(root: root)
    #expect(Set(keys).count == keys.count)
    for scenario in Set(keys.map(\.scenario)) {
      #expect(FileManager.default.fileExists(atPath: "\(root)/Scenarios/\(scenario).yaml"))
    }
  }

  @Test("all scenarios are played on all models, and all flaws wherever they are listed")
  func complete() throws {
    let scenarios = try RunSet.scenarios.keys(root: root)
    #expect(Set(scenarios.map(\.model)) == Set(VirtualExpectation.models))
    #expect(scenarios.count == Set(scenarios.map(\.scenario)).count * 3 * 10)
    let flaws = try RunSet.flaws.keys(root: root)
    #expect(flaws.count == VirtualExpectation.all.count)
    let sample = try RunSet.sample.keys(root: root)
    #expect(Set(sample.flatMap(\.overrides)) == Set(flaws.flatMap(\.overrides)))
    #expect(Set(sample.filter(\.overrides.isEmpty)).isSubset(of: scenarios))
  }
}
