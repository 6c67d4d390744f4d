import FoundationEssentials
import Ledger
import MarkupText
import Mustache
public import SourceYAML

/// A decision as a page for people that stands by itself: no script, nothing fetched.
public enum DecisionPage {
  private struct Cell {
    var scenario: String
    var model: String
    var tone: String
    var state: String
    var counts: String
    var rigs: String
    var findings: [String]
  }

  private struct Run {
    var began: String
    var scenario: String
    var model: String
    var runTone: String
    var countsAs: String
    var why: String
    var rig: String
    var run: String
    var link: String
  }

  private struct Requirement {
    var name: String
    var nameTone: String
    var isMet: String
    var asks: String
    var cells: [Cell]
    var isOpen: Bool
    var runs: [Run]
  }

  private struct Fact {
    var what: String
    var value: String
  }

  private struct Page {
    var title: String
    var style: String
    var tone: String
    var gateWords: String
    var verdict: String
    var lead: String
    var hasReasons: Bool
    var reasons: [String]
    var hasNotes: Bool
    var notes: [String]
    var requirements: [Requirement]
    var facts: [Fact]
  }

  private static let library: MustacheLibrary = {
    do {
      let text = String(decoding: PackageResources.decision_mustache, as: UTF8.self)
      return MustacheLibrary(templates: ["decision": try MustacheTemplate(string: text)])
    } catch {
      preconditionFailure("the template decision is no template: \(error)")
    }
  }()

  /// Writes the page.
  ///
  /// - Parameters:
  ///   - decision: the decision.
  ///   - path: the file.
  /// - Throws: when it can't be written.
  public static func write(_ decision: Decision, to path: String) throws(Finding) {
    do {
      try Data(html(decision).utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Finding(
        SourceLocation(file: path, line: 1, column: 1), "the page can't be written",
        remedy: "name a file in a folder that is there")
    }
  }

  /// The page.
  public static func html(_ decision: Decision) -> String {
    let page = Page(
      title: text("\(decision.verdict.rawValue): \(decision.product) \(decision.firmware.version)"),
      style: String(decoding: PackageResources.decision_css, as: UTF8.self),
      tone: tone(decision.verdict),
      gateWords: text(
        "The gate \(decision.gate), as of \(GateWords.instant(decision.asOf))"),
      verdict: word(decision.verdict),
      lead: text("\(decision.product) \(decision.firmware.description)"),
      hasReasons: !decision.reasons.isEmpty, reasons: decision.reasons.map(text),
      hasNotes: !decision.notes.isEmpty, notes: decision.notes.map(text),
      requirements: decision.requirements.map(requirement), facts: facts(decision))
    return library.render(page, withTemplate: "decision") ?? ""
  }

  private static func text(_ text: String) -> String { Markup.printable(text) }

  private static func tone(_ verdict: Decision.Verdict) -> String {
    switch verdict {
    case .open: "open"
    case .closed: "closed"
    case .cannotTell: "unsure"
    }
  }

  private static func word(_ verdict: Decision.Verdict) -> String {
    switch verdict {
    case .open: "Open"
    case .closed: "Closed"
    case .cannotTell: "Nobody can tell"
    }
  }

  // MARK: Requirements

  private static func requirement(_ told: Decision.Requirement) -> Requirement {
    Requirement(
      name: text(told.name), nameTone: told.isMet ? "met" : told.isInformative ? "calm" : "unmet",
      isMet: (told.isMet ? "holds" : "does not hold") + (told.isInformative ? ", informative" : ""),
      asks: text(told.asks), cells: told.cells.map(cell), isOpen: !told.isMet,
      runs: told.cells.flatMap { cell in
        var seen: Set<Decision.Run> = []
        return (cell.findings.flatMap(\.runs) + cell.last).filter { seen.insert($0).inserted }
          .map { run($0, of: cell) }
      })
  }

  private static func cell(_ told: Decision.Cell) -> Cell {
    Cell(
      scenario: text(told.scenario), model: text(told.model), tone: told.state.rawValue,
      state: told.state == .unmet ? "not met" : told.state.rawValue,
      counts: text(told.countWords), rigs: text(told.rigs.joined(separator: ", ")),
      findings: (told.findings.map { "\($0.lack.rawValue): \($0.words)" }
        + told.failures.map(\.words) + told.measured.map(\.words)
        + (told.quarantine.map { ["in quarantine: \($0)"] } ?? [])).map(text))
  }

  private static func run(_ told: Decision.Run, of cell: Decision.Cell) -> Run {
    Run(
      began: GateWords.instant(told.startedAt), scenario: text(cell.scenario),
      model: text(cell.model), runTone: runTone(told.countsAs), countsAs: told.countsAs,
      why: text(told.why ?? ""), rig: text(told.rig), run: text(told.run),
      link: Markup.address(ofPath: "\(told.folder)/report.html"))
  }

  private static func runTone(_ countsAs: String) -> String {
    switch SiftedRun.Kind(rawValue: countsAs) {
    case .passed: "passed"
    case .failed: "failed"
    case .waived, .uncounted, .stale, .partial: "calm"
    case .errored, .killed, .aborted, nil: "errored"
    }
  }

  // MARK: Facts

  private static func facts(_ decision: Decision) -> [Fact] {
    func inputs(_ inputs: [LedgerEntry.Input]) -> String {
      inputs.isEmpty
        ? "none"
        : inputs.map { "\($0.name) (sha256:\($0.digest.prefix(12)))" }.joined(separator: ", ")
    }
    return [
      Fact(what: "firmware", value: text(decision.firmware.description)),
      Fact(what: "baseline", value: text(decision.baseline?.description ?? "none")),
      Fact(what: "policy", value: "sha256:\(decision.policyDigest)"),
      Fact(what: "waivers", value: decision.waiversDigest.map { "sha256:\($0)" } ?? "none"),
      Fact(
        what: "ledger", value: decision.ledger.head.map { "sha256:\($0)" } ?? "head not reckoned"),
      Fact(what: "programs", value: text(inputs(decision.programs))),
      Fact(what: "scenarios", value: text(inputs(decision.scenarios))),
      Fact(what: "models", value: text(inputs(decision.models))),
      Fact(what: "rigs", value: text(inputs(decision.rigs))),
    ]
  }
}
