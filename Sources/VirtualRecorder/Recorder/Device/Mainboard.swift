import Frames

/// What survives restarts and power cuts.
struct Flash: Codable, Sendable {
  var password: String
  var cameras: [String]
  /// The version of the firmware; nil where only a part of one was written.
  var firmware: String?
  /// The version of the image that was tried last.
  var tried: String?
}

/// The parts of the recorder that outlive the running firmware: flash, clock, and chance.
struct Mainboard: Sendable {
  /// What is stored.
  var flash: Flash
  /// The password before the first reset.
  var firstPassword: String
  /// Seconds since 1970 at instant zero, as the recorder's clock has it.
  var clockOrigin: Double
  /// Mail that was sent and not yet fetched.
  var outbox: [OutgoingMail] = []
  /// How many messages were sent since the recorder was made.
  var mailCount = 0
  var secrets: RandomStream
  var delays: RandomStream
  var losses: RandomStream
  var strikes: DefectStrikes

  /// The board as it left the installer's hands.
  init(
    model: VirtualModel, seed: UInt64, defects: Set<VirtualDefect>, calendarStart: Double,
    firmware: String
  ) {
    flash = Flash(
      password: model.identity.password, cameras: model.cameras,
      firmware: firmware)
    firstPassword = model.identity.password
    clockOrigin = calendarStart
    secrets = RandomStream(seed: seed, for: .secrets)
    delays = RandomStream(seed: seed, for: .delays)
    losses = RandomStream(seed: seed, for: .losses)
    strikes = DefectStrikes(seed: seed, defects: defects)
  }

  /// The date on the recorder's clock.
  func date(at now: MonotonicInstant) -> CalendarDate {
    CalendarDate(secondsSince1970: Int((clockOrigin + now.seconds).rounded(.down)))
  }
}

/// The moments at which defects strike.
struct DefectStrikes: Sendable {
  /// What strikes while a window is open.
  static let inWindows: Set<VirtualDefect> = [.crashesInMenu, .hangsInMenu]

  /// The defects that are at work.
  private(set) var defects: Set<VirtualDefect>
  /// After how many opened windows a crash or hang strikes.
  private var openingsLeft: Int
  /// How long after that opening.
  private var delay: Duration
  /// Which of the characters that matter has the wrong key.
  private var wrongKeyChoice: Int
  /// How often the keyboard is put away until it sticks, where it does so later.
  private var dismissalsLeft: Int
  /// The character whose key types another, once it is chosen.
  private(set) var wrongKey: Character?

  init(seed: UInt64, defects: Set<VirtualDefect>) {
    self.defects = defects
    var stream = RandomStream(seed: seed, for: .defects)
    openingsLeft = stream.integer(in: 1...3)
    delay = stream.duration(inSeconds: 0.3...2.5)
    wrongKeyChoice = stream.integer(in: 0...1_000_000)
    dismissalsLeft = stream.integer(in: 1...3)
  }

  /// Goes on with the defects of another firmware.
  mutating func follow(_ defects: Set<VirtualDefect>) { self.defects = defects }

  /// What is kept of it.
  var memory: StrikesMemory {
    StrikesMemory(
      openingsLeft: openingsLeft, delay: delay.wholeNanoseconds, wrongKeyChoice: wrongKeyChoice,
      dismissalsLeft: dismissalsLeft, wrongKey: wrongKey.map(String.init))
  }

  /// Goes on with what was kept; a crash or a hang that has struck was drawn anew.
  mutating func restore(_ memory: StrikesMemory) {
    if memory.openingsLeft > 0 {
      openingsLeft = memory.openingsLeft
      delay = .nanoseconds(memory.delay)
    }
    wrongKeyChoice = memory.wrongKeyChoice
    dismissalsLeft = memory.dismissalsLeft
    wrongKey = memory.wrongKey?.first
  }

  /// Lets a defect set in: a crash or a hang with the next window, whatever was drawn.
  mutating func setIn(_ defect: VirtualDefect) {
    defects.insert(defect)
    if Self.inWindows.contains(defect) { openingsLeft = 1 }
  }

  /// Counts an opened window; returns after which time a crash or hang strikes, if it is due.
  mutating func windowOpened() -> Duration? {
    guard !defects.isDisjoint(with: Self.inWindows) else { return nil }
    openingsLeft -= 1
    return openingsLeft == 0 ? delay : nil
  }

  /// Whether the keyboard stays when somebody wants it away.
  mutating func keyboardSticks() -> Bool {
    if defects.contains(.keyboardWillNotClose) { return true }
    guard defects.contains(.keyboardSticksLater) else { return false }
    defer { dismissalsLeft -= 1 }
    return dismissalsLeft <= 0
  }

  /// What a key types, given what is most likely typed now.
  mutating func character(typedBy key: Character, expected: String) -> Character {
    guard defects.contains(.keyTypesAnother) else { return key }
    if wrongKey == nil, !expected.isEmpty {
      let characters = Array(expected)
      wrongKey = characters[wrongKeyChoice % characters.count]
    }
    return key == wrongKey ? DefectStrikes.neighbour(of: key) : key
  }

  /// Another character of the same kind.
  private static func neighbour(of character: Character) -> Character {
    let cycles = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    for cycle in cycles {
      let characters = Array(cycle)
      if let place = characters.firstIndex(of: character) {
        return characters[(place + 1) % characters.count]
      }
    }
    return "x"
  }
}
