import Frames
import Testing

@testable import VirtualRecorder

@Suite("Resetting a password on the virtual recorder")
struct RecorderResetTests {
  @Test("The whole reset ends with the new password in force", arguments: VirtualModel.all)
  func wholeReset(_ model: VirtualModel) {
    let harness = RecorderHarness(model)
    harness.reset(to: "Meadow12x")
    let wordings = model.wordings
    #expect(
      harness.message
        == (model.restartsAfterReset ? wordings.successThenRestart : wordings.success))
    #expect(harness.device.board.flash.password == "Meadow12x")
  }
}
