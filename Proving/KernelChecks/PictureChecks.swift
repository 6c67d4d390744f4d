import Bench
import Drivers
import Frames
import Glibc
import RecorderPorts
import RigDescription

extension PixelSize {
  static let hd = PixelSize(width: 1280, height: 720)
  static let fullHD = PixelSize(width: 1920, height: 1080)
}

/// Pictures as they come out of the capture driver, and the states of a signal without any.
struct PictureChecks {
  let wiring: VideoWiring

  /// Makes all checks.
  func perform(_ list: CheckList) async {
    await list.check("picture: 720p is bit-exact, and nothing else is ever shown") {
      try await isExact(.hd, pictures: 30, list)
    }
    await list.check("picture: 1080p is bit-exact, and nothing else is ever shown") {
      try await isExact(.fullHD, pictures: 15, list)
    }
    for (words, state, signal) in Self.signals {
      await list.check("picture: \(words) is told as \(state.rawValue), and the picture comes back")
      {
        try await isTold(state) { try $0.show(signal) }
      }
    }
    await list.check("picture: timings that change while streaming are followed") {
      try await followsTimings()
    }
    await list.check("picture: a signal that changes its blanking alone is followed") {
      try await followsBlanking()
    }
    await list.check("picture: the source is shown the rig's EDID") {
      try await edidIsShown()
    }
    await list.check("picture: a grabber that is in use is told with its user") {
      try await secondUserIsTold()
    }
  }

  private static let signals = [
    ("no signal", SignalState.noSignal, HDMIOutput.Signal.none),
    ("a signal without lock", .noSync, .unlocked),
    ("a signal out of range", .outOfRange, .outOfRange),
  ]

  private func isExact(_ size: PixelSize, pictures: Int, _ list: CheckList) async throws {
    let source = PictureSource(wiring)
    try source.start(size, seed: 1)
    let watcher = try Watcher()
    defer { watcher.screen.close() }
    try await watcher.sees(source.picture)
    var (toCapture, toReader): ([Duration], [Duration]) = ([], [])
    for seed in 2...UInt64(pictures + 1) {
      let old = source.picture
      let new = NoisePicture(size: size, seed: seed)
      let sent = HostClock.present
      try source.send(new)
      let captured = try await watcher.sees(new, instead: old, strictly: true)
      toCapture.append(sent.duration(to: captured))
      toReader.append(sent.duration(to: HostClock.present))
    }
    list.figure("\(size): from sending to capture: \(Spread(toCapture))")
    list.figure("\(size): from sending to the reader's hands, compared: \(Spread(toReader))")
    try await watch(watcher, size, list)
  }

  /// How much processor time watching takes, all of this process's: its source stands still.
  private func watch(_ watcher: Watcher, _ size: PixelSize, _ list: CheckList) async throws {
    let (before, counts) = (Self.processorTime, watcher.screen.counts)
    let start = HostClock.present
    var frames = 0
    while start.duration(to: HostClock.present) < .seconds(5) {
      if case .picture = try await watcher.next() { frames += 1 }
    }
    let span = start.duration(to: HostClock.present).inSeconds
    let spent = Self.processorTime - before
    let captured = watcher.screen.counts.captured - counts.captured
    list.figure(
      "\(size) at 30: \((Double(captured) / span).tenths) captured and "
        + "\((Double(frames) / span).tenths) read a second, watching takes "
        + "\((spent / span * 100).tenths) % of the processor")
  }

  /// Seconds of processor time that this process has taken.
  private static var processorTime: Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let parts = [usage.ru_utime, usage.ru_stime]
    return parts.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }

  private func isTold(
    _ state: SignalState, when spoiled: (PictureSource) throws -> Void
  ) async throws {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: 5)
    let watcher = try Watcher()
    defer { watcher.screen.close() }
    try await watcher.sees(source.picture)
    try spoiled(source)
    try await watcher.sees(state)
    watcher.skip()
    try source.show(.sent)
    try await watcher.sees(source.picture, strictly: true)
    try expect(watcher.screen.counts.starts == 1, "the stream was not kept open")
  }

  private func followsTimings() async throws {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: 6)
    let watcher = try Watcher()
    defer { watcher.screen.close() }
    try await watcher.sees(source.picture)
    try source.showTimings("1920x1080p30")
    try await wait(10, for: "another stream") { watcher.screen.setting == "1920x1080 nv12" }
    try source.start(.fullHD, seed: 7)
    try await watcher.sees(source.picture)
    watcher.skip()
    try source.showTimings("1280x720p30")
    try await wait(10, for: "the first stream's size") { watcher.screen.setting == "1280x720 nv12" }
    try source.start(.hd, seed: 8)
    try await watcher.sees(source.picture)
  }

  /// 720p has the same clock at 30 pictures a second as at 60.
  private func followsBlanking() async throws {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: 9)
    let watcher = try Watcher()
    defer { watcher.screen.close() }
    for (name, blanking) in [("1280x720p60", 110), ("1280x720p30", 1760)] {
      try source.showTimings(name)
      try await wait(5, for: "the timings \(name)") { try source.setBlanking == blanking }
    }
    try await watcher.sees(source.picture)
  }

  private func edidIsShown() async throws {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: 10)
    let before = try source.shownEDID
    let edid = Self.edid
    try expect(before != edid, "the source is shown this EDID anyway")
    do {
      let watcher = try Watcher(try Self.offering(edid))
      defer { watcher.screen.close() }
      try await watcher.sees(source.picture)
      let shown = try source.shownEDID
      try expect(shown == edid, "the source is shown another EDID of \(shown.count) bytes")
    }
    let watcher = try Watcher(try Self.offering(before))
    watcher.screen.close()
    try expect(try source.shownEDID == before, "the old EDID is not shown again")
  }

  /// What opens the grabber and shows its source an EDID, which lies in a file.
  private static func offering(_ edid: [UInt8]) throws -> V4L2Settings {
    var settings = Watcher.loop
    let path = "/tmp/gantry-kernel-checks.edid"
    settings.edid = path
    guard let file = fopen(path, "wbe") else { throw CheckFailure("no EDID can be written") }
    defer { fclose(file) }
    try expect(fwrite(edid, 1, edid.count, file) == edid.count, "an EDID was cut short")
    return settings
  }

  /// A display of no make that takes 720p (VESA E-EDID 1.3): head, then all that is of no interest
  /// here, then a sum of zero.
  private static var edid: [UInt8] {
    var block: [UInt8] = [0, 255, 255, 255, 255, 255, 255, 0, 0x1E, 0x54, 1, 0]
    block += [UInt8](repeating: 0, count: 127 - block.count)
    (block[18], block[19], block[20]) = (1, 3, 0x80)
    return block + [0 &- block.reduce(0, &+)]
  }

  private func secondUserIsTold() async throws {
    let watcher = try Watcher()
    defer { watcher.screen.close() }
    do {
      let second = try Watcher()
      second.screen.close()
    } catch let fault as RigFault {
      return try expect(
        fault.part == .screen && fault.reason.contains("gantry-proving"), "it says: \(fault)")
    }
    throw CheckFailure("two can have it at once")
  }
}
