import Bench
import Drivers
import RigDescription
import Testing

/// A machine with two grabbers of one make on one hub, and a node of each that can't capture.
private func machine() -> DeviceTree {
  let devices = FakeDevices()
  let hub = "/sys/devices/pci0/usb1/1-1"
  devices.put(hub, in: "usb", ["DEVTYPE": "usb_device"], attributes: ["product": "usb hub"])
  for (port, serial) in [(1, "A100"), (2, "B200")] {
    let grabber = "\(hub)/1-1.\(port)"
    devices.put(
      grabber, in: "usb", ["DEVTYPE": "usb_device", "PRODUCT": "534d/2109/2100"],
      attributes: ["idVendor": "534d", "serial": serial])
    for (node, use) in [(2 * port - 2, ":capture:"), (2 * port - 1, ":")] {
      devices.put(
        "\(grabber)/1-1.\(port):1.0/video4linux/video\(node)", in: "video4linux",
        [
          "DEVNAME": "/dev/video\(node)", "ID_VENDOR_ID": "534d", "ID_V4L_CAPABILITIES": use,
          "ID_PATH": "pci-usb-0:1.\(port):1.0",
        ], attributes: ["name": "USB Video"])
    }
  }
  return DeviceTree(devices)
}

private func match(_ rules: KeyValuePairs<String, String>) -> DeviceMatch {
  DeviceMatch(rules.map { .init(key: $0.key, value: $0.value) })
}

@Suite struct DeviceMatchTests {
  @Test func `a device is found by a property of udev and by an attribute of one it hangs on`()
    throws
  {
    let tree = machine()
    let byPath = try tree.device(match(["ID_PATH": "pci-usb-0:1.2:1.0"]), of: .capture)
    #expect(byPath.node == "/dev/video2")
    let bySerial = try tree.device(
      match(["name": "USB Video", "@serial": "A100", "@product": "usb hub"]), of: .capture)
    #expect(bySerial.node == "/dev/video0")
    #expect(bySerial.usbDevice?.name == "1-1.1")
  }

  @Test func `where several match, the error says what tells them apart`() throws {
    let tree = machine()
    let fault = #expect(throws: RigFault.self) {
      try tree.device(match(["ID_VENDOR_ID": "534d"]), of: .capture)
    }
    #expect(fault?.part == .screen)
    let reason = try #require(fault?.reason)
    #expect(
      reason.hasPrefix("2 capture devices match {ID_VENDOR_ID: 534d}; what tells them apart: "))
    #expect(reason.contains("/dev/video0 (ID_PATH=pci-usb-0:1.1:1.0, @serial=A100"))
    #expect(reason.contains("/dev/video2 (ID_PATH=pci-usb-0:1.2:1.0, @serial=B200"))
    #expect(!reason.contains("video1"))
  }

  @Test func `where none matches, the error lists what is there by the same keys`() throws {
    let tree = machine()
    let fault = #expect(throws: RigFault.self) {
      try tree.device(match(["@serial": "C300"]), of: .capture)
    }
    #expect(
      fault?.reason
        == "no capture device matches {@serial: C300}; there are: /dev/video0 (@serial=A100); "
        + "/dev/video2 (@serial=B200)")
    let none = #expect(throws: RigFault.self) {
      try tree.device(match(["@serial": "C300"]), of: .serial)
    }
    #expect(none?.reason.hasSuffix("there is none at all") == true)
  }

  @Test func `what is offered for a rig file selects just that device`() throws {
    let tree = machine()
    let lines = tree.usableDevices.filter { $0.part == .screen }.map(\.rigLine)
    #expect(
      lines == [
        "screen: {v4l2: {match: {ID_PATH: \"pci-usb-0:1.1:1.0\"}}}",
        "screen: {v4l2: {match: {ID_PATH: \"pci-usb-0:1.2:1.0\"}}}",
      ])
  }
}
