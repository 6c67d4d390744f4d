public import Bench
public import Frames

/// A virtual recorder without a rig around it: whoever holds it is the other end of its sockets.
///
/// It lives on the timeline of its holder, who says what the time is. Its cameras are slow ones
/// without noise: it may have to draw in real time on a slow machine. Not for use by several
/// threads at once.
public final class WiredRecorder {
  private let device: RecorderDevice
  private let calendarStart: Double
  private var mailRoute: MailRoute
  private var mailSerial = 0
  private var canvas: RGBCanvas?
  private var packer: PicturePacker?
  private var keeper: MemoryKeeper?

  /// Creates a recorder that has been running for long, at instant zero.
  ///
  /// Its USB port is a real one, which has a sleep and losses of its own: the mouse port of this
  /// recorder never sleeps by itself, and loses nothing. Its host tells of a button that is reported
  /// again and again only once, so that a report lost behind it would lose the whole press.
  ///
  /// - Parameters:
  ///   - options: which recorder; faults are the rig's, and there is none.
  ///   - memory: where the recorder lives while nobody holds it; it goes on from there, after the
  ///     time that has passed meanwhile. Nil of a new one that nothing is kept of.
  ///   - calendarStart: the date at instant zero, in seconds since 1970; the clock of a new recorder
  ///     shows it.
  /// - Throws: when a model or defect is unknown.
  public init(
    _ options: VirtualRecorderOptions, memory: RecorderMemoryFolder? = nil, calendarStart: Double
  ) throws(UnknownVirtualName) {
    self.calendarStart = calendarStart
    mailRoute = MailRoute(seed: options.seed)
    keeper = memory.map {
      MemoryKeeper(folder: $0, timeline: Timeline(calendarStart: calendarStart))
    }
    if let (mail, past) = keeper?.mail {
      mailRoute.restore(mail, past)
      mailSerial = mail.arrivals
    }
    device = RecorderDevice(
      model: try options.virtualModel(), seed: options.seed,
      defects: try options.virtualDefects(), calendarStart: calendarStart,
      onsets: options.moments(VirtualDefect.self),
      unkindness: .all.subtracting([.sleep, .losses]), noticeAfter: options.popUpAfter,
      acceleration: options.acceleration, pointer: options.pointer, cameras: .frugal,
      firmware: options.firmware,
      memory: memory?.found?.device, stick: { memory?.stickImage() })
  }

  /// Writes down what the recorder is, where that has changed; nothing of one without a memory.
  ///
  /// Called when its mail was taken.
  ///
  /// - Throws: when it can't be written.
  public func keep() throws(RigFault) {
    try keeper?.follow(device, mailRoute, arrivals: mailSerial, probes: 0)
  }

  /// Lets happen what is due by an instant, which never lies before the last one.
  public func advance(to instant: MonotonicInstant) { device.advance(to: instant) }

  /// Takes the bytes of a HID report at the present instant.
  public func receive(_ report: MouseReport) { device.receive(report.bytes) }

  /// Switches the supply at the present instant.
  public func setSupply(on: Bool) { device.setSupply(on: on) }

  /// Whether the recorder's USB port has enumerated what is plugged in.
  public var isUSBReady: Bool { device.usbState.isHosted }

  /// The size of the picture that leaves the video socket; nil while none does.
  public var pictureSize: PixelSize? {
    if case .picture(let size) = device.video { size } else { nil }
  }

  /// The mail that has reached the mailbox since the last call.
  public func arrivedMail() -> [MailArrival] {
    for mail in device.drainMail() { mailRoute.accept(mail) }
    var arrivals: [MailArrival] = []
    while let (mail, due) = mailRoute.next(until: device.now) {
      mailSerial += 1
      arrivals.append(
        MailArrival(
          mail: mail, instant: due, secondsSince1970: calendarStart + due.seconds,
          serial: mailSerial))
    }
    return arrivals
  }

  /// Draws the present picture.
  ///
  /// - Returns: whether it differs from the one before; not where there is none.
  public func draw() -> Bool {
    guard let size = pictureSize else { return false }
    let canvas = canvas(of: size)
    device.draw(into: canvas)
    let packer =
      if let packer, packer.size == size { packer } else { PicturePacker(size: size) }
    self.packer = packer
    return packer.take(canvas)
  }

  /// Hands out the picture that was drawn last as luma and, at half the size, interleaved chroma
  /// (NV12, BT.601, limited range), rows without gaps.
  ///
  /// - Parameter target: takes the picture: three bytes for each two pixels of its size.
  /// - Returns: whether there is a picture, and room for it.
  public func copyPicture(into target: UnsafeMutableRawBufferPointer) -> Bool {
    guard let packer, target.count >= packer.packed.count else { return false }
    target.copyBytes(from: packer.packed)
    return true
  }

  private func canvas(of size: PixelSize) -> RGBCanvas {
    if let canvas, canvas.size == size { return canvas }
    let new = RGBCanvas(size: size)
    canvas = new
    return new
  }
}
