import Bench
import Frames
import Hands
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
  /// Its mail.
  let mailbox: (any Mailbox)?

  /// Whether the supply was switched off by this run and not on again.
  var isCut = false
  /// When the loss that a cut makes was confirmed; nil while it is not.
  var cutConfirmedAt: MonotonicInstant?
  /// Since when the recorder is being restarted, by the plug or by itself; nil once it is back.
  var restartingSince: MonotonicInstant?
  /// The times without a picture that its last restart took; nil once the pointer was moved since:
  /// until then nobody knows where the pointer is.
  var lossesOfRestart: [SignalMemory.Spell]?
  /// When the last action on it ended, on the capture clock.
  var lastActionEnd = MonotonicInstant.zero
  /// The last picture of it that was looked at.
  var lastLook: Look?
  /// The size of its captured pictures that was told of, where they are judged at another one.
  var toldSize: PixelSize?
  /// What was read on it, by what was looked for.
  var readings: [Reading.Key: Reading] = [:]
  /// Where words were seen last.
  var lastPlaces: [SignPlace: PixelRect] = [:]
  /// When somebody last looked for pop-ups.
  var lookedForPopUps: MonotonicInstant?

  init(
    name: String, device: BenchDevice, model: RecorderModel, limbs: any LimbMaker,
    clock: any BenchClock
  ) {
    self.name = name
    mouse = device.mouse
    power = device.power
    mailbox = device.mailbox
    screen = device.screen.map {
      WatchedScreen(FittedScreen($0, to: model.screen), mouse: device.mouse)
    }
    (hand, typist) = limbs.limbs(screen: screen, mouse: device.mouse, clock: clock)
  }

  /// What does not count when its pictures are judged: the pointer's drawing.
  nonisolated(nonsending) func ignored() async -> [PixelRect] {
    await hand?.pointerBox.map { [$0] } ?? []
  }
}

/// Makes the hands of a device.
protocol LimbMaker: Sendable {
  /// A hand and a typist, where the device has what they need.
  func limbs(screen: (any Screen)?, mouse: (any Mouse)?, clock: any BenchClock)
    -> ((any Hand)?, (any Typist)?)
}
