import Bench
import Drivers
import Frames
import Glibc
import RigDescription

/// A UVC grabber of the cheap kind through the kernel's own driver for it, and what is done about
/// one that fails.
struct DongleChecks {
  /// Makes all checks.
  func perform(_ list: CheckList) async {
    await list.check("dongle: its JPEG pictures arrive as they were sent") {
      try await arrivesWhole(list)
    }
    await list.check("dongle: its wrong first pictures are dropped and counted") {
      try await firstPicturesAreDropped()
    }
    await list.check("dongle: pictures that are cut short are dropped and counted") {
      try await halvesAreDropped()
    }
    await list.check("dongle: killed in mid-stream it is gone, and found when it is back") {
      try await deathIsMended()
    }
    await list.check("dongle: about one that hangs everything is done, its hub's port at last") {
      try await hangingIsMended()
    }
    await list.check("dongle: a hub's port that the rig names is cut off in its stead") {
      try await namedPortIsUsed()
    }
  }

  /// Pictures as they look once they are unpacked.
  private func expected() throws -> [Frame] {
    try Dongle.pictures().map { try JPEGCodec.decode($0) }
  }

  private func plugIn() throws -> Helper { try Helper(["dongle"]) }

  private func watcher(hubPort: HubPortSettings? = nil) async throws -> Watcher {
    let match = DeviceMatch([
      .init(key: "ID_VENDOR_ID", value: "534d"), .init(key: "ID_MODEL_ID", value: "2109"),
    ])
    let settings = V4L2Settings(
      selection: .match(match), mode: CaptureMode(size: Dongle.size, rate: Dongle.rate),
      hubPort: hubPort)
    var latest: (any Error)?
    for _ in 0..<75 {
      do { return try Watcher(settings) } catch { latest = error }
      usleep(200_000)
    }
    throw latest ?? CheckFailure("no grabber")
  }

  /// Which of the pictures a frame is; nil where none.
  private func number(of frame: Frame, in pictures: [Frame]) -> Int? {
    pictures.firstIndex {
      $0.luma == frame.luma && $0.cb == frame.cb && $0.cr == frame.cr
    }
  }

  /// Reads pictures until so many have come.
  ///
  /// - Returns: how many of each came.
  private func watch(
    _ watcher: Watcher, _ count: Int, of pictures: [Frame]
  ) async throws -> [Int] {
    var counts = pictures.map { _ in 0 }
    var states: [SignalState] = []
    let end = HostClock.present.advanced(by: .seconds(30))
    while counts.reduce(0, +) < count {
      try expect(
        HostClock.present < end,
        "only \(counts) pictures came, and \(states); the diary says: \(watcher.notes)")
      let reading = try await watcher.next()
      if states.last != reading.signal { states.append(reading.signal) }
      guard let frame = reading.frame else { continue }
      guard let number = number(of: frame, in: pictures) else {
        throw CheckFailure("a picture came that was not sent")
      }
      counts[number] += 1
    }
    return counts
  }

  private func arrivesWhole(_ list: CheckList) async throws {
    let pictures = try expected()
    let dongle = try plugIn()
    defer { withExtendedLifetime(dongle) {} }
    let watcher = try await watcher()
    defer { watcher.screen.close() }
    _ = try await watch(watcher, 5, of: pictures)
    let (start, captured) = (HostClock.present, watcher.screen.counts.captured)
    let counts = try await watch(watcher, 45, of: pictures)
    try expect(counts.allSatisfy { $0 > 3 }, "the pictures did not take turns: \(counts)")
    let span = start.duration(to: HostClock.present).inSeconds
    list.figure(
      "dongle: \((Double(watcher.screen.counts.captured - captured) / span).tenths) captured and "
        + "\((45 / span).tenths) read a second, set to \(watcher.screen.setting ?? "nothing")")
  }

  private func firstPicturesAreDropped() async throws {
    let pictures = try expected()
    let dongle = try plugIn()
    defer { withExtendedLifetime(dongle) {} }
    let watcher = try await watcher()
    defer { watcher.screen.close() }
    // None of the pictures that come may be another one than those that are sent later.
    _ = try await watch(watcher, 3, of: pictures)
    let counts = watcher.screen.counts
    try expect(
      counts.dropped >= 2, "\(counts.dropped) of \(counts.captured) pictures were dropped")
  }

  private func halvesAreDropped() async throws {
    let pictures = try expected()
    let dongle = try plugIn()
    let watcher = try await watcher()
    defer { watcher.screen.close() }
    _ = try await watch(watcher, 5, of: pictures)
    let dropped = watcher.screen.counts.dropped
    dongle.tell(SIGUSR2)
    _ = try await watch(watcher, 20, of: pictures)
    let more = watcher.screen.counts.dropped - dropped
    try expect(more >= 2, "only \(more) pictures were dropped")
  }

  private func deathIsMended() async throws {
    let pictures = try expected()
    var dongle: Helper? = try plugIn()
    let watcher = try await watcher()
    defer { watcher.screen.close() }
    _ = try await watch(watcher, 5, of: pictures)
    let notes = watcher.notes.count
    dongle?.tell(SIGKILL)
    try await watcher.sees(.deviceGone)
    try watcher.noted("the capture device failed", after: notes)
    dongle = try plugIn()
    watcher.skip()
    _ = try await watch(watcher, 5, of: pictures)
  }

  private func hangingIsMended() async throws {
    let pictures = try expected()
    var dongle: Helper? = try plugIn()
    let watcher = try await watcher()
    defer { watcher.screen.close() }
    _ = try await watch(watcher, 5, of: pictures)
    dongle?.tell(SIGUSR1)
    try await watcher.sees(.frozen)
    let steps = ["opened again", "authorisation", "reset on the USB bus", "its hub's port"]
    do {
      try await wait(60, for: "the last step") {
        watcher.notes.contains { $0.contains("its hub's port") }
      }
    } catch {
      throw CheckFailure("\(error); the diary says: \(watcher.notes)")
    }
    let found = steps.map { step in watcher.notes.firstIndex { $0.contains(step) } ?? -1 }
    try expect(
      found.first != -1 && found == found.sorted() && Set(found).count == steps.count,
      "the steps came in another order: \(watcher.notes)")
    // A device that was cut off starts anew, and has forgotten why it hung.
    dongle = nil
    dongle = try plugIn()
    watcher.skip()
    _ = try await watch(watcher, 5, of: pictures)
  }

  /// The port that is named is another one than the device's own: nothing hangs on it.
  private func namedPortIsUsed() async throws {
    let pictures = try expected()
    let dongle = try plugIn()
    defer { withExtendedLifetime(dongle) {} }
    let hub = DeviceMatch([.init(key: "busnum", value: "1"), .init(key: "devnum", value: "1")])
    let watcher = try await watcher(hubPort: HubPortSettings(hub: .match(hub), port: 1))
    defer { watcher.screen.close() }
    _ = try await watch(watcher, 5, of: pictures)
    dongle.tell(SIGUSR1)
    try await wait(60, for: "the port that the rig names") {
      watcher.notes.contains { $0.contains("its hub's port, port 1 of the hub usb1") }
    }
  }
}
