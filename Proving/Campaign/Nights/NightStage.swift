import Foundation
import Synchronization

/// Where nights are played: the program as a process of its own, which can be killed.
struct NightStage: Sendable {
  /// The program.
  let program: String
  /// The project's root.
  let root: String
  /// The folder of all that the sequences keep.
  let folder: String

  /// Plays a sequence to its end.
  func play(_ sequence: NightSequence) throws -> [NightOutcome] {
    let place = "\(folder)/\(sequence.index)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    try Data("\(Self.labPassword)\n".utf8).write(to: URL(filePath: place + "/password"))
    return try sequence.runs.map { try play($0, of: sequence, in: place) }
  }

  /// The password that half of the labs want their recorders to have, which every model takes, and
  /// none is shipped with.
  private static let labPassword = "Gantry2026"

  /// What the program is called with.
  func arguments(_ run: NightRun, of sequence: NightSequence, in place: String) -> [String] {
    let own: [String] =
      sequence.index % 2 == 0
      ? [] : ["--set", "recorder.password.file=\(place)/password"]
    return [
      "run", "\(root)/Scenarios/\(run.scenario).yaml", "--rig", "\(root)/Rigs/virtual.yaml",
      "--unattended", "--seed", "\(run.seed)", "--out", "\(place)/runs", "--set",
      "model=models/\(sequence.model)", "--set", "virtual.memory=\(place)/memory", "--set",
      "recorder.id=night-\(sequence.index)", "--set", "recorder.state=\(place)/state",
    ] + own
  }

  private func play(
    _ run: NightRun, of sequence: NightSequence, in place: String
  ) throws -> NightOutcome {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments(run, of: sequence, in: place)
    process.environment = ProcessInfo.processInfo.environment
      .merging(["GANTRY_LEDGER": "none"]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    var text = ""
    var lines = 0
    var wasKilled = false
    while true {
      let bytes = pipe.fileHandleForReading.availableData
      if bytes.isEmpty { break }
      text += String(decoding: bytes, as: UTF8.self)
      lines += bytes.count { $0 == UInt8(ascii: "\n") }
      if let limit = run.killedAfter, lines >= limit, !wasKilled {
        kill(process.processIdentifier, SIGKILL)
        wasKilled = true
      }
    }
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: "\(place)/runs")
    let ended = process.terminationReason == .exit
    let said = text.split(separator: "\n").suffix(6)
      .filter { !$0.contains("report.html") && !$0.hasPrefix("  passed") }
      .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " | ")
    return NightOutcome(
      run: run, status: ended ? process.terminationStatus : nil, words: ended ? said : "killed")
  }
}
