import Frames
import OrderedJSON
public import RunJournal

/// What a person reads of a run: one page that needs nothing but itself.
public enum HTMLReport {
  /// The report of a journal, whole or torn.
  ///
  /// - Parameters:
  ///   - journal: the run.
  ///   - picture: the bytes of a kept picture by its name inside the run folder; nil when it is
  ///     missing.
  /// - Returns: the page; the same for the same journal and pictures.
  public static func html(_ journal: Journal, picture: (String) -> [UInt8]?) -> String {
    let story = RunStory(journal)
    let album = PictureAlbum(journal, picture: picture)
    return HTMLPage(story: story, album: album).html
  }
}

/// The page from top to bottom: verdict, what decided it, facts, what was left out, all steps.
struct HTMLPage {
  let story: RunStory
  let album: PictureAlbum

  var html: String {
    let start = story.journal.start
    let title = "\(verdictWord) · \(start.scenario.name) on \(start.rig.name)"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Markup.escaped(title))</title>
      <style>
      \(ReportStyle.css)</style>
      </head>
      <body class="\(verdictClass)">
      \(album.definitions)<main>
      \(banner)\(decision)\(warnings)\(leftOut)\(facts)\(steps)</main>
      </body>
      </html>

      """
  }

  private var verdictClass: String { story.journal.end?.verdict.rawValue ?? "none" }

  private var verdictWord: String {
    switch story.journal.end?.verdict {
    case .passed: "Passed"
    case .failed: "Failed"
    case .errored: "Errored"
    case .aborted: "Aborted"
    case nil: "No verdict"
    }
  }

  private var verdictSentence: String {
    switch story.journal.end?.verdict {
    case .passed where !story.skipped.isEmpty:
      "Every step played did what it says and everything expected was seen; "
        + "\(counted(story.skipped.count, "step was", "steps were")) left out."
    case .passed: "Every step did what it says and everything expected was seen."
    case .failed: "The recorder did not do what was expected."
    case .errored:
      "The rig, the scenario or the model is at fault; nothing is said of the recorder."
    case .aborted: "The run was stopped from outside; nothing is said of the recorder."
    case nil: "The run stopped without an end: it is still going on, or it crashed or was killed."
    }
  }

  /// What a run that passed tested; empty for others.
  private var testedParagraph: String {
    guard let end = story.journal.end, end.verdict == .passed, let line = end.testedLine else {
      return ""
    }
    return "<p class=\"tested\">\(Markup.escaped(line)).</p>"
  }

  private var banner: String {
    let start = story.journal.start
    var line = [
      "<b>\(Markup.escaped(start.scenario.name))</b>", "rig \(Markup.escaped(start.rig.name))",
      "model \(Markup.escaped(start.model.name))",
    ]
    if let firmware = start.firmware { line.append("firmware \(Markup.escaped(firmware))") }
    line.append("seed \(start.seed)")
    return """
      <header>
      <p class="run">\(line.joined(separator: " · "))</p>
      <h1><span class="mark">\(mark(verdictClass))</span> \(verdictWord)</h1>
      <p class="lead">\(Markup.escaped(verdictSentence))</p>
      \(testedParagraph)
      </header>

      """
  }

  /// The step that decided, what it expected and what was seen instead; empty for a pass.
  private var decision: String {
    guard story.journal.end?.verdict != .passed else { return "" }
    let reason = story.journal.end?.reason
    guard let step = story.decisive else {
      guard let reason else { return "" }
      return
        "<section class=\"decision\">\n<dl>\n\(row("Why", reason))\(causeRow(of: story.journal.end?.cause))</dl>\n</section>\n"
    }
    var rows = rowOfHTML(
      story.journal.end == nil ? "Last step begun" : "Step",
      "<a href=\"#step-\(step.start.step)\">\(Markup.escaped(step.start.path))</a> "
        + "<span class=\"where\">\(Markup.escaped(step.start.location))</span>")
    rows += row("It does", step.start.does)
    let miss = step.lastMiss
    if let expected = miss?.expected ?? step.start.expects { rows += row("Expected", expected) }
    if let miss { rows += row("Seen instead", miss.seen) }
    if let nearest = miss?.nearest { rows += row("Nearest candidate", describe(nearest)) }
    // A reason made of the expectation and what was seen says nothing new.
    if let reason, !(miss.map { reason.contains($0.seen) } ?? false) { rows += row("Why", reason) }
    rows += causeRow(of: story.journal.end?.cause)
    var figures = ""
    if let picture = decidingPicture(of: step) {
      figures += album.figure(picture, nearest: miss?.nearest?.box, isLarge: true)
    }
    var shown: [String] = []
    for template in step.pictures where template.role == .template {
      guard !shown.contains(template.file) else { continue }
      shown.append(template.file)
      figures += album.figure(template, nearest: nil, isLarge: false)
    }
    return """
      <section class="decision">
      <dl>
      \(rows)</dl>
      \(figures.isEmpty ? "" : "<div class=\"figures\">\n\(figures)</div>\n")</section>

      """
  }

  private func decidingPicture(of step: RunStory.Step) -> KeptPicture? {
    let frames = step.pictures.filter { $0.role != .template }
    return frames.last { $0.role == .last } ?? frames.last { $0.role == .deciding } ?? frames.last
  }

  private var warnings: String {
    var warnings: [String] = []
    if story.journal.isTorn {
      warnings.append(
        "The journal's last line is cut short: the run was interrupted in writing it.")
    }
    if story.journal.unknownLines > 0 {
      warnings.append(
        counted(story.journal.unknownLines, "line", "lines")
          + " of the journal come from a newer program and are not shown.")
    }
    let absent = album.missing
    if !absent.isEmpty {
      warnings.append("Missing in the run folder: \(absent.joined(separator: ", ")).")
    }
    return warnings.map { "<p class=\"warning\">\(Markup.escaped($0))</p>\n" }.joined()
  }

  private var leftOut: String {
    var html = ""
    let skipped = story.skipped
    if !skipped.isEmpty {
      let items = skipped.map { path, reason in
        "<li><b>\(Markup.escaped(path))</b>"
          + (reason.map { " — \(Markup.escaped($0))" } ?? "") + "</li>\n"
      }
      html += """
        <section class="leftout">
        <h2>Left out</h2>
        <p>Never to be taken for passed.</p>
        <ul>
        \(items.joined())</ul>
        </section>

        """
    }
    let never = story.neverReached
    if !never.isEmpty {
      html += """
        <section class="leftout">
        <h2>Never reached</h2>
        <ul>
        \(never.map { "<li>\(Markup.escaped($0))</li>\n" }.joined())</ul>
        </section>

        """
    }
    return html
  }

  private var facts: String {
    let start = story.journal.start
    var rows = row("Scenario", "\(start.scenario.name) — \(start.about)")
    rows += row("Rig", start.rig.name)
    rows += row("Model", start.model.name)
    rows += row("Firmware", start.firmware ?? "not told")
    rows += row("Seed", String(start.seed))
    if start.patience != 1 { rows += row("Patience", "\(start.patience) times as long") }
    if !start.overrides.isEmpty {
      rows += row("Overridden", start.overrides.joined(separator: "\n"))
    }
    rows += row("Began", start.wall.startedAt)
    if let end = story.journal.end {
      rows += row("Took", "\(ReportText.seconds(end.recorderSeconds)) of the recorder's time")
      rows += row("On the wall", ReportText.seconds(end.wallSeconds))
    }
    rows += row("Run", "\(start.wall.runID) on \(start.wall.host)")
    rows += row("Program", start.binary.name)
    let digests = [
      ("Scenario", start.scenario), ("Rig", start.rig), ("Model", start.model),
      ("Program", start.binary),
    ]
    var digestRows = ""
    for (name, input) in digests {
      digestRows += rowOfHTML(name, "<code>\(Markup.escaped(input.digest))</code>")
    }
    return """
      <section class="facts">
      <h2>The run</h2>
      <dl>
      \(rows)</dl>
      <details>
      <summary>Digests (SHA-256)</summary>
      <dl>
      \(digestRows)</dl>
      </details>
      </section>

      """
  }
}

extension HTMLPage {
  /// A name and a text; line ends in the text stay.
  func row(_ name: String, _ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return rowOfHTML(name, lines.map { Markup.escaped(String($0)) }.joined(separator: "<br>"))
  }

  /// The code of a cause, with part and error number; empty where nothing is at fault.
  func causeRow(of cause: CauseRecord?) -> String {
    guard let cause else { return "" }
    return rowOfHTML("Cause", "<code>\(Markup.escaped(cause.words))</code>")
  }

  func rowOfHTML(_ name: String, _ html: String) -> String {
    "<dt>\(name)</dt><dd>\(html)</dd>\n"
  }

  func describe(_ candidate: Judgement.Candidate) -> String {
    "\(candidate.name) at \(candidate.box.x), \(candidate.box.y) "
      + "(\(candidate.box.width) × \(candidate.box.height)), score "
      + JSONValue.decimal(candidate.score, digits: 3).description
  }

  /// The sign in front of an outcome, so that colour is not all that tells it.
  func mark(_ outcome: String) -> String {
    switch outcome {
    case "passed": "✔"
    case "failed": "✘"
    case "errored": "⚠"
    case "skipped": "⤼"
    case "notApplicable": "–"
    case "aborted": "■"
    default: "?"
    }
  }

  fileprivate func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}

/// Numbers as a person says them.
enum ReportText {
  /// Such as `0.2 s`, `12.0 s` or `2 min 05 s`.
  static func seconds(_ seconds: Double) -> String {
    guard seconds >= 59.95 else {
      let tenths = Int((seconds * 10).rounded())
      return "\(tenths / 10).\(tenths % 10) s"
    }
    let whole = Int(seconds.rounded())
    let (minutes, rest) = (whole / 60, whole % 60)
    let padded = rest < 10 ? "0\(rest)" : "\(rest)"
    return minutes < 60
      ? "\(minutes) min \(padded) s" : "\(minutes / 60) h \(minutes % 60) min \(padded) s"
  }
}
