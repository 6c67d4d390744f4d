import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("Defects of the virtual recorder")
struct RecorderDefectTests {
  let newPassword = "Meadow12x"

  private func harness(
    _ defect: VirtualDefect, _ model: VirtualModel = .nightSeries, seed: UInt64 = 7
  ) -> RecorderHarness {
    RecorderHarness(model, seed: seed, defects: [defect])
  }

  /// Restarts by the plug and logs in.
  private func canLogIn(_ harness: RecorderHarness, _ password: String, afterCut: Bool) -> Bool {
    if afterCut {
      harness.cutPower(for: 10)
      guard harness.waitForLiveView() else { return false }
      harness.wait(4)
    }
    harness.logIn(password)
    return harness.isInMainMenu
  }

  @Test("Every defect has a name and says what it does")
  func names() {
    #expect(VirtualDefect.allCases.count >= 15)
    #expect(Set(VirtualDefect.allCases.map(\.about)).count == VirtualDefect.allCases.count)
    #expect(VirtualDefect(rawValue: "keeps-old-password") == .keepsOldPassword)
  }

  @Test("It keeps the old password")
  func keepsOldPassword() {
    let harness = harness(.keepsOldPassword)
    harness.reset(to: newPassword)
    #expect(harness.message == VirtualModel.nightSeries.wordings.success)
    harness.click(.accept)
    #expect(canLogIn(harness, "lantern48", afterCut: false))
  }

  @Test("It shows success, but the old password is back after a restart")
  func successWithoutStoring() {
    let harness = harness(.successWithoutStoring)
    harness.reset(to: newPassword)
    harness.click(.accept)
    #expect(canLogIn(harness, newPassword, afterCut: false))
    #expect(canLogIn(harness, "lantern48", afterCut: true))
  }

  @Test("It accepts any code")
  func acceptsAnyCode() throws {
    let harness = harness(.acceptsAnyCode)
    let code = try #require(harness.requestCode())
    harness.submit(RecorderHarness.otherCode(than: code))
    #expect(harness.device.firmware?.topWindow is PasswordDialog)
  }

  @Test("It accepts an expired code")
  func acceptsExpiredCode() throws {
    let harness = harness(.acceptsExpiredCode)
    let code = try #require(harness.requestCode())
    harness.wait(1200)
    harness.submit(code)
    #expect(harness.device.firmware?.topWindow is PasswordDialog)
  }

  @Test("It never sends the mail")
  func neverSendsMail() {
    #expect(harness(.neverSendsMail).requestCode() == nil)
  }

  @Test("It mails another code than it accepts")
  func mailsWrongCode() throws {
    let harness = harness(.mailsWrongCode)
    let code = try #require(harness.requestCode())
    harness.submit(code)
    #expect(harness.message != nil)
  }

  @Test("It refuses the right code after a wrong one")
  func refusesRightCode() throws {
    let harness = harness(.refusesRightCodeAfterWrong)
    let code = try #require(harness.requestCode())
    harness.submit(RecorderHarness.otherCode(than: code))
    harness.click(.accept)
    harness.submit(code)
    #expect(harness.message != nil)
  }

  @Test("It ignores the password rules")
  func ignoresRules() throws {
    let harness = harness(.ignoresPasswordRules)
    harness.submit(try #require(harness.requestCode()))
    harness.choose("a1", confirming: "a1")
    #expect(harness.device.board.flash.password == "a1")
  }

  @Test("It lets the confirmation differ")
  func letsConfirmationDiffer() throws {
    let harness = harness(.letsConfirmationDiffer)
    harness.submit(try #require(harness.requestCode()))
    harness.choose(newPassword, confirming: "different9")
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("It announces a restart, and does not restart")
  func autoRebootMissing() {
    let harness = harness(.autoRebootMissing, .harborSeries)
    harness.reset(to: newPassword)
    #expect(harness.message == VirtualModel.harborSeries.wordings.successThenRestart)
    #expect(!harness.wait(upTo: 60) { harness.device.video == .none })
    harness.click(.accept)
    #expect(!harness.wait(upTo: 60) { harness.device.video == .none })
  }

  @Test("It does not start after a power cut")
  func noBoot() {
    let harness = harness(.noBootAfterPowerCut)
    harness.cutPower(for: 20)
    #expect(!harness.wait(upTo: 300) { harness.device.video != .none })
  }

  @Test("It starts over and over after a power cut")
  func bootLoop() {
    let harness = harness(.bootLoopAfterPowerCut)
    harness.cutPower(for: 20)
    #expect(harness.wait(upTo: 30) { harness.device.video != .none })
    #expect(!harness.waitForLiveView())
  }

  @Test("It comes up with factory settings")
  func factorySettings() {
    let harness = harness(.bootsWithFactorySettings)
    #expect(canLogIn(harness, "admin123", afterCut: true))
    #expect(harness.device.board.flash.cameras == VirtualModel.nightSeries.factoryCameras)
  }

  @Test("It forgets the date in a power cut")
  func clockReset() {
    let harness = harness(.clockResetByPowerCut)
    harness.cutPower(for: 20)
    #expect(harness.device.board.date(at: harness.device.now).year == 1970)
  }

  @Test("It restarts unasked while a menu is open", arguments: 1...10 as ClosedRange<UInt64>)
  func crashes(seed: UInt64) {
    let harness = harness(.crashesInMenu, seed: seed)
    harness.chooseIcon()
    harness.wait(3)
    harness.click(.forgotPassword)
    harness.wait(3)
    #expect(harness.device.firmware == nil)
    #expect(harness.device.usbState == .notConfigured)
    #expect(harness.waitForLiveView())
    harness.chooseIcon()
    harness.wait(30)
    #expect(harness.device.firmware != nil)
  }

  @Test("It hangs while a menu is open: picture and USB stay, nothing moves")
  func hangs() {
    for seed in 1...10 as ClosedRange<UInt64> {
      let harness = harness(.hangsInMenu, seed: seed)
      harness.chooseIcon()
      harness.wait(3)
      harness.click(.forgotPassword)
      harness.wait(3)
      #expect(harness.device.firmware?.hungAt != nil)
      #expect(harness.device.usbState == .configured)
      let before = RecorderHarness.pixels(of: harness.device)
      harness.send(dx: 50, dy: 20)
      harness.wait(2)
      #expect(RecorderHarness.pixels(of: harness.device) == before)
      harness.cutPower(for: 10)
      #expect(harness.waitForLiveView())
    }
  }

  @Test("It opens the main menu without a log-in prompt")
  func promptMissing() {
    let harness = harness(.logInPromptMissing)
    harness.chooseIcon()
    #expect(harness.isInMainMenu)
  }

  @Test("It still accepts the old password")
  func acceptsOldPassword() {
    let harness = harness(.logInAcceptsOldPassword)
    harness.reset(to: newPassword)
    harness.click(.accept)
    #expect(canLogIn(harness, "lantern48", afterCut: true))
    #expect(canLogIn(harness, newPassword, afterCut: true))
  }

  @Test("It accepts any password")
  func acceptsAnyPassword() {
    #expect(canLogIn(harness(.logInAcceptsAnyPassword), "nonsense", afterCut: false))
  }

  @Test("A key of the pending code types another character", arguments: VirtualModel.all)
  func wrongKey(_ model: VirtualModel) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let harness = harness(.keyTypesAnother, model, seed: seed)
      let code = try #require(harness.requestCode())
      harness.type(code)
      let typed = try #require(harness.device.firmware?.topWindow?.entry?.text)
      #expect(typed.count == code.count)
      #expect(typed != code)
    }
  }

  @Test("The keyboard does not go away")
  func keyboardStays() throws {
    let harness = harness(.keyboardWillNotClose)
    _ = try #require(harness.requestCode())
    harness.click(.field)
    harness.dismissKeyboard()
    harness.press(.right)
    #expect(harness.device.firmware?.keyboard != nil)
  }

  @Test("It shows another firmware version", arguments: VirtualModel.all)
  func wrongVersion(_ model: VirtualModel) throws {
    let harness = harness(.wrongFirmwareVersion, model)
    harness.logIn(model.identity.password)
    harness.click(.tile(model.menuPages.count))
    let page = try #require(harness.device.firmware?.topWindow as? InformationPage)
    #expect(!page.rows.map(\.value).contains(model.identity.firmwareVersion))
  }

  @Test("It does not open its menu bar, at all or after a restart")
  func menuBarMissing() {
    for (defect, opensAtFirst) in [
      (VirtualDefect.menuBarMissing, false), (.menuBarMissingAfterRestart, true),
    ] {
      let harness = harness(defect)
      harness.chooseIcon()
      #expect((harness.device.firmware?.topWindow is LogInPrompt) == opensAtFirst)
      harness.cutPower(for: 10)
      #expect(harness.waitForLiveView())
      harness.chooseIcon()
      #expect(harness.device.firmware?.topWindow == nil)
    }
  }

  @Test("It asks for no password after a restart")
  func promptMissingAfterRestart() {
    let harness = harness(.logInPromptMissingAfterRestart)
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
    harness.cutPower(for: 10)
    #expect(harness.waitForLiveView())
    harness.chooseIcon()
    #expect(harness.isInMainMenu)
  }

  @Test("It does nothing about a forgotten password")
  func resetDialogMissing() {
    let harness = harness(.resetDialogMissing)
    #expect(harness.requestCode() == nil)
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("It takes a new password without asking again")
  func skipsConfirmation() throws {
    let harness = harness(.skipsConfirmation)
    harness.submit(try #require(harness.requestCode()))
    harness.type(newPassword)
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("It refuses a right confirmation")
  func refusesRightConfirmation() {
    let harness = harness(.refusesRightConfirmation)
    harness.reset(to: newPassword)
    #expect(harness.message == VirtualModel.nightSeries.wordings.passwordsDiffer)
    #expect(harness.device.board.flash.password == "lantern48")
  }

  @Test("It stores half of a long password")
  func storesShortenedPassword() {
    let harness = harness(.storesShortenedPassword)
    harness.reset(to: newPassword)
    #expect(harness.device.board.flash.password == String(newPassword.prefix(8)))
  }

  @Test("Messages and dialogs do not go away")
  func sticks() throws {
    let message = harness(.messagesWillNotClose)
    message.logIn("nonsense")
    message.click(.accept)
    #expect(message.message != nil)
    let dialog = harness(.cancelDoesNothing)
    dialog.chooseIcon()
    dialog.click(.cancel)
    #expect(dialog.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("The keyboard goes away once, and soon does so no more", arguments: 1...5 as ClosedRange)
  func keyboardSticksLater(seed: UInt64) {
    let harness = harness(.keyboardSticksLater, seed: seed)
    harness.chooseIcon()
    let left = (0..<4).prefix { _ in
      harness.click(.field)
      harness.dismissKeyboard()
      return harness.device.firmware?.keyboard == nil
    }
    #expect((1...3).contains(left.count))
  }

  @Test("It never logs anybody out")
  func autoLogOutMissing() {
    let harness = harness(.autoLogOutMissing)
    harness.logIn("lantern48")
    harness.wait(3600)
    #expect(harness.isInMainMenu)
  }
}
