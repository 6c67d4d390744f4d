import FoundationEssentials

/// Which run folders make room.
public struct PruneRules: Sendable, Hashable {
  /// Folders of runs that began longer ago go, in seconds; nil where age is no reason.
  public var keep: Double?
  /// Whether folders of runs that failed, errored or were killed stay.
  public var keepsFailed: Bool
  /// How many bytes all folders may take on the disk: the oldest go first; nil where they may take
  /// any.
  public var most: Int?

  /// Creates rules.
  public init(keep: Double?, keepsFailed: Bool, most: Int?) {
    self.keep = keep
    self.keepsFailed = keepsFailed
    self.most = most
  }

  /// A run folder as the rules see it.
  struct Candidate: Hashable {
    var folder: String
    /// When its run began.
    var startedAt: Date
    /// Whether it failed, errored or was killed.
    var hasFailed: Bool
    /// Why it must stay; nil where it may go.
    var held: String?
    /// How many bytes it takes on the disk.
    var bytes: Int
  }

  /// Which folders go, oldest first, each with the reason; and whether what stays takes more than it
  /// may.
  func choose(
    _ candidates: [Candidate], at now: Date
  ) -> (gone: [(candidate: Candidate, reason: String)], isTooMuch: Bool) {
    var gone: [(Candidate, String)] = []
    var total = candidates.reduce(0) { $0 + $1.bytes }
    let oldestFirst = candidates.sorted { ($0.startedAt, $0.folder) < ($1.startedAt, $1.folder) }
    var rest: [Candidate] = []
    for candidate in oldestFirst {
      if let keep, mayGo(candidate), now.timeIntervalSince(candidate.startedAt) > keep {
        gone.append((candidate, "older than it is kept"))
        total -= candidate.bytes
      } else {
        rest.append(candidate)
      }
    }
    guard let most else { return (gone, false) }
    for candidate in rest where total > most && mayGo(candidate) {
      gone.append((candidate, "the oldest, where all took too much"))
      total -= candidate.bytes
    }
    return (gone, total > most)
  }

  private func mayGo(_ candidate: Candidate) -> Bool {
    candidate.held == nil && !(keepsFailed && candidate.hasFailed)
  }
}
