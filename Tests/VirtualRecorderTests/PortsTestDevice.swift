import Bench
import Frames

@testable import VirtualRecorder

/// A device that shows how often it was moved: each report makes its grey picture lighter.
final class TestDevice: RecordedDevice {
  static let size = PixelSize(width: 320, height: 240)
  /// The grey before the first report, and what each report adds.
  static let (firstGrey, stepPerReport) = (60, 40)
  /// From power to picture.
  static let bootTime = Duration.seconds(2)

  private(set) var now = MonotonicInstant.zero
  private var bootedAt: MonotonicInstant? = .zero
  private var isPlugged = true
  private var reports = 0
  private var mail: [OutgoingMail] = []
  var pointerDrawing = PointerRendering()

  /// Creates a device that has sent mail at some instants.
  init(mailAt instants: [Double] = []) {
    mail = instants.map { seconds in
      OutgoingMail(
        bytes: Array("Subject: \(seconds)\r\n\r\n".utf8), folder: .inbox,
        sentAt: .zero.advanced(by: .seconds(seconds)))
    }
  }

  private var isUp: Bool { bootedAt.map { $0 <= now } ?? false }

  func advance(to instant: MonotonicInstant) {
    precondition(instant >= now, "time goes forward")
    now = instant
  }

  func receive(_ report: [UInt8]) { if isUp { reports += 1 } }

  func mousePlugged(_ plugged: Bool) { isPlugged = plugged }

  func setSupply(on: Bool) {
    if !on { (bootedAt, reports) = (nil, 0) }
    if on, bootedAt == nil { bootedAt = now.advanced(by: Self.bootTime) }
  }

  var usbState: USBBusState {
    guard isPlugged, bootedAt != nil else { return .notAttached }
    return isUp ? .configured : .notConfigured
  }

  var video: VideoOutput { isUp ? .picture(Self.size) : .none }

  func draw(into canvas: RGBCanvas) {
    let grey = UInt32(min(255, Self.firstGrey + Self.stepPerReport * reports))
    canvas.painter.fill(PixelRect(canvas.size), Color(grey << 16 | grey << 8 | grey))
    if pointerDrawing.isDrawn {
      let place = pointerDrawing.offset
      canvas.painter.fill(
        PixelRect(x: 152 + place.x, y: 112 + place.y, width: 16, height: 16), .white)
    }
  }

  func drainMail() -> [OutgoingMail] {
    let sent = mail.filter { $0.sentAt <= now }
    mail.removeAll { $0.sentAt <= now }
    return sent
  }
}

/// What was delivered, in order.
final class DeliveryLog: @unchecked Sendable {
  // Only the rig's actor appends, and tests read after its calls have returned.
  var arrivals: [MailArrival] = []
}

extension VirtualRig {
  /// A rig around a test device.
  init(
    testing device: sending TestDevice, seed: UInt64 = 5, faults: Set<VirtualFault> = [],
    log: DeliveryLog = DeliveryLog()
  ) {
    self.init(
      device: device, seed: seed, faults: FaultPlan(faults, seed: seed),
      clock: VirtualClock(pace: .asFastAsPossible, calendarStart: 1_800_000_000)
    ) { log.arrivals.append($0) }
  }

  /// What the screen says about the first frame after an instant.
  func look(after seconds: Double) async throws(BenchError) -> ScreenReading {
    let instant = MonotonicInstant.zero.advanced(by: .seconds(seconds))
    try await clock.sleep(until: instant)
    return try await screen.reading(after: instant, by: instant.advanced(by: .seconds(2)))
  }
}

extension MonotonicInstant {
  static func seconds(_ seconds: Double) -> MonotonicInstant {
    .zero.advanced(by: .seconds(seconds))
  }
}

extension Plane {
  /// The mean over the left quarter, where no pointer is.
  var grey: Double {
    let rect = cropped(to: PixelRect(x: 0, y: 0, width: width / 4, height: height))
    return Double(rect.samples.reduce(0) { $0 + Int($1) }) / Double(rect.samples.count)
  }
}
