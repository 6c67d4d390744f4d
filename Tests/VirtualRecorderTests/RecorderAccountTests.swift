import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("Logging in to the virtual recorder")
struct RecorderAccountTests {
  @Test("Any icon leads to the log-in prompt, and the right password to the main menu")
  func anyIcon() {
    for model in VirtualModel.all {
      for icon in model.menuIcons.indices {
        let harness = RecorderHarness(model)
        harness.chooseIcon(icon)
        #expect(harness.device.firmware?.topWindow is LogInPrompt)
        harness.type(model.identity.password)
        harness.click(.accept)
        harness.wait(1.5)
        #expect(harness.isInMainMenu)
      }
    }
  }

  @Test("Too many wrong passwords lock the account for a while")
  func logInLock() {
    let model = VirtualModel.nightSeries
    let harness = RecorderHarness(model)
    harness.chooseIcon()
    for _ in 0..<model.logInLimit.attempts {
      harness.type("wrong1")
      harness.click(.accept)
      harness.wait(1.5)
      harness.click(.accept)
    }
    harness.type(model.identity.password)
    harness.click(.accept)
    harness.wait(1.5)
    #expect(harness.message == model.wordings.logInLocked.filling("minutes", with: "5"))
    harness.click(.accept)
    harness.wait(300)
    harness.type(model.identity.password)
    harness.click(.accept)
    harness.wait(1.5)
    #expect(harness.isInMainMenu)
  }

  @Test("Who leaves an open menu alone is logged out", arguments: VirtualModel.all)
  func autoLogOut(_ model: VirtualModel) {
    let harness = RecorderHarness(model)
    harness.logIn(model.identity.password)
    harness.wait(model.autoLogOut.inSeconds - 4)
    #expect(harness.isInMainMenu)
    harness.send(dx: 2)
    harness.wait(model.autoLogOut.inSeconds - 2)
    #expect(harness.isInMainMenu)
    harness.wait(3)
    #expect(harness.device.firmware?.windows.isEmpty == true)
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("Logged in, the menu bar leads to the main menu without a password")
  func staysLoggedIn() {
    let harness = RecorderHarness(.summitSeries)
    harness.logIn(VirtualModel.summitSeries.identity.password)
    harness.click(.cancel)
    #expect(harness.device.firmware?.windows.isEmpty == true)
    harness.chooseIcon(2)
    #expect(harness.isInMainMenu)
  }

  @Test("The tile that logs out does", arguments: VirtualModel.all)
  func logOut(_ model: VirtualModel) {
    let harness = RecorderHarness(model)
    harness.logIn(model.identity.password)
    harness.click(.tile(model.menuPages.count + 1))
    harness.chooseIcon()
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("The system page names model, firmware version and date", arguments: VirtualModel.all)
  func systemPage(_ model: VirtualModel) throws {
    let harness = RecorderHarness(model)
    harness.logIn(model.identity.password)
    harness.click(.tile(model.menuPages.count))
    let page = try #require(harness.device.firmware?.topWindow as? InformationPage)
    let values = page.rows.map(\.value)
    #expect(values.contains(model.identity.model))
    #expect(values.contains(model.identity.firmwareVersion))
    let date = CalendarDate(secondsSince1970: Int(RecorderHarness.calendarStart))
    #expect(values.contains { $0.hasPrefix(model.dateStyle.date(date)) })
    harness.click(.cancel)
    #expect(harness.isInMainMenu)
  }

  @Test("A right click leads back, window by window")
  func rightClickLeadsBack() {
    let harness = RecorderHarness(.nightSeries)
    harness.chooseIcon()
    harness.click(.field)
    #expect(harness.device.firmware?.keyboard != nil)
    harness.press(.right)
    #expect(harness.device.firmware?.keyboard == nil)
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
    harness.press(.right)
    #expect(harness.device.firmware?.topWindow == nil)
  }

  /// The page of users of the one model that has a button for it.
  private func openUsers(_ harness: RecorderHarness) {
    harness.logIn(harness.device.model.identity.password)
    harness.click(.tile(3))
    harness.click(.accept)
  }

  @Test("Whoever knows the password that holds chooses another one, with no restart")
  func changePassword() {
    let model = VirtualModel.harborSeries
    let harness = RecorderHarness(model)
    openUsers(harness)
    harness.type(model.identity.password)
    harness.click(.accept)
    harness.choose("Willow-417", confirming: "Willow-417")
    #expect(harness.message == model.wordings.account?.changed)
    harness.click(.accept)
    harness.wait(30)
    #expect(harness.device.firmware?.isLoggedIn == true)
    // Nobody is asked who is in already, until he is out.
    harness.chooseIcon()
    #expect(harness.isInMainMenu)
    harness.click(.tile(model.menuPages.count + 1))
    harness.logIn(model.identity.password)
    #expect(!harness.isInMainMenu)
    harness.click(.accept)
    harness.click(.cancel)
    harness.logIn("Willow-417")
    #expect(harness.isInMainMenu)
  }

  @Test("Whoever does not know it is refused, and that counts as at the log-in prompt")
  func refusedChange() {
    let model = VirtualModel.harborSeries
    let harness = RecorderHarness(model)
    openUsers(harness)
    for left in (1..<model.logInLimit.attempts).reversed() {
      harness.type("wrong1")
      harness.click(.accept)
      harness.wait(1)
      #expect(
        harness.message == model.wordings.logInRefused.filling("left", with: String(left)))
      harness.click(.accept)
    }
    harness.type("wrong1")
    harness.click(.accept)
    harness.wait(1)
    #expect(harness.message?.hasPrefix("Login is blocked") == true)
  }

  @Test("A change that was begun and left makes no change of the reset after it")
  func resetAfterChange() {
    let model = VirtualModel.harborSeries
    let harness = RecorderHarness(model)
    openUsers(harness)
    harness.type(model.identity.password)
    harness.click(.accept)
    harness.click(.cancel)
    harness.click(.cancel)
    harness.click(.tile(model.menuPages.count + 1))
    harness.reset(to: "Willow-417")
    #expect(harness.message == model.wordings.successThenRestart)
  }

  @Test("A click beside the menu bar closes it")
  func clickBesideMenuBar() {
    let harness = RecorderHarness(.nightSeries)
    harness.click(PixelPoint(x: 600, y: 300), .right)
    #expect(harness.device.firmware?.topWindow is MenuBar)
    harness.wait(1)
    harness.press()
    #expect(harness.device.firmware?.topWindow == nil)
  }
}
