import Bench
import Mail

/// What has come for a mail action so far, from one look into the mailbox to the next.
///
/// A message that is still being written gets longer: one that is not whole, or of another length
/// than the mailbox says, is settled only when a later look finds it as long as before.
struct MailWatch {
  /// What a message turned out to be.
  enum Outcome {
    /// It is for somebody else.
    case foreign
    /// It lay there before the action that asks for mail, under another name or elsewhere.
    case known
    /// It can't be read; why.
    case unreadable(String)
    /// It is what is waited for, as far as subject and sender tell.
    case fitting(MailMessage, bytes: Int)
  }

  private struct Look {
    var size: Int
    var outcome: Outcome
    var isSettled: Bool
  }

  private var looks: [MailIdentifier: Look] = [:]
  private var arrivals: [MailEntry] = []

  /// Begins a look: of the arrivals, those that must be read, for the first time or again.
  mutating func begin(_ arrivals: [MailEntry]) -> [MailEntry] {
    self.arrivals = arrivals
    return arrivals.filter { entry in
      guard let look = looks[entry.identifier], look.size == entry.size else { return true }
      looks[entry.identifier]?.isSettled = true
      return false
    }
  }

  /// Takes what a message turned out to be.
  mutating func take(_ outcome: Outcome, of entry: MailEntry) {
    let isSettled =
      switch outcome {
      case .foreign, .known: true
      case .unreadable: false
      case .fitting(let mail, let bytes): mail.isWhole && bytes == entry.size
      }
    looks[entry.identifier] = Look(size: entry.size, outcome: outcome, isSettled: isSettled)
  }

  /// Takes a message for gone, which it is where it can't be found any more.
  mutating func drop(_ entry: MailEntry) {
    arrivals.removeAll { $0.identifier == entry.identifier }
  }

  /// How many messages came that are for somebody else, or are old.
  var otherCount: Int {
    count { if case .fitting = $0.outcome { false } else { true } }
  }

  /// Whether a message that fits is still being written.
  var isUnsettled: Bool {
    count { look in if case .fitting = look.outcome { !look.isSettled } else { false } } > 0
  }

  /// The first message that can't be read, and why.
  var unreadable: (entry: MailEntry, reason: String)? {
    for entry in arrivals {
      if case .unreadable(let reason) = looks[entry.identifier]?.outcome { return (entry, reason) }
    }
    return nil
  }

  /// The messages that fit, newest first, those of one time together; one that was delivered more
  /// than once is there once, at its first arrival.
  var fitting: [[MailMessage]] {
    var kept: [(order: Int64, mail: MailMessage)] = []
    for entry in arrivals {
      guard case .fitting(let mail, _) = looks[entry.identifier]?.outcome,
        !kept.contains(where: { $0.mail.isSame(as: mail) })
      else { continue }
      kept.append((entry.order, mail))
    }
    return Dictionary(grouping: kept, by: \.order).sorted { $0.key > $1.key }
      .map { $0.value.map(\.mail) }
  }

  private func count(_ isCounted: (Look) -> Bool) -> Int {
    arrivals.count { looks[$0.identifier].map(isCounted) ?? false }
  }
}
