import FoundationEssentials
public import Frames

/// A message at the moment when it reaches the mailbox.
public struct MailArrival: Sendable {
  /// The message.
  public var mail: OutgoingMail
  /// When it arrives.
  public var instant: MonotonicInstant
  /// The same on the virtual calendar, in seconds since 1970.
  public var secondsSince1970: Double
  /// Counts the arrivals of a rig from 1.
  public var serial: Int
}

/// The way of a message from the recorder to the mailbox: seconds to a minute, in order.
struct MailRoute: Sendable {
  private var lots: RandomStream
  private var travelling: [(mail: OutgoingMail, due: MonotonicInstant)] = []
  private var lastDue = MonotonicInstant.zero
  /// Counts the messages that were taken or handed out.
  private(set) var moves = 0

  /// Draws how long messages take.
  init(seed: UInt64) {
    lots = RandomStream(seed: seed, for: .mailRoute)
  }

  /// Goes on with mail that was on its way when the last run ended.
  mutating func restore(_ memory: MailMemory, _ timeline: Timeline) {
    travelling = memory.travelling.compactMap { kept in
      guard let bytes = Data(base64Encoded: kept.bytes) else { return nil }
      let mail = OutgoingMail(
        bytes: [UInt8](bytes), folder: kept.folder, sentAt: timeline.instant(of: kept.sentAt))
      return (mail, timeline.instant(of: kept.due))
    }
    lastDue = timeline.instant(of: memory.lastDue)
  }

  /// What is kept of it.
  func memory(on timeline: Timeline, arrivals: Int, probes: Int) -> MailMemory {
    MailMemory(
      travelling: travelling.map { mail, due in
        MailMemory.Travelling(
          bytes: Data(mail.bytes).base64EncodedString(), folder: mail.folder,
          sentAt: timeline.moment(of: mail.sentAt), due: timeline.moment(of: due))
      }, lastDue: timeline.moment(of: lastDue), arrivals: arrivals, probes: probes)
  }

  /// Takes a message that was just sent.
  mutating func accept(
    _ mail: OutgoingMail, faults: FaultPlan = FaultPlan([], seed: 0)
  ) {
    let mail = faults.isActive(.mailGarbled, at: mail.sentAt) ? mail.garbled : mail
    // Most take seconds, a few nearly a minute.
    let luck = lots.number(in: 0...1)
    var delay = Duration.milliseconds(Int64(2000 + 55_000 * luck * luck * luck))
    if faults.isActive(.mailLate, at: mail.sentAt) { delay += .seconds(900) }
    let isSharing = faults.isActive(.mailOfOthers, at: mail.sentAt)
    // Others ask for their codes when they like: sooner or later than ours.
    let isSooner = mail.bytes.count % 2 == 0
    if isSharing, isSooner, let other = mail.ofAnother { travel(other, delay) }
    travel(mail, delay)
    if isSharing, !isSooner, let other = mail.ofAnother { travel(other, delay) }
    if faults.isActive(.mailDuplicated, at: mail.sentAt) { travel(mail.inOtherFolder, delay) }
  }

  private mutating func travel(_ mail: OutgoingMail, _ delay: Duration) {
    lastDue = max(mail.sentAt.advanced(by: delay), lastDue.advanced(by: .seconds(1)))
    travelling.append((mail, lastDue))
    moves += 1
  }

  /// Hands out the next message that has arrived by an instant.
  mutating func next(until instant: MonotonicInstant) -> (
    mail: OutgoingMail, due: MonotonicInstant
  )? {
    guard let first = travelling.first, first.due <= instant else { return nil }
    moves += 1
    return travelling.removeFirst()
  }
}
