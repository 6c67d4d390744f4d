import OrderedJSON

/// A journal as it was read: the run as it happened.
public struct Journal: Sendable, Hashable {
  /// The version of its format.
  public var version: JournalFormat.Version
  /// What set out, from the first line.
  public var start: RunStart
  /// The entries in order, the first line included.
  public var entries: [JournalEntry]
  /// Whether the last line was cut short, as a crash or a full disk leaves it.
  public var isTorn: Bool
  /// The lines that a newer program wrote and this one passed over.
  public var unknownLines: Int

  /// What the run came to; nil when its end was never written.
  public var end: RunEnd? {
    if case .runEnded(let end)? = entries.last?.event { end } else { nil }
  }

  /// Reads the bytes of a journal file.
  ///
  /// A last line without an end is passed over and told by ``isTorn``. In a journal of a newer
  /// minor version, lines that are not understood are passed over and counted.
  ///
  /// - Throws: when the file is no journal, is of another major version, or a line that is whole
  ///   can't be understood.
  public init(reading bytes: [UInt8]) throws(JournalError) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What follows the last line's end: nothing, or the beginning of a line never finished.
    let rest = lines.removeLast()
    isTorn = !rest.isEmpty
    guard let first = lines.first else {
      throw JournalError(
        bytes.isEmpty ? "the journal is empty" : "not even the first line is whole")
    }
    (version, start) = try Self.opening(first)
    entries = []
    unknownLines = 0
    for (index, line) in lines.enumerated() {
      let json: JSONValue
      do throws(JSONError) {
        json = try JSONValue(parsing: line)
      } catch {
        guard index == lines.count - 1 else {
          throw JournalError(line: index + 1, "not JSON (\(error))")
        }
        isTorn = true
        continue
      }
      try read(json, line: index + 1)
    }
  }

  private mutating func read(_ json: JSONValue, line: Int) throws(JournalError) {
    do throws(JournalError) {
      entries.append(try JournalEntry(json))
    } catch {
      guard version.minor > JournalFormat.version.minor else {
        throw JournalError(line: line, error.reason)
      }
      unknownLines += 1
    }
  }

  private static func opening(
    _ line: ArraySlice<UInt8>
  ) throws(JournalError) -> (JournalFormat.Version, RunStart) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: line)
    } catch {
      throw JournalError(line: 1, "not a journal: the first line is not JSON (\(error))")
    }
    guard case .string(let text)? = json[JournalFormat.versionMember],
      let version = JournalFormat.Version(text)
    else { throw JournalError(line: 1, "not a journal: the first line tells no version") }
    guard version.major == JournalFormat.version.major else {
      throw JournalError(
        line: 1,
        "a journal of version \(version), but this program reads version "
          + "\(JournalFormat.version.major)")
    }
    do throws(JournalError) {
      guard case .runStarted(let start) = try JournalEntry(json).event else {
        throw JournalError("the run's start is missing")
      }
      return (version, start)
    } catch {
      throw JournalError(line: 1, error.reason)
    }
  }
}
