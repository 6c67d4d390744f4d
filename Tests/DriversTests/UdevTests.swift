import Bench
import Frames
import Glibc
import Testing

@testable import Drivers

@Suite("This machine's devices, through libudev")
struct UdevTests {
  private let tree = DeviceTree()

  @Test("A node leads to its device, and the device says what kernel and udev know of it")
  func node() throws {
    let device = try #require(tree.device(ofNode: "/dev/null"))
    #expect(device.name == "null")
    #expect(device.node == "/dev/null")
    #expect(device.properties["SUBSYSTEM"] == "mem")
    #expect(device.properties["DEVPATH"] == "/devices/virtual/mem/null")
    #expect(device.attribute("dev") == "1:3")
    #expect(device.value("MINOR") == "3")
    #expect(device.attribute("nonesuch") == nil)
    #expect(device.attribute("../zero/dev") == nil)
    #expect(device.parent == nil)
  }

  @Test("What is no character device's node leads nowhere", arguments: ["/dev", "/dev/nonesuch"])
  func noNode(path: String) {
    #expect(tree.device(ofNode: path) == nil)
  }

  @Test("A subsystem's devices are listed by name")
  func subsystem() {
    let names = tree.devices(inSubsystem: "mem").map(\.name)
    #expect(names.contains("null") && names.contains("urandom"))
    #expect(names == names.sorted { ($0.count, $0) < ($1.count, $1) })
    #expect(tree.devices(inSubsystem: "net").contains { $0.name == "lo" })
    #expect(tree.devices(inSubsystem: "nonesuch").isEmpty)
  }

  @Test("A device that is not there is not found, and takes nothing")
  func nothing() {
    let path = "/sys/devices/virtual/mem/nonesuch"
    #expect(tree.device(at: path) == nil)
    #expect(UdevDevices().setAttribute("uevent", of: path, to: "change") == ENODEV)
    #expect(
      UdevDevices().setAttribute("nonesuch", of: "/sys/devices/virtual/mem/null", to: "1") != 0)
  }

  private static let uevent = "/sys/devices/virtual/mem/null/uevent"

  @Test(
    "What the kernel tells of a device arrives",
    .enabled(if: access(uevent, W_OK) == 0, "only root may have the kernel tell something"))
  func monitor() throws {
    let monitor = try DeviceMonitor()
    try #require(
      UdevDevices().setAttribute("uevent", of: "/sys/devices/virtual/mem/null", to: "change") == 0)
    var events: [DeviceEvent] = []
    let end = HostClock.present.advanced(by: .seconds(20))
    while HostClock.present < end, !events.contains(where: { $0.path.hasSuffix("/mem/null") }) {
      events += monitor.events(within: .seconds(1))
    }
    let event = try #require(events.first { $0.path == "/devices/virtual/mem/null" })
    #expect(event.action == "change")
    #expect(event.isArrival)
    #expect(event.properties["SUBSYSTEM"] == "mem")
    #expect(event.properties["DEVNAME"] == "/dev/null")
    #expect(monitor.events(within: .zero).isEmpty)
  }

  @Test("A device that leaves is no arrival; what may have been one counts as one")
  func arrivals() {
    let leaving = DeviceEvent(action: "remove", path: "/devices/a", properties: [:])
    #expect(!leaving.isArrival)
    #expect(DeviceEvent.lost.isArrival)
  }
}
