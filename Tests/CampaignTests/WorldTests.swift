import Commands
import ExpectedVerdicts
import Foundation
import OrderedJSON
import RunJournal
import Testing

@testable import Campaign

@Suite("Worlds drawn by lot")
struct WorldDrawingTests {
  @Test("seed and index alone draw a world")
  func repeatable() {
    for index in 0..<50 {
      #expect(World(seed: 7, index: index) == World(seed: 7, index: index))
    }
    let worlds = (0..<50).map { World(seed: 7, index: $0) }
    #expect(Set(worlds.map(\.runSeed)).count == 50)
    #expect(worlds.map(\.series) != (0..<50).map { World(seed: 8, index: $0).series })
    let healthy = WorldFilter(health: .healthy).worlds(seed: 7, count: 5)
    #expect(healthy == healthy.map { World(seed: 7, index: $0.index) })
  }

  @Test("everything there is comes up")
  func complete() {
    let worlds = (0..<4000).map { World(seed: 3, index: $0) }
    #expect(
      Set(worlds.flatMap { $0.flaws.map(\.name) }) == Set(WorldFlaw.defects + WorldFlaw.faults))
    let scenarios = Set(worlds.map(\.scenario))
    #expect(scenarios == Set(World.scenarios.map(\.name)))
    #expect(scenarios == Set(VirtualExpectation.all.map(\.scenario)))
    #expect(Set(worlds.map(\.model)) == Set(VirtualExpectation.models))
    #expect(Set(worlds.map(\.flaws.count)) == [0, 1, 2])
    let tones = worlds.map { $0.capture.light.prefix { $0 != "=" } }
    #expect(Set(tones) == ["tone", "brightness"])
    #expect(worlds.contains { $0.popUpAfter == nil })
    #expect(worlds.contains { $0.popUpAfter != nil })
    #expect(worlds.contains { $0.pauses.isEmpty })
    #expect(worlds.contains { $0.pauses.count == 2 })
    #expect(worlds.contains { $0.acceleration == 0 })
    #expect(worlds.contains { $0.acceleration > 50 })
    for scenario in World.scenarios {
      let end = scenario.parts.map(\.upperBound).max() ?? 0
      let moments = worlds.filter { $0.scenario == scenario.name }
        .flatMap { $0.flaws.compactMap(\.at) }
      // From the first tenth of a run to its last one.
      #expect((moments.min() ?? .max) < end * 100, "\(scenario.name)")
      #expect((moments.max() ?? 0) > end * 900, "\(scenario.name)")
    }
  }

  @Test("half of the worlds have one flaw, a quarter none")
  func shares() {
    let counts = (0..<4000).map { World(seed: 5, index: $0).flaws.count }
    #expect((900...1100).contains(counts.count { $0 == 0 }))
    #expect((1900...2150).contains(counts.count { $0 == 1 }))
  }

  @Test("a filter chooses among a seed's worlds")
  func filter() {
    let filter = WorldFilter(
      health: .flawed, scenarios: ["log-in"], models: ["harbor-series"], flaws: ["cable-lost"])
    let worlds = filter.worlds(seed: 2, count: 3)
    #expect(worlds.count == 3)
    for world in worlds {
      #expect(world.scenario == "log-in")
      #expect(world.model == "harbor-series")
      #expect(world.flaws.map(\.name).contains("cable-lost"))
      #expect(world == World(seed: 2, index: world.index))
    }
  }

  @Test("a world is told by the command that repeats it")
  func command() {
    let world = World(
      index: 12, scenario: "log-in", model: "night-series", restartsByItself: false,
      flaws: [
        WorldFlaw(name: "hangs-in-menu"), WorldFlaw(name: "cable-lost", at: 12_034),
      ], popUpAfter: 4_500, capture: .init(light: "brightness=-12", noise: 25, quality: 80),
      acceleration: 40, changesShape: true, isAdaptive: true,
      pauses: [.init(at: 2_000, length: 350)], runSeed: 77)
    #expect(
      world.series.commandLine(seed: world.runSeed) == """
        gantry run Scenarios/log-in.yaml --rig Rigs/virtual.yaml --unattended --seed 77 \
        --set model=models/night-series --set 'virtual.defects=[hangs-in-menu]' \
        --set 'virtual.faults=[cable-lost]' --set virtual.strikes.cable-lost=12034ms \
        --set virtual.autoReboot=false --set virtual.popUpAfter=4500ms \
        --set virtual.capture.brightness=-12 --set virtual.capture.noise=2.5 \
        --set virtual.capture.quality=80 --set virtual.acceleration=40 \
        --set virtual.pointer.shapes=changing --set virtual.pointer.acceleration=adaptive \
        --set 'virtual.pauses=[{at: 2000ms, for: 350ms}]'
        """)
  }
}

@Suite("Counting worlds")
struct WorldCountingTests {
  static func record(
    _ index: Int, _ verdict: Verdict, _ kind: WorldTruth.Kind, isSure: Bool = true,
    isRight: Bool, isRightCause: Bool? = nil, flaws: [String] = []
  ) throws -> WorldRecord {
    try #require(
      WorldRecord(
        .object([
          .init("index", .int(index)), .init("verdict", .string(verdict.rawValue)),
          .init("kind", .string(kind.rawValue)), .init("flaws", .strings(flaws)),
          .init("sure", .bool(isSure)),
          .init("right", .bool(isRight)),
          .init("rightCause", isRightCause.map(JSONValue.bool) ?? .null),
        ])))
  }

  @Test("where nothing is borne, one miss breaks the bound; elsewhere the interval must lie above")
  func bounds() {
    #expect(!WorldMiss.faultFailed.isBroken(misses: 0, of: 1))
    #expect(WorldMiss.faultFailed.isBroken(misses: 1, of: 2000))
    #expect(!WorldMiss.healthyNotPassed.isBroken(misses: 1, of: 300))
    #expect(WorldMiss.healthyNotPassed.isBroken(misses: 2, of: 300))
    #expect(!WorldMiss.healthyNotPassed.isBroken(misses: 1, of: 1500))
    #expect(!WorldMiss.wrongCause.isBroken(misses: 3, of: 100))
    #expect(WorldMiss.wrongCause.isBroken(misses: 8, of: 100))
  }

  @Test("each wrong verdict is a miss of one kind, and no right one is")
  func misses() throws {
    for (verdict, kind, isRight, miss) in [
      (Verdict.errored, WorldTruth.Kind.healthy, false, WorldMiss?.some(.healthyNotPassed)),
      (.failed, .fault, false, .faultFailed), (.passed, .defect, false, .defectPassed),
      (.errored, .defect, false, .defectErrored), (.passed, .both, false, .bothPassed),
      (.failed, .both, true, nil), (.errored, .fault, true, nil),
    ] {
      let record = try Self.record(0, verdict, kind, isRight: isRight)
      #expect(record.miss == miss)
      if let miss { #expect(miss.concerns(record)) }
    }
    let wrong = try Self.record(0, .errored, .fault, isRight: true, isRightCause: false)
    #expect(wrong.miss == .wrongCause)
  }

  @Test("a report counts verdicts by what there was, and tells each deviation with its command")
  func report() throws {
    let fault = try #require(
      WorldFilter(health: .flawed, flaws: ["cable-lost"]).worlds(seed: 1, count: 1).first)
    let healthy = WorldFilter(health: .healthy).worlds(seed: 1, count: 3)
    var played = try healthy.map {
      ($0, try Self.record($0.index, .passed, .healthy, isRight: true))
    }
    #expect(!WorldReport(played: played).isBroken)
    played.append(
      (
        fault,
        try Self.record(fault.index, .failed, .fault, isRight: false, flaws: ["cable-lost"])
      ))
    let report = WorldReport(played: played)
    #expect(report.isBroken)
    let lines = report.lines
    func counts(_ row: String) -> [String]? {
      lines.first { $0.hasPrefix("  \(row) ") }?.dropFirst(2 + row.count)
        .split(separator: " ").prefix(5).map(String.init)
    }
    #expect(counts("healthy") == ["3", "3", "0", "0", "0"])
    #expect(counts("fault") == ["1", "0", "1", "0", "1"])
    #expect(counts("cable-lost") == ["1", "0", "1", "0", "1"])
    #expect(lines.contains("1 faulty rigs taken for a recorder's failure:"))
    #expect(
      lines.contains { $0.hasSuffix("    " + fault.series.commandLine(seed: fault.runSeed)) })
    #expect(
      lines.contains {
        $0.hasPrefix("  BROKEN: 1 of 1 faulty rigs taken for a recorder's failure")
      })
  }
}

@Suite("Going on with worlds")
struct WorldFileTests {
  private let folder: Folder
  private var path: String { folder.path + "/world.jsonl" }

  init() throws {
    folder = try Folder()
  }

  private func open(seed: UInt64 = 1, program: String = "aa") throws -> WorldFile {
    try WorldFile(path: path, seed: seed, program: program)
  }

  @Test("what was played is read again, but for a line that was cut short")
  func reread() throws {
    let records = try (0..<3).map {
      try WorldCountingTests.record(
        $0, .failed, .defect, isSure: $0 == 1, isRight: true, isRightCause: $0 == 2)
    }
    for record in records.prefix(2) { try open().append(record) }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"index\":2,\"verd".utf8))
    try handle.close()
    try open().append(records[2])
    #expect(try open().known == [0: records[0], 1: records[1], 2: records[2]])
  }

  @Test("results of another seed or another program are not taken up")
  func strangers() throws {
    _ = try open()
    #expect(throws: WorldFileError.self) { try open(seed: 2) }
    #expect(throws: WorldFileError.self) { try open(program: "bb") }
    try Data("scenario: log-in\n".utf8).write(to: URL(filePath: path))
    #expect(throws: WorldFileError.self) { try open() }
  }

  @Test("what is known is not played again, and the rest is appended")
  func goesOn() async throws {
    let worlds = WorldFilter(health: .flawed, scenarios: ["log-in"], flaws: ["menu-bar-missing"])
      .worlds(seed: 4, count: 2)
    let console = Console(out: { _ in }, err: { _ in })
    // No run says this: it can only have been read.
    var told = try WorldCountingTests.record(worlds[0].index, .aborted, .defect, isRight: true)
    told.reason = "told"
    try open().append(told)
    let report = try await WorldCampaign(worlds: worlds, file: open(), progress: console)
      .play(on: folder.stage)
    #expect(report.played.map(\.world) == worlds)
    #expect(report.played[0].record == told)
    #expect(report.played[1].record.verdict != .aborted)
    #expect(try open().known.count == 2)
  }
}

@Suite("Repeating a world")
struct WorldRepeatingTests {
  @Test("the command that is printed plays the run again", arguments: [0, 1])
  func repeats(nth: Int) async throws {
    let folder = try Folder()
    let world = WorldFilter(health: .flawed, scenarios: ["log-in"]).worlds(seed: 6, count: 2)[nth]
    let first = try #require(try await folder.stage.play(world.series).first)
    let line = world.series.commandLine(seed: world.runSeed)
    // A shell would take it apart like this: quotes around words with blanks and brackets.
    let words = line.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .flatMap { at, part in
        at % 2 == 1
          ? [String(part)] : part.split(separator: " ").map(String.init)
      }
    #expect(words.first == "gantry")
    let arguments = words.dropFirst().map { word in
      word.hasPrefix("Scenarios/") || word.hasPrefix("Rigs/") ? "\(root)/\(word)" : word
    }
    let again = await gantry(arguments + ["--json", "--out", folder.path])
    let outcome = try #require(Outcome(try JSONValue(parsing: Array(again.out.utf8.dropLast()))))
    #expect(outcome.verdict == first.verdict)
    #expect(outcome.step == first.step)
    #expect(outcome.reason == first.reason)
  }
}
