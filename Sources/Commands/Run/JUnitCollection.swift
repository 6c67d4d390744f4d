import Evidence
import RunSessions
import Synchronization

/// What runs came to, for one file that build servers read.
final class JUnitCollection: Sendable {
  private let path: String
  private let suites = Mutex<[JUnitSuite]>([])

  /// Collects for a file.
  init(_ path: String) {
    self.path = path
  }

  /// Adds a run; one whose journal can't be read is left out, and told of by its reports.
  func add(_ result: RunResult) {
    guard let journal = try? RunReports.journal(of: result.folder) else { return }
    let suite = JUnitReport.suite(journal, in: result.folder)
    suites.withLock { $0.append(suite) }
  }

  /// Writes the file with the runs so far.
  ///
  /// - Throws: when it can't be written.
  func write() throws(EvidenceError) {
    try JUnitReport.write(suites.withLock { $0 }, to: path)
  }
}
