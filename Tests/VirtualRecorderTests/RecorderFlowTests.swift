import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("The ways through a reset on the virtual recorder")
struct RecorderFlowTests {
  /// Keeps every model's rules.
  private let newPassword = "Meadow12x"

  private func harness(
    _ flow: ResetFlow, _ model: VirtualModel = .nightSeries, defects: Set<VirtualDefect> = []
  ) -> RecorderHarness {
    var model = model
    model.flow = flow
    return RecorderHarness(model, defects: defects)
  }

  private func dialog(_ harness: RecorderHarness) -> PasswordDialog? {
    harness.device.firmware?.topWindow as? PasswordDialog
  }

  /// Types into one of two fields.
  private func type(_ text: String, into field: Intent, of harness: RecorderHarness) {
    harness.click(field)
    for character in text { harness.strike(character) }
    harness.dismissKeyboard()
  }

  private func handInCode(_ harness: RecorderHarness) throws {
    harness.submit(try #require(harness.requestCode()))
    #expect(harness.wait(upTo: 3) { self.dialog(harness) != nil })
  }

  @Test("New password and confirmation stand on one page", arguments: VirtualModel.all)
  func onePage(_ model: VirtualModel) throws {
    let harness = harness(ResetFlow(passwordPages: .one), model)
    try handInCode(harness)
    type(newPassword, into: .field, of: harness)
    type(newPassword, into: .secondField, of: harness)
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.message != nil)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("The keyboard under the second field fits on the screen", arguments: VirtualModel.all)
  func roomForKeyboard(_ model: VirtualModel) throws {
    let harness = harness(ResetFlow(passwordPages: .one), model)
    try handInCode(harness)
    harness.click(.secondField)
    let keyboard = try #require(harness.device.firmware?.keyboardLayer?.area)
    let field = try #require(harness.target(.secondField))
    #expect(keyboard.y > field.maxY)
    #expect(keyboard.maxY + harness.device.style.pixels(20) < model.screenSize.height)
  }

  @Test("On one page, a button too early is refused, and both must be typed anew")
  func buttonTooEarly() throws {
    let harness = harness(ResetFlow(passwordPages: .one))
    try handInCode(harness)
    type(newPassword, into: .field, of: harness)
    harness.click(.accept)
    harness.wait(0.5)
    #expect(harness.message == VirtualModel.nightSeries.wordings.passwordsDiffer)
    #expect(harness.device.board.flash.password == "lantern48")
  }

  @Test("The second field comes with the button, below the first")
  func buttonBetweenOnOnePage() throws {
    let harness = harness(ResetFlow(passwordPages: .one, confirmsAfterButton: true))
    try handInCode(harness)
    #expect(harness.target(.secondField) == nil)
    type(newPassword, into: .field, of: harness)
    harness.click(.accept)
    #expect(harness.wait(upTo: 2) { harness.target(.secondField) != nil })
    #expect(dialog(harness)?.isFilled == true)
    type(newPassword, into: .secondField, of: harness)
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("The second page comes as soon as the keyboard is put away")
  func noButtonBetween() throws {
    let harness = harness(ResetFlow(confirmsAfterButton: false))
    try handInCode(harness)
    harness.type(newPassword)
    #expect(dialog(harness)?.purpose == .confirm)
    harness.type(newPassword)
    #expect(dialog(harness)?.purpose == .confirm, "the last one waits for its button")
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("A password that breaks the rules is refused however it is asked for")
  func weakPassword() throws {
    for flow in [
      ResetFlow(passwordPages: .one), ResetFlow(passwordPages: .one, confirmsAfterButton: true),
      ResetFlow(confirmsAfterButton: false),
    ] {
      let harness = harness(flow)
      try handInCode(harness)
      type("abc12", into: .field, of: harness)
      if flow.passwordPages == .one, flow.confirmsAfterButton != true {
        type("abc12", into: .secondField, of: harness)
      }
      if flow.hasButtonBetween || flow.passwordPages == .one { harness.click(.accept) }
      harness.wait(0.5)
      #expect(harness.message == VirtualModel.nightSeries.wordings.passwordBreaksRules)
    }
  }

  @Test("It asks once more before it resets, and keeps the old password where that is denied")
  func question() throws {
    let harness = harness(ResetFlow(confirmReset: .always))
    try handInCode(harness)
    harness.choose(newPassword, confirming: newPassword)
    #expect(harness.device.firmware?.topWindow is QuestionBox)
    #expect(harness.device.board.flash.password == "lantern48")
    harness.click(.cancel)
    harness.wait(3)
    #expect(harness.device.firmware?.topWindow == nil)
    #expect(harness.device.board.flash.password == "lantern48")

    harness.submit(try #require(harness.requestCode()))
    harness.choose(newPassword, confirming: newPassword)
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.message == VirtualModel.nightSeries.wordings.success)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("Where it asks sometimes, some recorders do and some do not")
  func sometimes() throws {
    var answers: Set<Bool> = []
    for seed in UInt64(1)...6 {
      var model = VirtualModel.nightSeries
      model.flow.confirmReset = .sometimes
      let harness = RecorderHarness(model, seed: seed)
      try handInCode(harness)
      harness.choose(newPassword, confirming: newPassword)
      answers.insert(harness.device.firmware?.topWindow is QuestionBox)
    }
    #expect(answers == [true, false])
  }

  @Test("A page tells of the success and is closed by its button")
  func page() throws {
    let harness = harness(ResetFlow(success: .page))
    harness.reset(to: newPassword)
    #expect(harness.device.firmware?.topWindow is SuccessPage)
    harness.click(.accept)
    #expect(harness.device.firmware?.topWindow == nil)
  }

  @Test("A strip tells of the success and goes by itself; clicks go through it")
  func toast() throws {
    let harness = harness(ResetFlow(success: .toast))
    harness.reset(to: newPassword)
    let toast = try #require(harness.device.firmware?.toast)
    #expect(toast.text == VirtualModel.nightSeries.wordings.success)
    let area = toast.layer(harness.device.style).area
    #expect(harness.device.firmware?.place(of: area.center) == .elsewhere)
    let shown = RecorderHarness.pixels(of: harness.device)
    harness.wait(7)
    #expect(harness.device.firmware?.toast == nil)
    #expect(RecorderHarness.pixels(of: harness.device) != shown)
  }

  @Test("The menu bar hides by itself")
  func menuBar() {
    let harness = harness(ResetFlow(menuHidesAfter: .seconds(8)))
    let centre = PixelPoint(x: 640, y: 360)
    harness.click(centre, .right)
    harness.wait(5)
    #expect(harness.device.firmware?.topWindow is MenuBar)
    harness.wait(4)
    #expect(harness.device.firmware?.topWindow == nil)
    // One that was left in time does not take the next one with it.
    harness.click(centre, .right)
    harness.wait(5)
    harness.click(centre, .right)
    harness.click(centre, .right)
    harness.wait(4)
    #expect(harness.device.firmware?.topWindow is MenuBar)
  }

  @Test("A recorder that skips the confirmation does so on one page, too")
  func skips() throws {
    let harness = harness(ResetFlow(passwordPages: .one), defects: [.skipsConfirmation])
    try handInCode(harness)
    #expect(harness.target(.secondField) == nil)
    harness.type(newPassword)
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("What is open when a run ends is open when the next one begins")
  func remembered() throws {
    let harness = harness(ResetFlow(passwordPages: .one, confirmReset: .always, success: .toast))
    try handInCode(harness)
    type(newPassword, into: .field, of: harness)
    let other = try RecorderHarness(after: harness)
    #expect(dialog(other)?.isFilled == true)
    type(newPassword, into: .secondField, of: other)
    other.click(.accept)
    let last = try RecorderHarness(after: other)
    #expect(last.device.firmware?.topWindow is QuestionBox)
    last.click(.accept)
    last.wait(2.5)
    #expect(last.device.firmware?.toast != nil)
    let after = try RecorderHarness(after: last, 1)
    #expect(after.device.board.flash.password == newPassword)
  }
}
