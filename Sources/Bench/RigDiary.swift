import Synchronization

/// What drivers did about devices that failed, until somebody writes it down.
public final class RigDiary: Sendable {
  /// Something that a driver did.
  public struct Entry: Sendable, Hashable {
    /// The part that it was done about.
    public var part: RigPart
    /// What was done, in a sentence without a final stop.
    public var text: String
  }

  private let entries = Mutex<[Entry]>([])

  /// Creates an empty diary.
  public init() {}

  /// Adds an entry.
  public func add(_ part: RigPart, _ text: String) {
    entries.withLock { $0.append(Entry(part: part, text: text)) }
  }

  /// Takes out all entries, in the order in which they were added.
  public func drain() -> [Entry] {
    entries.withLock { entries in
      defer { entries = [] }
      return entries
    }
  }
}
