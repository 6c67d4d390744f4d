import Bench
import Dispatch
import Drivers
import Frames
import Glibc
import RecorderPorts
import RigDescription
import SeededRandom

/// The mouse gadget's driver, checked by what arrives at the other end of the bus.
struct MouseChecks {
  private let gadget: HIDGadget
  /// The same, used at the pace of a mouse.
  private let paced: HIDGadget
  private let folder: String
  private let controller: String
  private let host: String

  init(gadget: String, controller: String, host: String) {
    var settings = HIDGadgetSettings(name: gadget, controller: controller)
    paced = HIDGadget(settings)
    settings.interval = .zero
    self.gadget = HIDGadget(settings)
    folder = "/sys/kernel/config/usb_gadget/\(gadget)"
    self.controller = controller
    self.host = host
  }

  /// Makes all checks; the gadget must be up, and is up afterwards.
  func perform(_ list: CheckList) async {
    await list.check("mouse: paced reports are decoded to the letter, none is lost") {
      try await decodesExactly(list)
    }
    await list.check("mouse: unplugged in mid-move, it says so and sends nothing twice") {
      try await unplugIsTold()
    }
    await list.check("mouse: plugged in again it works, and nothing old comes out of it") {
      try await replugWorks()
    }
    await list.check("mouse: a host that reads nothing is told, and holds nobody up") {
      try await nobodyReading()
    }
    await list.check("mouse: whoever closes it lets go of all buttons") {
      try await closingReleases()
    }
    await list.check("mouse: a button that a dead program held is let go before anything moves") {
      try await deadHandsAreOpened()
    }
    await list.check("mouse: a gadget that was removed is told, with the way out") {
      try await removalIsTold()
    }
  }

  private func reader() async throws -> HostReader {
    let reader = HostReader(gadget: folder, controller: controller, host: host)
    do {
      try await wait(15, for: "the host to find the mouse") { reader.isListening }
    } catch {
      reader.stop()
      throw error
    }
    return reader
  }

  private func send(
    _ report: MouseReport, to mouse: HIDGadgetMouse, within limit: Duration = .seconds(2)
  ) async throws -> MouseDelivery {
    try await mouse.send(report, by: HostClock.present.advanced(by: limit))
  }

  // MARK: Nothing lost

  /// Reports of all kinds: first the greatest of each, then by lot.
  private func reports(_ count: Int) -> [MouseReport] {
    var numbers = SplitMix64(state: 11)
    let ends: [MouseReport] = [
      MouseReport(dx: 127, dy: -127), MouseReport(dx: -127, dy: 127), MouseReport(wheel: 127),
      MouseReport(wheel: -127), MouseReport(buttons: [.left, .right, .middle], dx: 1, dy: -1),
    ]
    let others = (ends.count..<count).map { _ in
      MouseReport(
        buttons: MouseButtons(rawValue: UInt8.random(in: 0...7, using: &numbers)),
        dx: Int8.random(in: -127...127, using: &numbers),
        dy: Int8.random(in: -127...127, using: &numbers),
        wheel: Bool.random(using: &numbers) ? 0 : Int8.random(in: -3...3, using: &numbers))
    }
    return ends + others + [MouseReport()]
  }

  /// What makes a host see anything: one that repeats the buttons and moves nothing does not.
  private func visible(_ reports: [MouseReport]) -> [MouseReport] {
    var buttons: MouseButtons = []
    return reports.filter { report in
      defer { buttons = report.buttons }
      return report.buttons != buttons || report.dx != 0 || report.dy != 0 || report.wheel != 0
    }
  }

  private func decodesExactly(_ list: CheckList) async throws {
    let reader = try await reader()
    defer { reader.stop() }
    let mouse = try HIDGadgetMouse(paced)
    defer { mouse.close() }
    try expect(try await mouse.busState() == .configured, "the bus is not configured")
    let sent = reports(500)
    var latencies: [Duration] = []
    let start = HostClock.present
    for report in sent {
      let delivery = try await send(report, to: mouse)
      try expect(delivery == .delivered, "a report was \(delivery)")
    }
    let span = start.duration(to: HostClock.present)
    let expected = visible(sent)
    try? await wait(3, for: "all reports") { reader.arrivals.count >= expected.count }
    try compare(reader.reports, expected)
    list.figure(
      "mouse: \(sent.count) reports in \(span.inSeconds.tenths) s, at least 8 ms apart")
    reader.forget()
    for index in 0..<200 {
      usleep(8_000)
      let before = HostClock.present
      _ = try await send(MouseReport(dx: 1), to: mouse)
      try await wait(2, for: "a report") { reader.arrivals.count > index }
      latencies.append(before.duration(to: reader.arrivals[index].instant))
    }
    list.figure("mouse: from a report's sending to the host's event: \(Spread(latencies))")
  }

  private func compare(_ arrived: [MouseReport], _ sent: [MouseReport]) throws {
    if arrived == sent { return }
    let place = zip(arrived, sent).enumerated().first { $1.0 != $1.1 }?.offset
    throw CheckFailure(
      "\(arrived.count) of \(sent.count) reports arrived"
        + (place.map { ", number \($0) as \(arrived[$0]) instead of \(sent[$0])" } ?? ""))
  }

  // MARK: The plug

  /// So many reports may lie in the host's node at once, a tenth of a second's.
  private static let mostUnread = 12

  private func plug(_ isIn: Bool) throws {
    try put(isIn ? controller : "", into: "\(folder)/UDC")
  }

  private func unplugIsTold() async throws {
    let reader = try await reader()
    defer { reader.stop() }
    let mouse = try HIDGadgetMouse(paced)
    defer { mouse.close() }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(700)) {
      try? plug(false)
    }
    var (sent, deliveries): ([MouseReport], [MouseDelivery]) = ([], [])
    while deliveries.last != .refused {
      try expect(sent.count < 1000, "a thousand reports were taken")
      // Each is unlike its neighbours, so that one that comes twice or not at all shows.
      let report = MouseReport(dx: Int8(sent.count % 100 + 1), dy: -3)
      let start = HostClock.present
      deliveries.append(try await send(report, to: mouse, within: .seconds(1)))
      sent.append(report)
      try expect(start.duration(to: HostClock.present) < .seconds(4), "a report took too long")
    }
    let delivered = deliveries.filter { $0 == .delivered }.count
    let unknown = deliveries.filter { $0 == .unknown }.count
    try expect(delivered > 10, "only \(delivered) reports were delivered before the plug was out")
    try expect(unknown <= 1, "\(unknown) reports have an unknown fate")
    let state = try await mouse.busState()
    try expect(state == .notAttached, "the bus is \(state) without a plug")
    // The host lets go of everything when the mouse leaves; that is no report of ours.
    let arrived = reader.reports.filter { $0 != MouseReport() }
    try expect(arrived == Array(sent.prefix(arrived.count)), "the reports came in another order")
    // What the host's program had not read yet when the mouse left is gone with its node.
    try expect(
      (delivered - Self.mostUnread...delivered + unknown).contains(arrived.count),
      "\(delivered) reports were delivered, \(arrived.count) arrived")
  }

  private func replugWorks() async throws {
    let reader = HostReader(gadget: folder, controller: controller, host: host)
    defer { reader.stop() }
    let mouse = try HIDGadgetMouse(gadget)
    defer { mouse.close() }
    try? plug(false)
    let refused = try await send(MouseReport(dx: 99), to: mouse, within: .milliseconds(300))
    try expect(refused == .refused, "without a plug a report was \(refused)")
    try plug(true)
    try await wait(15, for: "the host to configure the mouse") {
      let isConfigured = try await mouse.busState() == .configured
      return isConfigured && reader.isListening
    }
    reader.forget()
    let sent = (1...20).map { MouseReport(dx: Int8($0), dy: 2) }
    for report in sent {
      let delivery = try await send(report, to: mouse)
      try expect(delivery == .delivered, "a report was \(delivery)")
    }
    try? await wait(2, for: "all reports") { reader.arrivals.count >= sent.count }
    try compare(reader.reports, sent)
  }

  private func nobodyReading() async throws {
    let mouse = try HIDGadgetMouse(gadget)
    defer { mouse.close() }
    let driver = try HostDriver(of: host)
    try driver.leave()
    defer { try? driver.takeUp() }
    var deliveries: [MouseDelivery] = []
    for step: Int8 in 1...6 {
      let start = HostClock.present
      deliveries.append(
        try await send(
          MouseReport(buttons: .left, dx: step), to: mouse, within: .milliseconds(400)))
      try expect(start.duration(to: HostClock.present) < .seconds(3), "a report took too long")
    }
    try expect(
      deliveries.suffix(3) == [.refused, .refused, .refused],
      "reports that nobody read were \(deliveries)")
    try expect(
      deliveries.filter { $0 == .delivered }.count <= 2, "too many were delivered: \(deliveries)")
    try driver.takeUp()
    let reader = try await reader()
    defer { reader.stop() }
    // What the kernel had taken comes out now: that is why its fate was called unknown.
    usleep(300_000)
    let move = MouseReport(dx: 77)
    let delivery = try await send(move, to: mouse)
    try expect(delivery == .delivered, "a report was \(delivery) though the host reads again")
    try await wait(3, for: "the last report") { reader.reports.contains(move) }
    try expect(reader.reports.last == move, "something came after the last report")
  }

  // MARK: Buttons

  private func closingReleases() async throws {
    let reader = try await reader()
    defer { reader.stop() }
    let mouse = try HIDGadgetMouse(gadget)
    _ = try await send(MouseReport(buttons: [.left, .right]), to: mouse)
    try await wait(3, for: "the buttons") {
      reader.reports == [MouseReport(buttons: [.left, .right])]
    }
    mouse.close()
    try await wait(3, for: "their release") { reader.reports.last == MouseReport() }
  }

  private func deadHandsAreOpened() async throws {
    let reader = try await reader()
    defer { reader.stop() }
    // A program that dies closes the node, and says nothing more.
    let dead = try HIDGadgetMouse(gadget)
    _ = try await send(MouseReport(buttons: .left), to: dead)
    let next = try HIDGadgetMouse(gadget)
    defer { next.close() }
    _ = try await send(MouseReport(dx: 5), to: next)
    let expected = [MouseReport(buttons: .left), MouseReport(), MouseReport(dx: 5)]
    try? await wait(3, for: "all reports") { reader.arrivals.count >= expected.count }
    try compare(reader.reports, expected)
  }

  private func removalIsTold() async throws {
    let mouse = try HIDGadgetMouse(gadget)
    defer { mouse.close() }
    let first = try await reader()
    _ = try await send(MouseReport(dx: 1), to: mouse)
    first.stop()
    try gadget.down()
    do {
      let delivery = try await send(MouseReport(dx: 1), to: mouse)
      throw CheckFailure("a mouse that was removed answers \(delivery)")
    } catch BenchError.fault(let fault) {
      try expect(
        fault.part == .mouse && fault.reason.contains("gantry gadget up"), "it says: \(fault)")
    }
    try gadget.up()
    let reader = try await reader()
    defer { reader.stop() }
    let delivery = try await send(MouseReport(dx: 2), to: mouse)
    try expect(delivery == .delivered, "built again, it takes no report: \(delivery)")
    try await wait(3, for: "the report") { reader.reports == [MouseReport(dx: 2)] }
  }
}

extension Double {
  /// With one digit behind the point.
  var tenths: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
