import Bench
import Frames
import Hands
import RecorderModel
import Synchronization
import Testing

@testable import VirtualRecorder

/// A virtual rig whose pointer can be looked up: the truth that clicks are compared with.
struct SpiedRecorder {
  let rig: VirtualRig
  let log: SpyLog
  let model: VirtualModel

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
    self.model = known
  }

  /// The keyboard that comes up under a field, as a model file would describe it.
  func keyboard(under field: PixelRect) -> (layout: Keyboard, corner: PixelPoint) {
    let style = Style(model)
    let layers = model.keyboard.pages.indices.map {
      OnScreenKeyboard(page: $0).layer(style, under: field)
    }
    let area = layers[0].area
    let pages = layers.enumerated().map { index, layer in
      KeyboardPage(
        name: "page \(index)", image: nil, keys: layer.elements.compactMap { key($0, area) })
    }
    return (
      Keyboard(
        anchor: "keyboard", bounds: PixelRect(x: 0, y: 0, width: area.width, height: area.height),
        pages: pages), PixelPoint(x: area.x, y: area.y)
    )
  }

  private func key(_ element: Element, _ area: PixelRect) -> Key? {
    guard case .key(let action) = element.intent else { return nil }
    let role: Key.Role =
      switch action {
      case .type(let character): .character(character)
      case .backspace: .backspace
      case .close: .enter
      case .page(let page):
        model.keyboard.pages[page].followedBy == nil
          ? .page("page \(page)") : .pageForOneKey("page \(page)")
      }
    return Key(role: role, box: element.rect.offset(byX: -area.x, y: -area.y))
  }

  func pilot() -> MousePilot {
    MousePilot(screen: rig.screen, mouse: rig.mouse, clock: rig.clock)
  }
}

/// What a spied recorder shows and holds.
struct SpiedScreen: Sendable {
  /// The parts of the topmost window.
  var elements: [Element] = []
  /// What its field holds.
  var text: String?
  /// Which page of the keyboard is up.
  var page: Int?
  /// Where the field is.
  var field: PixelRect? { place(of: .field) }

  /// Where a part of the window is.
  func place(of intent: Intent) -> PixelRect? { elements.first { $0.intent == intent }?.rect }
}

/// What is known of a spied recorder.
final class SpyLog: Sendable {
  private struct State {
    var presses: [PixelPoint] = []
    var drawings = 0
    var screen = SpiedScreen()
  }

  private let state = Mutex(State())

  /// Where the pointer was when a button went down.
  var presses: [PixelPoint] { state.withLock(\.presses) }
  /// How many pictures were drawn.
  var drawings: Int { state.withLock(\.drawings) }
  /// What the recorder shows.
  var screen: SpiedScreen { state.withLock(\.screen) }

  func add(_ press: PixelPoint) { state.withLock { $0.presses.append(press) } }
  func drew() { state.withLock { $0.drawings += 1 } }
  func shows(_ screen: SpiedScreen) { state.withLock { $0.screen = screen } }
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

  var now: MonotonicInstant { device.now }
  func advance(to instant: MonotonicInstant) { device.advance(to: instant) }

  func receive(_ report: [UInt8]) {
    device.receive(report)
    let isDown = report[0] != 0
    if isDown, !wasDown, let position = device.firmware?.pointer.position { log.add(position) }
    wasDown = isDown
  }

  private func publish() {
    guard let firmware = device.firmware else { return }
    log.shows(
      SpiedScreen(
        elements: firmware.topWindow?.layer(firmware.style).elements ?? [],
        text: firmware.topWindow?.entry?.text, page: firmware.keyboard?.page))
  }

  func mousePlugged(_ plugged: Bool) { device.mousePlugged(plugged) }
  func setSupply(on: Bool) { device.setSupply(on: on) }
  var usbState: USBBusState { device.usbState }
  var video: VideoOutput { device.video }
  var pointerDrawing: PointerRendering {
    get { device.pointerDrawing }
    set { device.pointerDrawing = newValue }
  }

  func draw(into canvas: RGBCanvas) {
    log.drew()
    publish()
    device.draw(into: canvas)
  }

  func drainMail() -> [OutgoingMail] { device.drainMail() }
}
