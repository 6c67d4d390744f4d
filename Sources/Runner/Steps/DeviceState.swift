import Bench
import FrameVision
import Frames
import RecorderModel

/// One device of the bench while a run plays on it.
final class DeviceState {
  /// The device's name on the bench.
  let name: String
  /// Its picture, watched.
  let screen: WatchedScreen?
  /// What drives its pointer; nil without screen or mouse.
  let hand: (any Hand)?
  /// What types on its keyboard; nil without a hand or a keyboard.
  let typist: (any Typist)?
  /// Its mouse.
  let mouse: (any Mouse)?
  /// Its supply.
  let power: (any PowerSwitch)?
  /// Whether the rig's owner vouches for the supply, which nothing senses.
  let isSupplyTrusted: Bool
  /// Whether mail is vouched to get through.
  let isMailTrusted: Bool
  /// What the device's mail names, where it shares a mailbox.
  let mailNaming: String?
  /// Its mail.
  let mailbox: (any Mailbox)?
  /// What is known of the photometric transform of its pictures.
  let photometry: PhotometricConsensus
  /// What was read on it.
  let words = WordsRead()

  /// What the run has done with its supply.
  var supply = Supply()
  /// Since when the recorder is being restarted, by the plug or by itself; nil once it is back.
  private(set) var restartingSince: MonotonicInstant?
  /// The times without a picture that its last restart took; nil once the pointer was moved since:
  /// until then nobody knows where the pointer is.
  private(set) var lossesOfRestart: [SignalMemory.Spell]?
  /// When the last action on it ended, on the capture clock.
  var lastActionEnd = MonotonicInstant.zero {
    didSet {
      lastPress = nil
      lastHeld = nil
    }
  }
  /// The last action on it, where it was a click.
  var lastPress: Press?
  /// The last picture of it that was looked at.
  var lastLook: Look?
  /// What an expectation was last seen to hold on; nil once something was done since, or the picture
  /// was lost.
  var lastHeld: Glance?
  /// When somebody last looked for pop-ups.
  var lookedForPopUps: MonotonicInstant?

  init(
    name: String, device: BenchDevice, model: RecorderModel, limbs: any LimbMaker,
    clock: any BenchClock, photometry: PhotometricConsensus, camera: FilmCamera?
  ) {
    self.name = name
    self.photometry = photometry
    mouse = device.mouse
    power = device.power
    isSupplyTrusted = device.isSupplyTrusted
    isMailTrusted = device.isMailTrusted
    mailNaming = device.mailNaming
    mailbox = device.mailbox
    screen = device.screen.map {
      WatchedScreen(
        FittedScreen($0, to: model.screen), mouse: device.mouse, camera: camera)
    }
    (hand, typist) = limbs.limbs(
      screen: screen, mouse: device.mouse, clock: clock, photometry: photometry)
  }

  /// What does not count when its pictures are judged: the pointer's drawing.
  func ignored() async -> [PixelRect] { await pointerBox.map { [$0] } ?? [] }

  /// Where the pointer's drawing is, as far as that is known: what a recorder shows while it starts
  /// has none.
  var pointerBox: PixelRect? {
    get async { restartingSince == nil ? await hand?.pointerBox : nil }
  }

  // MARK: - Restarts

  /// Takes note that its supply is on again: it restarts, and what was lost meanwhile is explained.
  func noteSwitchedOn(at instant: MonotonicInstant) {
    restartingSince = instant
    lastActionEnd = instant
    screen?.explainLosses()
  }

  /// Takes note that the signal was lost as expected: it has gone into a restart.
  func noteSignalLost(at instant: MonotonicInstant?) {
    if restartingSince == nil { restartingSince = instant }
    forgetPictures()
  }

  /// Takes note that its picture shows something of its own.
  ///
  /// - Returns: whether it is back from a restart.
  func noteRecovery() -> Bool {
    guard restartingSince != nil else { return false }
    restartingSince = nil
    lossesOfRestart = screen?.remembered.spells ?? []
    screen?.explainLosses()
    return true
  }

  /// Takes note that the pointer was homed, so that it is known again where it is.
  func notePointerHomed() { lossesOfRestart = nil }

  /// Drops every picture held: the next one shows something else altogether.
  func forgetPictures() {
    lastLook = nil
    lastHeld = nil
    words.forgetPictures()
    photometry.noteSignalLoss()
  }
}

/// Makes the hands of a device.
protocol LimbMaker: Sendable {
  /// A hand and a typist, where the device has what they need.
  func limbs(
    screen: (any Screen)?, mouse: (any Mouse)?, clock: any BenchClock,
    photometry: PhotometricConsensus
  ) -> ((any Hand)?, (any Typist)?)
}

/// The devices of a bench that a run has used so far.
final class DevicePool {
  private let bench: Bench
  private let make: (String, BenchDevice) -> DeviceState
  private var devices: [String: DeviceState] = [:]

  init(_ bench: Bench, make: @escaping (String, BenchDevice) -> DeviceState) {
    self.bench = bench
    self.make = make
  }

  /// The device of a name.
  func device(_ name: String) throws(Stop) -> DeviceState {
    if let known = devices[name] { return known }
    guard let device = bench.devices[name] else {
      throw Stop(.rigIncomplete, "the rig has no device named \(name)")
    }
    let state = make(name, device)
    devices[name] = state
    return state
  }

  /// Those used so far, by name.
  var used: [DeviceState] { devices.keys.sorted().compactMap { devices[$0] } }
}
