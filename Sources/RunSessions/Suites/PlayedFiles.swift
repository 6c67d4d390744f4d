public import SourceYAML
import Suites

/// What the files and folders stand for that are to be played or checked.
public enum PlayedFiles: Sendable, Hashable {
  /// Scenario files.
  case scenarios([String])
  /// A suite file.
  case suite(String)

  /// Looks into files and folders.
  ///
  /// - Parameter paths: scenario files and folders of them, or one suite file.
  /// - Throws: when a suite stands beside others, or a folder has no scenario.
  public init(_ paths: [String]) throws(Findings) {
    if let suite = paths.first(where: { SuiteLoader.isSuite($0) }) {
      guard paths.count == 1 else {
        throw Findings([
          Finding(
            SourceLocation(file: suite, line: 1, column: 1), "a suite is played by itself",
            remedy: "name it alone, and what else is wanted in it")
        ])
      }
      self = .suite(suite)
      return
    }
    var findings: [Finding] = []
    let files = paths.flatMap { path in
      SuitePlan.files(
        at: LocatedText(path, at: SourceLocation(file: path, line: 1, column: 1)),
        holding: "scenario", "scenarios", &findings)
    }
    if !findings.isEmpty { throw Findings(findings) }
    self = .scenarios(files)
  }
}
