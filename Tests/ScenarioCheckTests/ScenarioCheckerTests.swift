import Frames
import RecorderModel
import RigDescription
import Scenario
import ScenarioCheck
import SourceYAML
import Testing

private let modelText = """
  model: classic
  about: A recorder for tests.
  screen: [1280, 720]
  labels: {forgot: Forgot Password}
  images: {menu-bar: a.png, keyboard: a.png}
  groups: {menu-icons: [{image: menu-bar}]}
  regions: {date: [900, 10, 300, 40]}
  fields: {code: {box: [400, 300, 200, 30], display: text}}
  values: {password: pässword, user: abc}
  keyboard:
    anchor: keyboard
    bounds: [0, 0, 900, 100]
    pages: {lower: {rows: [{at: [0, 0], key: [30, 30], keys: abcdefghijklmnopqrstuvwxyz}]}}
  boot: {longest: 60s, rebootsByItself: true}
  """

private func model(_ text: String = modelText) -> ParsedModel {
  let picture = RGBImage(
    size: PixelSize(width: 20, height: 20), pixels: [UInt8](repeating: 200, count: 1_600))
  return ModelLoader.load(
    folder: "m",
    files: SourceFiles { path throws(SourceFiles.Refusal) in
      if path == "m/model.yaml" { return Array(text.utf8) }
      guard path == "m/a.png", let png = try? PNGCodec.encode(picture) else {
        throw SourceFiles.Refusal(reason: "there is no such file")
      }
      return png
    })
}

private func rig(_ rest: String = "") -> RigDescription? {
  RigLoader.load(
    file: "r.yaml",
    files: .memory(["r.yaml": "rig: bench\nmodel: m\nvirtual: {}\n\(rest)"])
  ).rig
}

/// The findings of steps, which begin in line 3, against the model and a rig, a line each.
private func lines(
  _ steps: String, head: String = "timeout: 15m", rig: RigDescription? = rig(),
  model: ParsedModel = model(), parts: [String: String] = [:],
  input: ScenarioChecker.RunInput? = nil
) -> [String] {
  var files = parts
  files["s.yaml"] = "{scenario: test, about: A test., \(head), steps: [\n\n\(steps)\n]}\n"
  let parsed = ScenarioParser.parse(file: "s.yaml", files: .memory(files))
  return ScenarioChecker.check(parsed, model: model, rig: rig, input: input).map(\.description)
}

@Suite struct ScenarioCheckerTests {
  @Test func `the fixture's model and rig have no mistakes`() {
    #expect(model().findings.isEmpty)
    #expect(rig() != nil)
  }

  @Test func `a scenario that fits has no findings`() {
    #expect(
      lines(
        """
        {rightClick: centre, expect: {image: menu-bar}},
        {click: {group: menu-icons}, expect: {label: forgot}},
        {type: {into: code, text: "abc${model.user}"}},
        {read: {in: date, pattern: '.*', save: day}},
        {power: {cycle: {minimum: 10s}}},
        """) == [])
  }

  @Test func `what a model never shows may be named`() {
    let steps = "{expect: {any: [{label: question}, {image: menu-bar}]}}"
    #expect(
      lines(steps) == [
        "s.yaml:3:25: classic has no label \"question\"; the labels are forgot; what these recorders "
          + "never show stands under never: in the model"
      ])
    let knowing = model(modelText + "\nnever: [question]\n")
    #expect(knowing.findings.isEmpty)
    #expect(lines(steps, model: knowing) == [])
    #expect(
      model(modelText + "\nnever: [forgot]\n").findings.map(\.description) == [
        "m/model.yaml:15:9: \"forgot\" is said never to be shown, and what it looks like is said, too; "
          + "remove one of the two"
      ])
  }

  @Test(arguments: [
    (
      "{click: {image: menubar}}",
      "s.yaml:3:17: classic has no image \"menubar\"; did you mean \"menu-bar\"?"
    ),
    (
      "{expect: {any: [{label: forgotten}, rebooting]}}",
      "s.yaml:3:25: classic has no label \"forgotten\"; did you mean \"forgot\"?"
    ),
    (
      "{click: {below: {anyOf: [{group: icons}]}}}",
      "s.yaml:3:34: classic has no group \"icons\"; the groups are menu-icons"
    ),
    (
      "{read: {in: dat, pattern: x, save: y}}",
      "s.yaml:3:13: classic has no region \"dat\"; did you mean \"date\"?"
    ),
    (
      "{expect: {still: {for: 1s, in: dates}}}",
      "s.yaml:3:32: classic has no region \"dates\"; did you mean \"date\"?"
    ),
    (
      "{click: {label: forgot, in: [0, 0, 2000, 10]}}",
      "s.yaml:3:17: the region 0,0,2000,10 reaches past the screen of classic (1280x720);"
        + " write [x, y, width, height] within it"
    ),
    (
      "{click: {point: [50%, 720]}}",
      "s.yaml:3:17: the point lies past the screen of classic (1280x720);"
        + " write pixels within it, or shares such as 50%"
    ),
    (
      "{expect: {empty: cod}}",
      "s.yaml:3:18: classic has no field \"cod\"; did you mean \"code\"?"
    ),
    (
      "{expect: {empty: code}}",
      "s.yaml:3:18: nothing shows whether the field \"code\" of classic is there; say where it lies"
        + " by its label, {rightOf: …} or {below: …}, or name a label like it"
    ),
    (
      "{click: {label: forgot}, optional: confirmRest}",
      "s.yaml:3:36: the flow of classic does not say of \"confirmRest\" how often it happens; did you"
        + " mean \"confirmReset\"?"
    ),
    (
      "{either: [{expect: {label: forgot}, flow: sendCode}]}",
      "s.yaml:3:43: the flow of classic does not say of \"sendCode\" how often it happens; the ways"
        + " are confirmReset, passwordPages, refusals, restart, success"
    ),
    (
      "{type: {into: cod, text: abc}}",
      "s.yaml:3:15: classic has no field \"cod\"; did you mean \"code\"?"
    ),
    (
      "{type: {into: code, text: \"${model.usr}\"}}",
      "s.yaml:3:27: classic has no value \"usr\"; did you mean \"user\"?"
    ),
    (
      "{type: {into: code, text: aBc1B}}",
      "s.yaml:3:27: the keyboard of classic has no key for \"B\", \"1\";"
        + " type something else, or add the keys to the model"
    ),
    (
      "{mail: {save: {c: code}}}",
      "s.yaml:3:16: classic does not say what a secure code looks like;"
        + " add code: {length: …, alphabet: …} to the model"
    ),
    (
      "{when: {seen: {image: x}}, wait: 1s}",
      "s.yaml:3:23: classic has no image \"x\"; the images are keyboard, menu-bar; what these "
        + "recorders never show stands under never: in the model"
    ),
    (
      "{either: [{expect: {image: x}}, {otherwise: []}]}",
      "s.yaml:3:28: classic has no image \"x\"; the images are keyboard, menu-bar; what these "
        + "recorders never show stands under never: in the model"
    ),
    (
      "{wait: 1s, on: phone}",
      "s.yaml:3:1: the rig bench has no device \"phone\"; the devices are recorder"
    ),
    (
      "{power: {cycle: {minimum: 9s}}}",
      "s.yaml:3:27: a cut of 9s is shorter than the rig bench allows (10s); write at least 10s"
    ),
  ])
  func `what the model or the rig does not have is found where it is asked for`(
    step: String, line: String
  ) {
    #expect(lines(step) == [line])
  }

  @Test func `a hand that the rig lacks is one line, however many steps need it`() {
    let steps = """
      {click: centre}, {type: {into: code, text: abc}},
      {mail: {subject: x}}, {power: cycle},
      {read: {in: date, pattern: x, save: y}}, {expect: rebooting}
      """
    #expect(
      lines(steps, rig: rig("mouse: none\nmail: none\npower: none\nscreen: none\n")) == [
        "s.yaml:3:9: this step needs a mouse, and 2 more steps too; the rig bench has none;"
          + " wire one, or play the scenario on another rig",
        "s.yaml:3:9: this step needs a screen, and 3 more steps too; the rig bench has none;"
          + " wire one, or play the scenario on another rig",
        "s.yaml:4:8: this step needs a mailbox; the rig bench has none;"
          + " wire one, or play the scenario on another rig",
        "s.yaml:4:31: this step needs a power switch; the rig bench has none;"
          + " wire one, or play the scenario on another rig",
      ])
  }

  @Test func `a part is checked with the values that it is given, secrets kept`() {
    let part = """
      scenario: part
      about: A part.
      parameters: {user: {}, word: {secret: true}}
      steps:
        - type: {into: code, text: "${user}${word}"}
      """
    let found = lines(
      "{use: part.yaml, with: {user: Abc, word: \"${old}\"}}",
      head: "secrets: {old: {model: password}}", parts: ["part.yaml": part])
    #expect(
      found == [
        "part.yaml:5:30: the keyboard of classic has no key for \"A\";"
          + " type something else, or add the keys to the model",
        "part.yaml:5:30: the keyboard of classic has no key for a character of the secret \"word\";"
          + " type something else, or add the keys to the model",
      ])
  }

  @Test func `a name that a value makes is looked up where the value is known before the run`() {
    let part = """
      scenario: part
      about: A part.
      parameters: {field: {default: code}, icon: {}, where: {default: recorder}}
      steps:
        - {type: {into: "${field}", text: abc}, on: "${where}"}
        - {click: {image: "menu-${icon}", in: "${where}"}, on: phone}
        - {click: {image: "menu-${icon}"}}
      """
    #expect(
      lines(
        "{use: part.yaml, with: {icon: bar}}",
        parts: ["part.yaml": part.replacing("on: phone", with: "on: recorder")]) == [
          "part.yaml:6:41: classic has no region \"recorder\", which ${where} stands for here;"
            + " the regions are date"
        ])
    #expect(
      lines(
        "{use: part.yaml, with: {icon: ban, field: cod}}, {use: part.yaml, with: {icon: bar, where: r}}",
        parts: ["part.yaml": part.replacing("on: phone", with: "on: recorder")]) == [
          "part.yaml:5:5: the rig bench has no device \"r\", which ${where} stands for here;"
            + " the devices are recorder",
          "part.yaml:5:19: classic has no field \"cod\", which ${field} stands for here;"
            + " did you mean \"code\"?",
          "part.yaml:6:21: classic has no image \"menu-ban\", which menu-${icon} stands for here;"
            + " did you mean \"menu-bar\"?",
          "part.yaml:6:41: classic has no region \"r\", which ${where} stands for here;"
            + " the regions are date",
          "part.yaml:6:41: classic has no region \"recorder\", which ${where} stands for here;"
            + " the regions are date",
          "part.yaml:7:21: classic has no image \"menu-ban\", which menu-${icon} stands for here;"
            + " did you mean \"menu-bar\"?",
        ])
  }

  @Test func `what only a run decides is not looked up before it`() {
    let part = """
      scenario: part
      about: A part.
      parameters: {field: {default: nonsense}}
      steps: [{type: {into: "${field}", text: abc}}]
      """
    #expect(
      lines(
        "{read: {in: date, pattern: x, save: day}}, {use: part.yaml, with: {field: \"${day}\"}}",
        parts: ["part.yaml": part]) == [])
  }

  @Test func `secrets need what the model gives them`() {
    #expect(
      lines(
        "{wait: 1s}", head: "secrets: {a: {generate: {length: 8}}, b: {model: pasword}}"
      ) == [
        "s.yaml:1:44: classic has no password rules to generate by;"
          + " add password: {…} to the model",
        "s.yaml:1:72: classic has no value \"pasword\"; did you mean \"password\"?",
      ])
  }

  @Test func `secrets need their variables, those of parts too`() {
    let part = "{scenario: p, about: P., secrets: {b: {env: B}}, steps: [{wait: 1s}]}"
    let parsed = ScenarioParser.parse(
      file: "s.yaml",
      files: .memory([
        "p.yaml": part,
        "s.yaml":
          "{scenario: s, about: S., secrets: {a: {env: A}, c: {env: C}}, steps: [{use: p.yaml}]}",
      ]))
    let lines = ScenarioChecker.check(
      parsed, model: nil, rig: nil, hostSecrets: HostSecrets(environment: ["C": "set", "A": ""])
    ).map(\.description)
    #expect(
      lines == [
        "p.yaml:1:36: the variable B of the secret \"b\" is not set; "
          + "set B in the environment of gantry",
        "s.yaml:1:36: the variable A of the secret \"a\" is not set; "
          + "set A in the environment of gantry",
      ])
  }

  @Test func `secrets need the first lines of their files, beside the scenario that names them`() {
    let secrets =
      "{a: {file: a.txt}, b: {file: /b}, c: {file: c.txt}, d: {file: lab/d.txt}, e: {file: e.txt}}"
    let files = SourceFiles.memory([
      "x/p.yaml": "{scenario: p, about: P., secrets: \(secrets), steps: [{wait: 1s}]}",
      "x/s.yaml": "{scenario: s, about: S., steps: [{use: p.yaml}]}",
      "x/a.txt": "one\r\ntwo\n", "/b": "one", "x/c.txt": "\nsecond", "c.txt": "beside nobody",
    ])
    let parsed = ScenarioParser.parse(file: "x/s.yaml", files: files)
    var held = HostSecrets()
    if let scenario = parsed.scenario { held.read(for: scenario, from: files) }
    let lines = ScenarioChecker.check(parsed, model: nil, rig: nil, hostSecrets: held)
      .map(\.description)
    #expect(
      lines == [
        "x/p.yaml:1:69: the file x/c.txt of the secret \"c\" gives no value: its first line is empty; "
          + "write the secret into its first line",
        "x/p.yaml:1:87: the file x/lab/d.txt of the secret \"d\" gives no value: there is no such "
          + "file; write the secret into its first line",
        "x/p.yaml:1:109: the file x/e.txt of the secret \"e\" gives no value: there is no such file; "
          + "write the secret into its first line",
      ])
    let values = parsed.scenario?.allSecrets.prefix(2).map { try? held.value(of: $0) }
    #expect(values == ["one", "one"])
  }

  @Test func `names that a broken part of the model gives are not mistakes of the scenario`() {
    let broken = model(modelText.replacing("menu-bar: a.png", with: "menu-bar: b.png"))
    #expect(broken.findings.count == 1)
    #expect(lines("{click: {image: menu-bar}}", model: broken) == [])
  }

  @Test func `what a run is given must be what the scenario takes`() {
    let input = ScenarioChecker.RunInput(
      parameters: [
        LocatedText("usr", at: SourceLocation(file: "--param", line: 1, column: 1))
      ], namesFirmware: false)
    #expect(
      lines(
        "{expect: {text: \"${run.firmware}\"}}", head: "parameters: {user: {}, b: {default: x}}",
        input: input) == [
          "--param:1:1: test has no parameter \"usr\"; did you mean \"user\"?",
          "s.yaml:1:47: the parameter \"user\" is given no value; run with --param user=…",
          "s.yaml:3:17: the firmware under test is not named; run with --firmware VERSION,"
            + " or add the value firmware to the model",
        ])
  }

  @Test func `without model and rig only the file itself is checked`() {
    let parsed = ScenarioParser.parse(
      file: "s.yaml",
      files: .memory([
        "s.yaml": "{scenario: t, about: x, steps: [{click: {image: x}, on: phone}]}"
      ]))
    #expect(ScenarioChecker.check(parsed, model: nil, rig: nil).isEmpty)
  }

  @Test func `pictures that are too weak a reference are named`() throws {
    let model = try model().checked()
    let found = ScenarioChecker.weakImages(in: model) { image in
      image.location.column > 20 ? "it is of one colour" : nil
    }
    #expect(
      found.map(\.description) == [
        "m/model.yaml:5:37: the picture m/a.png is too weak a reference: it is of one colour;"
          + " cut a larger or richer part of the screen"
      ])
  }
}

@Suite("Tries that lock")
struct LockoutCheckTests {
  /// The warnings of steps on a model that locks after three wrong passwords.
  private func warnings(_ steps: String, leaves: String = "") -> [String] {
    let text =
      "scenario: s\nabout: A test.\n\(leaves)\nparameters: {p: {default: x, secret: true}}\n"
      + "steps:\n\(steps)"
    let parsed = ScenarioParser.parse(file: "s.yaml", files: .memory(["s.yaml": text]))
    guard let scenario = parsed.scenario, parsed.findings.isEmpty,
      let model = model(modelText + "\nlockout: {logIn: {tries: 3, lasts: 5m}}\n").model
    else { return ["\(parsed.findings)"] }
    return ScenarioChecker.warnings(in: scenario, model: model).map(\.problem)
  }

  private let wrong = "  - {rightClick: centre, expect: changed, credential: {tries: \"${p}\"}}\n"
  private let right = "  - {expect: {label: forgot}, credential: {proves: \"${p}\"}}\n"

  @Test("as many wrong tries in a row as lock the recorder are told before a run")
  func told() {
    let three = String(repeating: wrong, count: 3)
    #expect(
      warnings(three) == ["s spends 3 tries of the log-in in a row, and classic locks after 3"])
    #expect(warnings(three, leaves: "leaves: [lockout]") == [])
    #expect(warnings(wrong + wrong + right + wrong) == [])
  }
}
