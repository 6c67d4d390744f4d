import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("The virtual recorder's mouse")
struct RecorderMouseTests {
  private func pointer(_ harness: RecorderHarness) -> PixelPoint? {
    harness.device.firmware?.pointer.position
  }

  private func isVisible(_ harness: RecorderHarness) -> Bool? {
    harness.device.firmware?.pointer.isVisible(at: harness.device.now)
  }

  @Test("Enough counts to the top left bring the pointer into that corner, and no further")
  func corner() {
    for seed in 1...10 as ClosedRange<UInt64> {
      let harness = RecorderHarness(.harborSeries, seed: seed, unkindness: .acceleration)
      for _ in 0..<60 { harness.send(dx: -127, dy: -127) }
      #expect(pointer(harness) == PixelPoint(x: 0, y: 0))
      for _ in 0..<60 { harness.send(dx: 127, dy: 127) }
      #expect(pointer(harness) == PixelPoint(x: 1919, y: 1079))
    }
  }

  @Test("With acceleration, the same counts in one report go further than in many")
  func acceleration() throws {
    var stretched = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      var travels: [Int] = []
      for step in [1, 40] {
        let harness = RecorderHarness(.nightSeries, seed: seed, unkindness: .acceleration)
        for _ in 0..<60 { harness.send(dx: -127, dy: -127) }
        for _ in 0..<(80 / step) { harness.send(dx: step) }
        travels.append(try #require(pointer(harness)).x)
      }
      #expect(travels[1] >= travels[0])
      if travels[1] > travels[0] + 5 { stretched += 1 }
    }
    // About two thirds of all recorders accelerate.
    #expect(stretched >= 8)
    #expect(stretched < 20)
  }

  @Test("Slow counts add up to the sub-pixel: there and back again is where one was")
  func subPixels() throws {
    let harness = RecorderHarness(.nightSeries, seed: 12)
    let start = try #require(pointer(harness))
    for _ in 0..<37 { harness.send(dx: 1, dy: -1) }
    for _ in 0..<37 { harness.send(dx: -1, dy: 1) }
    let end = try #require(pointer(harness))
    #expect(start.distance(to: end) <= 1.5)
  }

  @Test("The pointer shows when it moves, and hides when it is left alone")
  func hiding() {
    let harness = RecorderHarness(.nightSeries, unkindness: .hiding)
    #expect(isVisible(harness) == false)
    harness.send(dx: 1)
    #expect(isVisible(harness) == true)
    harness.wait(4.5)
    #expect(isVisible(harness) == true)
    harness.wait(6)
    #expect(isVisible(harness) == false)
  }

  @Test("A sleeping bus says so, and loses the report that wakes it")
  func sleep() throws {
    let harness = RecorderHarness(.nightSeries, unkindness: .sleep)
    harness.send(dx: 1)
    #expect(harness.device.usbState == .configured)
    harness.wait(16)
    #expect(harness.device.usbState == .suspended)
    let before = try #require(pointer(harness))
    harness.send(dx: 20)
    #expect(harness.device.usbState == .configured)
    #expect(pointer(harness) == before)
    harness.send(dx: 20)
    #expect(pointer(harness) != before)
  }

  @Test("Now and then a report is lost")
  func losses() throws {
    let harness = RecorderHarness(.nightSeries, unkindness: .losses)
    var lost = 0
    for turn in 0..<2000 {
      let before = try #require(pointer(harness))
      harness.send(dx: turn % 2 == 0 ? 5 : -5)
      if pointer(harness) == before { lost += 1 }
    }
    #expect((1...40).contains(lost))
  }

  @Test("Too short a press is no click")
  func minimumHold() throws {
    let harness = RecorderHarness(.nightSeries)
    let hold = try #require(harness.device.firmware?.traits.minimumHold.inSeconds)
    let report = MouseReport(buttons: .right).bytes
    harness.device.receive(report)
    harness.wait(hold - 0.002)
    harness.device.receive(MouseReport().bytes)
    #expect(harness.device.firmware?.topWindow == nil)
    harness.device.receive(report)
    harness.wait(hold + 0.002)
    harness.device.receive(MouseReport().bytes)
    #expect(harness.device.firmware?.topWindow is MenuBar)
  }

  @Test("A button that is left before its release does nothing")
  func releaseElsewhere() throws {
    let harness = RecorderHarness(.nightSeries)
    harness.chooseIcon()
    let cancel = try #require(harness.target(.cancel))
    harness.wait(1)
    harness.move(to: cancel.center)
    harness.drag(to: PixelPoint(x: cancel.center.x, y: cancel.center.y + 200))
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("Clicks on a menu that is still coming up are lost")
  func entrance() {
    let harness = RecorderHarness(.nightSeries)
    let icon = PixelPoint(x: 640, y: 676)
    harness.move(to: icon)
    harness.press(.right)
    let opened = harness.device.firmware?.windows.last?.openedAt
    #expect(opened != nil)
    harness.press(.left, holding: 0.08)
    #expect(harness.device.firmware?.topWindow is MenuBar)
    harness.wait(1)
    harness.press(.left)
    #expect(harness.device.firmware?.topWindow is LogInPrompt)
  }

  @Test("Reports that are too short for a boot mouse are ignored")
  func shortReports() throws {
    let harness = RecorderHarness(.nightSeries)
    let before = try #require(pointer(harness))
    harness.device.receive([0, 20])
    harness.device.receive([])
    #expect(pointer(harness) == before)
    harness.device.receive([0, 20, 20])
    #expect(pointer(harness) != before)
  }

  // MARK: Notices

  /// A seed at which a notice comes up, of the wanted kind.
  private func seedWithNotice(modal: Bool, _ model: VirtualModel) -> UInt64? {
    (1...200).first { seed in
      let notice = Unkindness(seed: seed, switches: .all, model: model).notice
      return notice.map { model.notices[$0.index].isModal == modal } ?? false
    }
  }

  @Test("A notice comes up unasked in some runs, and stays until it is closed")
  func noticeStays() throws {
    let model = VirtualModel.nightSeries
    let count = (1...200 as ClosedRange<UInt64>).count { seed in
      Unkindness(seed: seed, switches: .all, model: model).notice != nil
    }
    #expect((20...90).contains(count))

    let seed = try #require(seedWithNotice(modal: false, model))
    let harness = RecorderHarness(model, seed: seed, unkindness: .notices)
    #expect(harness.wait(upTo: 130) { harness.device.firmware?.notice != nil })
    harness.wait(200)
    let layer = try #require(harness.device.firmware?.notice?.window.layer(harness.device.style))
    let button = try #require(layer.element(for: .cancel)?.rect)
    harness.click(button.center)
    #expect(harness.device.firmware?.notice == nil)
  }

  @Test("A notice in the middle blocks everything else until it is closed")
  func modalNotice() throws {
    let model = VirtualModel.nightSeries
    let seed = try #require(seedWithNotice(modal: true, model))
    let harness = RecorderHarness(model, seed: seed, unkindness: .notices)
    #expect(harness.wait(upTo: 130) { harness.device.firmware?.notice != nil })
    harness.wait(1)
    harness.click(PixelPoint(x: 100, y: 100), .right)
    #expect(harness.device.firmware?.topWindow == nil)
    let layer = try #require(harness.device.firmware?.notice?.window.layer(harness.device.style))
    harness.click(try #require(layer.element(for: .cancel)?.rect).center)
    harness.click(PixelPoint(x: 100, y: 100), .right)
    #expect(harness.device.firmware?.topWindow is MenuBar)
  }

  @Test("With every unkindness a patient user still gets in", arguments: VirtualModel.all)
  func allAtOnce(_ model: VirtualModel) {
    var succeeded = 0
    for seed in 1...8 as ClosedRange<UInt64> {
      let harness = RecorderHarness(model, seed: seed, unkindness: .all)
      harness.wait(30)
      harness.send(dx: 1)
      harness.logIn(model.identity.password)
      if harness.isInMainMenu { succeeded += 1 }
    }
    // The harness does not look: a lost report or a notice may cost it a click.
    #expect(succeeded >= 4)
  }
}
