import Bench
import BenchOpening
import Doctor
import FoundationEssentials
import RigDescription
import Runner
import Testing

/// What the doctor says of rigs whose devices are files.
@Suite struct RigExaminationTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/gantry-doctor-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/mail/new", withIntermediateDirectories: true)
  }

  private func lines(_ wiring: DeviceWiring, powerCycle: Bool = false) async -> [String] {
    var told: [RigCheck] = []
    var examination = RigExamination(
      devices: RealDevices(of: wiring, on: "of-files"),
      memory: PlugFile(path: folder + "/plug"), patience: 1, noInput: nil
    ) {
      told.append($0)
    }
    await examination.perform(powerCycle: powerCycle)
    try? FileManager.default.removeItem(atPath: folder)
    #expect(told == examination.checks, "each is told once, as it comes")
    return told.map { "\($0.isWell) \($0.name): \($0.found); \($0.remedy ?? "nothing")" }
  }

  private func wiring(
    screen: (any ScreenSettings)? = nil, mouse: (any MouseSettings)? = nil,
    mail: String? = nil
  ) -> DeviceWiring {
    DeviceWiring(
      name: DeviceWiring.recorder, screen: screen.map { .driver($0) },
      mouse: mouse.map { .driver($0) }, power: nil,
      mail: mail.map { .driver(MaildirSettings(path: $0)) })
  }

  @Test func `of what is not wired nothing is said`() async {
    #expect(await lines(wiring()) == [])
  }

  @Test func `a mailbox that can be read is well, and one that can't says what to look at`()
    async throws
  {
    try #require(
      FileManager.default.createFile(
        atPath: folder + "/mail/new/1.M1.here", contents: Data("mail".utf8)))
    #expect(await lines(wiring(mail: folder + "/mail")) == ["true mailbox: 1 messages; nothing"])
    #expect(
      await lines(wiring(mail: folder + "/none")) == [
        "false mailbox: the mailbox can't be read: \(folder)/none: No such file or directory; "
          + "check the path of the Maildir and who may read it"
      ])
  }

  @Test func `each device that can't be opened says what its driver knows to try next`() async {
    let wiring = wiring(
      screen: V4L2Settings(selection: .node("/dev/null"), edid: folder + "/edid"),
      mouse: CH9329Settings(selection: .node("/dev/null")))
    #expect(
      await lines(wiring) == [
        "false screen: the EDID \(folder)/edid can't be read; check the path; "
          + "gantry devices lists the capture devices of this host",
        "false mouse: /dev/null is no serial port; "
          + "gantry devices lists the serial ports that may be a mouse chip",
      ])
    // What this host lacks must not matter: no other program makes a gadget of this name.
    let gadget = HIDGadgetSettings(name: "gantry-doctor-test")
    #expect(
      await lines(self.wiring(mouse: gadget)) == [
        "false mouse: there is no USB mouse gantry-doctor-test; build it with gantry gadget up RIG; "
          + "gantry gadget status RIG and gantry devices say more"
      ])
  }

  @Test func `a power cycle without a switch is not well`() async {
    #expect(
      await lines(wiring(), powerCycle: true) == [
        "false power cycle: there is no switch that works; nothing"
      ])
  }
}
