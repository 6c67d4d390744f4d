import Frames
public import OrderedJSON

/// The journal's file format: JSON Lines, an entry a line, the first of them with the version.
///
/// Times are seconds to the millisecond and scores have four digits: what a person or a history
/// can use, and too coarse to spell out a secret code by chance. Members have a fixed order.
/// Whatever may differ between two runs of the same inputs stands under `wall` in the first line
/// or in a member whose name begins with `wall`.
public enum JournalFormat {
  /// A version: readers understand the major versions that they know; a minor version adds events
  /// and members that older readers may pass over.
  public struct Version: Sendable, Hashable, CustomStringConvertible {
    /// Changes when old readers would misunderstand.
    public var major: Int
    /// Changes when something is added.
    public var minor: Int

    /// Creates a version.
    public init(major: Int, minor: Int) {
      self.major = major
      self.minor = minor
    }

    /// Reads a version such as `1.0`; nil when it is none.
    init?(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let major = parts[0], let minor = parts[1], major >= 0, minor >= 0
      else { return nil }
      self.init(major: major, minor: minor)
    }

    /// Such as `1.0`.
    public var description: String { "\(major).\(minor)" }
  }

  /// The version written by this program.
  public static let version = Version(major: 1, minor: 3)

  /// What the journal is called in a run folder.
  public static let fileName = "journal.jsonl"

  /// The member of the first line that holds the version.
  static let versionMember = "journal"

  /// Members whose texts are words of a fixed list, or name a file of the run folder: nothing that
  /// anybody wrote freely, so that no secret stands in them, and one that is such a word changes none.
  private static let fixedWords: Set<String> = [
    "event", "verdict", "outcome", "kind", "role", "file", "cause", "part",
  ]

  /// A line with its free texts changed.
  ///
  /// - Parameters:
  ///   - line: an entry's object.
  ///   - transform: changes a text.
  /// - Returns: the line; names of members and words of fixed lists stay.
  public static func mappingFreeTexts(
    of line: JSONValue, _ transform: (String) -> String
  ) -> JSONValue {
    guard case .object(let members) = line else { return line.mapStrings(transform) }
    return .object(
      members.map { member in
        fixedWords.contains(member.name)
          ? member : .init(member.name, member.value.mapStrings(transform))
      })
  }

  /// An entry as the members of a line; the version first where the entry opens a journal.
  public static func json(_ entry: JournalEntry) -> JSONValue {
    var members: [JSONValue.Member] = []
    if case .runStarted = entry.event {
      members.append(.init(versionMember, .string(version.description)))
    }
    members.append(.init("at", json(entry.at)))
    members.append(.init("event", .string(entry.event.name)))
    return .object(members + entry.event.members)
  }

  /// The entry that the members of a line stand for; members that are not known are passed over.
  ///
  /// - Throws: when the event is not known, or a member is missing or of another kind.
  public static func entry(_ json: JSONValue) throws(JournalError) -> JournalEntry {
    try JournalEntry(json)
  }

  /// An instant in seconds, cut to the millisecond.
  static func json(_ instant: MonotonicInstant) -> JSONValue {
    .fixedPoint(instant.nanoseconds / 1_000_000, digits: 3)
  }
}

/// Why a journal can't be read.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line at fault, from 1; nil where it is the whole file.
  public var line: Int?
  /// What is wrong, without a final stop.
  public var reason: String

  /// Creates an error.
  public init(line: Int? = nil, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  /// Such as `line 12: the event has no step`.
  public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
