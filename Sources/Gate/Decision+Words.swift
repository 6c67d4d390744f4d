import FoundationEssentials

extension Decision {
  /// One line: whether it ships, and as of when.
  public var headline: String {
    "\(verdict.rawValue): \(product) \(firmware.short) at the gate \(gate), "
      + "as of \(GateWords.instant(asOf))"
  }

  /// What is said of it in a terminal: why it is closed, and what was waived.
  public var lines: [String] {
    [headline] + reasons.map { "  \($0)" } + notes.map { "  \($0)" }
  }

  /// The same with every requirement, what it rests on and the runs that decide it.
  public var explained: [String] {
    var lines = self.lines
    for requirement in requirements {
      lines += ["", "\(requirement.heading): \(requirement.asks)"]
      for cell in requirement.cells { lines += cell.explained }
    }
    for new in newFailures {
      lines += ["", "new failure: \(new.scenario) on \(new.model): \(new.failure.words)"]
      lines += new.runs.map { "    \($0.line)" }
    }
    return lines
  }

  /// What must be known beside: waivers, whatever they did, and what only informs.
  public var notes: [String] {
    var notes = waivers.map(\.words)
    for requirement in requirements where requirement.isInformative && !requirement.isMet {
      notes.append("\(requirement.name) does not hold, and decides nothing")
    }
    for requirement in requirements {
      for cell in requirement.cells {
        guard let quarantine = cell.quarantine else { continue }
        notes.append(
          "\(requirement.name): \(cell.scenario) on \(cell.model) is in quarantine (\(quarantine))")
      }
    }
    return notes
  }
}

extension Decision.Requirement {
  /// The name, and whether it is met.
  var heading: String {
    (isMet ? "met" : "not met") + (isInformative ? ", informative" : "") + ": \(name)"
  }
}

extension Decision.Cell {
  /// How many runs there are of each kind, in words.
  var countWords: String {
    counts.isEmpty
      ? "no runs" : counts.map { "\($0.runs) \($0.countsAs)" }.joined(separator: ", ")
  }

  /// All that is told of it, as lines.
  fileprivate var explained: [String] {
    var lines = ["  \(scenario) on \(model): \(state.rawValue) (\(countWords))"]
    var told: Set<Decision.Run> = []
    for finding in findings {
      lines.append("    \(finding.lack.rawValue): \(finding.words)")
      for run in finding.runs where told.insert(run).inserted { lines.append("      \(run.line)") }
    }
    lines += failures.map { "    \($0.words)" }
    lines += measured.map { "    \($0.words)" }
    for run in last where told.insert(run).inserted { lines.append("    \(run.line)") }
    return lines
  }
}

extension Decision.Run {
  /// The run in a line.
  var line: String {
    "\(GateWords.instant(startedAt)) \(countsAs) on \(rig)" + (why.map { " (\($0))" } ?? "")
      + " \(folder)"
  }
}

extension Decision.Failure {
  /// What it is, where it was seen, and what is still to be asked.
  var words: String {
    var parts = [
      "\(signature): \(count) run\(count == 1 ? "" : "s") on \(rigs.joined(separator: ", "))"
    ]
    switch isOfBaseline {
    case true: parts.append("the baseline fails so, too")
    case false:
      parts.append(
        refutedByBaseline.isEmpty
          ? "the baseline has not failed so, on other rigs"
          : "the baseline has not failed so on \(refutedByBaseline.joined(separator: ", "))")
    case nil: parts.append("the baseline was not played here")
    }
    parts.append(isConfirmed ? "confirmed" : "not confirmed")
    return parts.joined(separator: "; ")
  }
}

extension Decision.Measured {
  /// The value and the most that it may be.
  var words: String {
    let found = value.map(GateWords.number) ?? "unknown"
    let allowed = most.map { "\(GateWords.number($0)) (\(limit))" } ?? "unknown (\(limit))"
    return "\(statistic.rawValue) of \(measurement): \(found) of \(values) "
      + "value\(values == 1 ? "" : "s"), at most \(allowed)"
  }
}

extension Decision.WaiverUse {
  /// Who answers for what, and what became of it.
  var words: String {
    let what =
      "\(waiver.cause)\(waiver.step.map { " at \($0)" } ?? "") of \(waiver.scenario) on "
      + waiver.model
    let many = "\(runs) failed run\(runs == 1 ? "" : "s")"
    if isExpired {
      return "\(waiver.who)'s waiver of \(what) ended with \(waiver.until)"
        + (runs == 0 ? "" : "; it would cover \(many)")
    }
    if runs == 0 {
      return "\(waiver.who)'s waiver of \(what), until \(waiver.until), covers no run here"
    }
    return "waived by \(waiver.who) until \(waiver.until): \(what), \(many): \(waiver.why)"
  }
}
