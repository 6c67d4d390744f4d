import Foundation
import RecorderPast
import RigDescription
import RunJournal
import RunSessions
import Testing

/// One recorder that remembers, and what is believed of it.
private final class Bench {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path

  let place: Folder
  /// Which of several folders holds what is believed: a lab that knows nothing has an empty one.
  var lab = "lab"
  /// More that replaces what the rig says.
  var more: [String] = []
  private let model: String
  private var seed: UInt64

  init(model: String = "night-series", seed: UInt64 = 40) throws {
    place = try Folder()
    self.model = model
    self.seed = seed
  }

  private var overrides: [String] {
    [
      "model=models/\(model)", "virtual.memory=\(place.path)/memory", "recorder.id=NVR-1",
      "recorder.state=\(place.path)/\(lab)",
    ] + more
  }

  /// Says which password the lab wants the recorder to have.
  func wants(_ password: String) throws {
    let file = place.path + "/password"
    try password.write(toFile: file, atomically: false, encoding: .utf8)
    more.append("recorder.password.file=\(file)")
  }

  var rig: RigDescription {
    get throws { try RigFile.read(Self.root + "/Rigs/virtual.yaml", overrides: overrides) }
  }

  var record: RecorderRecord {
    get throws { try RecorderFolder.ofRig(rig).read("NVR-1") }
  }

  /// Plays a scenario that comes with the program, or one that is written out.
  func play(_ name: String, _ text: String? = nil, firmware: String? = nil) async throws -> RunEnd {
    try await result(name, text, firmware: firmware).end
  }

  /// What a run noted.
  func notes(of result: RunResult) throws -> String {
    try Journal(reading: Array(Data(contentsOf: URL(filePath: result.folder + "/journal.jsonl"))))
      .entries.compactMap { if case .noted(let note) = $0.event { note.text } else { nil } }
      .joined(separator: "\n")
  }

  /// Plays one, and says where it is written down.
  func result(
    _ name: String, _ text: String? = nil, firmware: String? = nil
  ) async throws -> RunResult {
    seed += 1
    var scenario = Self.root + "/Scenarios/\(name).yaml"
    if let text {
      scenario = place.path + "/\(name).yaml"
      try text.write(toFile: scenario, atomically: false, encoding: .utf8)
    }
    let rig = Self.root + "/Rigs/virtual.yaml"
    let files = try InputFiles(
      scenarios: [scenario], rig: rig, extras: .init(overrides: overrides, parameters: []))
    let subject = try RunSubject(files, rigPath: rig, overrides: overrides, program: "gantry")
    let session = RunSession(
      subject: subject, part: try #require(subject.parts.first), seed: seed,
      settings: RunSettings(out: place.path, firmware: firmware))
    return try await session.play(progress: NoProgress())
  }
}

@Suite("Runs on a recorder with a past")
struct PastTests {
  @Test("the night after a reset, the scenarios log in with the password that the reset gave")
  func nightAfterReset() async throws {
    let bench = try Bench()
    let reset = try await bench.play("password-reset")
    #expect(reset.verdict == .passed, "\(reset.reason ?? "")")
    #expect(try bench.record.password != "lantern48")
    let logIn = try await bench.play("log-in")
    #expect(logIn.verdict == .passed, "\(logIn.reason ?? "")")

    // A lab that was told nothing asks for the password, and blames nothing on the recorder.
    let known = try #require(try bench.record.password)
    bench.lab = "another-lab"
    for scenario in ["log-in", "firmware-version"] {
      let end = try await bench.play(scenario)
      #expect(end.verdict == .errored, "\(scenario): \(end.reason ?? "")")
      #expect(end.cause?.code == "password-unknown", "\(scenario): \(end.reason ?? "")")
    }
    #expect(try bench.record.logIn.count <= 1, "what was refused once is not tried again")
    let file = try RecorderFolder.ofRig(bench.rig).take("NVR-1", for: "a person")
    try file.take(.told(password: known), at: 0, by: "a person")
    withExtendedLifetime(file) {}
  }

  @Test("baseline gives the recorder the lab's own password, by the model's menu where it has one")
  func passwordBack() async throws {
    let bench = try Bench(model: "harbor-series")
    try bench.wants(Self.labPassword)
    let run = try await bench.result("glance", Self.glance)
    #expect(run.end.verdict == .passed, "\(run.end.reason ?? "")")
    #expect(try bench.notes(of: run).contains("the lab's own password holds again"))
    #expect(try bench.record.passwords.first?.text == Self.labPassword)
    #expect(try bench.record.passwords.first?.certainty == .proven)
    let journal = try String(contentsOfFile: run.folder + "/journal.jsonl", encoding: .utf8)
    #expect(!journal.contains(Self.labPassword) && !journal.contains("Quay-2208"))
    // A lab that knows no more than what the model says is let in no more.
    (bench.lab, bench.more) = ("another-lab", [])
    let other = try await bench.play("log-in")
    #expect(other.cause?.code == "password-unknown", "\(other.reason ?? "")")
  }

  @Test("a password that can't be brought back is told, and the next run begins with that")
  func passwordNotBack() async throws {
    let bench = try Bench()
    try bench.wants(Self.labPassword)
    // Without mail there is no reset, and the model has no menu for it.
    bench.more.append("mail=none")
    let stuck = try await bench.result("glance", Self.glance)
    #expect(stuck.end.verdict == .passed, "\(stuck.end.reason ?? "")")
    #expect(try bench.notes(of: stuck).contains("the model knows no way to change it"))
    #expect(try bench.record.password == "lantern48")
    bench.more.removeLast()
    let next = try await bench.result("log-in")
    #expect(next.end.verdict == .passed, "\(next.end.reason ?? "")")
    #expect(try bench.record.passwords.first?.text == Self.labPassword)
    #expect(try bench.record.passwords.first?.certainty == .proven)
  }

  /// A password that every model takes, and none is shipped with.
  private static let labPassword = "Gantry2026"
  private static let glance = """
    scenario: glance
    about: Looks at the live view.
    steps:
      - {expect: {label: cameraName}}
    finally:
      - {recorder: baseline}
    """

  @Test("a lab that does not have its own password begins no run, and says why")
  func passwordMissing() async throws {
    let bench = try Bench()
    bench.more = ["recorder.password.file=\(bench.place.path)/none"]
    let end = try await bench.play("log-in")
    #expect(end.verdict == .errored)
    #expect(end.cause?.code == "value-missing", "\(end.reason ?? "")")
  }

  @Test("who was left logged in with no menu open is logged out before anybody logs in")
  func leftLoggedIn() async throws {
    // This seed has the next run begin before the recorder logs anybody out by itself.
    let bench = try Bench(seed: 48)
    let left = try await bench.play(
      "left-in",
      """
      scenario: left-in
      about: Logs in and closes the menu.
      start: {screen: live, password: known}
      leaves: [session]
      steps:
        - {use: \(Bench.root)/Scenarios/log-in.yaml}
        - {rightClick: centre, expect: {label: cameraName}}
      """)
    #expect(left.verdict == .passed, "\(left.reason ?? "")")
    let next = try await bench.result("log-in")
    #expect(next.end.verdict == .passed, "\(next.end.reason ?? "")")
    #expect(try bench.notes(of: next).contains("somebody may still be logged in"))
  }

  @Test("a dialog that a run left open is left before the next begins, its text never handed in")
  func openDialog() async throws {
    let bench = try Bench()
    let left = try await bench.play(
      "left-open",
      """
      scenario: left-open
      about: Walks away from a dialog with a keyboard.
      steps:
        - {use: \(Bench.root)/Scenarios/parts/request-code.yaml}
        - {type: {into: secureCode, text: "12"}}
      """)
    #expect(left.verdict == .passed, "\(left.reason ?? "")")
    let next = try await bench.play("log-in")
    #expect(next.verdict == .passed, "\(next.reason ?? "")")
    #expect(try bench.record.code.count == 0)
  }

  @Test("a dialog is called off at the end, though the pointer lies on its button")
  func coveredButton() async throws {
    let bench = try Bench()
    let result = try await bench.result(
      "covered",
      """
      scenario: covered
      about: Leaves the pointer on the button that calls the dialog off.
      start: {screen: live}
      leaves: [dialog]
      steps:
        - {name: Open the menu bar, rightClick: centre, expect: {image: menu-bar}, attempts: 3}
        - name: Choose an icon
          click: {group: menu-icons}
          expect: {label: forgotPassword}
          attempts: 2
        - {name: Lie on it, move: {label: cancel}}
      finally:
        - {name: Bring the recorder back, recorder: baseline}

      """)
    #expect(result.end.verdict == .passed, "\(result.end.reason ?? "")")
    let journal = try Journal(
      reading: Array(Data(contentsOf: URL(filePath: result.folder + "/journal.jsonl"))))
    let clicks = journal.entries.compactMap { entry in
      if case .acted(let act) = entry.event { act.what } else { nil }
    }
    #expect(clicks.contains("click the words “Cancel”"), "\(clicks)")
  }

  @Test("a run that another one's hold forbids does not begin")
  func held() async throws {
    let bench = try Bench()
    do {
      let file = try RecorderFolder.ofRig(bench.rig).take("NVR-1", for: "a person")
      try file.update(RecordEntry(at: 0, who: "kim", why: "hold")) {
        $0.holds = [Hold(who: "kim", why: "the cable is new", since: 0)]
      }
    }
    let end = try await bench.play("log-in")
    #expect(end.verdict == .errored)
    #expect(end.cause?.code == "recorder-held")
    #expect(end.reason?.contains("the cable is new") == true)
  }

  @Test("the wrong firmware under test is said before a scenario begins")
  func firmware() async throws {
    let bench = try Bench()
    let text = """
      scenario: on-the-right-firmware
      about: Looks at the live view.
      start: {screen: live, firmware: expected}
      steps:
        - {expect: {label: cameraName}}
      """
    let wrong = try await bench.play("firmware", text, firmware: "9.9.9")
    #expect(wrong.verdict == .errored)
    #expect(wrong.cause?.code == "firmware-unexpected", "\(wrong.reason ?? "")")
    #expect(try bench.record.firmware.read == "4.2.1")
    let right = try await bench.play("firmware", text, firmware: "4.2.1")
    #expect(right.verdict == .passed, "\(right.reason ?? "")")
  }
}
