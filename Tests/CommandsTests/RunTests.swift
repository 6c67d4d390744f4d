import Foundation
import Frames
import OrderedJSON
import RunJournal
import Testing

@testable import Commands

/// The virtual rig that the project ships.
private let rig = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../Rigs/virtual.yaml").standardizedFileURL.path

/// A scenario that any recorder passes: it looks, keeps a picture, and leaves out what a person
/// must do.
private let harmless = """
  scenario: harmless
  about: A look at the live view.
  timeout: 5m
  steps:
    - name: Wait
      wait: 2s
    - name: Look
      capture: live
    - name: Look twice
      expect: {not: {text: Bicycle}}
    - name: Ask
      operator: {ask: Look at the recorder., within: 1m}

  """

/// A scenario that no recorder passes.
private let hopeless = """
  scenario: hopeless
  about: Waits for what never comes.
  timeout: 5m
  steps:
    - name: Outer
      either:
        - expect: {text: Unicorn}
          within: 2s
    - name: Later
      wait: 1s

  """

@Suite("Running scenarios")
struct RunTests {
  let folder: Folder
  let passing: String
  let failing: String

  init() throws {
    folder = try Folder()
    passing = try folder.write(harmless, to: "harmless.yaml")
    failing = try folder.write(hopeless, to: "hopeless.yaml")
  }

  private func run(_ arguments: String...) async -> Spoken {
    await gantry(
      ["run"] + arguments + ["--rig", rig, "--out", folder.path + "/runs", "--unattended"])
  }

  private func objects(_ spoken: Spoken) throws -> [JSONValue] {
    try spoken.out.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
  }

  private func text(_ value: JSONValue?) -> String {
    if case .string(let text)? = value { text } else { "" }
  }

  @Test("a pop-up that its model tells by its words is sent away")
  func popUp() async throws {
    let scenario = URL(filePath: rig).deletingLastPathComponent()
      .appending(path: "../Scenarios/log-in.yaml").standardizedFileURL.path
    let spoken = await run(scenario, "--json", "--set", "virtual.popUpAfter=8s")
    #expect(spoken.status == 0, "\(spoken.err)")
    let end = try #require(try objects(spoken).last)
    let journal = URL(filePath: text(end["folder"])).appending(path: "journal.jsonl")
    #expect(
      try String(contentsOf: journal, encoding: .utf8)
        .contains("came unasked and was sent away"))
  }

  @Test("a virtual recorder's memory that can't be used ends the run, and stays as it is")
  func memory() async throws {
    let memory = folder.path + "/memory"
    let first = await run(passing, "--set", "virtual.memory=\(memory)")
    #expect(first.status == 0, "\(first.err)")
    let kept = try folder.text("memory/recorder.json")
    let half = String(kept.prefix(kept.count / 2))
    _ = try folder.write(half, to: "memory/recorder.json")
    let second = await run(passing, "--set", "virtual.memory=\(memory)")
    #expect(second.status == 3)
    #expect(second.out.contains("recorder.json is not whole"))
    #expect(try folder.text("memory/recorder.json") == half)
  }

  @Test("a passed run ends with the verdict and the folder, and the folder has everything")
  func passed() async throws {
    let spoken = await run(passing)
    #expect(spoken.status == 0, "\(spoken.err)")
    let lines = spoken.out.split(separator: "\n").map(String.init)
    #expect(lines.first == "harmless on virtual, model night-series, seed 1")
    #expect(lines.contains { $0.hasPrefix("  passed       2.0 s  Wait") })
    #expect(lines.contains { $0.contains("skipped") && $0.contains("  Ask — ") })
    #expect(lines.contains { $0.hasPrefix("PASSED  harmless, seed 1: ") })
    #expect(lines.contains("  1 expectation held; left out: Ask"))
    let run = try #require(lines.last)
    for file in ["journal.jsonl", "report.html", "junit.xml"] {
      #expect(FileManager.default.fileExists(atPath: "\(run)/\(file)"))
    }
    let pictures = try FileManager.default.contentsOfDirectory(atPath: run + "/pictures")
    #expect(pictures.contains { $0.contains("captured") })
  }

  @Test("check lists what a scenario asks of a model, whoever has one")
  func namesAsked() async throws {
    let asking = try folder.write(
      """
      scenario: asking
      about: Asks for a few names.
      start: {screen: live}
      steps:
        - {click: {label: setup}, expect: {image: wizard}}
        - {type: {into: hostName, text: "${model.host}"}}

      """, to: "asking.yaml")
    let listed = await gantry("check", asking, "--names")
    #expect(listed.status == 0, "\(listed.err)")
    let lines = listed.out.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains(["setup", "asking"]))
    #expect(lines.contains(["wizard", "asking"]))
    #expect(lines.contains(["hostName", "asking"]))
    #expect(lines.contains(["host", "asking"]))
    #expect(lines.contains(["keyboard", "asking,", "start"]))
    #expect(lines.contains(["cameraName", "start"]))
  }

  @Test("a scenario that tests nothing is warned of by check, and no run of it passes")
  func nothingTested() async throws {
    let idle = try folder.write(
      """
      scenario: idle
      about: Never looks.
      steps:
        - {wait: 1s, expect: {text: Unicorn}, when: rebootsByItself}
        - {wait: 1s}

      """, to: "idle.yaml")
    let checked = await gantry("check", idle, "--rig", rig)
    #expect(checked.status == 0)
    #expect(checked.err.hasPrefix("warning: \(idle):1:1: no step of idle that is ever played"))
    #expect(await gantry("check", passing, "--rig", rig).err.isEmpty)
    let answer = try #require(try objects(await run(idle, "--json")).first)
    #expect(answer["verdict"] == .string("errored"))
    #expect(text(answer["reason"]).hasPrefix("nothing was tested"))
  }

  @Test("with --json a run is one object with the agreed members, and nothing else is said")
  func json() async throws {
    let spoken = await run(passing, "--json", "--seed", "7", "--firmware", "V1")
    #expect(spoken.err.isEmpty)
    let objects = try objects(spoken)
    guard case .object(let members)? = objects.first, objects.count == 1 else {
      Issue.record("not one object: \(spoken.out)")
      return
    }
    #expect(
      members.map(\.name) == [
        "run", "scenario", "rig", "model", "seed", "verdict", "step", "reason", "cause",
        "part", "errno", "skipped", "tested", "recorderSeconds", "wallSeconds", "folder",
        "retryOf", "booked",
      ])
    #expect(objects[0]["scenario"] == .string("harmless"))
    #expect(objects[0]["rig"] == .string("virtual"))
    #expect(objects[0]["model"] == .string("night-series"))
    #expect(objects[0]["seed"] == .int(7))
    #expect(objects[0]["verdict"] == .string("passed"))
    #expect(objects[0]["step"] == .null)
    #expect(objects[0]["skipped"] == .strings(["Ask"]))
  }

  @Test("a failed run ends with 1 and names the step and the reason")
  func failed() async throws {
    let spoken = await run(failing, "--json")
    #expect(spoken.status == 1)
    let answer = try #require(try objects(spoken).first)
    #expect(answer["verdict"] == .string("failed"))
    #expect(text(answer["step"]) == "Outer")
    #expect(text(answer["reason"]).contains("Unicorn"))
    let folder = text(answer["folder"])
    let xml = try String(contentsOfFile: folder + "/junit.xml", encoding: .utf8)
    #expect(xml.contains("failures=\"1\""))
    #expect(xml.contains("<skipped message=\"never reached\"/>"))
  }

  @Test("several runs come in the order of their seeds, also when played at the same time")
  func several() async throws {
    let spoken = await run(
      passing, failing, "--json", "--repeat", "2", "--seed", "5", "--jobs", "3")
    #expect(spoken.status == 1)
    let objects = try objects(spoken)
    #expect(
      objects.map { text($0["scenario"]) } == ["harmless", "harmless", "hopeless", "hopeless"])
    #expect(objects.map { $0["seed"] } == [.int(5), .int(6), .int(5), .int(6)])
    #expect(Set(objects.map { text($0["folder"]) }).count == 4)
    #expect(Set(objects.map { text($0["run"]) }).count == 4)
  }

  @Test("several runs are counted, with the interval that the share of passes lies in")
  func summary() async {
    let spoken = await run(passing, failing, "--repeat", "2")
    let words = spoken.out.split(separator: "\n").suffix(5).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(
      words == [
        "scenario runs passed failed errored aborted passed, 95 % interval",
        "harmless 2 2 0 0 0 34.2 % to 100 %", "hopeless 2 0 2 0 0 0 % to 65.8 %",
        "all 4 2 2 0 0 15 % to 85 %", "\(folder.path)/runs/index.html",
      ])
  }

  @Test("the same seed gives the same journal but for the wall, alone or beside others")
  func deterministic() async throws {
    let alone = try objects(await run(passing, "--json", "--seed", "3"))
    let beside = try objects(
      await run(passing, "--json", "--seed", "2", "--repeat", "2", "--jobs", "2"))
    let journals = try [alone[0], beside[1]].map { answer in
      let path = text(answer["folder"]) + "/journal.jsonl"
      return try String(contentsOfFile: path, encoding: .utf8)
        .replacing(/"wall":\{[^}]*\}/, with: "").replacing(/"wallSeconds":[0-9.]*/, with: "")
    }
    #expect(journals[0] == journals[1])
    #expect(journals[0].count > 1000)
  }

  @Test("what is wrong with the input is said in one go, before anything is played")
  func invalid() async throws {
    let broken = try folder.write(
      harmless.replacing("wait: 2s", with: "wait: soon").replacing("capture:", with: "captur:"),
      to: "broken.yaml")
    let spoken = await run(broken, "--json", "--set", "power.minimumOff", "--param", "x")
    #expect(spoken.status == 2)
    #expect(spoken.err.split(separator: "\n").count >= 4)
    #expect(spoken.err.contains("broken.yaml:6:11: "))
    #expect(spoken.err.contains("--set:1:1: "))
    #expect(spoken.err.contains("--param:1:1: "))
    #expect(text(try objects(spoken).first?["error"]) + "\n" == spoken.err)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/runs"))
  }

  @Test("a folder that can't be written to is the host's fault")
  func noPlace() async {
    let spoken = await gantry(
      "run", passing, "--rig", rig, "--out", "/proc/runs", "--unattended")
    #expect(spoken.status == 3)
    #expect(spoken.err.hasPrefix("the run can't be written down: /proc/runs"))
  }

  @Test("a passed run whose reports find no room ends with 3, and says how to make them")
  func noRoomForReports() throws {
    let waits =
      (1...500).map { "  - name: Wait \($0)\n    wait: 10ms\n" }.joined()
      + "  - expect: {not: {text: Bicycle}}\n"
    let scenario = try folder.write(
      "scenario: patient\nabout: Waits 500 times.\ntimeout: 5m\nsteps:\n" + waits,
      to: "patient.yaml")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    // Files that grow beyond 200 KB find no room: a line a step has some, all that a report says of it
    // has not.
    process.arguments = [
      "-c", "trap '' XFSZ; ulimit -f 400; exec \"$@\"", "sh", program, "run", scenario,
      "--rig", rig, "--out", folder.path + "/runs", "--unattended",
    ]
    process.environment = withoutLedger
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 3)
    #expect(said.contains("PASSED  patient"), "\(said)")
    #expect(!said.contains("report.html"))
    let run = try #require(said.split(separator: "\n").last.map(String.init))
    #expect(complaint.contains("report.html: File too large"))
    #expect(complaint.contains("then: gantry report \(run)"))
    #expect(!FileManager.default.fileExists(atPath: run + "/report.html.part"))
  }

  @Test("overrides and plain parameters are told in the journal, secret ones are not")
  func overrides() async throws {
    let scenario = try folder.write(
      harmless.replacing(
        "steps:",
        with: """
          parameters:
            colour: {default: red}
            pin: {default: "0", secret: true}
          steps:
          """), to: "with-parameters.yaml")
    let spoken = await run(
      scenario, "--json", "--set", "power.minimumOff=12s", "--param", "colour=blue", "--param",
      "pin=hush-hush")
    #expect(spoken.status == 0, "\(spoken.err)")
    let folder = text(try objects(spoken).first?["folder"])
    let journal = try String(contentsOfFile: folder + "/journal.jsonl", encoding: .utf8)
    #expect(
      journal.contains(
        #""overrides":["power.minimumOff=12s","param colour=blue","param pin=‹secret›"]"#))
    #expect(!journal.contains("hush-hush"))
  }

  /// Everything that a run says and leaves behind, but for its pictures.
  private func words(of spoken: Spoken) throws -> String {
    let folder = text(try objects(spoken).first?["folder"])
    let files = try ["journal.jsonl", "junit.xml", "report.html"].map {
      try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
    }
    return files.joined() + spoken.out + spoken.err
  }

  @Test(
    "values of the model that are set on the command line are told, those that are secrets are not",
    arguments: [
      // Declared, handed to a part whose parameter is secret, and the default of one that is.
      "secrets: {word: {model: password}}\nsteps:\n",
      "steps:\n  - use: part.yaml\n    with: {word: \"${model.password}\"}\n",
      "parameters: {word: {default: \"${model.password}\", secret: true}}\nsteps:\n",
      // Typed where dots are shown.
      "parameters: {mode: {default: quick}}\nsteps:\n  - when: {equal: [\"${mode}\", slow]}\n"
        + "    type: {into: logInPassword, text: \"${model.password}\"}\n",
    ])
  func secretOverrides(head: String) async throws {
    _ = try folder.write(
      """
      scenario: part
      about: A part.
      parameters: {word: {secret: true}}
      steps:
        - wait: 1s

      """, to: "part.yaml")
    let scenario = try folder.write(
      "scenario: keeps\nabout: Keeps a secret.\ntimeout: 5m\n" + head
        + "  - wait: 1s\n  - expect: {not: {text: Bicycle}}\n", to: "keeps.yaml")
    let arguments = [
      "model.values.password=Unicorn-77", "model.values={password: Unicorn-77, wrongCode: \"9\"}",
      "model.values.userName=unicorn", "model.values.weakPassword=xUnicorn-77x",
    ]
    let spoken = await gantry(
      ["run", scenario, "--rig", rig, "--out", folder.path + "/runs", "--unattended", "--json"]
        + arguments.flatMap { ["--set", $0] })
    #expect(spoken.status == 0, "\(spoken.out) \(spoken.err)")
    let words = try words(of: spoken)
    #expect(!words.contains("Unicorn"))
    for told in [
      "model.values.password=‹secret›", "model.values=‹secret›", "model.values.userName=unicorn",
      "model.values.weakPassword=‹secret›",
    ] {
      // In the journal, the JUnit file, and the report: among the facts and in the command that repeats.
      #expect(words.ranges(of: told).count == 4, "\(told)")
    }
  }

  @Test("secrets are given by file and by environment, and are in nothing that a run writes")
  func secretsFromHost() async throws {
    _ = try folder.write("Unicorn-77\nnot this line\n", to: "word.txt")
    let pin = try folder.write("Kraken-88", to: "pin.txt")
    let scenario = try folder.write(
      """
      scenario: keeps
      about: Keeps secrets.
      timeout: 5m
      parameters:
        pin: {secret: true}
        home: {secret: true}
        wanted: {default: x}
      secrets:
        word: {file: word.txt}
        path: {env: PATH}
      steps:
        - expect: {not: {text: "${word} ${pin} ${home} ${path}"}}

      """, to: "keeps.yaml")
    let path = try #require(ProcessInfo.processInfo.environment["PATH"])
    let spoken = await run(
      scenario, "--json", "--param-file", "pin=\(pin)", "--param-env", "home=PATH", "--param",
      "wanted=a Kraken-88", "--set", "model.values.userName=Unicorn-77", "--log-level", "trace")
    #expect(spoken.status == 0, "\(spoken.out) \(spoken.err)")
    let words = try words(of: spoken)
    for secret in ["Unicorn", "Kraken", path] { #expect(!words.contains(secret)) }
    for told in ["param pin=‹secret›", "param home=‹secret›", "param wanted=‹secret›"] {
      #expect(words.ranges(of: told).count == 3, "\(told)")
    }
  }

  @Test("a secret's file may be a pipe, also for several runs")
  func secretPipe() async throws {
    let pipe = folder.path + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let scenario = try folder.write(
      "scenario: keeps\nabout: Keeps a secret.\ntimeout: 5m\nsecrets: {word: {file: pipe}}\n"
        + "steps:\n  - expect: {not: {text: \"${word}\"}}\n", to: "keeps.yaml")
    // Opening waits for a reader (`fifo(7)`).
    let sender = Thread {
      try? "Unicorn-77\n".write(toFile: pipe, atomically: false, encoding: .utf8)
    }
    sender.start()
    let spoken = await run(scenario, "--json", "--repeat", "2")
    #expect(spoken.status == 0, "\(spoken.out) \(spoken.err)")
    #expect(try objects(spoken).count == 2)
  }

  @Test("what files and variables do not give is said with its place, before anything is played")
  func missingSecrets() async throws {
    let empty = try folder.write("\nsecond", to: "empty.txt")
    let scenario = try folder.write(
      harmless.replacing(
        "steps:",
        with: """
          parameters: {pin: {secret: true}, code: {}, key: {}}
          secrets: {word: {file: none.txt}}
          steps:
          """), to: "missing.yaml")
    let spoken = await run(
      scenario, "--param-file", "pin=\(empty)", "--param-env", "code=GANTRY_NO_SUCH", "--param",
      "key=1", "--param-env", "key=PATH", "--param-file", "=hush-hush")
    #expect(spoken.status == 2)
    for line in [
      "--param-file:1:1: the file \(empty) of the parameter \"pin\" gives no value: "
        + "its first line is empty; write the value into its first line",
      "--param-file:2:1: no parameter is named before \"=\"; write name=path",
      "--param-env:1:1: the variable GANTRY_NO_SUCH of the parameter \"code\" is not set; "
        + "set GANTRY_NO_SUCH in the environment of gantry",
      "--param-env:2:1: \"key\" is given a value by --param, too; leave one out",
      "missing.yaml:5:11: the file \(folder.path)/none.txt of the secret \"word\" gives no value: "
        + "there is no such file; write the secret into its first line",
    ] {
      #expect(spoken.err.contains(line), "\(spoken.err)")
    }
    #expect(!spoken.err.contains("is given no value"), "nobody is told twice")
    let checked = await gantry("check", scenario)
    #expect(checked.status == 2)
    #expect(checked.err.contains("none.txt of the secret \"word\""))
  }

  @Test("reports made again have the same bytes")
  func reportAgain() async throws {
    let folder = text(try objects(await run(failing, "--json")).first?["folder"])
    let files = ["report.html", "junit.xml"].map { URL(filePath: "\(folder)/\($0)") }
    let before = try files.map { try Data(contentsOf: $0) }
    for file in files { try FileManager.default.removeItem(at: file) }
    let spoken = await gantry("report", folder)
    #expect(spoken.status == 0)
    #expect(try files.map { try Data(contentsOf: $0) } == before)
    #expect(await gantry("report", self.folder.path).status == 2)
  }
}

@Suite("Stopping a run")
struct StopTests {
  @Test(
    "asked to stop, a run leaves the recorder powered and says aborted",
    arguments: [SIGINT, SIGTERM])
  func stop(signal: Int32) async throws {
    let folder = try Folder()
    let scenario = try folder.write(
      """
      scenario: slow
      about: Waits with the plug pulled.
      timeout: 5m
      steps:
        - name: Cut
          power: off
        - name: Wait
          wait: 2m
      """, to: "slow.yaml")
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "run", scenario, "--rig", rig, "--out", folder.path + "/runs", "--clock", "real",
      "--set", "power.minimumOff=1s",
    ]
    process.environment = withoutLedger
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // The step's line comes as soon as the plug is pulled; the run is waiting then.
    var said = try text(of: output, until: "  Cut\n")
    kill(process.processIdentifier, signal)
    said += String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(said.contains("ABORTED  slow, seed 1"))
    let run = try #require(said.split(separator: "\n").last.map(String.init))
    let lines = try String(contentsOfFile: run + "/journal.jsonl", encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.last?.contains("\"event\":\"runEnded\",\"verdict\":\"aborted\"") == true)
    let kept = lines.drop { !$0.contains("\"outcome\":\"aborted\"") }
    #expect(kept.contains { $0.contains("\"kind\":\"power\"") })
  }

  @Test(
    "asked twice, a run ends at once; its journal is whole as far as it goes, the recorder powered",
    arguments: [SIGINT, SIGTERM])
  func stopTwice(second: Int32) throws {
    let folder = try Folder()
    _ = try folder.write("1", to: "supply")
    let byHand = try folder.write(
      """
      rig: by-hand
      model: \(URL(filePath: rig).deletingLastPathComponent().path)/models/night-series
      power: {file: {path: supply}, minimumOff: 10s}
      """, to: "rig.yaml")
    let scenario = try folder.write(
      """
      scenario: slow
      about: Waits with the plug pulled.
      timeout: 5m
      steps:
        - name: Cut
          power: off
        - name: Wait
          wait: 2m
      """, to: "slow.yaml")
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["run", scenario, "--rig", byHand, "--out", folder.path + "/runs"]
    process.environment = ["XDG_STATE_HOME": folder.path]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    _ = try text(of: output, until: "  Cut\n")
    // The first signal has it wait until the supply may be switched on again.
    kill(process.processIdentifier, SIGINT)
    _ = try text(of: errors, until: "Another Ctrl-C ends at once")
    kill(process.processIdentifier, second)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    #expect(try folder.text("supply") == "0", "the run waited for its cut to last")
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/runs").first)
    let bytes = try String(
      contentsOfFile: "\(folder.path)/runs/\(name)/journal.jsonl", encoding: .utf8)
    #expect(bytes.hasSuffix("}\n"))
    let journal = try Journal(reading: Array(bytes.utf8))
    #expect(journal.end == nil)
    // The guardian makes the cut last as long as it must, and switches on.
    let end = ContinuousClock.now + .seconds(60)
    while try folder.text("supply") != "1", ContinuousClock.now < end { usleep(2000) }
    #expect(try folder.text("supply") == "1")
  }

  /// What a running program says, up to a phrase that must come.
  private func text(of pipe: Pipe, until phrase: String) throws -> String {
    var said = ""
    while !said.contains(phrase) {
      let more = pipe.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the run ended by itself: \(said)")
      said += String(decoding: more, as: UTF8.self)
    }
    return said
  }
}

@Suite("Counting runs")
struct IntervalTests {
  @Test(
    "Wilson's interval, as published tables have it",
    arguments: [
      (0, 10, "0 % to 27.8 %"), (1, 10, "1.8 % to 40.4 %"), (5, 10, "23.7 % to 76.3 %"),
      (10, 10, "72.2 % to 100 %"), (100, 100, "96.3 % to 100 %"), (98, 100, "93 % to 99.4 %"),
    ])
  func wilson(successes: Int, trials: Int, text: String) {
    #expect(WilsonInterval(successes: successes, trials: trials).description == text)
  }
}
