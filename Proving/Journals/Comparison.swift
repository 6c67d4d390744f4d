import Campaign

/// What differs between two recordings.
package struct Comparison: Sendable, Hashable {
  /// A run whose journals differ.
  package struct Difference: Sendable, Hashable {
    /// The run.
    package var key: RunKey
    /// What it came to in the one recording, and in the other.
    package var outcomes: [String]
  }

  /// How many runs are in both recordings.
  package private(set) var compared = 0
  /// The runs that are in both, and differ.
  package private(set) var differences: [Difference] = []
  /// How many runs are in only one of the recordings.
  package private(set) var alone = 0

  /// Compares two recordings; of a run that stands in one twice, the last counts.
  package init(_ one: Recording, _ other: Recording) {
    let known = Self.table(one)
    let news = Self.table(other)
    for key in other.entries.map(\.key).unique {
      guard let before = known[key], let after = news[key] else {
        alone += 1
        continue
      }
      compared += 1
      if !before.agrees(with: after) {
        differences.append(Difference(key: key, outcomes: [before.outcome, after.outcome]))
      }
    }
    alone += known.keys.count { news[$0] == nil }
  }

  private static func table(_ recording: Recording) -> [RunKey: Recording.Entry] {
    Dictionary(recording.entries.map { ($0.key, $0) }) { _, last in last }
  }

  /// The differences and a sum, for people.
  ///
  /// - Parameters:
  ///   - program: what the command lines call the program.
  ///   - lines: what the first lines that differ are, where the journals were kept.
  /// - Returns: lines of text.
  package func lines(
    program: String, first lines: (RunKey) -> [String] = { _ in [] }
  ) -> [String] {
    var told = differences.flatMap { difference in
      let (before, after) = (difference.outcomes[0], difference.outcomes[1])
      let again = difference.key.series.commandLine(seed: difference.key.seed, program: program)
      let details =
        [before == after ? before : "\(before), now \(after)", again] + lines(difference.key)
      return ["differs: \(difference.key.words)"] + details.map { "  " + $0 }
    }
    told.append("\(compared) journals compared, \(differences.count) differ")
    if alone > 0 { told[told.count - 1] += "; \(alone) more are in one recording only" }
    return told
  }
}

extension RunKey {
  /// The run in words.
  fileprivate var words: String {
    let settings = overrides.isEmpty ? "" : " with \(overrides.joined(separator: ", "))"
    return "\(scenario) on \(model)\(settings), seed \(seed)"
  }
}

extension Sequence where Element: Hashable {
  /// The elements in their order, each once.
  fileprivate var unique: [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
