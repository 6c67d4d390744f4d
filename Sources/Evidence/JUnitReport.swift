import MarkupText
import OrderedJSON
public import RunJournal

/// What build servers read of runs: JUnit's XML, a suite a run, a test case a step at the top.
///
/// The identity of a case, its class and name, holds scenario, model, rig and seed: build servers keep
/// one of several cases of the same identity. Pictures of what did not pass are attached as the JUnit
/// attachments plugin of Jenkins and GitLab read it, a line `[[ATTACHMENT|path]]` of the case's output.
public enum JUnitReport {
  /// The report of one run.
  ///
  /// - Parameters:
  ///   - journal: the run, whole or torn.
  ///   - folder: its folder, as attachments name it.
  /// - Returns: the whole file.
  public static func xml(_ journal: Journal, in folder: String) -> String {
    xml([suite(journal, in: folder)])
  }

  /// A run as a part of the report of several.
  ///
  /// - Parameters:
  ///   - journal: the run, whole or torn.
  ///   - folder: its folder, as attachments name it.
  /// - Returns: the run's suite.
  public static func suite(_ journal: Journal, in folder: String) -> JUnitSuite {
    JUnitWriter(story: RunStory(journal), folder: folder).suite
  }

  /// The report of several runs.
  public static func xml(_ suites: [JUnitSuite]) -> String {
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"
    xml += JUnitSuite.attributes(
      of: suites.reduce(into: JUnitSuite.Counts()) { $0.add($1.counts) })
    return xml + ">\n" + suites.map(\.xml).joined() + "</testsuites>\n"
  }

  /// Writes the report of several runs into one file.
  ///
  /// - Throws: when it can't be written.
  public static func write(_ suites: [JUnitSuite], to path: String) throws(EvidenceError) {
    try EvidenceFiles.write(xml(suites).utf8, to: path)
  }
}

/// A run in a report for build servers.
public struct JUnitSuite: Sendable {
  /// What became of its cases.
  struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
    var seconds = 0.0

    mutating func add(_ other: Counts) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
      skipped += other.skipped
      seconds += other.seconds
    }
  }

  var counts = Counts()
  /// The suite's element.
  var xml = ""

  /// The counts as attributes.
  static func attributes(of counts: Counts) -> String {
    " tests=\"\(counts.tests)\" failures=\"\(counts.failures)\" errors=\"\(counts.errors)\""
      + " skipped=\"\(counts.skipped)\" time=\"\(JSONValue.decimal(counts.seconds, digits: 3))\""
  }
}

private struct JUnitWriter {
  let story: RunStory
  let folder: String

  /// What became of a test case.
  private enum Result {
    case passed
    case skipped(String)
    case failure(String, CauseRecord?, details: String)
    case error(String, CauseRecord?, details: String)
  }

  private struct Case {
    var name: String
    var seconds: Double
    var result: Result
    /// Where its step is written, `file:line:column`.
    var location: String?
    /// The pictures that show what was wrong.
    var pictures: [String] = []
  }

  var suite: JUnitSuite {
    let cases = cases
    let start = story.journal.start
    var suite = JUnitSuite()
    suite.counts.tests = cases.count
    for testCase in cases {
      switch testCase.result {
      case .passed: break
      case .skipped: suite.counts.skipped += 1
      case .failure: suite.counts.failures += 1
      case .error: suite.counts.errors += 1
      }
    }
    suite.counts.seconds =
      story.journal.end?.recorderSeconds ?? cases.reduce(0) { $0 + $1.seconds }
    var xml = "  <testsuite name=\"\(Markup.escaped(identity))\""
    xml += JUnitSuite.attributes(of: suite.counts)
    xml += " timestamp=\"\(Markup.escaped(start.wall.startedAt))\""
    xml += " hostname=\"\(Markup.escaped(start.wall.host))\">\n"
    xml += properties
    for testCase in cases { xml += element(testCase) }
    suite.xml = xml + "  </testsuite>\n"
    return suite
  }

  /// What tells the run's cases from those of others, as the name of a class: packages are told apart
  /// by dots.
  private var identity: String {
    let start = story.journal.start
    return [start.scenario.name, start.model.name, start.rig.name, "seed \(start.seed)"]
      .map { $0.replacing(".", with: "_") }.joined(separator: ".")
  }

  private var properties: String {
    let start = story.journal.start
    var facts: [(String, String)] = [
      ("run", start.wall.runID), ("verdict", story.journal.end?.verdict.rawValue ?? "none"),
      ("scenario", start.scenario.name), ("rig", start.rig.name), ("model", start.model.name),
      ("seed", String(start.seed)),
    ]
    if let firmware = start.firmware { facts.append(("firmware", firmware)) }
    if let cause = story.journal.end?.cause { facts.append(("cause", cause.words)) }
    facts += start.overrides.map { ("override", $0) }
    facts += [
      ("scenario.sha256", start.scenario.digest), ("rig.sha256", start.rig.digest),
      ("model.sha256", start.model.digest), ("binary", start.binary.name),
      ("binary.sha256", start.binary.digest),
    ]
    let lines = facts.map {
      "      <property name=\"\($0)\" value=\"\(Markup.escaped($1))\"/>\n"
    }
    return "    <properties>\n\(lines.joined())    </properties>\n"
  }

  /// The steps at the top that began, then those never reached, then the run itself where no step
  /// is to blame.
  private var cases: [Case] {
    let begun = story.top.compactMap { story.steps[$0] }
    var named: [String: Int] = [:]
    var cases = begun.map { step in
      let count = named[step.start.path, default: 0] + 1
      named[step.start.path] = count
      return Case(
        name: step.start.path + (count > 1 ? " (\(count))" : ""), seconds: step.seconds ?? 0,
        result: result(of: step), location: step.start.location,
        pictures: Self.pictures(of: innermost(step)))
    }
    let reached = Set(begun.map(\.start.path))
    for path in story.plannedTop where !reached.contains(path) {
      cases.append(Case(name: path, seconds: 0, result: .skipped("never reached")))
    }
    if let end = story.journal.end, end.verdict != .passed, end.step == nil {
      let reason = end.reason ?? end.verdict.rawValue
      let result: Result =
        end.verdict == .failed
        ? .failure(reason, end.cause, details: "") : .error(reason, end.cause, details: "")
      cases.append(Case(name: "(run)", seconds: 0, result: result))
    } else if story.journal.end == nil, !begun.contains(where: { $0.end == nil }) {
      cases.append(Case(name: "(run)", seconds: 0, result: .error(unfinished, nil, details: "")))
    }
    return cases
  }

  /// What a step kept, what it looked for first and what it saw last at the end.
  private static func pictures(of step: RunStory.Step) -> [String] {
    let (templates, frames) = (
      step.pictures.filter { $0.role == .template }, step.pictures.filter { $0.role != .template }
    )
    var files: [String] = []
    for picture in templates + frames where !files.contains(picture.file) {
      files.append(picture.file)
    }
    return files
  }

  private let unfinished = "the run stopped without a verdict"

  private func result(of step: RunStory.Step) -> Result {
    guard let end = step.end else { return .error(unfinished, nil, details: details(of: step)) }
    let reason = end.reason ?? end.outcome.rawValue
    switch end.outcome {
    case .passed: return .passed
    case .failed: return .failure(reason, end.cause, details: details(of: step))
    case .errored, .aborted: return .error(reason, end.cause, details: details(of: step))
    case .skipped: return .skipped(reason)
    case .notApplicable: return .skipped(end.reason ?? "does not apply")
    }
  }

  /// What a person needs to know of a step that did not pass: where, what was expected, what was
  /// seen instead; of the innermost part at fault.
  private func details(of step: RunStory.Step) -> String {
    let deepest = innermost(step)
    var lines = [
      "step: \(deepest.start.path)", "at: \(deepest.start.location)", "does: \(deepest.start.does)",
    ]
    if let cause = deepest.end?.cause { lines.append("cause: \(cause.words)") }
    if let miss = deepest.lastMiss {
      lines += ["expected: \(miss.expected)", "seen: \(miss.seen)"]
      if let nearest = miss.nearest {
        lines.append(
          "nearest: \(nearest.name) at \(nearest.box), score "
            + JSONValue.decimal(nearest.score, digits: 3).description)
      }
    } else if let expects = deepest.start.expects {
      lines.append("expected: \(expects)")
    }
    lines += deepest.pictures.map { "picture: \($0.file) (\($0.role.rawValue))" }
    return lines.joined(separator: "\n")
  }

  private func innermost(_ step: RunStory.Step) -> RunStory.Step {
    let parts = step.parts.compactMap { story.steps[$0] }
    let guilty = parts.last { part in
      guard let outcome = part.end?.outcome else { return true }
      return [.failed, .errored, .aborted].contains(outcome)
    }
    return guilty.map(innermost) ?? step
  }

  private func element(_ testCase: Case) -> String {
    var xml = "    <testcase classname=\"\(Markup.escaped(identity))\""
    xml += " name=\"\(Markup.escaped(testCase.name))\" time=\"\(number(testCase.seconds))\""
    xml += place(testCase.location)
    switch testCase.result {
    case .passed: return xml + "/>\n"
    case .skipped(let message):
      xml += ">\n      <skipped message=\"\(Markup.escaped(message))\"/>\n"
    case .failure(let message, let cause, let details):
      xml += ">\n" + problem("failure", message, cause, details) + output(testCase)
    case .error(let message, let cause, let details):
      xml += ">\n" + problem("error", message, cause, details) + output(testCase)
    }
    return xml + "    </testcase>\n"
  }

  private func problem(
    _ name: String, _ message: String, _ cause: CauseRecord?, _ details: String
  ) -> String {
    // Line ends stay as they are in an element's text, for people who read the file itself.
    let text = details.split(separator: "\n").map { Markup.escaped(String($0)) }
    return
      "      <\(name) message=\"\(Markup.escaped(message))\" type=\"\(Markup.escaped(cause?.code ?? name))\">"
      + text.joined(separator: "\n") + "</\(name)>\n"
  }

  /// File and line of a step, as attributes.
  private func place(_ location: String?) -> String {
    guard let parts = location?.split(separator: ":", omittingEmptySubsequences: false),
      parts.count >= 3, let line = Int(parts[parts.count - 2])
    else { return "" }
    let file = parts.dropLast(2).joined(separator: ":")
    return " file=\"\(Markup.escaped(file))\" line=\"\(line)\""
  }

  /// What is attached to a case, the picture that tells most first: some servers show but one.
  private func output(_ testCase: Case) -> String {
    let files = testCase.pictures.reversed() + [RunFolder.FileName.report]
    let lines = files.map { "[[ATTACHMENT|\(Markup.escaped("\(folder)/\($0)"))]]" }
    return "      <system-out>\n\(lines.joined(separator: "\n"))\n</system-out>\n"
  }

  private func number(_ seconds: Double) -> String {
    JSONValue.decimal(seconds, digits: 3).description
  }
}
