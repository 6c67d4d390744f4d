import Bench
import Drivers
import Frames
import Glibc

/// Capture devices that fail, and what the driver does about it.
struct PictureFaultChecks {
  let wiring: VideoWiring

  /// Makes all checks.
  func perform(_ list: CheckList) async {
    await list.check("picture: damaged buffers are dropped and counted") {
      try await damagedBuffersAreDropped()
    }
    await list.check("picture: a device that stops sending is frozen, then opened again") {
      try await stallIsTold()
    }
    await list.check("picture: after a fatal streaming error the stream is started anew") {
      try await fatalErrorIsMended()
    }
    await list.check("picture: a device that disconnects is gone, and used again when it is back") {
      try await disconnectionIsMended()
    }
  }

  private func begin(_ seed: UInt64) async throws -> (PictureSource, Watcher) {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: seed)
    let watcher = try Watcher()
    do {
      try await watcher.sees(source.picture)
    } catch {
      watcher.screen.close()
      throw error
    }
    return (source, watcher)
  }

  private func damagedBuffersAreDropped() async throws {
    let (source, watcher) = try await begin(20)
    defer { watcher.screen.close() }
    let before = watcher.screen.counts.dropped
    for _ in 0..<5 {
      try source.spoil(.damagedBuffer)
      _ = try await watcher.next()
      _ = try await watcher.next()
    }
    let dropped = watcher.screen.counts.dropped - before
    try expect(dropped >= 1, "none of five damaged buffers was dropped")
    try await watcher.sees(source.picture, strictly: true)
  }

  private func stallIsTold() async throws {
    let (source, watcher) = try await begin(21)
    defer { watcher.screen.close() }
    let notes = watcher.notes.count
    try source.spoil(.droppedPercentage, 100)
    try await watcher.sees(.frozen)
    try await wait(10, for: "an entry in the diary") { watcher.notes.count > notes }
    try watcher.noted("no picture came", after: notes)
    try source.spoil(.droppedPercentage, 0)
    watcher.skip()
    try await watcher.sees(source.picture)
  }

  private func fatalErrorIsMended() async throws {
    let (source, watcher) = try await begin(22)
    defer { watcher.screen.close() }
    let (notes, starts) = (watcher.notes.count, watcher.screen.counts.starts)
    // It breaks both ends' streams.
    try source.spoil(.fatalError)
    try await watcher.sees(.deviceGone)
    try watcher.noted("opened again", after: notes)
    try source.start(.hd, seed: 23)
    try await watcher.sees(source.picture)
    try expect(watcher.screen.counts.starts > starts, "the stream was not started anew")
  }

  private func disconnectionIsMended() async throws {
    let (source, watcher) = try await begin(24)
    defer { watcher.screen.close() }
    let notes = watcher.notes.count
    // The device comes back when nobody has any of its nodes open.
    try source.spoil(.disconnect)
    try await watcher.sees(.deviceGone)
    try watcher.noted("No such device", after: notes)
    source.end()
    usleep(500_000)
    try source.start(.hd, seed: 25)
    try await watcher.sees(source.picture)
  }
}
