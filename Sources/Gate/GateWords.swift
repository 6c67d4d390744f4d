import FoundationEssentials
import OrderedJSON
import RunJournal

/// What a gate says, in words.
enum GateWords {
  /// Such as `96.3 %`.
  static func percent(_ share: Double) -> String {
    "\(JSONValue.decimal(share * 100, digits: 1)) %"
  }

  /// A share that is certain: rounded down, so that what is too little never looks like enough.
  static func certain(_ share: Double) -> String { percent((share * 1000).rounded(.down) / 1000) }

  /// With three digits after the point at most.
  static func number(_ value: Double) -> String { JSONValue.decimal(value, digits: 3).description }

  /// What became of a run.
  static func outcome(_ verdict: Verdict?) -> String { verdict?.rawValue ?? "killed" }

  /// An instant: whole seconds, or with milliseconds where there are any.
  static func instant(_ date: Date) -> String {
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    let isWhole = milliseconds.truncatingRemainder(dividingBy: 1000) == 0
    return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: !isWhole))
  }

  /// Which rigs are asked for, such as `on 2 rigs of the class bench`; nil where any one will do.
  private static func rigWords(_ rigs: GatePolicy.Rigs) -> String? {
    if rigs.atLeast == 1, rigs.rigClass == nil, rigs.tags.isEmpty { return nil }
    return "on " + (rigs.atLeast > 1 ? "\(rigs.atLeast) rigs" : "rigs")
      + (rigs.rigClass.map { " of the class \($0)" } ?? "")
      + (rigs.tags.isEmpty ? "" : " with the tags \(rigs.tags.joined(separator: " and "))")
  }

  /// What a requirement asks for.
  static func asks(_ requirement: GatePolicy.Requirement) -> String {
    let passes = requirement.passes
    var parts = [
      passes.atLeast == passes.of
        ? "\(passes.of) pass\(passes.of == 1 ? "" : "es"), no failure"
        : "\(passes.atLeast) passes of the last \(passes.of)"
    ]
    if let rigs = rigWords(requirement.rigs) { parts.append(rigs) }
    if let within = requirement.withinText { parts.append("within \(within)") }
    if let rate = requirement.passRate {
      parts.append("pass rate at least \(percent(rate.atLeast)) (\(rate.bound.rawValue), 95 %)")
    }
    if let most = requirement.erroredAtMost { parts.append("at most \(most) errored") }
    switch requirement.partial {
    case .refused: break
    case .allowed: parts.append("passes in part are enough")
    case .steps(let names):
      parts.append("may leave out \(names.joined(separator: ", "))")
    }
    parts += requirement.measurements.map {
      "\($0.statistic.rawValue) of \($0.measurement) at most \($0.mostText)"
    }
    return parts.joined(separator: ", ")
  }
}
