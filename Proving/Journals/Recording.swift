/// What the journals of some runs were: a line a run, its key, the SHA-256 digest of what counts of
/// its journal, what it came to, and where that was asked for the digest of its trace.
package struct Recording: Sendable, Hashable {
  /// The journal of a run.
  package struct Entry: Sendable, Hashable, CustomStringConvertible {
    /// The run.
    package var key: RunKey
    /// The digest of ``JournalText/canonical(_:)`` in hex; `none` where there is no journal.
    package var digest: String
    /// The verdict and the step that decided, or why there is no journal.
    package var outcome: String

    /// The digest of the lines that tell of searches; nil where they were not asked for.
    package var trace: String?

    /// Creates an entry.
    package init(key: RunKey, digest: String, outcome: String, trace: String? = nil) {
      self.key = key
      self.digest = digest
      self.outcome = outcome
      self.trace = trace
    }

    /// The entry as a line.
    package var description: String {
      "\(key)\t\(digest)\t\(outcome)" + (trace.map { "\t\($0)" } ?? "")
    }

    /// Whether both tell the same, as far as both tell it.
    func agrees(with other: Entry) -> Bool {
      digest == other.digest && (trace == nil || other.trace == nil || trace == other.trace)
    }
  }

  /// The entries in the order of the file.
  package var entries: [Entry]

  /// Creates a recording.
  package init(entries: [Entry]) {
    self.entries = entries
  }

  /// Reads a recording.
  ///
  /// - Throws: ``WrongLine`` for the first line that is none.
  package init(parsing text: String) throws(WrongLine) {
    entries = []
    for (number, fields) in Self.lines(of: text) {
      guard fields.count >= 5, let key = RunKey(fields: fields) else {
        throw WrongLine(number: number, wanted: "scenario, model, overrides, seed, digest, outcome")
      }
      entries.append(
        Entry(
          key: key, digest: String(fields[4]), outcome: fields.count > 5 ? String(fields[5]) : "",
          trace: fields.count > 6 ? String(fields[6]) : nil))
    }
  }

  /// Reads a list of runs; a recording is one, too.
  ///
  /// - Throws: ``WrongLine`` for the first line that is none.
  package static func keys(parsing text: String) throws(WrongLine) -> [RunKey] {
    var keys: [RunKey] = []
    for (number, fields) in lines(of: text) {
      guard let key = RunKey(fields: fields) else {
        throw WrongLine(number: number, wanted: "scenario, model, overrides, seed")
      }
      keys.append(key)
    }
    return keys
  }

  /// The fields of all lines that are not empty, with the numbers of the lines.
  private static func lines(of text: String) -> [(number: Int, fields: [Substring])] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.isEmpty }
      .map { ($0.offset + 1, $0.element.split(separator: "\t", omittingEmptySubsequences: false)) }
  }

  /// A line that does not say what was looked for.
  package struct WrongLine: Error, Hashable, CustomStringConvertible {
    /// Counts from 1.
    package var number: Int
    /// The fields that a line has.
    package var wanted: String

    /// What is wrong, in words.
    package var description: String {
      "line \(number): not \(wanted), with tabs between them"
    }
  }
}

extension Recording {
  /// The entries of some runs.
  func only(_ keys: Set<RunKey>) -> Recording {
    Recording(entries: entries.filter { keys.contains($0.key) })
  }
}
