import Commands
import Foundation
import Ledger
import OrderedJSON
import RunJournal
import RunSessions
import Testing

/// Runs are booked as they end, and history is asked of the ledger.
@Suite("The ledger's commands")
struct LedgerCommandTests {
  private let folder: Folder
  private let ledger: String
  private let scenario: String

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path
  private static let rig = "\(root)/Rigs/virtual.yaml"

  init() throws {
    folder = try Folder()
    ledger = folder.path + "/state/ledger.sqlite"
    scenario = try folder.write(
      "scenario: look\nabout: Looks.\ntimeout: 5m\nsteps:\n  - expect: {not: {text: Bicycle}}\n",
      to: "look.yaml")
  }

  private func play(_ scenario: String, _ more: String..., ledger: String) async -> Spoken {
    await gantry(
      [
        "run", scenario, "--rig", Self.rig, "--out", folder.path + "/runs", "--unattended",
        "--json", "--ledger", ledger,
      ] + more)
  }

  private func runs() throws -> [BookedRun] {
    try SQLiteLedger(ledger).runs(RunFilter(), limit: 99)
  }

  @Test("each run is booked as it ends, and history tells of it")
  func booked() async throws {
    let spoken = await play(scenario, "--repeat", "3", "--firmware", "4.2.1", ledger: ledger)
    #expect(spoken.status == 0)
    #expect(spoken.err == "")
    let said = try spoken.out.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(said.map { $0["booked"] } == [.bool(true), .bool(true), .bool(true)])
    let booked = try runs()
    #expect(booked.map(\.seed).sorted() == ["1", "2", "3"])
    #expect(booked.allSatisfy { $0.verdict == .passed && $0.firmware == "4.2.1" })

    let history = await gantry("history", "--ledger", ledger, "--scenario", "look")
    #expect(history.status == 0)
    #expect(history.out.contains("look"))
    let json = await gantry("history", "--ledger", ledger, "--json")
    let answer = try JSONValue(parsing: json.out.utf8)
    guard case .array(let tallies)? = answer["tallies"] else {
      Issue.record("history tells no tallies")
      return
    }
    #expect(tallies.map { $0["passed"] } == [.int(3)])
    let page = folder.path + "/history.html"
    #expect(await gantry("history", "--ledger", ledger, "--html", page).status == 0)
    #expect(try folder.text("history.html").contains("<td>look</td>"))
    let trend = await gantry("history", "--ledger", ledger, "--trend", "run")
    #expect(trend.out.contains("4.2.1"))
    #expect(await gantry("history", "--ledger", ledger, "--trend", "heat").status == 2)
  }

  @Test("how long the recorder takes to start is measured after a power cut")
  func boot() async throws {
    let spoken = await play("\(Self.root)/Scenarios/power-cut.yaml", ledger: ledger)
    #expect(spoken.status == 0)
    let measured = try SQLiteLedger(ledger).values(of: "boot", RunFilter())
    let seconds = try #require(measured.first?.value)
    #expect(seconds > 1)
  }

  @Test("a ledger that can't be written is told in a line, and changes no verdict")
  func refused() async throws {
    let spoken = await play(scenario, "--repeat", "2", ledger: "/proc/ledger.sqlite")
    #expect(spoken.status == 0)
    #expect(spoken.err.hasPrefix("not booked: /proc/ledger.sqlite: "))
    #expect(spoken.err.split(separator: "\n").count == 1)
    let said = try spoken.out.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(said.map { $0["booked"] } == [.bool(false), .bool(false)])
    // Somebody who looks afterwards finds them, and books them.
    let runs = folder.path + "/runs"
    let verified = await gantry("ledger", "verify", runs, "--ledger", ledger)
    #expect(verified.status == 1)
    #expect(verified.out.contains("is not booked"))
    let done = await gantry("ledger", "import", runs, "--ledger", ledger)
    #expect(done.out == "booked 2, completed 0, known 0\n")
    #expect(await gantry("ledger", "verify", runs, "--ledger", ledger).status == 0)
  }

  @Test("without a ledger nothing is booked, and history has nothing to ask")
  func none() async throws {
    let spoken = await play(scenario, ledger: "none")
    #expect(spoken.status == 0)
    let said = try JSONValue(parsing: spoken.out.utf8)
    #expect(said["booked"] == .null)
    #expect(await gantry("history", "--ledger", "none").status == 2)
    let missing = await gantry("history", "--ledger", ledger)
    #expect(missing.status == 2)
    #expect(missing.err.contains("there is no ledger yet"))
  }

  @Test("the ledger's place is the option's, else the variable's, else the user's state")
  func place() {
    let both = ["GANTRY_LEDGER": "/a/b", "XDG_STATE_HOME": "/state"]
    #expect(LedgerPlace.path(wanted: "/c", environment: both) == "/c")
    #expect(LedgerPlace.path(wanted: nil, environment: both) == "/a/b")
    #expect(
      LedgerPlace.path(wanted: nil, environment: ["XDG_STATE_HOME": "/state"])
        == "/state/gantry/ledger.sqlite")
    #expect(LedgerPlace.path(wanted: nil, environment: ["GANTRY_LEDGER": "none"]) == nil)
  }

  @Test("runs that are killed anywhere are booked by the next one", arguments: [1, 2, 3, 5, 8])
  func killed(lines: Int) async throws {
    let steps = (1...8).map { "  - name: Wait \($0)\n    wait: 1s\n" }.joined()
    let slow = try folder.write(
      "scenario: slow\nabout: Waits.\ntimeout: 5m\nsteps:\n" + steps, to: "slow.yaml")
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "run", slow, "--rig", Self.rig, "--out", folder.path + "/runs", "--clock", "real",
      "--unattended", "--ledger", ledger,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var seen = 0
    while seen < lines {
      let bytes = output.fileHandleForReading.availableData
      if bytes.isEmpty { break }
      seen += bytes.count { $0 == UInt8(ascii: "\n") }
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    _ = await play(scenario, ledger: ledger)
    let booked = try runs()
    #expect(booked.map(\.scenario).sorted() == ["look", "slow"])
    let killed = try #require(booked.first { $0.scenario == "slow" })
    #expect(killed.verdict == nil)
    #expect(killed.cause == "killed")
    #expect(FileManager.default.fileExists(atPath: killed.folder + "/report.html"))
    #expect(await gantry("ledger", "verify", "--ledger", ledger).status == 0)
  }

  @Test("prune makes room, and history still knows what was pruned")
  func prune() async throws {
    _ = await play(scenario, "--repeat", "2", ledger: ledger)
    let runs = folder.path + "/runs"
    let dry = await gantry("prune", runs, "--max", "0MB", "--dry-run", "--ledger", ledger)
    #expect(dry.out.contains("2 would go"))
    #expect(try self.runs().allSatisfy { $0.prunedAt == nil })
    let spoken = await gantry("prune", runs, "--max", "0MB", "--ledger", ledger)
    #expect(spoken.status == 0)
    #expect(spoken.out.contains("2 pruned"))
    #expect(try self.runs().allSatisfy { $0.prunedAt != nil })
    #expect(await gantry("prune", runs).status == 2)
    #expect(await gantry("prune", runs, "--keep", "soon").status == 2)
  }
}
