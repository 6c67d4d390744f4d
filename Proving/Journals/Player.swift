import Campaign
import Digests
import Foundation
import OrderedJSON

/// Plays runs of a program, each in a process of its own, and takes the digests of their journals.
struct Player: Sendable {
  /// The program, `gantry` of any version, by its absolute path.
  var program: String
  /// The project's root with the program's scenarios and rigs, where the program is run: journals
  /// name files from there.
  var root: String
  /// How many runs are played at the same time.
  var jobs: Int
  /// Where what counts of each journal is kept; nil where it is not.
  var keep: String?
  /// Whether what the program tells of its searches is compared, too.
  var traces = false

  /// Plays runs.
  ///
  /// - Parameters:
  ///   - keys: which.
  ///   - tell: is given the entries in the order of the keys, each as soon as it is known.
  /// - Throws: when the program can't be started, or a file can't be written.
  func play(_ keys: [RunKey], _ tell: (Recording.Entry) throws -> Void) async throws {
    if let keep {
      try FileManager.default.createDirectory(atPath: keep, withIntermediateDirectories: true)
    }
    try await withThrowingTaskGroup(of: (Int, Recording.Entry).self) { group in
      var known: [Int: Recording.Entry] = [:]
      var (begun, told) = (0, 0)
      while told < keys.count {
        while begun < keys.count, begun - told - known.count < jobs {
          let at = begun
          group.addTask { (at, try await entry(keys[at])) }
          begun += 1
        }
        if let (at, entry) = try await group.next() { known[at] = entry }
        while let entry = known.removeValue(forKey: told) {
          try tell(entry)
          told += 1
        }
      }
    }
  }

  /// Plays one run.
  private func entry(_ key: RunKey) async throws -> Recording.Entry {
    let folder =
      FileManager.default.temporaryDirectory.path + "/gantry-journals-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let said = try await run(
      key.series.arguments(jobs: 1, root: ".", out: folder + "/runs")
        + (traces ? ["--log-level", "trace"] : []), in: folder)
    guard let line = said.out.split(separator: "\n").last,
      let outcome = (try? JSONValue(parsing: Array(line.utf8))).flatMap(Outcome.init),
      let journal = try? Data(contentsOf: URL(filePath: outcome.folder + "/journal.jsonl"))
    else {
      let reason = said.err.suffix(200).split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
      return Recording.Entry(key: key, digest: "none", outcome: reason)
    }
    let text = JournalText.canonical(Array(journal))
    let trace = said.err.split(separator: "\n").filter { $0.hasPrefix("trace") }
      .map { $0 + "\n" }.joined()
    if let keep {
      let names = key.fileNames
      try Data(text).write(to: URL(filePath: "\(keep)/\(names.journal)"))
      if traces { try Data(trace.utf8).write(to: URL(filePath: "\(keep)/\(names.trace)")) }
    }
    return Recording.Entry(
      key: key, digest: SHA256Digest.hex(text),
      outcome: outcome.verdict + (outcome.step.map { " @ \($0)" } ?? ""),
      trace: traces ? SHA256Digest.hex(trace.utf8) : nil)
  }

  /// Runs the program; what it says goes through files, which never fill up as pipes do.
  private func run(
    _ arguments: [String], in folder: String
  ) async throws -> (out: String, err: String) {
    let files = ["out", "err"].map { URL(filePath: "\(folder)/\($0)") }
    for file in files { try Data().write(to: file) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    // By a variable: older programs don't know the option.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["GANTRY_LEDGER": "none"]) { $1 }
    process.currentDirectoryURL = URL(filePath: root)
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        ended.resume(throwing: error)
      }
    }
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return (texts[0], texts[1])
  }
}
