import Foundation
import Frames
import Ledger
import OrderedJSON
import RunJournal
import Testing

/// A fresh folder that goes with its last user.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/gantry-ledger-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A ledger of its own.
  func ledger() throws -> SQLiteLedger { try SQLiteLedger(path + "/state/ledger.sqlite") }

  /// Writes a run folder; its path.
  func write(_ journal: [UInt8], to name: String, pictures: Int = 0) throws -> String {
    let folder = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: folder + "/pictures", withIntermediateDirectories: true)
    try Data(journal).write(to: URL(filePath: folder + "/journal.jsonl"))
    for number in 0..<pictures {
      try Data(repeating: UInt8(number), count: 40_000)
        .write(to: URL(filePath: "\(folder)/pictures/\(number).jpg"))
    }
    return folder
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}

/// What a test wants to know of a run, as a journal.
struct Told {
  var run = "reset-1-abc"
  var scenario = "reset"
  var scenarioDigest = "a"
  var model = "night"
  var rig = "bench-4"
  var firmware: String? = "4.2.1"
  var startedAt = "2026-03-01T10:15:00Z"
  var verdict: Verdict? = .passed
  var cause: CauseRecord?
  var step: String?
  /// Steps: name, seconds, and what was done in each.
  var steps: [(path: String, seconds: Int, acted: String)] = [("Open", 2, "clicked")]

  /// What steps measure, by path, with the seconds after their action at which it was seen.
  var measures: [String: (name: String, seconds: Int)] = [:]
  /// The files of the pictures that were kept.
  var pictures: [String] = []

  /// A run that failed at its step, for a cause.
  static func failed(_ cause: String, at step: String = "Open") -> Told {
    Told(verdict: .failed, cause: CauseRecord(code: cause), step: step)
  }

  /// The journal's bytes.
  var journal: [UInt8] {
    func input(_ name: String, _ digest: String) -> RunStart.Input {
      RunStart.Input(name: name, digest: digest)
    }
    let start = RunStart(
      scenario: input(scenario, scenarioDigest), about: "It is reset.", rig: input(rig, "c"),
      model: input(model, "b"), binary: input("gantry", "d"), overrides: [], seed: 7,
      firmware: firmware, plan: [], wall: .init(runID: run, host: "lab", startedAt: startedAt))
    var now = MonotonicInstant.zero
    var entries = [JournalEntry(at: now, event: .runStarted(start))]
    for (index, step) in steps.enumerated() {
      entries.append(
        JournalEntry(
          at: now,
          event: .stepStarted(
            StepStart(
              step: index + 1, parent: nil, path: step.path, does: "acts", expects: nil,
              location: "a.yaml:1:1", sensitive: false, measure: measures[step.path]?.name))))
      now = now.advanced(by: .seconds(step.seconds))
      entries.append(
        JournalEntry(
          at: now, event: .acted(ActionRecord(step: index + 1, attempt: 1, what: step.acted))))
      if verdict == nil, index == steps.count - 1 { break }
      if let measure = measures[step.path] {
        let seen = now.advanced(by: .seconds(measure.seconds))
        entries.append(
          JournalEntry(
            at: seen.advanced(by: .seconds(1)),
            event: .judged(
              Judgement(
                step: index + 1, expected: "see it", held: true, seen: "it", frame: 9,
                capturedAt: seen, nearest: nil))))
      }
      entries.append(
        JournalEntry(
          at: now, event: .stepEnded(StepEnd(step: index + 1, outcome: .passed, reason: nil))))
    }
    for file in pictures + pictures.prefix(1) {
      entries.append(
        JournalEntry(
          at: now,
          event: .pictureKept(
            KeptPicture(step: 1, role: .deciding, file: file, frame: 1, boxes: [], blanked: []))))
    }
    if let verdict {
      let end = RunEnd(
        verdict: verdict, step: step, reason: cause.map { "for \($0.code)" }, cause: cause,
        skipped: [], tested: Tested(held: 1), recorderSeconds: 30, wallSeconds: 3)
      entries.append(JournalEntry(at: now, event: .runEnded(end)))
    }
    return Array(
      entries.map { JournalFormat.json($0).description + "\n" }.joined().utf8)
  }

  /// The run as it is booked.
  var entry: LedgerEntry {
    get throws { try LedgerEntry(reading: journal, folder: "/runs/\(run)") }
  }
}

extension SQLiteLedger {
  /// Books runs, one minute after the other, each of a name of its own.
  @discardableResult
  func book(_ runs: [Told]) throws -> [Booking] {
    let count = try bookedFolders().count
    return try book(
      runs.enumerated().map { index, told in
        var entry = try told.entry
        entry.run = "run-\(count + index)"
        entry.journalDigest = "digest-\(count + index)"
        entry.startedAt += Double(count + index) * 60
        return entry
      }, at: .now)
  }
}
