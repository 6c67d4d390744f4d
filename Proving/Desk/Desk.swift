package import Bench
package import Frames

/// A recorder made of nothing but a pointer, a picture and an on-screen keyboard: a bench for hands.
package actor Desk {
  /// A click that the desk took.
  package struct Click: Equatable, Sendable {
    /// Where the hot spot was.
    package var point: PixelPoint
    /// With which button.
    package var button: MouseButtons
  }

  nonisolated let traits: DeskTraits
  let picture: DeskPicture
  private let pointers: [DeskPointer.Shape: DeskPointer]
  nonisolated let keyboard: DeskKeyboard?
  private var draw: Draw
  /// Which clicks keys do not take, however many reports there were.
  private var deafness: Draw
  private var now = MonotonicInstant.zero
  private var x: Double
  private var y: Double
  private var lastReport: MonotonicInstant?
  private var lastMove: MonotonicInstant?
  private var buttons: MouseButtons = []
  private var pressed: (at: MonotonicInstant, point: PixelPoint)?
  /// Where the hot spot was from when on, and when it moved.
  private var history: [(since: MonotonicInstant, point: PixelPoint)] = []
  /// The last reports that moved: their counts, and how long after the one before they came.
  private var recent: [(counts: Double, milliseconds: Double)] = []
  private var pictures = 0
  private var presses = 0
  /// The clicks, in order.
  package private(set) var clicks: [Click] = []
  private(set) var wheel = 0
  /// Reports that the host did not take.
  private(set) var refusals = 0
  var signal = SignalState.live
  var keys: DeskKeys

  /// Creates a desk without a keyboard.
  package init(_ traits: DeskTraits, seed: UInt64) {
    self.init(traits, seed: seed, keyboard: nil)
  }

  init(_ traits: DeskTraits, seed: UInt64, keyboard: DeskKeyboard?) {
    self.traits = traits
    self.keyboard = keyboard
    picture = DeskPicture(traits: traits, seed: seed)
    pointers = Dictionary(
      uniqueKeysWithValues: DeskPointer.Shape.allCases.map { ($0, DeskPointer($0)) })
    draw = Draw(seed: seed &+ 5)
    deafness = Draw(seed: seed &+ 6)
    x = Double(traits.start.x)
    y = Double(traits.start.y)
    keys = DeskKeys(keyboard: keyboard)
  }

  var hotSpot: PixelPoint { PixelPoint(x: Int(x), y: Int(y)) }
  var frames: Int { pictures }
  /// What the desk's clock says.
  package var time: MonotonicInstant { now }

  /// Fills the field.
  func hold(_ text: String) { keys.text = Array(text) }

  /// Shows the last character for a while before it is a dot.
  func showLast(for time: Duration) { keys.showsLastFor = time }

  /// Has a key type another character.
  func swap(_ character: Character, for other: Character) { keys.swapped[character] = other }

  /// Leaves a page of the keyboard up, for one key where it returns to another one.
  func leave(page: String, returningTo back: String?) {
    keys.leave(page: page, returningTo: back)
  }

  func lose(_ state: SignalState) { signal = state }

  /// Its screen.
  package nonisolated var screen: DeskScreen { DeskScreen(desk: self) }
  /// Its mouse.
  package nonisolated var mouse: DeskMouse { DeskMouse(desk: self) }
  /// Its clock, which goes on as the desk is waited for.
  package nonisolated var clock: DeskClock { DeskClock(desk: self) }

  func advance(to instant: MonotonicInstant) {
    now = max(now, instant)
    keys.advance(to: now)
  }

  // MARK: Mouse

  var bus: USBBusState {
    if isAway { return .notConfigured }
    return isAsleep ? .suspended : .configured
  }

  private var isAway: Bool {
    now < traits.configuredAt || traits.portReset?.contains(now.seconds) ?? false
  }

  private var isAsleep: Bool {
    guard let sleepsAfter = traits.sleepsAfter else { return false }
    guard let lastReport else { return true }
    return lastReport.duration(to: now) > sleepsAfter
  }

  func receive(_ report: MouseReport) -> MouseDelivery {
    guard !isAway else {
      buttons = []
      refusals += 1
      return .refused
    }
    let wasAsleep = isAsleep
    let sinceLast = lastReport.map { $0.duration(to: now).inSeconds * 1000 } ?? 50
    lastReport = now
    if wasAsleep || draw.happens(traits.lossProbability) { return .delivered }
    move(report, sinceLast: sinceLast)
    wheel += Int(report.wheel)
    press(report.buttons)
    return .delivered
  }

  private func move(_ report: MouseReport, sinceLast: Double) {
    let (dx, dy) = (Double(report.dx), Double(report.dy))
    guard dx != 0 || dy != 0 else { return }
    let stretch: Double
    switch traits.acceleration {
    case .bySlope:
      let speed = (dx * dx + dy * dy).squareRoot() / min(max(sinceLast, 4), 50)
      stretch = min(1 + traits.slope * max(0, speed - traits.threshold), traits.limit)
    case .adaptive:
      stretch = adaptiveStretch(counts: (dx * dx + dy * dy).squareRoot(), sinceLast: sinceLast)
    case .lasting:
      stretch = lastingStretch(counts: (dx * dx + dy * dy).squareRoot(), sinceLast: sinceLast)
    }
    x = min(max(x + dx * traits.gain * stretch, 0), Double(traits.size.width - 1))
    y = min(max(y + dy * traits.gain * stretch, 0), Double(traits.size.height - 1))
    lastMove = now
    history.append((now, hotSpot))
  }

  /// As libinput's adaptive profile has it: a third of a count's way when slow, all of it at usual
  /// speed, up to twice the way when fast.
  ///
  /// Source: libinput, `filter-mouse.c`, `pointer_accel_profile_linear`.
  private func adaptiveStretch(counts: Double, sinceLast: Double) -> Double {
    let late = min(max(sinceLast, 1) * draw.number(0.6...1.6), 300)
    recent.append((counts, late))
    if late >= 300 { recent = [(counts, late)] }
    recent = recent.suffix(4)
    let speed = recent.reduce(0) { $0 + $1.counts } / recent.reduce(0) { $0 + $1.milliseconds }
    if speed < 0.07 { return 10 * speed + 0.3 }
    return speed < 0.4 ? 1 : min(2, 1.1 * (speed - 0.4) + 1)
  }

  private func lastingStretch(counts: Double, sinceLast: Double) -> Double {
    recent.append((counts, min(max(sinceLast, 0.5), 100)))
    recent = recent.suffix(6)
    var (way, time) = (0.0, 0.0)
    for report in recent.reversed() where time < 150 {
      way += report.counts
      time += report.milliseconds
    }
    return 0.8 + min(1.6, max(0, (way / time - 0.15) * 1.4))
  }

  private func press(_ new: MouseButtons) {
    if buttons.isEmpty && !new.isEmpty {
      if let slip = traits.slips[presses] {
        x += Double(slip.x)
        y += Double(slip.y)
        history.append((now, hotSpot))
      }
      presses += 1
      pressed = (now, hotSpot)
    }
    if !buttons.isEmpty && new.isEmpty, let pressed {
      if pressed.at.duration(to: now) >= traits.minimumHold, pressed.point == hotSpot {
        clicks.append(Click(point: hotSpot, button: buttons))
        let deaf = deafness.happens(traits.deafness)
        if !deaf { keys.click(hotSpot, at: now, effectAfter: traits.keyDelay) }
      }
      self.pressed = nil
    }
    buttons = new
  }

  // MARK: Screen

  func reading(after instant: MonotonicInstant, by deadline: MonotonicInstant) -> ScreenReading {
    let step = traits.pictureInterval.wholeNanoseconds
    let earliest = max(instant.nanoseconds + 1, now.nanoseconds)
    let number = (earliest + step - 1) / step
    let captured = MonotonicInstant(nanoseconds: number * step)
    if captured > deadline {
      advance(to: deadline)
      return .noPicture(.frozen, at: deadline)
    }
    advance(to: captured)
    if signal != .live { return .noPicture(signal, at: captured) }
    return .picture(frame(number: Int(number), at: captured))
  }

  private func frame(number: Int, at captured: MonotonicInstant) -> Frame {
    pictures += 1
    var luma = picture.luma(at: captured.seconds)
    keyboard?.draw(keys, at: captured, picture: picture, into: &luma)
    let shown = MonotonicInstant(
      nanoseconds: captured.nanoseconds - traits.displayDelay.wholeNanoseconds)
    if traits.isPointerDrawn, isPointerVisible(at: shown) {
      let start = traits.start
      let place = history.last { $0.since <= shown }?.point ?? start
      let shape = traits.things.last { $0.box.contains(place) }?.shape ?? traits.shape
      pointers[shape]?.draw(
        at: place.offset(byX: traits.drawnOff.x, y: traits.drawnOff.y), into: &luma,
        size: traits.size)
    }
    if let decoy = traits.decoy {
      pointers[traits.shape]?.draw(at: decoy, into: &luma, size: traits.size)
    }
    picture.addNoise(number: number, to: &luma)
    let chroma = Plane(
      width: traits.size.width / 2, height: traits.size.height / 2, filledWith: 128)
    return Frame(
      luma: Plane(width: traits.size.width, height: traits.size.height, samples: luma),
      cb: chroma, cr: chroma, number: number, capturedAt: captured)
  }

  private func isPointerVisible(at instant: MonotonicInstant) -> Bool {
    if traits.pointerCovered?.contains(instant.seconds) ?? false { return false }
    guard let moved = history.last(where: { $0.since <= instant }) else { return false }
    guard let hidesAfter = traits.hidesAfter else { return true }
    return moved.since.duration(to: instant) < hidesAfter
  }
}

/// What a desk shows.
package struct DeskScreen: Screen {
  let desk: Desk

  package func reading(after instant: MonotonicInstant, by deadline: MonotonicInstant)
    async throws(BenchError) -> ScreenReading
  {
    await desk.reading(after: instant, by: deadline)
  }
}

/// The mouse on a desk.
package struct DeskMouse: Mouse {
  let desk: Desk

  package func send(_ report: MouseReport, by deadline: MonotonicInstant) async throws(BenchError)
    -> MouseDelivery
  {
    await desk.receive(report)
  }

  package func busState() async throws(BenchError) -> USBBusState { await desk.bus }
}

/// A desk's time.
package struct DeskClock: BenchClock {
  let desk: Desk

  package func now() async -> MonotonicInstant { await desk.time }

  package func sleep(until instant: MonotonicInstant) async throws(BenchError) {
    await desk.advance(to: instant)
  }

  package func secondsSince1970() async -> Double { await desk.time.seconds }
}
