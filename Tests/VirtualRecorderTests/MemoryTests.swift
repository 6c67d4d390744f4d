import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("A recorder that survives runs")
struct MemoryTests {
  private static let newPassword = "Willow-417"

  private func isLoggedIn(_ recorder: RecorderHarness) -> Bool {
    recorder.device.firmware?.isLoggedIn == true
  }

  /// Waits out everything unasked and closes what is open.
  private func leaveDialogs(of recorder: RecorderHarness) {
    for _ in 0..<6 where recorder.device.firmware?.topWindow != nil {
      recorder.click(.accept)
      recorder.click(.cancel)
      recorder.wait(1)
    }
  }

  @Test("After a reset, only the new password logs in, in the next run and after a cut")
  func reset() throws {
    let first = RecorderHarness(.nightSeries)
    first.reset(to: Self.newPassword)
    leaveDialogs(of: first)
    let second = try RecorderHarness(after: first)
    second.logIn(VirtualModel.nightSeries.identity.password)
    #expect(!isLoggedIn(second))
    leaveDialogs(of: second)
    second.cutPower(for: 12)
    let third = try RecorderHarness(after: second)
    third.logIn(Self.newPassword)
    #expect(isLoggedIn(third))
  }

  @Test("Who was about to choose another password goes on with that, not with a reset")
  func change() throws {
    let first = RecorderHarness(.harborSeries)
    first.logIn(VirtualModel.harborSeries.identity.password)
    first.click(.tile(3))
    first.click(.accept)
    first.type(VirtualModel.harborSeries.identity.password)
    first.click(.accept)
    first.wait(1)
    let second = try RecorderHarness(after: first)
    second.choose(Self.newPassword, confirming: Self.newPassword)
    #expect(second.message == VirtualModel.harborSeries.wordings.account?.changed)
  }

  @Test("A dialog is as it was left, with what was typed into it")
  func dialog() throws {
    let first = RecorderHarness(.harborSeries)
    first.chooseIcon()
    _ = first.wait(upTo: 2) { first.target(.field) != nil }
    first.type("ab1")
    let second = try RecorderHarness(after: first)
    let prompt = try #require(second.device.firmware?.topWindow as? LogInPrompt)
    #expect(prompt.entry?.text == "ab1")
  }

  @Test("An open keyboard stays open, on its page")
  func keyboard() throws {
    let first = RecorderHarness(.nightSeries)
    first.chooseIcon()
    first.click(.field)
    let page = try #require(first.key(.page(1)))
    first.click(page.center)
    #expect(try RecorderHarness(after: first).device.firmware?.keyboard?.page == 1)
  }

  @Test("Who is locked out stays so until its time, counted over runs")
  func lockOut() throws {
    let model = VirtualModel.nightSeries
    var recorder = RecorderHarness(model)
    for try_ in 1...model.logInLimit.attempts {
      recorder.logIn("wrong\(try_)")
      leaveDialogs(of: recorder)
      if try_ == 2 { recorder = try RecorderHarness(after: recorder) }
    }
    let locked = try RecorderHarness(after: recorder)
    locked.logIn(model.identity.password)
    #expect(!isLoggedIn(locked))
    leaveDialogs(of: locked)
    let free = try RecorderHarness(after: locked, model.logInLimit.lock.inSeconds)
    free.logIn(model.identity.password)
    #expect(isLoggedIn(free))
  }

  @Test("Nobody stays logged in for longer than the recorder lets them, with or without a run")
  func autoLogOut() throws {
    let model = VirtualModel.nightSeries
    let first = RecorderHarness(model)
    first.logIn(model.identity.password)
    let rest = model.autoLogOut.inSeconds
    let soon = try RecorderHarness(after: first, rest / 2)
    #expect(isLoggedIn(soon))
    soon.wait(rest)
    #expect(!isLoggedIn(soon))
    #expect(!isLoggedIn(try RecorderHarness(after: first, rest + 5)))
    let ill = try RecorderHarness(after: first, rest * 3, defects: [.autoLogOutMissing])
    #expect(isLoggedIn(ill))
    #expect(!isLoggedIn(try RecorderHarness(after: ill)))
  }

  @Test("A secure code is good in the next run, and no longer than its time")
  func code() throws {
    let model = VirtualModel.nightSeries
    let first = RecorderHarness(model)
    let code = try #require(first.requestCode())
    let soon = try RecorderHarness(after: first)
    soon.submit(code)
    #expect(soon.device.firmware?.topWindow is PasswordDialog)
    let late = try RecorderHarness(after: first, model.code.lifetime.inSeconds)
    late.submit(code)
    #expect(late.device.firmware?.topWindow is MessageBox)
  }

  @Test("A code that is asked for in one run is mailed between it and the next")
  func mail() throws {
    let first = RecorderHarness(.nightSeries)
    first.chooseIcon()
    first.click(.forgotPassword)
    #expect(first.device.drainMail().isEmpty)
    let second = try RecorderHarness(after: first)
    let mail = second.device.drainMail()
    #expect(mail.count == 1 && mail.allSatisfy { $0.sentAt < .zero })
  }

  @Test("A recorder that was left without supply has it again, and starts")
  func unpowered() throws {
    let first = RecorderHarness(.nightSeries)
    first.device.setSupply(on: false)
    first.wait(1)
    let second = try RecorderHarness(after: first, 20)
    #expect(second.device.usbState != .notAttached)
    #expect(second.waitForLiveView())
  }

  @Test("A start goes on between runs, and what a start forgets is forgotten")
  func booting() throws {
    let first = RecorderHarness(.nightSeries)
    first.logIn(VirtualModel.nightSeries.identity.password)
    first.cutPower(for: 12)
    first.wait(5)
    let boot = VirtualModel.nightSeries.boot
    let second = try RecorderHarness(after: first, 1)
    #expect(second.device.firmware == nil)
    second.wait((boot.dark + boot.logo).inSeconds)
    #expect(second.device.firmware != nil && !isLoggedIn(second))
  }

  @Test("A recorder that hangs hangs in the next run, until it is cut off")
  func hung() throws {
    let first = RecorderHarness(.nightSeries, defects: [.hangsInMenu])
    for _ in 0..<5 where first.device.firmware?.hungAt == nil {
      first.chooseIcon()
      first.wait(3)
      leaveDialogs(of: first)
    }
    #expect(first.device.firmware?.hungAt != nil)
    let second = try RecorderHarness(after: first)
    #expect(second.device.firmware?.hungAt != nil)
    second.cutPower(for: 12)
    #expect(second.waitForLiveView())
  }

  @Test("The recorder's clock goes on, and keeps what it is wrong by")
  func clock() throws {
    let first = RecorderHarness(.nightSeries, defects: [.clockResetByPowerCut])
    first.cutPower(for: 12)
    first.wait(40)
    let before = first.device.board.clockOrigin + first.device.now.seconds
    let second = try RecorderHarness(after: first, 30)
    let passed = second.device.board.clockOrigin + second.device.now.seconds - before
    #expect((30...31.1).contains(passed))
  }

  @Test("Traits are the recorder's own, whatever the seeds of later runs")
  func traits() throws {
    let first = RecorderHarness(.nightSeries, seed: 7)
    let second = try RecorderHarness(after: first, seed: 8)
    let third = try RecorderHarness(after: second, seed: 9)
    #expect(third.device.firmware?.traits.gain == first.device.firmware?.traits.gain)
    let other = RecorderHarness(.nightSeries, seed: 9)
    #expect(other.device.firmware?.traits.gain != first.device.firmware?.traits.gain)
  }

  @Test("Secure codes are drawn on, not again")
  func secrets() throws {
    let first = RecorderHarness(.nightSeries)
    let code = first.requestCode()
    let second = try RecorderHarness(after: first)
    leaveDialogs(of: second)
    #expect(second.requestCode() != code)
  }

  @Test(
    "Each kind of window is the same after it lay in a file",
    arguments: [
      BusyBox(), LogInPrompt(entry: TextEntry(text: "a1", isSecret: true, isFocused: true)),
      InformationPage(title: "Disks", rows: [InformationPage.Row(name: "1", value: "good")]),
      InformationPage(title: "Users", rows: [], action: .changePassword),
      PasswordDialog(.current), UpdateDialog(version: "7.0.2.94"),
      MainMenu(pageCount: 4), MenuBar(edge: .left),
      MessageBox(title: "Done", text: "It restarts.", aftermath: .restart),
      Notice(plan: VirtualModel.harborSeries.notices[0]), PasswordDialog(.confirm),
      ResetDialog(date: "2026-03-14", entry: TextEntry(text: "77", isSecret: false)),
    ] as [any Window])
  func windows(window: any Window) throws {
    let first = RecorderHarness(.harborSeries)
    var memory = try #require(first.device.memory)
    guard case .running(var firmware) = memory.phase else { return }
    firmware.windows = [FirmwareMemory.Open(window: window.kept, openedAt: memory.at)]
    memory.phase = .running(firmware)
    let device = RecorderDevice(
      model: .harborSeries, seed: 3, calendarStart: RecorderHarness.calendarStart, memory: memory)
    let second = try RecorderHarness(after: device)
    let top = try #require(second.device.firmware?.topWindow)
    #expect(type(of: top) == type(of: window))
    #expect(top.layer(second.device.style) == window.layer(second.device.style))
  }
}
