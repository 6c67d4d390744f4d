public import FoundationEssentials

/// What is found when the chain of a ledger is held against what is booked, and against its heads.
public struct ChainAudit: Sendable, Hashable {
  /// How much is looked at.
  public enum Depth: Sendable, Hashable {
    /// Every link and every run's own row: verdict, firmware, inputs, times, journal's digest.
    case rows
    /// And what belongs to these runs: steps, measurements, digests of pictures.
    case parts(of: Set<String>)
    /// All that is booked.
    case everything
  }

  /// How many links there are.
  public internal(set) var links = 0
  /// When the chain began; nil where the ledger does not say.
  public internal(set) var since: Date?
  /// How many runs were booked before that, and are what they were then.
  public internal(set) var adopted = 0
  /// The end of the chain; nil where there is none.
  public internal(set) var head: ChainHead?
  /// What was changed, taken away or put in beside the chain, a line each.
  public internal(set) var findings: [String] = []
  /// What is no damage and yet to be known, a line each.
  public internal(set) var notes: [String] = []
}

/// Follows a chain link by link, then meets it with the rows of runs and with heads.
struct ChainCheck {
  /// What the chain says of a run.
  private struct Booked {
    var sequence: Int64
    var row: [UInt8]
    var parts: [UInt8]
    var goneAt: Int64?
  }

  private(set) var audit = ChainAudit()
  private var booked: [String: Booked] = [:]
  private var last: (sequence: Int64, digest: [UInt8])

  init(beginning: [UInt8]) {
    last = (0, beginning)
  }

  private mutating func find(_ words: String) { audit.findings.append(words) }

  /// Takes a link, in the order of their numbers.
  ///
  /// - Parameters:
  ///   - link: what it says.
  ///   - digest: the digest that stands beside it.
  mutating func take(_ link: ChainLink, digest: [UInt8]) {
    audit.links += 1
    let follows = link.sequence == last.sequence + 1
    if !follows { find(gap(before: link.sequence)) }
    if follows, link.digest(after: last.digest) != digest {
      find(
        "link \(link.sequence) (\(words(link))) does not follow from the link before: one of the two "
          + "was changed")
    }
    last = (link.sequence, digest)
    note(link)
  }

  /// Takes a link whose kind this program does not know.
  mutating func take(unknown kind: String, _ sequence: Int64, digest: [UInt8]) {
    audit.links += 1
    find("link \(sequence) says \(kind), which no gantry writes")
    last = (sequence, digest)
  }

  private func gap(before sequence: Int64) -> String {
    let (first, final) = (last.sequence + 1, sequence - 1)
    return first == final
      ? "link \(first) is gone" : "links \(first) to \(final) are gone"
  }

  private func words(_ link: ChainLink) -> String {
    "\(link.kind.rawValue) \(link.run), \(Date(milliseconds: link.at).words)"
  }

  private mutating func note(_ link: ChainLink) {
    switch link.kind {
    case .adopted, .booked, .completed:
      if link.kind == .adopted { audit.adopted += 1 }
      booked[link.run] = Booked(
        sequence: link.sequence, row: link.row ?? [], parts: link.parts ?? [], goneAt: nil)
    case .pruned, .forgotten: booked[link.run]?.goneAt = link.at
    case .resumed:
      audit.notes.append(
        "link \(link.sequence): at \(Date(milliseconds: link.at).words) somebody took the ledger's end "
          + "as it was, where its head had told: \(link.run)")
    }
  }

  /// What was booked as the parts of a run.
  func parts(of run: String) -> [UInt8]? { booked[run]?.parts }

  /// Takes a run's row.
  ///
  /// - Parameters:
  ///   - row: the digest of what the row says.
  ///   - run: the run.
  ///   - goneAt: when its folder went, as the row says.
  ///   - parts: the digest of what belongs to it; nil where nobody looks.
  mutating func take(row: [UInt8], of run: String, goneAt: Int64?, parts: [UInt8]?) {
    guard let known = booked.removeValue(forKey: run) else {
      find("the run \(run) stands in the ledger, and no link books it")
      return
    }
    if row != known.row {
      find("the row of the run \(run) is not what link \(known.sequence) booked")
    }
    if let parts, parts != known.parts {
      find(
        "steps, measurements or pictures of the run \(run) are not what link \(known.sequence) booked"
      )
    }
    if goneAt != known.goneAt {
      find(
        goneAt == nil
          ? "the run \(run) was pruned or forgotten, and its row does not say so"
          : "the row of the run \(run) says that its folder is gone, and no link says so")
    }
  }

  /// Once all rows were taken: what was booked must have been among them.
  mutating func endRows() {
    for (run, known) in booked.sorted(by: { $0.value.sequence < $1.value.sequence }) {
      find("the run \(run), which link \(known.sequence) booked, is gone")
    }
  }

  /// Holds the chain against a head.
  ///
  /// - Parameters:
  ///   - head: the head.
  ///   - place: where it was kept, such as `its head`.
  ///   - ledger: the ledger's own name.
  ///   - digest: gives the digest of a link, in hex; nil for one that is not there.
  mutating func hold(
    against head: ChainHead, in place: String, of ledger: String,
    digest: (Int) throws -> String?
  ) rethrows {
    if head.ledger != ledger {
      find("\(place) is of another ledger, \(head.ledger); this one is \(ledger)")
    } else if head.sequence > Int(last.sequence) {
      let (first, final) = (Int(last.sequence) + 1, head.sequence)
      find(
        "the end was cut off: \(place) ends with link \(final) of \(head.at.words), "
          + (first == final ? "which is gone" : "and links \(first) to \(final) are gone"))
    } else if let found = try digest(head.sequence), found != head.digest {
      find(
        "link \(head.sequence) is not the one that \(place) tells, of \(head.at.words): it or links "
          + "before it were changed")
    }
  }

  /// Notes what keeps the check from being one.
  mutating func note(_ finding: String) { find(finding) }

  /// Notes what the ledger says of the chain.
  mutating func note(since: Int64, head: ChainHead) {
    audit.since = Date(milliseconds: since)
    audit.head = head
  }
}
