import Bench
import Drivers
import Frames
import Glibc
import RigDescription

/// Devices that leave the machine and come back to it, as the kernel and udev tell it.
struct HotPlugChecks {
  let wiring: VideoWiring

  /// Where a driver takes and gives up its devices.
  private static let driver = "/sys/bus/platform/drivers/vivid"

  /// Makes all checks.
  func perform(_ list: CheckList) async {
    await list.check("hot-plug: a match that nothing fits lists what is there") {
      try unfitMatchIsExplained()
    }
    await list.check("hot-plug: udev's monitor tells of a grabber that leaves and comes") {
      try await monitorTells()
    }
    await list.check("hot-plug: a grabber that is plugged in again is found by its properties") {
      try await grabberIsFoundAgain()
    }
  }

  private func unfitMatchIsExplained() throws {
    let match = DeviceMatch([.init(key: "ID_V4L_PRODUCT", value: "nonesuch")])
    do throws(RigFault) {
      let screen = try V4L2Screen(V4L2Settings(selection: .match(match)))
      screen.close()
    } catch {
      return try expect(
        error.reason.contains("\(wiring.input) (ID_V4L_PRODUCT=vivid)"), "it says: \(error)")
    }
    throw CheckFailure("a grabber was found that is not there")
  }

  private func monitorTells() async throws {
    let monitor = try DeviceMonitor()
    try put("vivid.0", into: "\(Self.driver)/unbind")
    try await sees(monitor, "remove")
    try put("vivid.0", into: "\(Self.driver)/bind")
    let added = try await sees(monitor, "add")
    try expect(
      added.properties["ID_V4L_PRODUCT"] == "vivid", "udev's properties are missing: \(added)")
  }

  @discardableResult
  private func sees(_ monitor: DeviceMonitor, _ action: String) async throws -> DeviceEvent {
    var seen: [String] = []
    for _ in 0..<100 {
      for event in monitor.events(within: .milliseconds(100)) {
        if event.action == action, event.properties["DEVNAME"] == wiring.input { return event }
        seen.append("\(event.action) \(event.properties["DEVNAME"] ?? event.path)")
      }
    }
    throw CheckFailure("no \(action) of \(wiring.input) was told, but: \(seen)")
  }

  private func grabberIsFoundAgain() async throws {
    let source = PictureSource(wiring)
    try source.start(.hd, seed: 30)
    let watcher = try Watcher()
    defer { watcher.screen.close() }
    try await watcher.sees(source.picture)
    source.end()
    try put("vivid.0", into: "\(Self.driver)/unbind")
    try await watcher.sees(.deviceGone)
    try put("vivid.0", into: "\(Self.driver)/bind")
    try await wait(15, for: "the nodes") {
      access(wiring.output, R_OK) == 0 && access(wiring.input, R_OK) == 0
    }
    try source.start(.hd, seed: 31)
    try await watcher.sees(source.picture)
  }
}
