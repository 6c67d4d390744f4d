import Frames
import Testing

@testable import VirtualRecorder

@Suite("Resetting a password on the virtual recorder")
struct RecorderResetTests {
  /// Keeps every model's rules.
  let newPassword = "Meadow12x"

  @Test(
    "The whole reset ends with the new password in force and the old one refused",
    arguments: VirtualModel.all)
  func wholeReset(_ model: VirtualModel) {
    let harness = RecorderHarness(model)
    harness.reset(to: newPassword)
    let wordings = model.wordings
    #expect(
      harness.message
        == (model.restartsAfterReset ? wordings.successThenRestart : wordings.success))

    harness.click(.accept)
    if !model.restartsAfterReset { harness.cutPower(for: 10) }
    #expect(harness.device.video == .none)
    #expect(harness.waitForLiveView())
    harness.wait(5)

    harness.logIn(model.identity.password)
    #expect(harness.message?.contains(String(model.logInLimit.attempts - 1)) == true)
    harness.click(.accept)
    harness.type(newPassword)
    harness.click(.accept)
    harness.wait(1.5)
    #expect(harness.isInMainMenu)
  }

  @Test("A model that restarts by itself does so without a click on its message")
  func restartsByItself() {
    let harness = RecorderHarness(.harborSeries)
    harness.reset(to: newPassword)
    #expect(harness.wait(upTo: 20) { harness.device.video == .none })
    #expect(harness.waitForLiveView())
  }

  @Test("A model that does not restart by itself goes on running")
  func goesOnRunning() {
    let harness = RecorderHarness(.nightSeries)
    harness.reset(to: newPassword)
    harness.click(.accept)
    #expect(!harness.wait(upTo: 120) { harness.device.video == .none })
  }

  @Test("Whether a model restarts by itself can be chosen")
  func restartIsAChoice() {
    var model = VirtualModel.nightSeries
    model.restartsAfterReset = true
    let harness = RecorderHarness(model)
    harness.reset(to: newPassword)
    #expect(harness.message == model.wordings.successThenRestart)
    #expect(harness.wait(upTo: 20) { harness.device.video == .none })
  }

  @Test("The keyboard covers the accepting button until one clicks just below it")
  func keyboardCoversButton() throws {
    for model in VirtualModel.all {
      let harness = RecorderHarness(model)
      _ = try #require(harness.requestCode())
      let button = try #require(harness.target(.accept))
      harness.click(.field)
      let keyboard = try #require(harness.device.firmware?.keyboardLayer?.area)
      #expect(keyboard.intersection(button) == button)
      #expect(keyboard.maxY + harness.device.style.pixels(60) < model.screenSize.height)

      harness.click(button.center)
      #expect(harness.device.firmware?.keyboard != nil)
      harness.dismissKeyboard()
      #expect(harness.device.firmware?.keyboard == nil)
      #expect(harness.device.firmware?.topWindow is ResetDialog)
    }
  }

  // MARK: Codes

  @Test("A wrong code is refused, and the right one still works", arguments: VirtualModel.all)
  func wrongCode(_ model: VirtualModel) throws {
    let harness = RecorderHarness(model)
    let code = try #require(harness.requestCode())
    harness.submit(RecorderHarness.otherCode(than: code))
    let left = String(model.codeLimit.attempts - 1)
    #expect(harness.message == model.wordings.codeWrong.filling("left", with: left))
    harness.click(.accept)
    harness.submit(code)
    #expect(harness.device.firmware?.topWindow is PasswordDialog)
  }

  @Test("Too many wrong codes lock the reset for a while, even for the right code")
  func codeLock() throws {
    let model = VirtualModel.nightSeries
    let harness = RecorderHarness(model)
    let code = try #require(harness.requestCode())
    for _ in 1..<model.codeLimit.attempts {
      harness.submit(RecorderHarness.otherCode(than: code))
      harness.click(.accept)
    }
    harness.submit(RecorderHarness.otherCode(than: code))
    let locked = model.wordings.codeLocked.filling("minutes", with: "10")
    #expect(harness.message == locked)
    harness.click(.accept)

    harness.chooseIcon()
    harness.click(.forgotPassword)
    harness.wait(1)
    #expect(harness.message == locked)
    harness.click(.accept)
    harness.wait(600)
    let newCode = try #require(harness.requestCode())
    harness.submit(newCode)
    #expect(harness.device.firmware?.topWindow is PasswordDialog)
  }

  @Test("A code is refused after its time", arguments: VirtualModel.all)
  func expiredCode(_ model: VirtualModel) throws {
    let harness = RecorderHarness(model)
    let code = try #require(harness.requestCode())
    harness.wait(model.code.lifetime.inSeconds)
    harness.submit(code)
    #expect(harness.message == model.wordings.codeExpired)
  }

  @Test("A code is refused on another date than that of its request")
  func codeOfYesterday() throws {
    let harness = RecorderHarness(.nightSeries)
    // Two minutes before midnight.
    harness.wait(14 * 3600 + 32 * 60)
    let code = try #require(harness.requestCode())
    harness.wait(150)
    harness.submit(code)
    #expect(harness.message == VirtualModel.nightSeries.wordings.codeExpired)
  }

  @Test("Only the code of the last request is good")
  func onlyLastRequest() throws {
    let harness = RecorderHarness(.nightSeries)
    let first = try #require(harness.requestCode())
    harness.click(.cancel)
    let second = try #require(harness.requestCode())
    #expect(first != second)
    harness.submit(first)
    #expect(harness.message?.contains("wrong") == true)
    harness.click(.accept)
    harness.submit(second)
    #expect(harness.device.firmware?.topWindow is PasswordDialog)
  }

  @Test("A power cut forgets the request")
  func powerCutForgetsRequest() throws {
    let harness = RecorderHarness(.nightSeries)
    let code = try #require(harness.requestCode())
    harness.cutPower(for: 10)
    #expect(harness.waitForLiveView())
    #expect(harness.device.firmware?.desk.request == nil)
    let other = try #require(harness.requestCode())
    #expect(other != code)
  }

  @Test("Codes differ between seeds and are the same for one")
  func codesFollowTheSeed() {
    let codes = [3, 3, 4].map { RecorderHarness(.summitSeries, seed: $0).requestCode() }
    #expect(codes[0] == codes[1])
    #expect(codes[0] != codes[2])
    #expect(codes[0]?.allSatisfy { VirtualModel.summitSeries.code.alphabet.contains($0) } == true)
  }

  // MARK: Passwords

  @Test("A password that breaks the rules is refused, and another may be tried")
  func weakPassword() throws {
    for (model, weak) in [
      (VirtualModel.nightSeries, "abc12"), (.harborSeries, "abcdefghij"),
      (.summitSeries, "abcdefghij"), (.summitSeries, "xuser1234"),
    ] {
      let harness = RecorderHarness(model)
      let code = try #require(harness.requestCode())
      harness.submit(code)
      harness.type(weak)
      harness.click(.accept)
      harness.wait(0.5)
      #expect(harness.message == model.wordings.passwordBreaksRules)
      harness.click(.accept)
      harness.choose(newPassword, confirming: newPassword)
      #expect(harness.device.board.flash.password == newPassword)
    }
  }

  @Test("A confirmation that differs is refused, and may be tried again")
  func confirmationDiffers() throws {
    let harness = RecorderHarness(.harborSeries)
    let code = try #require(harness.requestCode())
    harness.submit(code)
    harness.choose(newPassword, confirming: "Meadow12y")
    #expect(harness.message == VirtualModel.harborSeries.wordings.passwordsDiffer)
    #expect(harness.device.board.flash.password != newPassword)
    harness.click(.accept)
    harness.type(newPassword)
    harness.click(.accept)
    harness.wait(2.5)
    #expect(harness.device.board.flash.password == newPassword)
  }

  @Test("A cut while the password is being saved keeps the old one")
  func cutWhileSaving() throws {
    let model = VirtualModel.nightSeries
    let harness = RecorderHarness(model)
    let code = try #require(harness.requestCode())
    harness.submit(code)
    harness.type(newPassword)
    harness.click(.accept)
    harness.wait(0.5)
    harness.type(newPassword)
    harness.click(.accept)
    #expect(harness.device.firmware?.topWindow is BusyBox)
    harness.cutPower(for: 10)
    #expect(harness.waitForLiveView())
    #expect(harness.device.firmware?.password == model.identity.password)
  }
}
