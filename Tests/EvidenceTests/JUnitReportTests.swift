import Foundation
import FoundationXML
import RunJournal
import Testing

@testable import Evidence

/// The elements of an XML text in order, each with its attributes, and the text inside.
private final class Elements: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
  }

  private(set) var all: [Element] = []

  init(_ xml: String) throws {
    super.init()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = self
    if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    all.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    all[all.count - 1].text += text
  }

  subscript(name: String) -> [Element] { all.filter { $0.name == name } }
}

@Suite("The JUnit report")
struct JUnitReportTests {
  private func elements(_ run: SampleRun) throws -> Elements {
    try Elements(JUnitReport.xml(try run.journal(), in: "runs/1"))
  }

  @Test("each step at the top is a test case, those never reached too")
  func cases() throws {
    let elements = try elements(.failed)
    let suite = try #require(elements["testsuite"].first?.attributes)
    #expect(suite["name"] == "password-reset.night-series.virtual.seed 42")
    #expect(
      Set(elements["testcase"].map { $0.attributes["classname"] })
        == ["password-reset.night-series.virtual.seed 42"])
    #expect(suite["tests"] == "4")
    #expect(suite["failures"] == "1")
    #expect(suite["errors"] == "0")
    #expect(suite["skipped"] == "2")
    #expect(suite["timestamp"] == "2026-03-01T10:15:00Z")
    #expect(
      elements["testcase"].map { $0.attributes["name"] }
        == ["Open the menu bar", "Log in", "Add it again", "Check the version"])
    #expect(elements["testcase"].first?.attributes["time"] == "2.77")
    #expect(
      elements["skipped"].map { $0.attributes["message"] }
        == ["unattended: nobody to ask", "never reached"])
  }

  @Test("a failure tells what was expected and seen by the part at fault")
  func failure() throws {
    let failure = try #require(try elements(.failed)["failure"].first)
    #expect(failure.attributes["message"] == "Press OK failed")
    #expect(failure.attributes["type"] == "expectation-unmet")
    #expect(
      failure.text.trimmingCharacters(in: .whitespacesAndNewlines) == """
        step: Log in / Press OK
        at: Scenarios/password-reset.yaml:26:5
        does: left-click the label Log in / Press OK
        cause: expectation-unmet
        expected: the label "Live & View"
        seen: the words "Wrong password" in the middle
        nearest: Live & View at 500,300,280,60, score 0.412
        picture: pictures/003-step04-last.jpg (last)
        picture: pictures/004-step04-template-live-view.png (template)
        """)
  }

  @Test("a case says where it is written, and one that did not pass has its pictures attached")
  func attachments() throws {
    let elements = try elements(.failed)
    let written = elements["testcase"].map {
      "\($0.attributes["file"] ?? "–"):\($0.attributes["line"] ?? "–")"
    }
    #expect(
      written == [
        "Scenarios/password-reset.yaml:14", "Scenarios/password-reset.yaml:18",
        "Scenarios/password-reset.yaml:30", "–:–",
      ])
    #expect(
      elements["system-out"].map { $0.text.split(separator: "\n").map(String.init) }.map {
        $0.filter { $0.hasPrefix("[[") }
      } == [
        [
          "[[ATTACHMENT|runs/1/pictures/003-step04-last.jpg]]",
          "[[ATTACHMENT|runs/1/pictures/004-step04-template-live-view.png]]",
          "[[ATTACHMENT|runs/1/report.html]]",
        ]
      ])
  }

  @Test("several runs are suites of one file, whose cases are told apart")
  func several() throws {
    let journal = try SampleRun.failed.journal()
    var other = journal
    other.start.seed = 43
    let elements = try Elements(
      JUnitReport.xml([
        JUnitReport.suite(journal, in: "runs/1"), JUnitReport.suite(other, in: "runs/2"),
      ]))
    #expect(elements["testsuites"].first?.attributes["tests"] == "8")
    #expect(elements["testsuites"].first?.attributes["failures"] == "2")
    let identities = elements["testcase"].map {
      "\($0.attributes["classname"] ?? "").\($0.attributes["name"] ?? "")"
    }
    #expect(Set(identities).count == 8)
  }

  @Test("the run's facts are properties")
  func properties() throws {
    let elements = try elements(.failed)
    let facts = elements["property"].map {
      "\($0.attributes["name"] ?? "")=\($0.attributes["value"] ?? "")"
    }
    for fact in [
      "verdict=failed", "rig=virtual", "model=night-series", "seed=42", "firmware=V4.30.005",
      "override=power.minimumOff=12s", "scenario.sha256=aaaa", "binary=gantry 0.1.0",
    ] {
      #expect(facts.contains(fact))
    }
  }

  @Test(
    "outcomes become JUnit's",
    arguments: [
      (StepEnd.Outcome.passed, nil), (.failed, "failure"), (.errored, "error"),
      (.aborted, "error"), (.skipped, "skipped"), (.notApplicable, "skipped"),
    ] as [(StepEnd.Outcome, String?)])
  func outcomes(outcome: StepEnd.Outcome, element: String?) throws {
    var run = SampleRun(plan: ["One"])
    run.begin(1, "One")
    run.end(1, outcome, outcome == .passed ? nil : "because")
    run.end(.passed)
    let elements = try elements(run)
    let results = elements.all.filter { ["failure", "error", "skipped"].contains($0.name) }
    #expect(results.map(\.name) == (element.map { [$0] } ?? []))
  }

  @Test("odd characters leave the file well-formed, and line ends in messages stay")
  func escapes() throws {
    let odd = "a<b>&\"c'\u{0}\u{1}\u{1B}[31m\u{FFFE} ü 🎥\nnext"
    var run = SampleRun(plan: [odd])
    run.begin(1, odd)
    run.end(1, .failed, odd)
    run.end(.failed, step: odd, reason: odd)
    let elements = try elements(run)
    let safe = "a<b>&\"c'\u{FFFD}\u{FFFD}\u{FFFD}[31m\u{FFFD} ü 🎥\nnext"
    #expect(elements["testcase"].first?.attributes["name"] == safe)
    #expect(elements["failure"].first?.attributes["message"] == safe)
  }

  @Test("a run that died has an error at the step it died in")
  func crashed() throws {
    let journal = try Journal(reading: Array(SampleRun.crashed.utf8))
    let elements = try Elements(JUnitReport.xml(journal, in: "runs/1"))
    #expect(
      elements["error"].map { $0.attributes["message"] } == [
        "the run stopped without a verdict"
      ])
    #expect(elements["error"].first?.text.contains("step: Log in / Press OK") == true)
    #expect(elements["testsuite"].first?.attributes["errors"] == "1")
  }

  @Test("a run that died before its first step, or erred outside of steps, has a case of its own")
  func outsideOfSteps() throws {
    var run = SampleRun(plan: ["One"])
    let died = try elements(run)
    #expect(died["error"].map { $0.attributes["message"] } == ["the run stopped without a verdict"])
    run.end(.errored, reason: "screen: gone")
    let erred = try elements(run)
    #expect(erred["error"].map { $0.attributes["message"] } == ["screen: gone"])
    #expect(erred["testcase"].map { $0.attributes["name"] } == ["One", "(run)"])
  }
}
