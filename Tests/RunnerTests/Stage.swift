import Bench
import FrameVision
import Frames
import Hands
import Mail
import Synchronization

/// A rig that a test scripts: a small screen, a mouse that always arrives, a plug, a mailbox, all
/// on one virtual timeline.
final class Stage: Sendable {
  /// What stands on the screen.
  struct Scene: Sendable {
    /// Pictures by name, with their top left corners.
    var pictures: [(name: String, at: PixelPoint)] = []
    /// Dialogs, below everything else.
    var dialogs: [PixelRect] = []
    /// Words with the boxes they stand in.
    var words: [(text: String, box: PixelRect)] = []

    /// Whether a point lies on a picture.
    func hits(_ name: String, _ point: PixelPoint) -> Bool {
      pictures.contains { $0.name == name && Pattern.box(at: $0.at).contains(point) }
    }
  }

  /// Everything that can be scripted.
  struct World: Sendable {
    var now = MonotonicInstant.zero
    var scene = Scene()
    var signal = SignalState.live
    var bus = USBBusState.configured
    var isSupplied = true
    /// What the switch reads back where it lies.
    var readBack: Bool?
    /// Whether the supply is sensed behind the switch.
    var hasSense = true
    /// Whether the clock on the screen stands and nothing answers.
    var isHung = false
    /// Whether the pointer answers.
    var hasPointer = true
    /// How long the hand takes for a move or a click.
    var handTakes = Duration.milliseconds(150)
    /// Where the hand takes the pointer to be drawn.
    var pointerBox: PixelRect?
    /// Whether it lies there though it is moved.
    var pointerStays = false
    /// By how much the pointer is seen beside where it was clicked; nil where it is not looked at.
    var slip: PixelPoint?
    /// How far from its place the pointer is drawn; nil where it is drawn there.
    var misplacement: PixelPoint?
    /// Whether the capture device sends one picture over and over.
    var repeats = false
    /// How light the panel is by the time, in levels; nil where there is none.
    var panel: (@Sendable (MonotonicInstant) -> UInt8)?
    /// Whether the picture is black, or torn.
    var isBlack = false
    var mails: [(entry: MailEntry, bytes: [UInt8])] = []
    var isMailboxReachable = true
    var fetched: [MailIdentifier] = []
    /// What becomes of a mail that the mailbox sends itself.
    var onProbe: @Sendable (inout World) -> MailProbe = { _ in .arrived(after: .seconds(3)) }
    /// What happens by itself, and when.
    var schedule: [(at: MonotonicInstant, change: @Sendable (inout World) -> Void)] = []
    /// What a click does.
    var onClick: @Sendable (inout World, PixelPoint, MouseButtons) -> Void = { _, _, _ in }
    /// What typing does.
    var onType: @Sendable (inout World, String) -> Void = { _, _ in }
    /// What the typist sees in the end.
    var typingOutcome = TypingOutcome.matched
    /// What switching the supply does.
    var onPower: @Sendable (inout World, Bool) -> Void = { world, isOn in world.supply(isOn) }
    /// What was done: for the test to see.
    var log: [String] = []
    /// The captured instants that were handed out.
    var captured: [MonotonicInstant] = []
    var isParked = false

    /// Lets a change happen by itself, later.
    mutating func later(
      _ seconds: Double, _ change: @escaping @Sendable (inout World) -> Void
    ) {
      schedule.append((now.advanced(by: .milliseconds(Int64(seconds * 1000))), change))
    }

    /// Loses or gets power as a recorder does: gone at once, back after five seconds.
    mutating func supply(_ isOn: Bool) {
      isSupplied = isOn
      log.append("power \(isOn ? "on" : "off") at \(now)")
      if isOn {
        later(5) { world in
          guard world.isSupplied else { return }
          world.signal = .live
          world.bus = .configured
        }
      } else {
        signal = .noSignal
        bus = .notAttached
      }
    }

    /// Restarts by itself: no signal, no host, back after five seconds.
    mutating func restart() {
      signal = .noSignal
      bus = .notConfigured
      later(5) { world in
        world.signal = .live
        world.bus = .configured
      }
    }

    /// Lets time pass up to an instant.
    mutating func pass(until instant: MonotonicInstant) {
      while let next = schedule.indices.min(by: { schedule[$0].at < schedule[$1].at }),
        schedule[next].at <= instant
      {
        let (at, change) = schedule.remove(at: next)
        now = max(now, at)
        change(&self)
      }
      now = max(now, instant)
    }
  }

  static let size = PixelSize(width: 320, height: 200)
  static let interval: Int64 = 33_333_333
  /// Where something may fade.
  static let panel = PixelRect(x: 60, y: 80, width: 96, height: 64)

  private let state: Mutex<World>

  init(_ setUp: (inout World) -> Void = { _ in }) {
    var world = World()
    setUp(&world)
    state = Mutex(world)
  }

  /// Looks at or changes the world.
  @discardableResult
  func world<Answer: Sendable>(_ body: (inout World) -> Answer) -> Answer {
    state.withLock { body(&$0) }
  }

  var log: [String] { world { $0.log } }

  /// What drivers did about devices that failed.
  let diary = RigDiary()

  /// The rig.
  var bench: Bench {
    Bench(
      devices: [
        Bench.defaultDevice: BenchDevice(
          screen: self, mouse: self, power: self, mailbox: self)
      ], clock: self, diary: diary)
  }
}

extension Stage: BenchClock {
  func now() async -> MonotonicInstant { world { $0.now } }

  func sleep(until instant: MonotonicInstant) async throws(BenchError) {
    if Task.isCancelled { throw .cancelled }
    world { $0.pass(until: instant) }
  }

  func secondsSince1970() async -> Double { 1_700_000_000 + world { $0.now.seconds } }
}

extension Stage: Screen {
  func reading(
    after instant: MonotonicInstant, by deadline: MonotonicInstant
  ) async throws(BenchError) -> ScreenReading {
    if Task.isCancelled { throw .cancelled }
    return world { world in
      let after = max(instant, world.now)
      let number = after.nanoseconds / Self.interval + 1
      world.pass(until: MonotonicInstant(nanoseconds: number * Self.interval))
      guard world.signal == .live else { return .noPicture(world.signal, at: world.now) }
      world.captured.append(world.now)
      return .picture(Self.draw(world, number: Int(number)))
    }
  }

  private static func draw(_ world: World, number: Int) -> Frame {
    let shown = world.repeats ? 1 : number
    var luma = Plane(width: size.width, height: size.height, filledWith: 90)
    if world.isBlack {
      luma = Plane(width: size.width, height: size.height, filledWith: 2)
    } else {
      if let light = world.panel?(world.now) {
        for y in Self.panel.y..<Self.panel.maxY {
          for x in Self.panel.x..<Self.panel.maxX { luma[x, y] = light }
        }
      }
      for dialog in world.scene.dialogs {
        for y in dialog.y..<dialog.maxY {
          for x in dialog.x..<dialog.maxX {
            luma[x, y] = dialog.insetBy(2).contains(PixelPoint(x: x, y: y)) ? 40 : 220
          }
        }
      }
      for picture in world.scene.pictures { Pattern.draw(picture.name, at: picture.at, on: &luma) }
      for word in world.scene.words { Pattern.draw(word.text, in: word.box, on: &luma) }
      if !world.isHung {
        let second = world.repeats ? 0 : Int(world.now.nanoseconds / 500_000_000)
        Pattern.draw("clock \(second)", at: PixelPoint(x: 280, y: 4), on: &luma)
      }
      var noise = UInt64(shown) &* 0x9e37_79b9_7f4a_7c15 | 1
      for at in luma.samples.indices {
        noise ^= noise << 13
        noise ^= noise >> 7
        noise ^= noise << 17
        luma.samples[at] = UInt8(clamping: Int(luma.samples[at]) + Int(noise % 5) - 2)
      }
    }
    let grey = Plane(width: size.width / 2, height: size.height / 2, filledWith: 128)
    return Frame(luma: luma, cb: grey, cr: grey, number: number, capturedAt: world.now)
  }
}

extension Stage: Mouse {
  func send(_ report: MouseReport, by deadline: MonotonicInstant) async throws(BenchError)
    -> MouseDelivery
  {
    .delivered
  }

  func busState() async throws(BenchError) -> USBBusState { world { $0.bus } }
}

extension Stage: PowerSwitch {
  func setPower(on: Bool, by deadline: MonotonicInstant) async throws(BenchError) {
    if Task.isCancelled { throw .cancelled }
    world { $0.onPower(&$0, on) }
  }

  func readBack() async throws(BenchError) -> Bool? { world { $0.readBack ?? $0.isSupplied } }

  func sensedSupply() async throws(BenchError) -> Bool? {
    world { $0.hasSense ? $0.isSupplied : nil }
  }
}

extension Stage: Mailbox {
  func listing(of folders: [String], by deadline: MonotonicInstant) async throws(BenchError)
    -> MailListing
  {
    MailListing(
      entries: try reached { $0.mails.map(\.entry) }.filter {
        folders.contains($0.identifier.folder)
      })
  }

  func arrivals(
    in folders: [String], since listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> [MailEntry] {
    let known = Set(listing.entries.map(\.identifier))
    return try await self.listing(of: folders, by: deadline).entries
      .filter { !known.contains($0.identifier) }
  }

  func isKnown(
    _ arrival: MailEntry, to listing: MailListing, by deadline: MonotonicInstant
  ) async throws(BenchError) -> Bool {
    listing.entries.contains { $0.fingerprint != nil && $0.fingerprint == arrival.fingerprint }
  }

  func header(_ identifier: MailIdentifier, by deadline: MonotonicInstant)
    async throws(BenchError) -> [UInt8]?
  {
    try await message(identifier, by: deadline).map { MailFingerprint.header(of: $0) }
  }

  func message(_ identifier: MailIdentifier, by deadline: MonotonicInstant)
    async throws(BenchError) -> [UInt8]?
  {
    try reached { world in
      world.fetched.append(identifier)
      return world.mails.first { $0.entry.identifier == identifier }?.bytes
    }
  }

  func probe(by deadline: MonotonicInstant) async throws(BenchError) -> MailProbe {
    try reached { world in world.onProbe(&world) }
  }

  private func reached<Answer: Sendable>(
    _ answer: (inout World) -> Answer
  ) throws(BenchError) -> Answer {
    let (isReachable, value) = world { ($0.isMailboxReachable, answer(&$0)) }
    guard isReachable else { throw .fault(RigFault(.mail, .mailUnreachable, "nobody answers")) }
    return value
  }
}

extension Stage.World {
  /// Delivers a mail.
  mutating func deliver(
    _ name: String, subject: String, text: String, order: Int64, folder: String = "INBOX"
  ) {
    put(
      name, Array("From: r@x.lab\r\nSubject: \(subject)\r\n\r\n\(text)\r\n".utf8),
      order: order, folder: folder)
  }

  /// Puts a mail into the mailbox as it is.
  mutating func put(_ name: String, _ bytes: [UInt8], order: Int64, folder: String = "INBOX") {
    let entry = MailEntry(
      identifier: MailIdentifier(folder: folder, name: name), order: order, size: bytes.count,
      fingerprint: MailFingerprint.text(of: bytes))
    mails.removeAll { $0.entry.identifier == entry.identifier }
    mails.append((entry, bytes))
  }
}

/// Pictures that look like nothing else, made from their names.
enum Pattern {
  static let side = 24

  static func box(at corner: PixelPoint) -> PixelRect {
    PixelRect(x: corner.x, y: corner.y, width: side, height: side)
  }

  static func draw(_ name: String, at corner: PixelPoint, on plane: inout Plane) {
    draw(name, in: box(at: corner), on: &plane)
  }

  static func draw(_ name: String, in box: PixelRect, on plane: inout Plane) {
    for y in 0..<box.height {
      for x in 0..<box.width { plane[box.x + x, box.y + y] = shade(name, x, y) }
    }
  }

  /// The picture as a reference.
  static func image(_ name: String) -> RGBImage {
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let shade = shade(name, x, y)
        pixels += [shade, shade, shade, 255]
      }
    }
    return RGBImage(size: PixelSize(width: side, height: side), pixels: pixels)
  }

  /// Squares of four pixels, light or dark by the name.
  private static func shade(_ name: String, _ x: Int, _ y: Int) -> UInt8 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ UInt64(x / 4 * 31 + y / 4 * 977)) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 31
    return hash & 4 == 0 ? 40 : 210
  }
}
