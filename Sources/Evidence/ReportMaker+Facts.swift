import OrderedJSON
import RunJournal

extension ReportMaker {
  /// What the run was made from.
  var facts: [RowView] {
    let start = story.journal.start
    var rows = [
      RowView("Scenario", "\(start.scenario.name) — \(start.about)"),
      RowView("Rig", start.rig.name), RowView("Model", start.model.name),
      RowView("Firmware", start.firmware ?? "not told"), RowView("Seed", String(start.seed)),
    ]
    if let calibration = start.calibration {
      rows.append(RowView("Calibrated by", calibration.name))
    }
    if start.patience != 1 { rows.append(RowView("Patience", "\(start.patience) times as long")) }
    if !start.overrides.isEmpty {
      rows.append(RowView("Overridden", start.overrides.joined(separator: "\n")))
    }
    rows.append(RowView("Began", start.wall.startedAt))
    if let end = story.journal.end {
      rows.append(
        RowView("Took", "\(ReportText.seconds(end.recorderSeconds)) of the recorder's time"))
      rows.append(RowView("On the wall", ReportText.seconds(end.wallSeconds)))
    }
    rows.append(RowView("Run", "\(start.wall.runID) on \(start.wall.host)"))
    rows.append(RowView("Program", start.binary.name))
    return rows
  }

  /// The digests of all that the run was made from.
  var digests: [RowView] {
    let start = story.journal.start
    let inputs =
      [
        ("Scenario", start.scenario), ("Rig", start.rig), ("Model", start.model),
        ("Program", start.binary),
      ] + (start.calibration.map { [("Calibration", $0)] } ?? [])
    return inputs.map { RowView($0, $1.digest, code: true) }
  }
}

/// Numbers and words as a person says them.
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

  /// Such as `1 step` or `2 steps`.
  static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  /// The sign in front of an outcome, so that colour is not all that tells it.
  static func mark(_ outcome: String) -> String {
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

  /// A score with three digits.
  static func score(_ score: Double) -> String {
    JSONValue.decimal(score, digits: 3).description
  }
}
