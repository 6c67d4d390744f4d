import Frames
import OrderedJSON
import RunJournal

extension HTMLPage {
  /// All steps in order, parts inside their whole.
  var steps: String {
    var html = "<section class=\"steps\">\n<h2>Step by step</h2>\n"
    html += list(story.top)
    if !story.outside.isEmpty {
      html += "<details class=\"step\"><summary><span class=\"name\">Outside of steps</span>"
      html += "</summary>\n\(happenings(story.outside))</details>\n"
    }
    return html + "</section>\n"
  }

  private func list(_ numbers: [Int]) -> String {
    let items = numbers.compactMap { story.steps[$0] }.map { "<li>\n\(element($0))</li>\n" }
    return items.isEmpty ? "" : "<ol>\n\(items.joined())</ol>\n"
  }

  private func element(_ step: RunStory.Step) -> String {
    let outcome = step.end?.outcome.rawValue ?? "unfinished"
    let isOpen = !["passed", "notApplicable"].contains(outcome)
    var summary = "<span class=\"badge\">\(mark(outcome)) \(outcomeWord(step))</span>"
    summary += "<span class=\"name\">\(Markup.escaped(step.start.name))</span>"
    if step.attempts > 1 { summary += "<span class=\"attempts\">\(step.attempts) attempts</span>" }
    if let seconds = step.seconds {
      summary += "<span class=\"time\">\(ReportText.seconds(seconds))</span>"
    }
    return """
      <details class="step \(outcome)" id="step-\(step.start.step)"\(isOpen ? " open" : "")>
      <summary>\(summary)</summary>
      \(body(of: step))\(list(step.parts))</details>

      """
  }

  private func outcomeWord(_ step: RunStory.Step) -> String {
    switch step.end?.outcome {
    case .passed: "passed"
    case .failed: "failed"
    case .errored: "errored"
    case .skipped: "left out"
    case .notApplicable: "does not apply"
    case .aborted: "aborted"
    case nil: "not ended"
    }
  }

  private func body(of step: RunStory.Step) -> String {
    var rows = row("Does", step.start.does)
    if let expects = step.start.expects { rows += row("Expects", expects) }
    if let reason = step.end?.reason { rows += row("Why", reason) }
    rows += causeRow(of: step.end?.cause)
    if step.start.sensitive {
      rows += row("Kept back", "coordinates, keys and scores, since a secret is handled here")
    }
    rows += rowOfHTML(
      "Written at", "<span class=\"where\">\(Markup.escaped(step.start.location))</span>")
    return "<dl>\n\(rows)</dl>\n\(happenings(step.happenings))\(pictures(of: step))"
  }

  private func happenings(_ happenings: [RunStory.Happening]) -> String {
    let lines = happenings.compactMap { happening -> String? in
      guard let text = describe(happening.event) else { return nil }
      let time = story.beganAt.duration(to: happening.at).inSeconds
      return "<li><time>\(JSONValue.decimal(time, digits: 2)) s</time> \(text)</li>\n"
    }
    return lines.isEmpty ? "" : "<ul class=\"happenings\">\n\(lines.joined())</ul>\n"
  }

  /// An event as a line of HTML; nil for what is shown elsewhere.
  private func describe(_ event: RunEvent) -> String? {
    switch event {
    case .acted(let record): return describe(record)
    case .judged(let judgement): return describe(judgement)
    case .noted(let note):
      return "<span class=\"kind\">\(note.kind.rawValue)</span> \(Markup.escaped(note.text))"
    case .runStarted, .stepStarted, .pictureKept, .stepEnded, .runEnded: return nil
    }
  }

  private func describe(_ record: ActionRecord) -> String {
    var html = Markup.escaped(record.what)
    var details: [String] = []
    if record.attempt > 1 { details.append("attempt \(record.attempt)") }
    if let place = record.place { details.append("at \(place.x), \(place.y)") }
    if let score = record.score { details.append("score \(JSONValue.decimal(score, digits: 3))") }
    if !details.isEmpty {
      html += " <span class=\"detail\">\(details.joined(separator: ", "))</span>"
    }
    return html
  }

  private func describe(_ judgement: Judgement) -> String {
    let outcome = judgement.held ? "passed" : "failed"
    var html = "<span class=\"held \(outcome)\">\(mark(outcome))</span> "
    html += "expected \(Markup.escaped(judgement.expected)); "
    html += "seen: \(Markup.escaped(judgement.seen))"
    var details: [String] = []
    if let frame = judgement.frame { details.append("frame \(frame)") }
    if !judgement.held, let nearest = judgement.nearest {
      details.append("nearest: \(Markup.escaped(describe(nearest)))")
    }
    if !details.isEmpty {
      html += " <span class=\"detail\">\(details.joined(separator: ", "))</span>"
    }
    return html
  }

  private func pictures(of step: RunStory.Step) -> String {
    let figures = step.pictures.map { picture in
      let decided = [.last, .deciding].contains(picture.role)
      return album.figure(
        picture, nearest: decided ? step.lastMiss?.nearest?.box : nil, isLarge: false)
    }
    return figures.isEmpty ? "" : "<div class=\"figures\">\n\(figures.joined())</div>\n"
  }
}

extension StepStart {
  /// The step's own name: the path without its whole's.
  fileprivate var name: String {
    path.split(separator: " / ").last.map(String.init) ?? path
  }
}
