import Bench
import Drivers
import Frames
import RigDescription
import Testing

/// A machine with one USB device port.
private func machine(state: String) throws -> Folder {
  let folder = try Folder()
  try folder.write(state, to: "sys/class/udc/dwc2.0/state")
  try folder.write("", to: "sys/kernel/config/usb_gadget/gantry/UDC")
  return folder
}

@Suite struct HIDGadgetTests {
  @Test(arguments: [
    ("configured", USBBusState.configured), ("suspended", .suspended),
    ("addressed", .notConfigured), ("not attached", .notAttached),
  ])
  func `the bus is what the controller says`(word: String, state: USBBusState) throws {
    let folder = try machine(state: "\(word)\n")
    let gadget = HIDGadget(HIDGadgetSettings(), root: folder.path)
    #expect(gadget.busState == .notAttached, "nothing is connected yet")
    try folder.write("dwc2.0\n", to: "sys/kernel/config/usb_gadget/gantry/UDC")
    #expect(gadget.connected == "dwc2.0")
    #expect(gadget.busState == state)
  }

  @Test func `a host that is not there refuses reports; nothing is sent`() async throws {
    let folder = try machine(state: "not attached\n")
    let mouse = try HIDGadgetMouse(HIDGadget(HIDGadgetSettings(), root: folder.path))
    let deadline = HostClock.present.advanced(by: .seconds(1))
    #expect(try await mouse.send(MouseReport(dx: 5), by: deadline) == .refused)
    #expect(try await mouse.busState() == .notAttached)
  }

  @Test func `a port must be named where there are several, and must be there`() throws {
    let folder = try machine(state: "configured\n")
    try folder.write("configured\n", to: "sys/class/udc/dwc2.1/state")
    let several = #expect(throws: RigFault.self) {
      try HIDGadget(HIDGadgetSettings(), root: folder.path).controllerName()
    }
    #expect(several?.reason.hasSuffix("name one as udc: dwc2.0, dwc2.1") == true)
    let unknown = #expect(throws: RigFault.self) {
      try HIDGadget(HIDGadgetSettings(controller: "musb"), root: folder.path).controllerName()
    }
    #expect(
      unknown?.reason
        == "there is no USB device controller musb; there are: dwc2.0, dwc2.1")
  }

  @Test func `a gadget that was not built says how to build it`() throws {
    let folder = try Folder()
    let fault = #expect(throws: RigFault.self) {
      try HIDGadgetMouse(HIDGadget(HIDGadgetSettings(name: "other"), root: folder.path))
    }
    #expect(fault?.reason.contains("gantry gadget up") == true)
  }
}
