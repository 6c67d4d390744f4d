/// A scenario file with one expectation switched off, as if it had been met at once.
struct ScenarioMutation: Sendable, Hashable {
  /// The file, from the folder of all scenarios.
  var file: String
  /// The name of the step whose expectation is off.
  var step: String
  /// The file's text without it.
  var text: String

  /// All mutations of a file in the form that the project keeps its scenarios in: a step begins with
  /// `  - name:`, its keys stand below, each on a line.
  ///
  /// - Parameters:
  ///   - text: the file's text.
  ///   - file: what it is called.
  /// - Returns: a mutation for each step that expects something, in order.
  static func all(of text: String, file: String) -> [ScenarioMutation] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let starts = lines.indices.filter { lines[$0].hasPrefix("  - name: ") }
    return starts.compactMap { start in
      let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix("    ") } ?? lines.endIndex
      let block = Array(lines[start..<end])
      guard let mutated = switchedOff(block) else { return nil }
      let rest = lines[..<start] + mutated + lines[end...]
      return ScenarioMutation(
        file: file, step: String(lines[start].dropFirst("  - name: ".count)),
        text: rest.joined(separator: "\n"))
    }
  }

  /// A step without its expectation; empty where nothing would be left of it, nil where it has none.
  private static func switchedOff(_ block: [String]) -> [String]? {
    // Of alternatives, the first is taken at once: nothing is done.
    if block.contains(where: { $0.hasPrefix("    either:") }) { return [] }
    guard block.contains(where: { $0.hasPrefix("    expect: ") }) else { return nil }
    let rest = block.filter { line in
      !["expect", "within", "attempts"].contains { line.hasPrefix("    \($0): ") }
    }
    let acts = rest.dropFirst().contains { line in
      !["when", "credential"].contains { line.hasPrefix("    \($0): ") }
    }
    return acts ? rest : []
  }
}
