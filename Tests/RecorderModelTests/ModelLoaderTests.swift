import Frames
import Patterns
import RecorderModel
import SourceYAML
import Testing

private let modelText = """
  model: night-classic
  about: A recorder for tests.
  screen: [1280, 720]
  labels:
    forgot: Forgot Password
    ok: {text: OK, in: dialog}
  images:
    menu-bar: {file: menu-bar.png, in: [0, 600, 1280, 120], click: [3, 4]}
    keyboard: keyboard.png
    icon: parts/icon.png
  groups:
    menu-icons: [{image: icon}, {label: forgot}]
  regions: {dialog: [340, 160, 600, 400], date: [900, 10, 300, 40]}
  fields: {secureCode: {box: [400, 300, 200, 30], display: text}}
  values: {userName: admin, password: "007"}
  keyboard:
    anchor: keyboard
    bounds: [-10, -10, 400, 200]
    pages:
      lower:
        rows:
          - {at: [0, 0], key: [30, 30], pitch: 32.5, keys: "qw r"}
          - {at: [0, 40], key: [60, 30], shift: upper}
          - {at: [70, 40], key: [60, 30], page: digits}
          - {at: [140, 40], key: [60, 30], does: space}
          - {at: [210, 40], key: [60, 30], does: backspace}
      upper:
        image: icon
        rows:
          - {at: [0, 0], key: [30, 30], keys: QW}
      digits:
        rows:
          - {at: [0, 0], key: [30, 30], keys: "0123456789"}
          - {at: [0, 40], key: [60, 30], page: lower}
  code: {length: 6, alphabet: "0123456789"}
  password: {length: [6, 20], classes: 2, require: [digit], alphabet: "qwQW0123456789"}
  boot: {longest: 60s, rebootsByItself: true}
  interruptions:
    disk: {seen: {label: forgot}, dismiss: {image: icon}}
  alive: [date, [0, 0, 100, 100], {in: date, reads: '\\d\\d:\\d\\d', period: 500ms}]
  """

/// The keyboard of the model as a file of its own.
private var keyboardText: String {
  let lines = modelText.split(separator: "\n", omittingEmptySubsequences: false)
  return lines.drop { $0 != "keyboard:" }.dropFirst().prefix { $0.hasPrefix("  ") }
    .map { $0.dropFirst(2) }.joined(separator: "\n")
}

private func load(_ text: String = modelText, set arguments: [String] = []) -> ParsedModel {
  let (overrides, findings) = Override.parse(all: arguments)
  #expect(findings.isEmpty)
  let picture = RGBImage(
    size: PixelSize(width: 20, height: 20), pixels: [UInt8](repeating: 200, count: 1_600))
  let pictures = ["m/menu-bar.png", "m/keyboard.png", "m/parts/icon.png"]
  return ModelLoader.load(
    folder: "m", overrides: overrides,
    files: SourceFiles { path throws(SourceFiles.Refusal) in
      if path == "m/model.yaml" { return Array(text.utf8) }
      if path == "m/keyboard.yaml" { return Array(keyboardText.utf8) }
      if path == "m/wrong.yaml" { return Array("ancor: keyboard\n\(keyboardText)".utf8) }
      if path == "m/broken.png" { return Array("no picture".utf8) }
      guard pictures.contains(path), let png = try? PNGCodec.encode(picture) else {
        throw SourceFiles.Refusal(reason: "there is no such file")
      }
      return png
    })
}

@Suite struct ModelLoaderTests {
  @Test func `a whole model is read`() throws {
    let model = try load().checked()
    #expect(model.name == "night-classic")
    #expect(model.screen == PixelSize(width: 1280, height: 720))
    #expect(
      model.labels["ok"]
        == Label(text: "OK", region: PixelRect(x: 340, y: 160, width: 600, height: 400)))
    #expect(model.labels["forgot"]?.region == nil)
    let bar = try #require(model.images["menu-bar"])
    #expect(bar.file == "m/menu-bar.png")
    #expect(bar.click == PixelPoint(x: 3, y: 4))
    #expect(bar.region == PixelRect(x: 0, y: 600, width: 1280, height: 120))
    #expect(bar.picture.size == PixelSize(width: 20, height: 20))
    #expect(model.images["icon"]?.file == "m/parts/icon.png")
    #expect(model.groups["menu-icons"] == [.image("icon"), .label("forgot")])
    #expect(model.values["password"] == "007")
    #expect(model.boot == BootBehaviour(longest: .seconds(60), rebootsByItself: true))
    #expect(model.code == CodeFormat(length: 6, alphabet: "0123456789"))
    #expect(model.password?.requiredClasses == [.digit])
    #expect(model.fields["secureCode"]?.display == .text)
    #expect(
      model.interruptions == [
        Interruption(
          name: "disk", seen: .member(.label("forgot")), dismiss: .member(.image("icon")))
      ])
    #expect(
      model.alive == [
        AlivePart(region: PixelRect(x: 900, y: 10, width: 300, height: 40)),
        AlivePart(region: PixelRect(x: 0, y: 0, width: 100, height: 100)),
        AlivePart(
          region: PixelRect(x: 900, y: 10, width: 300, height: 40),
          reads: try Pattern("\\d\\d:\\d\\d"), period: .milliseconds(500)),
      ])
  }

  @Test(
    arguments: [
      ("", nil), (", in: dialog", .region("dialog")), (", in: form", .region("form")),
      (", in: [0, 0, 90, 50]", .rect(PixelRect(x: 0, y: 0, width: 90, height: 50))),
      (", near: bottom", .rect(PixelRect(x: 0, y: 480, width: 1280, height: 240))),
    ] as [(String, Interruption.Place?)])
  func `a pop-up is told by its words, and where they are`(
    place: String, expected: Interruption.Place?
  ) throws {
    let model = try load(
      set: [
        "regions.form={on: {label: forgot}, box: [-20, 10, 300, 200]}",
        "interruptions={net: {seen: No network, dismiss: OK\(place)}}",
      ]
    ).checked()
    #expect(
      model.interruptions == [
        Interruption(name: "net", seen: .words("No network"), dismiss: .words("OK"), in: expected)
      ])
    let mixed = try load(
      set: ["interruptions={net: {seen: {image: icon}, dismiss: Close, in: dialog}}"]
    ).checked()
    #expect(
      mixed.interruptions == [
        Interruption(
          name: "net", seen: .member(.image("icon")), dismiss: .words("Close"),
          in: .region("dialog"))
      ])
  }

  @Test func `a region may go where something else goes`() throws {
    let model = try load(
      set: [
        "regions.form={on: {label: forgot}, box: [-20, 10, 300, 200]}",
        "regions.panel={around: {image: icon}}",
        "labels.ok={text: OK, in: form, click: [3, 4]}",
        "labels.street={text: Street, near: bottom}",
      ]
    ).checked()
    let form = HangingRegion(
      on: .label("forgot"), .box(PixelRect(x: -20, y: 10, width: 300, height: 200)))
    #expect(
      model.labels["ok"]
        == Label(text: "OK", region: nil, hangs: form, click: PixelPoint(x: 3, y: 4)))
    #expect(
      model.hangingRegions
        == ["form": form, "panel": HangingRegion(on: .image("icon"), .around)])
    #expect(
      model.labels["street"]?.region == PixelRect(x: 0, y: 480, width: 1280, height: 240))
  }

  @Test func `a region is a box around something or hangs on it by numbers, not both`() {
    for (region, problem) in [
      ("{around: {label: forgot}, on: {label: forgot}, box: [0, 0, 9, 9]}", "stand together"),
      ("{on: {label: forgot}}", "\"on\" means nothing here"),
      ("{around: {label: forgot}, box: [0, 0, 9, 9]}", "\"box\" means nothing here"),
      ("{box: [0, 0, 9, 9]}", "without an anchor"),
    ] {
      let findings = load(set: ["regions.form=\(region)"]).findings
      #expect(findings.contains { $0.problem.contains(problem) }, "\(region): \(findings)")
    }
  }

  @Test func `a group may name the files of its images`() throws {
    let model = try load(
      set: [
        "groups.menu-icons={files: [parts/icon.png], near: bottom}",
        "images={keyboard: keyboard.png, menu-bar: menu-bar.png}", "interruptions={}",
        "keyboard.pages.upper={rows: [{at: [0, 0], key: [30, 30], keys: QW}]}",
      ]
    ).checked()
    #expect(model.groups["menu-icons"] == [.image("icon")])
    #expect(model.images["icon"]?.file == "m/parts/icon.png")
    #expect(
      model.images["icon"]?.region == PixelRect(x: 0, y: 480, width: 1280, height: 240))
    let twice = load(set: ["groups.menu-icons={files: [parts/icon.png]}"]).findings
    #expect(twice.contains { $0.problem == "there is another image \"icon\"" }, "\(twice)")
  }

  @Test func `the keyboard may stand in a file of its own, in the model's folder`() throws {
    let whole = try load().checked()
    let apart = try load(set: ["keyboard=keyboard.yaml"]).checked()
    #expect(apart.keyboard == whole.keyboard)
    for (name, problem) in [
      ("none.yaml", "m/none.yaml: there is no such file"),
      ("../keyboard.yaml", "outside of the model's folder"),
      ("wrong.yaml", "is no key of"),
    ] {
      let findings = load(set: ["keyboard=\(name)"]).findings
      #expect(findings.count == 1 && findings[0].problem.contains(problem), "\(findings)")
    }
  }

  @Test func `what a label says is bound to firmware or language`() throws {
    let looks =
      "labels.ok={looks: [{text: OK, firmware: '<5'}, {text: Enter, firmware: '>=5 <6'}, "
      + "{text: Los, firmware: '>=6', language: de}]}"
    for (settings, words) in [
      (["values.firmware=4.12"], "OK"), (["values.firmware=5.0.1"], "Enter"),
      (["values.firmware=6", "language=de"], "Los"),
    ] {
      #expect(try load(set: [looks] + settings).checked().labels["ok"]?.text == words)
    }
    #expect(
      load(set: [looks, "values.firmware=6", "language=en"]).findings.map(\.problem)
        == ["no look is for firmware 6 in en"])
  }

  @Test(arguments: [
    (">=4.2 <5", ["4.2", "4.10.1"], ["4.1.9", "5", "5.0"]),
    ("=7.0.3", ["7.0.3"], ["7.0.3.1", "7.0"]), ("<2.19", ["2.9", "2.18.6"], ["2.19.0", "3"]),
    (">1.0-rc1", ["1.0-rc2", "1.1"], ["1.0-rc1", "1.0"]),
  ])
  func `a range holds some versions`(range: String, held: [String], others: [String]) throws {
    let versions = try #require(FirmwareRange(range))
    for version in held { #expect(versions.contains(version), "\(version)") }
    for version in others { #expect(!versions.contains(version), "\(version)") }
    #expect(FirmwareRange("") == nil)
    #expect(FirmwareRange("4.2") == nil)
    #expect(FirmwareRange(">=new") == nil)
  }

  @Test func `what vendors print of a reset is read, and most print the same`() throws {
    #expect(try load().checked().flow == VendorFlow(restart: .byItself))
    let flow = try load(
      set: [
        "flow={passwordPages: one, confirmReset: sometimes, success: toast, others: {a: always}}"
      ]
    ).checked().flow
    #expect(
      flow
        == VendorFlow(
          passwordPages: .one, confirmReset: .sometimes, success: .toast, restart: .byItself,
          others: ["a": .always]))
    #expect(flow.frequency(of: "passwordPages", ["one"]) == .always)
    #expect(flow.frequency(of: "passwordPages", ["two"]) == .never)
    #expect(flow.frequency(of: "success", ["message", "page"]) == .never)
    #expect(flow.frequency(of: "confirmReset", []) == .sometimes)
    #expect(flow.frequency(of: "a", []) == .always)
    #expect(flow.frequency(of: "b", []) == nil)
  }

  @Test func `a field lies in a box, or beside its label`() throws {
    let model = try load(
      set: ["fields.b={rightOf: forgot, shows: dots}", "fields.c={below: ok, shows: text}"]
    ).checked()
    #expect(
      model.fields["b"]
        == FieldDescription(place: .beside(.rightOf, label: "forgot"), display: .dots))
    #expect(
      model.fields["c"] == FieldDescription(place: .beside(.below, label: "ok"), display: .text))
    #expect(model.fields["b"]?.label(named: "b", of: model) == "forgot")
    #expect(model.fields["secureCode"]?.label(named: "secureCode", of: model) == nil)
    #expect(model.fields["secureCode"]?.label(named: "ok", of: model) == "ok")
  }

  @Test func `keys are laid out by their pitch, and a space leaves a place empty`() throws {
    let keyboard = try #require(try load().checked().keyboard)
    #expect(keyboard.pages.map(\.name) == ["lower", "upper", "digits"])
    #expect(
      keyboard.pages[0].keys.map(\.box.x) == [0, 33, 98, 0, 70, 140, 210])
    #expect(
      keyboard.pages[0].keys.map(\.role) == [
        .character("q"), .character("w"), .character("r"), .pageForOneKey("upper"),
        .page("digits"), .character(" "), .backspace,
      ])
    #expect(keyboard.pages[1].image == "icon")
    #expect(keyboard.characters == Set("qwr QW0123456789"))
  }

  @Test func `any value can be set`() throws {
    let model = try load(
      set: ["boot.longest=90s", "labels.forgot=Forgot PWD?", "screen=[1920, 1080]"]
    ).checked()
    #expect(model.boot.longest == .seconds(90))
    #expect(model.labels["forgot"]?.text == "Forgot PWD?")
    #expect(model.screen.width == 1920)
  }

  @Test(arguments: [
    (
      "interruptions={x: {seen: forgot, dismiss: OK}}",
      "--set:1:26: \"forgot\" is read as words on the screen, and is what an entry of labels is"
        + " called; write {label: forgot}, or words in other letters: case does not count"
    ),
    (
      "interruptions={x: {seen: Gone, dismiss: icon}}",
      "--set:1:41: \"icon\" is read as words on the screen, and is what an entry of images is"
        + " called; write {image: icon}, or words in other letters: case does not count"
    ),
    (
      "interruptions={x: {seen: {label: forgot}, dismiss: {image: icon}, in: dialog}}",
      "--set:1:67: \"in\" means nothing here;"
        + " it goes with words; labels and images say themselves where they are"
    ),
    (
      "interruptions={x: {seen: Gone, dismiss: OK, in: dialg}}",
      "--set:1:49: no region is called \"dialg\"; did you mean \"dialog\"?"
    ),
    (
      "interruptions={x: {seen: Gone, dismiss: OK, in: dialog, near: top}}",
      "--set:1:57: \"in\" and \"near\" stand together in an interruption; write one of them"
    ),
    (
      "interruptions={x: {seen: [Gone], dismiss: OK}}",
      "--set:1:26: \"seen\" is a list, not what is seen of it;"
        + " write the words on it, {label: …} or {image: …}"
    ),
    (
      "interruptions={x: {seen: '', dismiss: OK}}",
      "--set:1:26: \"seen\" is empty; write a text"
    ),
    ("boot.longst=90s", "--set:1:6: \"longst\" is no key of boot; did you mean \"longest\"?"),
    (
      "images.icon=icn.png",
      "--set:1:13: the picture m/icn.png is missing (there is no such file);"
        + " cut it with gantry crop, or correct the name"
    ),
    (
      "images.icon=broken.png",
      "--set:1:13: the picture m/broken.png: not a PNG file; save it as PNG"
    ),
    (
      "labels.ok.in=dialogue",
      "--set:1:14: no region is called \"dialogue\"; did you mean \"dialog\"?"
    ),
    (
      "images.menu-bar.click=[20, 0]",
      "--set:1:23: the click point 20,0 is not on the picture (20x20);"
        + " count from its top left corner"
    ),
    (
      "images.menu-bar.in=[0, 0, 100, 19]",
      "--set:1:20: the picture menu-bar.png (20x20) does not fit into its region (0,0,100,19);"
        + " write a larger region, or cut a smaller picture"
    ),
    (
      "regions.date=[1200, 0, 100, 10]",
      "--set:1:14: the rectangle 1200,0,100,10 reaches past the screen (1280x720);"
        + " write [x, y, width, height] within it"
    ),
    (
      "groups.menu-icons=[{image: icn}]",
      "--set:1:28: no image is called \"icn\"; did you mean \"icon\"?"
    ),
    (
      "interruptions.disk.seen={label: nope}",
      "--set:1:33: no label is called \"nope\"; the labels are forgot, ok"
    ),
    (
      "keyboard.anchor=keybord",
      "--set:1:17: no image is called \"keybord\"; did you mean \"keyboard\"?"
    ),
    (
      "keyboard.pages.lower.rows.1.shift=uper",
      "--set:1:35: no page is called \"uper\"; did you mean \"upper\"?"
    ),
    (
      "regions.hanging={on: {label: forgott}, box: [0, 0, 9, 9]}",
      "--set:1:30: no label is called \"forgott\"; did you mean \"forgot\"?"
    ),
    (
      "labels.ok={looks: [{text: OK, firmware: '<4'}, {text: Enter, firmware: '>=5'}]}",
      "--set:1:19: no look is for a firmware that nobody named; bind the looks so that one fits"
    ),
    (
      "labels.ok={looks: [{text: OK, firmware: new}, {text: Enter, language: en}]}",
      "--set:1:41: \"new\" says no versions; write bounds such as '>=4.2 <5'"
    ),
    (
      "labels.ok={text: OK, in: dialog, near: top}",
      "--set:1:34: \"in\" and \"near\" stand together in a label; write one of them"
    ),
    (
      "fields.secureCode={rightOf: forgott, shows: text}",
      "--set:1:29: no label is called \"forgott\"; did you mean \"forgot\"?"
    ),
    (
      "keyboard.dismiss=[5, 5, 20, 20]",
      "--set:1:18: the key 0 of page \"digits\" lies where a click should put the keyboard away;"
        + " correct either place"
    ),
    (
      "flow.restart=plug",
      "--set:1:14: restart: plug and boot: {rebootsByItself: true} can't both be; correct one of"
        + " them"
    ),
    (
      "flow.others={success: always}",
      "--set:1:14: \"success\" has a key of its own in flow; write it there"
    ),
    (
      "code.alphabet=0123€",
      "--set:1:15: the keyboard has no key for € of this alphabet;"
        + " leave them out, or add their keys"
    ),
    (
      "password.require=[symbol]",
      "m/model.yaml:36:69: the rules require a symbol, the alphabet has none; add some"
    ),
    (
      "password.length=[9, 6]",
      "--set:1:17: the fewest characters (9) are more than the most (6); write [fewest, most]"
    ),
  ])
  func `each mistake in a model is found where it stands`(argument: String, line: String) {
    #expect(load(set: [argument]).findings.first?.description == line)
  }

  @Test func `keys that overlap or lie outside are found, and pages that no key leads to`() {
    let found = load(
      set: [
        "keyboard.pages.upper.rows=[{at: [0, 0], key: [30, 30], pitch: 29, keys: QW}]",
        "keyboard.pages.digits.rows.1.at=[380, 40]",
        "keyboard.pages.symbols={rows: [{at: [0, 0], key: [9, 9], keys: x}]}",
      ]
    ).findings.map(\.problem)
    #expect(
      found == [
        "no key leads to the page \"symbols\"",
        "the keys Q and W of page \"upper\" overlap",
        "the key to page lower of page \"digits\" (380,40,60,30) lies outside the keyboard"
          + " (-10,-10,400,200)",
      ])
  }

  @Test func `a model that is not there is one line`() {
    let found = ModelLoader.load(folder: "no/model", files: .memory([:])).findings
    #expect(
      found.map(\.description) == [
        "no/model/model.yaml:1:1: there is no such file; check the path"
      ])
  }
}
