import Bench
import Frames
import Testing

@testable import VirtualRecorder

@Suite("Versions of the virtual recorder's firmware")
struct FirmwareTests {
  private static let model = VirtualModel.nightSeries
  private static let (older, shipped, newer, dead) = ("4.1.7", "4.2.1", "4.3.0", "4.3.1")
  /// A cut that is long enough.
  private static let cut = 12.0

  /// A stick in the recorder's USB port, on which somebody puts an image.
  private final class Stick {
    var bytes: [UInt8]?

    func hold(_ version: String, for model: String = "night-series") throws {
      bytes = try FirmwareImage(model: model, version: version).bytes
    }
  }

  /// A whole update: a cut, the writing, the start after it.
  private func update(_ recorder: RecorderHarness) -> Bool {
    recorder.cutPower(for: Self.cut)
    recorder.wait(Self.model.boot.dark.inSeconds + RecorderDevice.flashingTime.inSeconds + 1)
    return recorder.waitForLiveView()
  }

  @Test("The system page shows what runs", arguments: [older, shipped, newer])
  func shown(release: String) throws {
    #expect(version(of: RecorderHarness(Self.model, firmware: release)) == release)
  }

  @Test("An image on the stick is written with the next start, and only then")
  func flashed() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.older)
    #expect(version(of: recorder) == Self.shipped)
    #expect(update(recorder))
    #expect(version(of: recorder) == Self.older)
    recorder.cutPower(for: Self.cut)
    #expect(recorder.waitForLiveView())
    #expect(version(of: recorder) == Self.older)
  }

  @Test("What is wrong with a version is wrong while it runs, and is gone when it is rolled back")
  func regressions() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.newer)
    #expect(update(recorder))
    recorder.reset(to: "Willow-417")
    recorder.click(.accept)
    try stick.hold(Self.shipped)
    #expect(update(recorder))
    // The reset on the newer firmware kept the old password.
    #expect(version(of: recorder) == Self.shipped)
    recorder.cutPower(for: Self.cut)
    #expect(recorder.waitForLiveView())
    recorder.reset(to: "Willow-417")
    recorder.click(.accept)
    recorder.logIn("Willow-417")
    #expect(recorder.device.firmware?.isLoggedIn == true)
  }

  @Test("Settings survive an update")
  func settings() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    recorder.reset(to: "Willow-417")
    try stick.hold(Self.older)
    #expect(update(recorder))
    recorder.logIn("Willow-417")
    #expect(recorder.device.firmware?.isLoggedIn == true)
  }

  @Test("The progress is on the screen, and no mouse is heard meanwhile")
  func progress() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.older)
    recorder.cutPower(for: Self.cut)
    recorder.wait(Self.model.boot.dark.inSeconds + 5)
    let early = picture(of: recorder)
    recorder.wait(30)
    #expect(recorder.device.video == .picture(Self.model.screenSize))
    #expect(picture(of: recorder) != early)
    #expect(recorder.device.usbState == .notConfigured)
  }

  private func picture(of recorder: RecorderHarness) -> [UInt8] {
    let canvas = RGBCanvas(size: Self.model.screenSize)
    recorder.device.draw(into: canvas)
    return canvas.withPixels { [UInt8]($0) }
  }

  @Test("A cut while it writes leaves it dark, until another image is on the stick")
  func torn() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.newer)
    recorder.cutPower(for: Self.cut)
    recorder.wait(Self.model.boot.dark.inSeconds + 20)
    recorder.cutPower(for: Self.cut)
    recorder.wait(200)
    #expect(recorder.device.video == .none && recorder.device.usbState == .notConfigured)
    try stick.hold(Self.shipped)
    #expect(update(recorder))
    #expect(version(of: recorder) == Self.shipped)
  }

  /// Goes to the page on which another firmware is looked for.
  private func lookForUpdate(_ recorder: RecorderHarness) {
    recorder.logIn(recorder.device.model.identity.password)
    recorder.click(.tile(recorder.device.model.menuPages.count))
    recorder.click(.accept)
    recorder.wait(1)
  }

  private func version(of recorder: RecorderHarness) -> String? {
    let model = recorder.device.model
    recorder.logIn(model.identity.password)
    recorder.click(.tile(model.menuPages.count))
    recorder.wait(1)
    let page = recorder.device.firmware?.topWindow as? InformationPage
    return page?.rows.first { $0.name == model.wordings.firmwareVersion }?.value
  }

  @Test("Where there is a menu, an image is installed by whoever chooses that, and not before")
  func byMenu() throws {
    let model = VirtualModel.harborSeries
    let stick = Stick()
    let recorder = RecorderHarness(model, stick: { stick.bytes })
    try stick.hold("7.0.2.94", for: model.name)
    recorder.cutPower(for: Self.cut)
    #expect(recorder.waitForLiveView())
    lookForUpdate(recorder)
    #expect((recorder.device.firmware?.topWindow as? UpdateDialog)?.version == "7.0.2.94")
    recorder.click(.cancel)
    recorder.wait(60)
    #expect(recorder.device.firmware != nil)
    recorder.click(.accept)
    recorder.click(.accept)
    recorder.wait(1)
    #expect(recorder.device.firmware == nil)
    #expect(recorder.device.usbState == .notConfigured)
    recorder.wait(model.boot.dark.inSeconds + RecorderDevice.flashingTime.inSeconds)
    #expect(recorder.waitForLiveView())
    #expect(version(of: recorder) == "7.0.2.94")
  }

  @Test("The menu says what is wrong with the stick")
  func refusedByMenu() throws {
    let model = VirtualModel.harborSeries
    let wordings = try #require(model.wordings.update)
    let stick = Stick()
    let recorder = RecorderHarness(model, stick: { stick.bytes })
    lookForUpdate(recorder)
    #expect(recorder.message == wordings.nothing)
    recorder.click(.accept)
    try stick.hold(Self.older)
    recorder.click(.accept)
    recorder.wait(1)
    #expect(recorder.message?.contains("the image is for night-series") == true)
    recorder.click(.accept)
    // What was there when somebody looked may be gone when it is to be installed.
    try stick.hold("7.0.2.94", for: model.name)
    recorder.click(.accept)
    recorder.wait(1)
    stick.bytes = nil
    recorder.click(.accept)
    recorder.wait(1)
    #expect(recorder.message == wordings.nothing)
  }

  @Test(
    "A model that begins anew with what was cut off does so with each start, also in a later run",
    arguments: [VirtualModel.harborSeries, .summitSeries])
  func resumed(model: VirtualModel) throws {
    let older = try #require(model.releases.first?.version)
    let stick = Stick()
    try stick.hold(older, for: model.name)
    let recorder = RecorderHarness(model, stick: { stick.bytes })
    if model.updatesByMenu {
      lookForUpdate(recorder)
      recorder.click(.accept)
    } else {
      recorder.cutPower(for: Self.cut)
    }
    recorder.wait(model.boot.dark.inSeconds + 20)
    // Nor does it live without the stick.
    stick.bytes = nil
    recorder.cutPower(for: Self.cut)
    recorder.wait(200)
    #expect(recorder.device.video == .none)
    try stick.hold(older, for: model.name)
    let again = try RecorderHarness(after: recorder.device, stick: { stick.bytes })
    again.cutPower(for: Self.cut)
    again.wait(model.boot.dark.inSeconds + RecorderDevice.flashingTime.inSeconds + 1)
    #expect(again.waitForLiveView())
    #expect(version(of: again) == older)
  }

  @Test("A firmware without life leaves no menu: the start takes the one before from the stick")
  func deadWithMenu() throws {
    let model = VirtualModel.harborSeries
    let stick = Stick()
    let recorder = RecorderHarness(model, stick: { stick.bytes })
    try stick.hold("7.1.1.20", for: model.name)
    lookForUpdate(recorder)
    recorder.click(.accept)
    recorder.wait(200)
    #expect(recorder.device.video == .none)
    try stick.hold("7.0.3.118", for: model.name)
    recorder.cutPower(for: Self.cut)
    recorder.wait(model.boot.dark.inSeconds + RecorderDevice.flashingTime.inSeconds + 1)
    #expect(recorder.waitForLiveView())
    #expect(version(of: recorder) == "7.0.3.118")
  }

  @Test("A cut before it writes does no harm")
  func earlyCut() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.newer)
    recorder.cutPower(for: Self.cut)
    recorder.wait(Self.model.boot.dark.inSeconds / 2)
    stick.bytes = nil
    recorder.cutPower(for: Self.cut)
    #expect(recorder.waitForLiveView())
    #expect(version(of: recorder) == Self.shipped)
  }

  @Test("A firmware that shows no life shows none after any cut, and can be rolled back")
  func dead() throws {
    let stick = Stick()
    let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.dead)
    #expect(!update(recorder))
    recorder.cutPower(for: Self.cut)
    recorder.wait(200)
    #expect(recorder.device.video == .none)
    try stick.hold(Self.shipped)
    #expect(update(recorder))
    #expect(version(of: recorder) == Self.shipped)
  }

  @Test("Another model's image, a damaged one and what is none are refused, and said to be")
  func refused() throws {
    let stick = Stick()
    let image = try FirmwareImage(model: Self.model.name, version: Self.older).bytes
    let other = try FirmwareImage(model: "harbor-series", version: "7.0.2.94").bytes
    var pictures: Set<[UInt8]> = []
    for bytes in [nil, other, Array(image.dropLast(30)), Array("holiday photographs".utf8)] {
      let recorder = RecorderHarness(Self.model, stick: { stick.bytes })
      stick.bytes = bytes
      recorder.cutPower(for: Self.cut)
      recorder.wait(Self.model.boot.dark.inSeconds + 2)
      pictures.insert(picture(of: recorder))
      #expect(recorder.waitForLiveView())
      #expect(version(of: recorder) == Self.shipped)
    }
    // As without a stick; another model's; two that are damaged alike.
    #expect(pictures.count == 3)
  }

  @Test("What is being written when a run ends is written before the next one begins")
  func betweenRuns() throws {
    let stick = Stick()
    let first = RecorderHarness(Self.model, stick: { stick.bytes })
    try stick.hold(Self.newer)
    first.cutPower(for: Self.cut)
    first.wait(Self.model.boot.dark.inSeconds + 20)
    let soon = try RecorderHarness(after: first, 5)
    #expect(soon.device.firmware == nil)
    let second = try RecorderHarness(after: soon, 120)
    #expect(version(of: second) == Self.newer)
  }

  @Test("There is no image of a model or a version that there is not")
  func unknown() throws {
    #expect(throws: UnknownVirtualName.self) { try FirmwareImage(model: "x", version: "1") }
    #expect(throws: UnknownVirtualName.self) {
      try FirmwareImage(model: "night-series", version: "9")
    }
  }
}
