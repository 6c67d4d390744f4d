public import ArgumentParser
import Foundation
import Ledger

/// `gantry-proving ledger-trials`: whether a ledger keeps what many processes book at the same time.
public struct LedgerTrialsCommand: ParsableCommand {
  /// What the command is called and what it can do.
  public static let configuration = CommandConfiguration(
    commandName: "ledger-trials",
    abstract: "Has many processes book runs at the same time, and kills some of them.",
    subcommands: [CrowdCommand.self, BookCommand.self], defaultSubcommand: CrowdCommand.self)

  /// Creates the command.
  public init() {}
}

/// `gantry-proving ledger-trials crowd`.
struct CrowdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crowd",
    abstract: "Books by several processes at the same time, and counts what is lost or twice.")

  @Option(help: "How many processes book at the same time.")
  var processes = 8

  @Option(help: "How many runs each of them books.")
  var runs = 500

  @Option(help: "How many processes are killed while they book, after that.")
  var kills = 40

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/gantry-crowd-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let crowd = LedgerCrowd(program: "/proc/self/exe", processes: processes, runs: runs)
    let begun = ContinuousClock.now
    var findings = try crowd.book(in: folder + "/ledger.sqlite")
    print(
      "\(processes) processes booked \(runs) runs each within \(ContinuousClock.now - begun): "
        + "\(findings.count) findings")
    let many = LedgerCrowd(program: "/proc/self/exe", processes: 1, runs: 100_000)
    let killed = try many.killed(
      in: folder + "/killed.sqlite", after: (0..<kills).map { 1 + $0 * 7 % 40 })
    findings += killed.findings
    print("\(kills) processes killed while they booked, \(killed.booked) runs booked")
    for finding in findings { print(finding) }
    if !findings.isEmpty { throw ExitCode.failure }
  }
}

/// `gantry-proving ledger-trials book`: one of the processes.
struct BookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "book", abstract: "Books made runs, each in a transaction of its own.",
    shouldDisplay: false)

  @Argument var ledger: String
  @Argument var series: String
  @Argument var count: Int

  func run() throws {
    let store = try SQLiteLedger(ledger)
    let made = try MadeRuns()
    for number in 0..<count {
      let run = made.run(series, number)
      try store.begin(run: run.run, folder: run.folder)
      _ = try store.book([run], at: .now)
      // A byte for each run that is booked: whoever kills the process counts them.
      FileHandle.standardOutput.write(Data([UInt8(ascii: ".")]))
    }
  }
}
