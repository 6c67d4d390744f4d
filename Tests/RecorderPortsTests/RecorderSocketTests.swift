import Bench
import Foundation
import Frames
import Glibc
import Testing

@testable import Drivers

@Suite("A virtual recorder that is a process of its own", .serialized)
struct RecorderSocketTests {
  @Test("What a run opened is still open when the process was killed and started again")
  func memory() throws {
    let bench = try Bench()
    try #require(try bench.start("--memory", bench.path + "/memory", "--seed", "3"))
    let outcome = try bench.play(
      """
        - name: Open the menu bar
          rightClick: centre
          expect: {image: menu-bar}
          attempts: 3
        - name: Choose an icon
          click: {group: menu-icons}
          expect: {label: forgotPassword}
          attempts: 2
      """)
    #expect(outcome == 0, "\(bench.text("said"))")
    #expect(mode(of: bench.socket) == 0o600)
    bench.end(by: SIGKILL)
    // What it left behind is taken over.
    #expect(FileManager.default.fileExists(atPath: bench.socket))
    try #require(try bench.start("--memory", bench.path + "/memory"))
    let again = try bench.play("  - {name: See the prompt, expect: {label: forgotPassword}}")
    #expect(again == 0, "\(bench.text("said"))")
    #expect(bench.end(by: SIGTERM) == 0)
    #expect(!FileManager.default.fileExists(atPath: bench.socket))
  }

  @Test("A process that is killed in a run makes it errored, and one that is not there, too")
  func killed() throws {
    let bench = try Bench()
    try #require(try bench.start())
    let run = try bench.beginRun(
      """
        - name: See a picture
          expect: {not: {text: Nothing says this}}
        - name: Wait
          expect: {text: Nothing says this}
          within: 2m
      """)
    #expect(comes { bench.text("said").contains("  See a picture\n") })
    bench.end(by: SIGKILL)
    run.waitUntilExit()
    #expect(run.terminationStatus == 3)
    #expect(bench.text("said").contains("cause: capture-unreachable (screen)"))
    let none = try bench.play("  - {name: See a picture, expect: {image: menu-bar}}")
    #expect(none == 3)
    #expect(
      bench.text("said").contains(
        "nobody answers at \(bench.socket): the recorder's process is not there"))
    #expect(bench.text("said").contains("cause: power-unreachable (power)"))
  }

  @Test("Killed in the middle of a cut, gantry leaves the recorder supplied")
  func cut() throws {
    let bench = try Bench(minimumOff: "1s")
    try #require(try bench.start())
    let controller = try bench.begin("gantry", ["power", "rig.yaml", "off", "--for", "1h"])
    #expect(comes { bench.log.contains("supply off") })
    let status = try bench.begin("gantry", ["power", "rig.yaml", "status"])
    status.waitUntilExit()
    #expect(bench.text("said").hasSuffix("the supply is cut; the supply is sensed off\n"))
    kill(controller.processIdentifier, SIGKILL)
    controller.waitUntilExit()
    #expect(comes { bench.log.contains("supply on after ") })
    let after = try bench.begin("gantry", ["power", "rig.yaml", "status"])
    after.waitUntilExit()
    #expect(bench.text("said").hasPrefix("on; "))
  }

  @Test("Who talks nonsense is sent away, and nobody else notices")
  func nonsense() async throws {
    let bench = try Bench()
    try #require(try bench.start())
    let screen = try RecorderSocketScreen(bench.settings, holder: "a test", locks: bench.locks())
    let greeting = Array("gantry-recorder1".utf8)
    func words(_ text: String) -> [UInt8] {
      [UInt8(text.utf8.count), 0, 0, 0, 0, 0, 0, 0] + text.utf8
    }
    // Each of them is sent away: the end of the connection comes, and perhaps a greeting before it.
    for bytes in [
      Array("GET / HTTP/1.1\r\n\r\n".utf8), greeting + [255, 255, 255, 255, 0, 0, 0, 0],
      greeting + [2, 0, 0, 0, 9, 0, 0, 0], greeting + words("{}"), greeting + words("\u{0}\u{1}"),
      greeting + words(#"{"open":{}}"#),
    ] {
      #expect(try isSentAway(bytes, at: bench.socket), "\(bytes)")
    }
    // And some go in the middle of it.
    for bytes in [[], Array("gantry".utf8), greeting, greeting + [40, 0, 0, 0, 0, 0, 0, 0, 123]] {
      close(try connected(to: bench.socket, saying: bytes))
    }
    let now = HostClock.present
    let absurd = MonotonicInstant(nanoseconds: .max)
    let reading = try await screen.reading(
      after: MonotonicInstant(nanoseconds: .min), by: now.advanced(by: .seconds(60)))
    #expect(reading.frame?.size == PixelSize(width: 1280, height: 720))
    let connection = try RecorderConnection(to: bench.socket, for: .screen)
    _ = try connection.ask(.report(MouseReport(), by: absurd), by: now)
    #expect(bench.log.contains("talks nonsense"))
    #expect(bench.end(by: SIGINT) == 0)
  }

  @Test("Two look at once and a third moves the mouse; of one lock, there is one holder")
  func several() async throws {
    let bench = try Bench()
    try #require(try bench.start())
    let settings = bench.settings
    let one = try RecorderSocketScreen(settings, holder: "the night shift", locks: bench.locks())
    let fault = #expect(throws: RigFault.self) {
      try RecorderSocketScreen(settings, holder: "a test", locks: bench.locks())
    }
    #expect(fault?.code == .deviceInUse)
    #expect(fault?.reason.hasSuffix("is in use by the night shift") == true)
    let other = try RecorderSocketScreen(
      settings, holder: "a test", locks: bench.locks("others"))
    let mouse = try RecorderSocketMouse(settings, holder: "a test", locks: bench.locks())
    async let first = pictures(10, of: one)
    async let second = pictures(10, of: other)
    for _ in 0..<200 {
      let soon = HostClock.present.advanced(by: .seconds(10))
      #expect(try await mouse.send(MouseReport(dx: 1), by: soon) == .delivered)
    }
    #expect(try await first == 10)
    #expect(try await second == 10)
    #expect(try await mouse.busState() == .configured)
  }

  @Test("The mail of a recorder comes through its socket, and is told from what lay there")
  func mail() async throws {
    let bench = try Bench()
    try #require(try bench.start("--memory", bench.path + "/memory"))
    let mailbox = try RecorderSocketMailbox(bench.settings)
    let soon = HostClock.present.advanced(by: .seconds(30))
    let delivery = try MaildirDelivery(path: bench.path + "/memory/mail")
    func deliver(_ code: String, serial: Int) throws {
      try delivery.deliver(
        Array("From: a@b\r\nSubject: \(code)\r\n\r\nThe code is \(code).\r\n".utf8), at: 1e9,
        serial: serial)
    }
    try deliver("1111", serial: 1)
    let listing = try await mailbox.listing(of: ["INBOX"], by: soon)
    #expect(listing.entries.count == 1)
    try deliver("2222", serial: 2)
    let arrivals = try await mailbox.arrivals(in: ["INBOX"], since: listing, by: soon)
    let arrival = try #require(arrivals.first)
    #expect(arrivals.count == 1)
    #expect(try await !mailbox.isKnown(arrival, to: listing, by: soon))
    let old = try #require(listing.entries.first)
    #expect(try await mailbox.isKnown(old, to: listing, by: soon))
    let message = try #require(try await mailbox.message(arrival.identifier, by: soon))
    #expect(String(decoding: message, as: UTF8.self).hasSuffix("The code is 2222.\r\n"))
    let header = try #require(try await mailbox.header(arrival.identifier, by: soon))
    #expect(String(decoding: header, as: UTF8.self).contains("Subject: 2222"))
    let none = MailIdentifier(folder: "INBOX", name: "../../recorder.json")
    #expect(try await mailbox.message(none, by: soon) == nil)
  }

  @Test("A mail server that is a fault's is unreachable, and a relay that sticks is told")
  func faults() async throws {
    let bench = try Bench()
    try #require(
      try bench.start(
        "--fault", "mailbox-unreachable", "--strike", "mailbox-unreachable=0", "--fault",
        "relay-stuck-on", "--strike", "relay-stuck-on=0", "--without-sense"))
    let mailbox = try RecorderSocketMailbox(bench.settings)
    let error = await #expect(throws: BenchError.self) {
      try await mailbox.listing(of: ["INBOX"], by: HostClock.present.advanced(by: .seconds(1)))
    }
    guard case .fault(let fault)? = error else { return }
    #expect(fault.code == .mailUnreachable)
    #expect(fault.reason == "the mail server does not answer")
    let power = try bench.begin("gantry", ["power", "rig.yaml", "off", "--for", "10s"])
    power.waitUntilExit()
    #expect(power.terminationStatus == 3)
    #expect(bench.text("said").contains("the switch reads back on after it was switched off"))
    let status = try bench.begin("gantry", ["power", "rig.yaml", "status"])
    status.waitUntilExit()
    #expect(!bench.text("said").contains("sensed"))
  }

  @Test("A socket that somebody listens on, a file and a path that is too long are left alone")
  func refused() throws {
    let bench = try Bench()
    try #require(try bench.start())
    func refusal(_ path: String) throws -> String {
      let process = try bench.begin("gantry-proving", ["recorder", "--on", "socket:\(path)"])
      process.waitUntilExit()
      #expect(process.terminationStatus != 0)
      return bench.text("said")
    }
    #expect(
      try refusal(bench.socket).hasPrefix(
        "Error: \(bench.socket) is in use by another recorder, process "))
    let file = bench.path + "/rig.yaml"
    #expect(try refusal(file) == "Error: \(file) is there already, and no socket\n")
    let long = bench.path + "/" + String(repeating: "x", count: 100)
    #expect(try refusal(long) == "Error: \(long) is too long for the path of a socket\n")
    #expect(bench.text("rig.yaml").hasPrefix("rig: process"))
    #expect(bench.end(by: SIGTERM) == 0)
  }

  // MARK: What tests do

  private func pictures(_ count: Int, of screen: RecorderSocketScreen) async throws -> Int {
    var last = HostClock.present
    for number in 0..<count {
      let reading = try await screen.reading(
        after: last, by: HostClock.present.advanced(by: .seconds(30)))
      guard let frame = reading.frame, frame.capturedAt > last else { return number }
      last = frame.capturedAt
    }
    return count
  }

  private func mode(of path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  private func connected(to path: String, saying bytes: [UInt8]) throws -> Int32 {
    let number = try #require(SocketAddress.stream())
    try #require(SocketAddress.with(path) { connect(number, $0, $1) } == 0)
    _ = send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    return number
  }

  /// Whether the other end closes the connection after it was told something.
  private func isSentAway(_ bytes: [UInt8], at path: String) throws -> Bool {
    let number = try connected(to: path, saying: bytes)
    defer { close(number) }
    var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    var room = [UInt8](repeating: 0, count: 64)
    while poll(&waiting, 1, 30_000) > 0 {
      if recv(number, &room, room.count, 0) <= 0 { return true }
    }
    return false
  }
}
