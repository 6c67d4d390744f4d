import RigDescription
import SourceYAML
import Testing

private let rigText = """
  rig: virtual
  about: A recorder in the same process.
  model: models/night-classic
  virtual: {defects: [], faults: []}
  power: {minimumOff: 12s}
  """

private func load(_ text: String, set arguments: [String] = []) -> ParsedRig {
  let (overrides, findings) = Override.parse(all: arguments)
  #expect(findings.isEmpty)
  return RigLoader.load(
    file: "Rigs/virtual.yaml", overrides: overrides, files: .memory(["Rigs/virtual.yaml": text]))
}

/// What a driver is told, where it is that driver; nil for the virtual recorder's own.
private func settings<Kind, Settings>(_ wiring: Wiring<Kind>?) -> Settings? {
  wiring?.settings as? Settings
}

@Suite struct RigLoaderTests {
  @Test func `a virtual rig has all hands, and its model beside it`() throws {
    let rig = try load(rigText).checked()
    #expect(rig.modelFolder == "Rigs/models/night-classic")
    let recorder = try #require(rig.device("recorder"))
    #expect(recorder.screen?.isVirtual == true)
    #expect(recorder.mouse?.isVirtual == true)
    #expect(recorder.power?.switch.isVirtual == true)
    #expect(recorder.power?.minimumOff == .seconds(12))
    #expect(recorder.mail?.isVirtual == true)
    #expect(rig.virtual?.recorder.text == "night-classic")
    #expect(rig.modelOverrides.isEmpty)
  }

  @Test func `the picture that a grabber makes up lies beside the rig`() throws {
    #expect(try load(rigText).checked().noInput == nil)
    let rig = try load(rigText + "\nnoInput: pictures/no-signal.png").checked()
    #expect(rig.noInput?.text == "Rigs/pictures/no-signal.png")
    #expect(rig.noInput?.location.line == 6)
  }

  @Test func `a rig says what brings an image to the recorder, and what has it taken`() throws {
    func flash(_ text: String) throws -> FlashSettings? {
      try load("\(rigText)\nflash: \(text)").checked().flash
    }
    let folder = try #require(try flash("{stick: usb}"))
    #expect(folder.carrier == .stick(.folder("Rigs/usb"), name: "update.img"))
    #expect(folder.taking == .plug)
    let gadget = try #require(try flash("{stick: {udc: dummy_udc.1}, name: a.bin, takes: 5m}"))
    #expect(gadget.carrier == .stick(.gadget(controller: "dummy_udc.1"), name: "a.bin"))
    #expect(gadget.takes == .seconds(300))
    let switched = try #require(
      try flash("{stick: {folder: /mnt/a, toHost: [mux, host], toRecorder: [mux, dut]}}"))
    #expect(
      switched.carrier
        == .stick(
          .switched(folder: "/mnt/a", toHost: ["mux", "host"], toRecorder: ["mux", "dut"]),
          name: "update.img"))
    let menu = try #require(try flash("{stick: usb, scenario: models/x/update.yaml}"))
    #expect(menu.taking == .scenario("Rigs/models/x/update.yaml"))
    let network = try #require(try flash("{scenario: update.yaml}"))
    #expect(network.carrier == nil)
    let command = try #require(try flash("{command: [push, '{image}']}"))
    #expect(command.carrier == .command(["push", "{image}"]))
    #expect(command.taking == .carrier)
    for wrong in ["{}", "{stick: usb, command: [a]}", "{name: a}", "{stick: {folder: a, udc: b}}"] {
      #expect(!load("\(rigText)\nflash: \(wrong)").findings.isEmpty, "\(wrong)")
    }
  }

  @Test func `a hand that is not wired is none`() throws {
    let recorder = try #require(
      try load(rigText, set: ["mail=none", "power=none"]).checked().device("recorder"))
    #expect(recorder.mail == nil)
    #expect(recorder.power == nil)
    #expect(recorder.screen?.isVirtual == true)
  }

  @Test func `any value can be set, paths as in the file`() throws {
    let rig = try load(
      rigText,
      set: [
        "model=models/other", "power.minimumOff=15s", "virtual.defects=[hangs, no-mail]",
        "mail.maildir.path=../mail",
      ]
    ).checked()
    #expect(rig.modelFolder == "Rigs/models/other")
    #expect(rig.virtual?.recorder.text == "other")
    #expect(rig.virtual?.defects.map(\.text) == ["hangs", "no-mail"])
    #expect(rig.device("recorder")?.power?.minimumOff == .seconds(15))
    #expect(settings(rig.device("recorder")?.mail) == MaildirSettings(path: "mail"))
  }

  @Test func `values below model go to the model, and so does a recorder's own way to restart`()
    throws
  {
    let rig = try load(
      rigText, set: ["model.boot.longest=90s", "virtual.autoReboot=false"]
    ).checked()
    #expect(
      rig.modelOverrides.map { $0.path.map(\.text).joined(separator: ".") } == [
        "boot.rebootsByItself", "flow.restart", "boot.longest",
      ])
    #expect(rig.modelOverrides.map(\.value.text) == ["false", "plug", "90s"])
    #expect(rig.virtual?.autoReboot == false)
  }

  @Test func `mistakes on the command line are found like those in the file`() {
    let lines = load(rigText, set: ["power.minimumof=5s", "virtual.faults=relay"]).findings
    #expect(
      lines.map(\.description) == [
        "--set:1:7: \"minimumof\" is no key of power; did you mean \"minimumOff\"?",
        "--set:2:16: \"faults\" is the text \"relay\", not a list of names; write a list of names",
      ])
  }

  @Test func `names that the virtual recorder does not know are found by their place`() throws {
    let rig = try load(rigText, set: ["virtual.defects=[hang]"]).checked()
    let findings = rig.virtual?.findings(
      knownRecorders: ["night-classic"], knownFirmware: [], knownDefects: ["hangs"], knownFaults: []
    )
    #expect(
      findings?.map(\.description) == [
        "--set:1:18: the virtual recorder knows no defect \"hang\"; did you mean \"hangs\"?"
      ])
  }

  @Test func `a recorder's memory lies beside the rig file, and its firmware is one of its own`()
    throws
  {
    let rig = try load(
      rigText, set: ["virtual.memory=kept/bench", "virtual.firmware=4.1.8"]
    ).checked()
    #expect(rig.virtual?.memory?.text.hasSuffix("/kept/bench") == true)
    let findings = rig.virtual?.findings(
      knownRecorders: ["night-classic"], knownFirmware: ["4.1.7"], knownDefects: [],
      knownFaults: [])
    #expect(
      findings?.map(\.description) == [
        "--set:2:18: the virtual recorder knows no firmware \"4.1.8\"; did you mean \"4.1.7\"?"
      ])
  }

  @Test func `when flaws set in, and what disturbs the rig, is read from its file`() throws {
    let rig = try load(
      rigText,
      set: [
        "virtual.defects=[hangs]", "virtual.strikes.hangs=41s", "virtual.strikes.crash=2s",
        "virtual.capture.brightness=-12", "virtual.capture.noise=2.5", "virtual.acceleration=0",
        "virtual.pauses=[{at: 20s, for: 1500ms}]",
      ]
    ).checked()
    let virtual = try #require(rig.virtual)
    let moments = virtual.strikes.reduce(into: [:]) { $0[$1.key.text] = $1.value }
    #expect(moments == ["hangs": .seconds(41), "crash": .seconds(2)])
    #expect(virtual.capture == VirtualCaptureSettings(brightness: -12, noise: 2.5))
    #expect(virtual.acceleration == 0)
    #expect(virtual.pauses == [.init(at: .seconds(20), length: .milliseconds(1500))])
    let findings = virtual.findings(
      knownRecorders: ["night-classic"], knownFirmware: [], knownDefects: ["hangs"], knownFaults: []
    )
    #expect(
      findings.map(\.description) == [
        "--set:3:17: \"crash\" strikes, but is among neither defects nor faults; "
          + "the flaws are hangs"
      ])
  }

  @Test func `a rig of real devices has the hands that its file names`() throws {
    let text = """
      rig: bench-a
      model: models/m
      screen: {v4l2: {match: {ID_VENDOR_ID: 534d, "@busnum": 1}, mode: 1920x1080@30}}
      mouse: {hidGadget: {vendor: "046d", interval: 10ms}}
      power: {gpioRelay: {chip: pinctrl, line: 017, activeLow: true, contact: normally-closed, \
      whenReleased: kept}}
      """
    let recorder = try #require(try load(text).checked().device("recorder"))
    let match = DeviceMatch([
      .init(key: "ID_VENDOR_ID", value: "534d"), .init(key: "@busnum", value: "1"),
    ])
    #expect(
      settings(recorder.screen)
        == V4L2Settings(selection: .match(match), mode: CaptureMode("1920x1080@30")))
    #expect(
      settings(recorder.mouse) == HIDGadgetSettings(vendor: 0x046D, interval: .milliseconds(10)))
    #expect(
      settings(recorder.power?.switch)
        == GPIORelaySettings(
          chip: "pinctrl", line: "017", activeLow: true, contact: .normallyClosed,
          whenReleased: .kept))
    #expect(recorder.power?.minimumOff == .seconds(10))
    #expect(recorder.mail == nil)
  }

  @Test func `a switch on a board and one that is a file are what the rig says`() throws {
    func power(_ section: String) throws -> Wiring<any PowerSettings>? {
      try load("rig: a\nmodel: m\npower: {\(section)}").checked().device("recorder")?.power?.switch
    }
    #expect(
      settings(try power("usbRelay: {serial: BITFT, channel: 2, contact: normally-open}"))
        == USBRelaySettings(board: nil, serial: "BITFT", channel: 2, contact: .normallyOpen))
    let board = DeviceMatch([.init(key: "@devpath", value: "1.2")])
    #expect(
      settings(
        try power("usbRelay: {match: {\"@devpath\": 1.2}, channel: 1, contact: normally-closed}"))
        == USBRelaySettings(board: board, serial: nil, channel: 1, contact: .normallyClosed))
    #expect(
      settings(try power("file: {path: ../supply}")) == SwitchFileSettings(path: "supply"))
    #expect(
      settings(try power("file: {path: /sys/state, on: enabled, off: disabled}"))
        == SwitchFileSettings(path: "/sys/state", on: "enabled", off: "disabled"))
  }

  @Test func `a sense of the supply stands beside any switch`() throws {
    func power(_ section: String) throws -> PowerWiring {
      let rig = try load("rig: a\nmodel: m\npower: {\(section)}").checked()
      return try #require(rig.device("recorder")?.power)
    }
    let board = "usbRelay: {channel: 1, contact: normally-closed}"
    let relay = "gpioRelay: {chip: c, line: 2, contact: normally-closed, whenReleased: kept}"
    #expect(
      try power("\(relay), sense: {chip: c, line: 07, activeLow: true}").sense
        == SupplySenseSettings(chip: "c", line: "07", activeLow: true))
    for other in [board, "file: {path: supply}"] {
      #expect(
        try power("\(other), sense: {chip: c, line: SENSE}").sense
          == SupplySenseSettings(chip: "c", line: "SENSE", activeLow: false))
    }
    #expect(try power(board).sense == nil)
    let both = try power("\(board), supply: trusted, sense: {chip: c, line: 2}")
    #expect(both.isTrusted && both.sense != nil)
  }

  @Test func `a sense that can't be one is found`() {
    func lines(_ power: String) -> [String] {
      load("rig: a\nmodel: m\npower: {\(power)}").findings.map(\.description)
    }
    let relay = "gpioRelay: {chip: c, line: 2, contact: normally-closed, whenReleased: kept}"
    #expect(
      lines("\(relay), sense: {chip: c}") == [
        "Rigs/virtual.yaml:3:93: sense without \"line\"; add line: the line's name or number."
      ])
    #expect(
      lines("\(relay), sense: {chip: c, line: 3, activelow: true}") == [
        "Rigs/virtual.yaml:3:112: \"activelow\" is no key of sense; did you mean \"activeLow\"?"
      ])
    #expect(
      lines("\(relay), sense: true") == [
        "Rigs/virtual.yaml:3:93: \"sense\" is the text \"true\", not a mapping; write sense with "
          + "the keys chip, line, activeLow"
      ])
    #expect(
      lines("\(relay), sense: {chip: c, line: 2}") == [
        "Rigs/virtual.yaml:3:93: the sense is the relay's own line, which says what was ordered; "
          + "name a line that is wired behind the contact"
      ])
    #expect(
      lines("sense: {chip: c, line: 2}") == [
        "Rigs/virtual.yaml:3:8: power without a switch; add gpioRelay, usbRelay or file, or "
          + "write none"
      ])
    #expect(
      load("rig: a\nmodel: m\nvirtual: {}\npower: {sense: {chip: c, line: 2}}").findings
        .map(\.description) == [
          "Rigs/virtual.yaml:4:9: \"sense\" can't be wired to a virtual recorder; remove it, "
            + "or virtual"
        ])
  }

  @Test func `devices that may hang name the hub's port that cuts them off`() throws {
    let text = """
      rig: bench-a
      model: models/m
      screen: {v4l2: {device: /dev/video0, hubPort: {hub: 1-1.2, port: 3}}}
      mouse: {ch9329: {device: /dev/ttyUSB0, hubPort: {match: {ID_PATH: pci-1}, port: 4}}}
      """
    let recorder = try #require(try load(text).checked().device("recorder"))
    #expect(
      settings(recorder.screen)
        == V4L2Settings(
          selection: .node("/dev/video0"), hubPort: HubPortSettings(hub: .name("1-1.2"), port: 3)))
    let hub = DeviceMatch([.init(key: "ID_PATH", value: "pci-1")])
    #expect(
      settings(recorder.mouse)
        == CH9329Settings(
          selection: .node("/dev/ttyUSB0"), hubPort: HubPortSettings(hub: .match(hub), port: 4)))
  }

  @Test func `a recorder that is a process of its own is wired like real devices, and has a past`()
    throws
  {
    let text = "rig: a\nmodel: m\nvirtual: {at: recorder.sock}\npower: {minimumOff: 12s}"
    let rig = try load(text).checked()
    #expect(rig.virtual == nil)
    #expect(rig.hasPast)
    let recorder = try #require(rig.device("recorder"))
    let process = RecorderSocketSettings(path: "Rigs/recorder.sock")
    #expect(settings(recorder.screen) == process)
    #expect(settings(recorder.mouse) == process)
    #expect(settings(recorder.power?.switch) == process)
    #expect(recorder.power?.minimumOff == .seconds(12))
    #expect(settings(recorder.mail) == process)
    #expect(try load(text, set: ["mail=none"]).checked().device("recorder")?.mail == nil)
  }

  @Test func `what a recorder's own process must be told does not stand beside its socket`() {
    func lines(_ text: String) -> [String] { load(text).findings.map(\.description) }
    let rest =
      "is for the recorder's own process to know, which is at /run/r.sock; remove it, and "
      + "give it to gantry-proving recorder, where --help has it"
    #expect(
      lines("rig: a\nmodel: m\nvirtual: {at: /run/r.sock, faults: [relay-lies]}")
        == ["Rigs/virtual.yaml:3:28: \"faults\" \(rest)"])
    #expect(
      lines("rig: a\nmodel: m\nvirtual: {autoReboot: false, at: /run/r.sock, memory: m}")
        == [
          "Rigs/virtual.yaml:3:11: \"autoReboot\" \(rest)",
          "Rigs/virtual.yaml:3:47: \"memory\" \(rest)",
        ])
    #expect(
      lines("rig: a\nmodel: m\nvirtual: {at: /run/r.sock}\nmail: {maildir: {path: m}}")
        == [
          "Rigs/virtual.yaml:4:8: \"maildir\" can't be wired to a virtual recorder; remove it, "
            + "or virtual"
        ])
  }

  @Test func `what can't be wired is found`() {
    func lines(_ text: String) -> [String] { load(text).findings.map(\.description) }
    #expect(
      lines("rig: a\nmodel: m\nscreen: {v4l2: {device: /dev/video0, mode: 1080p}}")
        == ["Rigs/virtual.yaml:3:44: \"1080p\" is no mode; write one such as 1920x1080@30"])
    #expect(
      lines("rig: a\nmodel: m\nmouse: {ch9329: {device: /dev/ttyS0, baud: 12345}}")
        == [
          "Rigs/virtual.yaml:3:44: \"12345\" is no speed of a serial port; write one of 9600, 19200, "
            + "38400, 57600, 115200"
        ])
    #expect(
      lines("rig: a\nmodel: m\nvirtual: {}\nmouse: {hidGadget: {}}")
        == [
          "Rigs/virtual.yaml:4:9: \"hidGadget\" can't be wired to a virtual recorder; remove it, "
            + "or virtual"
        ])
    #expect(
      lines("rig: a\nmodel: m\nmouse: {hidGadget: {vendor: logitech}}")
        == [
          "Rigs/virtual.yaml:3:29: \"logitech\" is no number of a USB device; write four "
            + "hexadecimal digits such as \"046d\""
        ])
    #expect(
      lines("rig: a\nmodel: m\npower: {minimumOff: 10s}")
        == [
          "Rigs/virtual.yaml:3:8: power without a switch; add gpioRelay, usbRelay or file, or "
            + "write none"
        ])
  }
}
