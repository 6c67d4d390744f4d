import OrderedJSON
public import RunJournal

/// What build servers read of a run: JUnit's XML, a test case a step at the top.
public enum JUnitReport {
  /// The report of a journal, whole or torn.
  public static func xml(_ journal: Journal) -> String {
    JUnitWriter(story: RunStory(journal)).xml
  }
}

private struct JUnitWriter {
  let story: RunStory

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
  }

  var xml: String {
    let cases = cases
    let start = story.journal.start
    let failures = cases.filter { if case .failure = $0.result { true } else { false } }.count
    let errors = cases.filter { if case .error = $0.result { true } else { false } }.count
    let skipped = cases.filter { if case .skipped = $0.result { true } else { false } }.count
    let seconds = story.journal.end?.recorderSeconds ?? cases.reduce(0) { $0 + $1.seconds }
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites>\n"
    xml += "  <testsuite name=\"\(Markup.escaped(start.scenario.name))\" tests=\"\(cases.count)\""
    xml += " failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    xml += " time=\"\(number(seconds))\" timestamp=\"\(Markup.escaped(start.wall.startedAt))\""
    xml += " hostname=\"\(Markup.escaped(start.wall.host))\">\n"
    xml += properties
    for testCase in cases { xml += element(testCase) }
    xml += "  </testsuite>\n</testsuites>\n"
    return xml
  }

  private var properties: String {
    let start = story.journal.start
    var facts: [(String, String)] = [
      ("run", start.wall.runID), ("verdict", story.journal.end?.verdict.rawValue ?? "none"),
      ("rig", start.rig.name), ("model", start.model.name), ("seed", String(start.seed)),
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
    var cases = begun.map {
      Case(name: $0.start.path, seconds: $0.seconds ?? 0, result: result(of: $0))
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
    var xml = "    <testcase classname=\"\(Markup.escaped(story.journal.start.scenario.name))\""
    xml += " name=\"\(Markup.escaped(testCase.name))\" time=\"\(number(testCase.seconds))\""
    switch testCase.result {
    case .passed: return xml + "/>\n"
    case .skipped(let message):
      xml += ">\n      <skipped message=\"\(Markup.escaped(message))\"/>\n"
    case .failure(let message, let cause, let details):
      xml += ">\n" + problem("failure", message, cause, details)
    case .error(let message, let cause, let details):
      xml += ">\n" + problem("error", message, cause, details)
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

  private func number(_ seconds: Double) -> String {
    JSONValue.decimal(seconds, digits: 3).description
  }
}
