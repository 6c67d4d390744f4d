import Testing

@testable import Drivers

@Suite("Being told of devices that come and go")
struct DeviceMonitorTests {
  private func bytes(_ parts: [String]) -> [UInt8] {
    parts.flatMap { Array($0.utf8) + [0] }
  }

  private func word(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(number)) { Array($0) }
  }

  /// A message as udev sends it: its pairs stand where the header says.
  private func message(_ pairs: [UInt8], start: Int = 40, length: Int? = nil) -> [UInt8] {
    let head = Array("libudev\0".utf8) + [0xFE, 0xED, 0xCA, 0xFE] + word(40)
    return head + word(start) + word(length ?? pairs.count) + [UInt8](repeating: 7, count: 16)
      + pairs
  }

  private let pairs = ["ACTION=add", "DEVPATH=/devices/a/video0", "ID_MODEL=a=b", "DEVNAME=video0"]

  @Test("The kernel's own messages are read")
  func kernel() {
    let event = DeviceEvent(message: bytes(["add@/devices/a/video0"] + pairs)[...])
    #expect(event?.action == "add")
    #expect(event?.path == "/devices/a/video0")
    #expect(event?.properties["DEVNAME"] == "/dev/video0")
    #expect(event?.properties["ID_MODEL"] == "a=b")
  }

  @Test("udev's messages are read from where their header says")
  func udev() {
    let event = DeviceEvent(message: message(bytes(pairs))[...])
    #expect(event?.path == "/devices/a/video0")
    #expect(event?.isArrival == true)
  }

  @Test("A device that leaves is no arrival")
  func leaving() {
    let event = DeviceEvent(message: bytes(["ACTION=remove", "DEVPATH=/devices/a"])[...])
    #expect(event?.isArrival == false)
  }

  @Test(
    "What is no such message is passed over",
    arguments: [(0, 9), (40, 1_000_000), (1_000_000, 4), (39, -1)])
  func nonsense(start: Int, length: Int) {
    let pairs = bytes(["DEVPATH=/devices/a"])
    let odd = message(pairs, start: start, length: length < 0 ? nil : length)
    #expect(DeviceEvent(message: odd[...]) == nil)
    #expect(DeviceEvent(message: odd[..<12]) == nil)
    #expect(DeviceEvent(message: []) == nil)
  }
}
