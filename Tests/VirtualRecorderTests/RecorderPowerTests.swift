import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("Cutting the virtual recorder's power")
struct RecorderPowerTests {
  @Test("After a full cut there is no signal, then a logo, then the live view")
  func boot() {
    for model in VirtualModel.all {
      let harness = RecorderHarness(model)
      #expect(harness.device.usbState == .configured)
      harness.device.setSupply(on: false)
      #expect(harness.device.video == .none)
      #expect(harness.device.usbState == .notAttached)
      harness.wait(10)
      harness.device.setSupply(on: true)
      harness.wait(model.boot.dark.inSeconds - 0.1)
      #expect(harness.device.video == .none)
      #expect(harness.device.usbState == .notConfigured)
      harness.wait(0.2)
      #expect(harness.device.video == .picture(model.screenSize))
      #expect(harness.device.usbState == .notConfigured)
      harness.wait(model.boot.logo.inSeconds - 0.4)
      #expect(harness.device.usbState == .configured)
      #expect(harness.device.firmware == nil)
      harness.wait(0.4)
      #expect(harness.device.firmware != nil)
    }
  }

  @Test("A cut shorter than the capacitors' discharge leaves it dark until a full cut")
  func shortCut() {
    for model in VirtualModel.all {
      let harness = RecorderHarness(model)
      harness.cutPower(for: model.discharge.inSeconds - 0.5)
      harness.wait(300)
      #expect(harness.device.video == .none)
      #expect(harness.device.usbState == .notConfigured)
      harness.cutPower(for: model.discharge.inSeconds - 0.5)
      harness.wait(300)
      #expect(harness.device.video == .none)
      harness.cutPower(for: model.discharge.inSeconds + 0.1)
      #expect(harness.waitForLiveView())
    }
  }

  @Test("Ten seconds are a full cut for every model", arguments: VirtualModel.all)
  func tenSeconds(_ model: VirtualModel) {
    let harness = RecorderHarness(model)
    harness.cutPower(for: 10)
    #expect(harness.waitForLiveView())
  }

  @Test("The clock goes on through a cut, and the session does not")
  func whatSurvives() throws {
    let model = VirtualModel.nightSeries
    let harness = RecorderHarness(model)
    harness.logIn(model.identity.password)
    let before = harness.device.now
    harness.cutPower(for: 10)
    #expect(harness.waitForLiveView())
    let elapsed = before.duration(to: harness.device.now).inSeconds
    let date = harness.device.board.date(at: harness.device.now)
    let expected = CalendarDate(
      secondsSince1970: Int(
        RecorderHarness.calendarStart + before.seconds + elapsed))
    #expect(date == expected)
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("Reports into a recorder without power do nothing")
  func reportsWithoutPower() {
    let harness = RecorderHarness(.nightSeries)
    harness.device.setSupply(on: false)
    harness.press(.right)
    harness.wait(10)
    harness.device.setSupply(on: true)
    harness.press(.right)
    #expect(harness.waitForLiveView())
    #expect(harness.device.firmware?.windows.isEmpty == true)
  }

  @Test("An unplugged mouse is not on the bus, and its reports go nowhere")
  func unpluggedMouse() {
    let harness = RecorderHarness(.nightSeries)
    harness.device.mousePlugged(false)
    #expect(harness.device.usbState == .notAttached)
    harness.press(.right)
    #expect(harness.device.firmware?.windows.isEmpty == true)
    harness.device.mousePlugged(true)
    harness.press(.right)
    #expect(harness.device.firmware?.topWindow is MenuBar)
  }
}
