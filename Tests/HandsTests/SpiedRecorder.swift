import Bench
import Frames
import Hands
import Synchronization
import Testing

@testable import VirtualRecorder

/// A virtual rig whose pointer can be looked up: the truth that clicks are compared with.
struct SpiedRecorder {
  let rig: VirtualRig
  let log: SpyLog

  init(model: String, seed: UInt64, faults: Set<VirtualFault> = []) throws {
    let log = SpyLog()
    let known = try #require(VirtualModel.named(model))
    let calendarStart = 1_800_000_000.0
    rig = VirtualRig(
      device: SpiedDevice(
        RecorderDevice(model: known, seed: seed, calendarStart: calendarStart), log: log),
      seed: seed, faults: FaultPlan(faults, seed: seed),
      clock: VirtualClock(pace: .asFastAsPossible, calendarStart: calendarStart), deliver: { _ in })
    self.log = log
  }

  func pilot() -> MousePilot {
    MousePilot(screen: rig.screen, mouse: rig.mouse, clock: rig.clock)
  }
}

/// Where the pointer was when a button went down.
final class SpyLog: Sendable {
  private let state = Mutex<(presses: [PixelPoint], drawings: Int)>(([], 0))

  var presses: [PixelPoint] { state.withLock(\.presses) }
  var drawings: Int { state.withLock(\.drawings) }

  func add(_ press: PixelPoint) { state.withLock { $0.presses.append(press) } }
  func drew() { state.withLock { $0.drawings += 1 } }
}

/// A recorder that notes where its pointer is when it is clicked.
final class SpiedDevice: RecordedDevice {
  private let device: RecorderDevice
  private let log: SpyLog
  private var wasDown = false

  init(_ device: RecorderDevice, log: SpyLog) {
    self.device = device
    self.log = log
  }

  func advance(to instant: MonotonicInstant) { device.advance(to: instant) }

  func receive(_ report: [UInt8]) {
    device.receive(report)
    let isDown = report[0] != 0
    if isDown, !wasDown, let position = device.firmware?.pointer.position { log.add(position) }
    wasDown = isDown
  }

  func mousePlugged(_ plugged: Bool) { device.mousePlugged(plugged) }
  func setSupply(on: Bool) { device.setSupply(on: on) }
  var usbState: USBBusState { device.usbState }
  var video: VideoOutput { device.video }
  var pointerDrawing: PointerDrawing {
    get { device.pointerDrawing }
    set { device.pointerDrawing = newValue }
  }

  func draw(into canvas: RGBCanvas) {
    log.drew()
    device.draw(into: canvas)
  }

  func drainMail() -> [OutgoingMail] { device.drainMail() }
}
