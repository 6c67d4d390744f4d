import Bench
import Frames

/// The capture device on the recorder's video socket, with the faults that it and its cable have.
final class Grabber {
  /// What the grabber has for the host when a frame is due.
  enum Output {
    case picture(Frame)
    case state(SignalState)
    /// Nothing, though the grabber claims a signal.
    case silence
  }

  private let seed: UInt64
  private let faults: FaultPlan
  private let character: CaptureCharacter
  private let lines: Int?
  private var tracker: SignalTracker
  private var chain: CaptureChain?
  private var canvas: RGBCanvas?
  private var repeated: Frame?
  private var ownFrame: Frame?
  private var wasGone = false
  /// Whether the grabber left the bus and nobody has been told: an open device says so once, even
  /// when it has come back meanwhile.
  private var leftUnseen = false

  /// Creates a grabber; without a number of lines it delivers what it gets.
  init(seed: UInt64, faults: FaultPlan, lines: Int?, capture: CaptureOptions) {
    self.lines = lines
    self.seed = seed
    self.faults = faults
    character = CaptureCharacter(seed: seed).changed(by: capture)
    tracker = SignalTracker(seed: seed)
  }

  /// Looks at the input when a frame is due, whether or not anybody asks for it.
  func observe(_ video: VideoOutput, frame number: Int, at instant: MonotonicInstant) {
    let isGone = isGone(at: instant)
    if isGone, !wasGone { leftUnseen = true }
    wasGone = isGone
    if isGone {
      tracker.reset()
    } else {
      let silenced = faults.isActive(.cableSilent, at: instant)
      tracker.observe(silenced ? .none : video, frame: number, at: instant)
    }
  }

  /// What the host gets for a frame that was just observed.
  ///
  /// - Parameters:
  ///   - number: the frame's number.
  ///   - instant: its capture time.
  ///   - device: what is on the other end of the cable.
  ///   - isLeftOut: whether the grabber is too slow for a picture of this frame.
  /// - Returns: a picture, a state, or nothing.
  func output(
    frame number: Int, at instant: MonotonicInstant, of device: any RecordedDevice,
    isLeftOut: Bool = false
  ) -> Output {
    if isGone(at: instant) || leftUnseen {
      leftUnseen = false
      return .state(.deviceGone)
    }
    if faults.isActive(.captureFrozen, at: instant) { return .silence }
    if faults.isActive(.cableLost, at: instant) { return .state(.noCable) }
    if faults.isActive(.captureOutOfRange, at: instant), device.video != .none {
      return .state(.outOfRange)
    }
    if faults.isActive(.captureNoInput, at: instant) {
      return .picture(ownPicture(frame: number, at: instant))
    }
    guard tracker.state == .live, case .picture(let size) = device.video else {
      return .state(tracker.state == .live ? .noSync : tracker.state)
    }
    if isLeftOut { return .silence }
    let frame = picture(of: device, size: size, frame: number, at: instant)
    let isTorn = tracker.isTorn(number) || faults.isActive(.captureGarbled, at: instant)
    return .picture(isTorn ? TornPicture(frame, seed: seed).picture : frame)
  }

  private func isGone(at instant: MonotonicInstant) -> Bool {
    faults.isActive(.captureGone, at: instant)
      || faults.isActive(.captureGoneAndBack, at: instant)
  }

  private func picture(
    of device: any RecordedDevice, size: PixelSize, frame number: Int,
    at instant: MonotonicInstant
  ) -> Frame {
    if faults.isActive(.captureRepeats, at: instant), let repeated {
      return repeated.stamped(number: number, at: instant)
    }
    let canvas = canvas(of: size)
    if faults.isActive(.captureBlack, at: instant) {
      canvas.painter.fill(PixelRect(size), .black)
    } else {
      device.pointerDrawing = pointer(at: instant)
      device.draw(into: canvas)
    }
    let frame = captured(canvas, isOwn: false, frame: number, at: instant)
    if faults.isActive(.captureRepeats, at: instant) { repeated = frame }
    return frame
  }

  private func pointer(at instant: MonotonicInstant) -> PointerRendering {
    var drawing = PointerRendering()
    drawing.isDrawn = !faults.isActive(.pointerNeverDrawn, at: instant)
    if faults.isActive(.pointerOffset, at: instant) {
      // Thirty pixels away in one of eight directions: 30 in one, or 21 in both.
      let places = [
        (30, 0), (21, 21), (0, 30), (-21, 21), (-30, 0), (-21, -21), (0, -30), (21, -21),
      ]
      let place = places[Int(RandomStream.mix(seed) % UInt64(places.count))]
      drawing.offset = PixelPoint(x: place.0, y: place.1)
    }
    return drawing
  }

  private func ownPicture(frame number: Int, at instant: MonotonicInstant) -> Frame {
    if let ownFrame { return ownFrame.stamped(number: number, at: instant) }
    let canvas = canvas(of: chain?.size ?? PixelSize(width: 1280, height: 720))
    ColorBars.draw(into: canvas)
    let frame = captured(canvas, isOwn: true, frame: number, at: instant)
    ownFrame = frame
    return frame
  }

  private func canvas(of size: PixelSize) -> RGBCanvas {
    if let canvas, canvas.size == size { return canvas }
    let new = RGBCanvas(size: size)
    canvas = new
    return new
  }

  private func captured(
    _ canvas: RGBCanvas, isOwn: Bool, frame number: Int, at instant: MonotonicInstant
  ) -> Frame {
    let chain =
      if let chain, chain.size == canvas.size {
        chain
      } else {
        CaptureChain(size: canvas.size, lines: lines, character: character, seed: seed)
      }
    self.chain = chain
    return canvas.withPixels { pixels in
      chain.capture(
        UnsafeRawBufferPointer(pixels), stride: canvas.stride, isOwn: isOwn, number: number,
        capturedAt: instant)
    }
  }
}
