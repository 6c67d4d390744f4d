import Frames

/// All that outlives a run of a recorder with a memory, as it lies in a file.
struct RecorderMemory: Codable, Sendable {
  var device: DeviceMemory
  var mail: MailMemory
}

/// What a recorder is when nobody touches it.
struct DeviceMemory: Codable, Sendable {
  /// What the processor does.
  enum Phase: Codable, Sendable {
    case unpowered
    case stuck
    case booting(since: Moment)
    case flashing(version: String, since: Moment)
    case running(FirmwareMemory)
  }

  /// Until when everything has happened.
  var at: Moment
  /// What the recorder's own traits are drawn from, in all its runs.
  var seed: UInt64
  var hadPowerCut: Bool
  var supply: SupplyMemory
  var board: BoardMemory
  var phase: Phase
}

/// A supply, as it is kept.
struct SupplyMemory: Codable, Sendable {
  var isOn: Bool
  var offSince: Moment?
}

/// The board, as it is kept; nothing is in its outbox, which the way of the mail has emptied.
struct BoardMemory: Codable, Sendable {
  var flash: Flash
  var firstPassword: String
  /// By how many seconds the recorder's clock is ahead of the calendar.
  var clockAhead: Double
  var mailCount: Int
  var secrets: RandomStream
  var delays: RandomStream
  var losses: RandomStream
  var strikes: StrikesMemory
}

/// What is left of the moments at which defects strike.
struct StrikesMemory: Codable, Sendable {
  var openingsLeft: Int
  /// In nanoseconds.
  var delay: Int64
  var wrongKeyChoice: Int
  var dismissalsLeft: Int
  var wrongKey: String?
}

/// Mail on its way from the recorder to the mailbox.
struct MailMemory: Codable, Sendable {
  /// A message that is due.
  struct Travelling: Codable, Sendable {
    /// The message, in base 64.
    var bytes: String
    var folder: OutgoingMail.Folder
    var sentAt: Moment
    var due: Moment
  }

  var travelling: [Travelling]
  var lastDue: Moment
  /// How many messages have arrived.
  var arrivals: Int
  /// How many messages the rig has sent itself.
  var probes: Int
}
