import Foundation
import Ledger

/// Processes that book at the same time, some of which are killed.
package struct LedgerCrowd: Sendable {
  /// The program whose `ledger-trials book` books.
  package var program: String
  /// How many processes.
  package var processes: Int
  /// How many runs each books.
  package var runs: Int

  /// Creates a crowd.
  package init(program: String, processes: Int, runs: Int) {
    self.program = program
    self.processes = processes
    self.runs = runs
  }

  /// Has all processes book at the same time, each run in a transaction of its own.
  ///
  /// - Parameter ledger: the ledger's file.
  /// - Returns: what is wrong with the ledger afterwards, a line each; nothing where no run is lost
  ///   and none is twice.
  /// - Throws: when a process can't be started, or the ledger can't be read.
  package func book(in ledger: String) throws -> [String] {
    let crowd = try (0..<processes).map { try start($0, ledger) }
    var findings: [String] = []
    for (number, process) in crowd.enumerated() {
      process.waitUntilExit()
      if process.terminationStatus != 0 {
        findings.append("process \(number) ended with \(process.terminationStatus)")
      }
    }
    return try findings + missing(in: SQLiteLedger(ledger))
  }

  /// Has processes book, and kills each in the middle of it.
  ///
  /// - Parameters:
  ///   - ledger: the ledger's file.
  ///   - counts: after how many booked runs a process is killed, one after the other.
  /// - Returns: what is wrong with the ledger after a kill, a line each, and how many runs were booked
  ///   by then.
  /// - Throws: when a process can't be started, or the ledger can't be opened.
  package func killed(
    in ledger: String, after counts: [Int]
  ) throws -> (findings: [String], booked: Int) {
    var findings: [String] = []
    var booked = 0
    for (number, count) in counts.enumerated() {
      let said = Pipe()
      let process = try start(number, ledger, saying: said)
      var told = 0
      while told < count {
        let bytes = said.fileHandleForReading.availableData
        if bytes.isEmpty { break }
        told += bytes.count
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let store = try SQLiteLedger(ledger)
      let damages = try store.damages() + store.auditChain(.everything, anchors: []).findings
      findings += damages.map { "after kill \(number): \($0)" }
      let now = try store.bookedFolders().count
      if now < booked + count {
        findings.append("after kill \(number): \(booked + count - now) runs are lost")
      }
      booked = now
    }
    return (findings, booked)
  }

  private func start(
    _ number: Int, _ ledger: String, saying said: Any = FileHandle.nullDevice
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["ledger-trials", "book", ledger, "series-\(number)", "\(runs)"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = said
    try process.run()
    return process
  }

  private func missing(in store: SQLiteLedger) throws -> [String] {
    let booked = try store.bookedFolders().map(\.run)
    var findings = try store.damages()
    let chain = try store.auditChain(.everything, anchors: [])
    findings += chain.findings
    if chain.links != booked.count {
      findings.append("\(chain.links) links are of \(booked.count) runs")
    }
    let unique = Set(booked)
    if unique.count != booked.count { findings.append("\(booked.count - unique.count) are twice") }
    let wanted = (0..<processes).flatMap { process in
      (0..<runs).map { "series-\(process)-\($0)" }
    }
    let lost = Set(wanted).subtracting(unique).count
    if lost > 0 { findings.append("\(lost) are lost") }
    if unique.count != wanted.count {
      findings.append("\(unique.count) are booked, of \(wanted.count)")
    }
    return findings
  }
}
