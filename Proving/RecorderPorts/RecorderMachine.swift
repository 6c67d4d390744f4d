public import Frames
import Glibc
public import VirtualRecorder

/// A virtual recorder with real ports, in real time.
///
/// Mouse events happen at the instants at which the kernel saw them, however late they are read;
/// the supply is looked at by a thread of its own. Pictures are drawn ten times a second while the
/// mouse is used, and three times a second otherwise: drawing is most of what the machine does.
public final class RecorderMachine {
  /// The sockets.
  public struct Ports {
    /// The mouse in the USB port.
    public var mouse: MouseSocket
    /// The supply.
    public var supply: SupplySocket
    /// The port for a stick; nil where none is wired.
    public var stick: StickSocket?
    /// The video socket for a size of pictures; opened with the first one.
    public var video: (PixelSize) throws(PortError) -> HDMIOutput
    /// Puts mail into the mailbox.
    public var deliver: (MailArrival) throws -> Void

    /// Creates sockets.
    public init(
      mouse: MouseSocket, supply: SupplySocket, stick: StickSocket? = nil,
      video: @escaping (PixelSize) throws(PortError) -> HDMIOutput,
      deliver: @escaping (MailArrival) throws -> Void
    ) {
      self.mouse = mouse
      self.supply = supply
      self.stick = stick
      self.video = video
      self.deliver = deliver
    }
  }

  private static let busyInterval = Duration.milliseconds(100)
  private static let idleInterval = Duration.milliseconds(333)
  /// How long after a report the machine still counts as used.
  private static let usedTime = Duration.milliseconds(1500)

  /// How often the log tells of the mouse, while it is used.
  private static let tellingInterval = Duration.seconds(5)

  private let recorder: WiredRecorder
  private let ports: Ports
  private let log: RecorderLog
  private let origin = MonotonicInstant.now
  private var present = MonotonicInstant.zero
  private var output: HDMIOutput?
  private var isSending = false
  private var isUnsent = false
  private var lastOff: SupplySocket.Change?
  private var drawn = 0
  private var drawingTime = Duration.zero
  private var reports = 0
  private var lastReportAt = MonotonicInstant.now
  private var toldReports = 0
  private var toldAt = MonotonicInstant.now

  /// Creates a machine around a recorder whose instant zero is now.
  public init(_ recorder: WiredRecorder, ports: Ports, log: RecorderLog) {
    self.recorder = recorder
    self.ports = ports
    self.log = log
  }

  /// Runs until `isStopped` says so.
  ///
  /// - Throws: when a port fails.
  public func run(until isStopped: () -> Bool) throws {
    defer { ports.supply.stop() }
    var lastFrame = MonotonicInstant.now
    var nextFrame = lastFrame
    while !isStopped() {
      // What the mouse did until this instant is there to be read; what it does while other things
      // are seen to must not come out later than it was.
      let horizon = MonotonicInstant.now
      for arrival in ports.mouse.arrivals() {
        reports += 1
        lastReportAt = .now
        nextFrame = min(nextFrame, lastFrame.advanced(by: Self.busyInterval))
        advance(to: arrival.instant)
        recorder.receive(arrival.report)
      }
      follow(ports.supply.changes())
      advance(to: horizon)
      for mail in recorder.arrivedMail() {
        log.write("mail \(mail.mail.folder.rawValue)")
        try ports.deliver(mail)
      }
      try recorder.keep()
      if MonotonicInstant.now >= nextFrame {
        plug()
        try show()
        lastFrame = .now
        let isUsed = lastReportAt.duration(to: lastFrame) < Self.usedTime
        nextFrame = lastFrame.advanced(by: isUsed ? Self.busyInterval : Self.idleInterval)
      }
      pause(until: nextFrame)
    }
    let average = drawn == 0 ? 0 : drawingTime.inSeconds / Double(drawn) * 1000
    log.write("ends; \(reports) reports, \(drawn) pictures of \(Int(average)) ms each")
  }

  /// The recorder's time starts with the machine, and never goes back.
  private func advance(to instant: MonotonicInstant) {
    present = max(present, .zero.advanced(by: origin.duration(to: instant)))
    recorder.advance(to: present)
  }

  private func follow(_ changes: [SupplySocket.Change]) {
    for change in changes {
      advance(to: change.at)
      recorder.setSupply(on: change.isOn)
      if change.isOn, let lastOff {
        // Nobody tells of the moment itself: it lies between two looks, on either end.
        let least = lastOff.at.duration(to: change.after)
        let most = lastOff.after.duration(to: change.at)
        log.write(
          "supply on after \(RecorderLog.seconds(least)) to \(RecorderLog.seconds(most)) s")
      } else {
        log.write(change.isOn ? "supply on" : "supply off")
      }
      lastOff = change.isOn ? nil : change
    }
  }

  private func plug() {
    if reports > toldReports, toldAt.duration(to: .now) > Self.tellingInterval {
      log.write("reports \(reports)")
      (toldReports, toldAt) = (reports, .now)
    }
    if ports.mouse.setAlive(recorder.isUSBReady) {
      log.write(recorder.isUSBReady ? "usb alive" : "usb dead")
    }
    if recorder.isUSBReady, ports.mouse.look() { log.write("mouse found") }
    if let change = ports.stick?.follow() { log.write(change) }
  }

  private func show() throws {
    guard let size = recorder.pictureSize else {
      if isSending { log.write("picture gone") }
      if isSending || output == nil { try output?.show(.none) }
      isSending = false
      return
    }
    let output = try self.output ?? ports.video(size)
    self.output = output
    let start = MonotonicInstant.now
    if recorder.draw() { isUnsent = true }
    drawn += 1
    drawingTime += start.duration(to: .now)
    // The output shows the last picture until there is another.
    if isUnsent, try output.send({ recorder.copyPicture(into: $0) }) { isUnsent = false }
    if !isSending {
      try output.show(.sent)
      log.write("picture of \(size.width)x\(size.height)")
      isSending = true
    }
  }

  private func pause(until instant: MonotonicInstant) {
    let left = MonotonicInstant.now.duration(to: instant).inSeconds * 1000
    var waiting = pollfd(fd: ports.mouse.descriptor, events: Int16(POLLIN), revents: 0)
    // Short enough for the supply's changes to be followed at once.
    poll(&waiting, 1, Int32(min(max(left.rounded(.up), 0), 20)))
    // A mouse that has left is noticed by reading; polling again would not wait.
    if waiting.revents & Int16(POLLHUP | POLLERR) != 0 { usleep(1000) }
  }
}
