import FoundationEssentials
import Testing

@Suite("Files brought to the newest format by the program")
struct UpgradeTests {
  let folder: Folder

  private static let old = """
    # Measured on its own screen.
    model: m
    about: A model for tests.
    screen: [640, 360]
    labels: {code: Code}
    fields:
      pin: {box: [10, 10, 200, 30], display: dots}  # display: dots
      code: {rightOf: code, display: text}
    boot: {longest: 60s, rebootsByItself: false}

    """
  private static let scenario = "scenario: s\nabout: A scenario.\nsteps: [{expect: changed}]\n"

  init() throws { folder = try Folder() }

  @Test("a folder's files are rewritten where they must be, with a line a change")
  func folders() async throws {
    let model = try folder.write(Self.old, to: "lab/model.yaml")
    let scenario = try folder.write(Self.scenario, to: "lab/s.yaml")
    _ = try folder.write("services: {}\n", to: "lab/other.yaml")
    let spoken = await gantry("check", folder.path + "/lab", "--upgrade")
    #expect(spoken.status == 0)
    #expect(
      spoken.out == """
        \(model):2: format: 2 is added
        \(model):8: display is shows
        \(model):9: display is shows
        \(model): rewritten in format 2, 3 changes
        \(scenario): up to date (format 1)

        """)
    #expect(
      try folder.text("lab/model.yaml")
        == Self.old.replacing("model: m", with: "format: 2\nmodel: m")
        .replacing(", display:", with: ", shows:"))
    let again = await gantry("check", model, "--upgrade")
    #expect(again.out == "\(model): up to date (format 2)\n")
  }

  @Test("a mistake in one file keeps no other from being rewritten, and is told")
  func mistakes() async throws {
    let wrong = try folder.write(
      Self.old.replacing("text}", with: "txt}"), to: "a/model.yaml")
    let right = try folder.write(Self.old, to: "b/model.yaml")
    let spoken = await gantry("check", wrong, right, "--upgrade")
    #expect(spoken.status == 2)
    #expect(
      spoken.err
        == "\(wrong):8:34: \"display\" is \"txt\", which it can't be; did you mean \"text\"?\n")
    #expect(spoken.out.hasSuffix("\(right): rewritten in format 2, 3 changes\n"))
    #expect(try folder.text("a/model.yaml") == Self.old.replacing("text}", with: "txt}"))
  }

  @Test("what is no file of a known kind is told in one line")
  func strangers() async throws {
    let other = try folder.write("services: {}\n", to: "other.yaml")
    let named = await gantry("check", other, "--upgrade")
    #expect(named.status == 2)
    #expect(
      named.err == "\(other):1:1: nothing says what kind of file this is; one of scenario, rig,"
        + " suite, gate, waivers, trust or model stands at the top\n")
    let inside = await gantry("check", folder.path, "--upgrade")
    #expect(inside.status == 2)
    #expect(
      inside.err
        == "\(folder.path): no scenario, model or other file of Gantry's lies in this folder\n")
    let model = try folder.write(Self.old, to: "recorder.yaml")
    let misnamed = await gantry("check", model, "--upgrade")
    #expect(misnamed.err == "\(model):1:1: a model's file has another name; call it model.yaml\n")
  }

  @Test(
    "every kind of file says in one line that its format is of a later Gantry",
    arguments: [
      ("scenario: s", "a scenario", 1), ("rig: r", "a rig", 1), ("suite: s", "a suite", 1),
      ("gate: g", "a gate", 1), ("waivers: []", "waivers", 1), ("trust: t", "a trust file", 1),
      ("model: m", "a model", 2),
    ])
  func later(line: String, kind: String, newest: Int) async throws {
    let file = try folder.write("\(line)\nformat: 7\nnews: {a: b}\n", to: "model.yaml")
    let spoken = await gantry("check", file, "--upgrade")
    #expect(spoken.status == 2)
    #expect(
      spoken.err
        == "\(file):2:9: this file is of format 7, which this Gantry does not know;"
        + " for \(kind) it knows up to \(newest): use a newer Gantry\n")
  }

  @Test("a later format of a rig's model, or of a part, is all that is said of it")
  func laterModel() async throws {
    _ = try folder.write("format: 3\nmodel: m\nnews: 1\n", to: "m/model.yaml")
    let rig = try folder.write(
      "rig: r\nmodel: m\nscreen: {v4l2: {device: /dev/video0}}\n", to: "rig.yaml")
    let part = try folder.write("format: 2\nscenario: part\nnews: 1\n", to: "part.yaml")
    let scenario = try folder.write(
      "scenario: s\nabout: A scenario.\nsteps: [{use: part.yaml}, {expect: changed}]\n",
      to: "s.yaml")
    let spoken = await gantry("check", scenario, "--rig", rig)
    #expect(spoken.status == 2)
    #expect(
      spoken.err.split(separator: "\n").map(String.init) == [
        "\(folder.path)/m/model.yaml:1:9: this file is of format 3, which this Gantry does not"
          + " know; for a model it knows up to 2: use a newer Gantry",
        "\(part):1:9: this file is of format 2, which this Gantry does not know;"
          + " for a scenario it knows up to 1: use a newer Gantry",
      ])
  }

  @Test("a reference is cut into a model of any format that is known, and into no other")
  func crop() async throws {
    let picture = try folder.picture("frame.png", [("Forgot Password", 40, 60)])
    _ = try folder.write(
      Self.old.replacing("model: m", with: "format: 3\nmodel: m"), to: "model.yaml")
    let words = ["crop", picture, "36,34,220,36", "--model", folder.path, "--name", "forgot"]
    let refused = await gantry(words)
    #expect(refused.status == 2)
    #expect(refused.err.contains("model.yaml:2:9: this file is of format 3"))
    _ = try folder.write(Self.old, to: "model.yaml")
    #expect(await gantry(words).status == 0)
  }

  @Test("upgrading takes paths alone")
  func usage() async throws {
    let spoken = await gantry("check", "a.yaml", "--upgrade", "--names")
    #expect(spoken.status == 2)
    #expect(spoken.err.hasPrefix("Error: --upgrade goes with paths alone."))
  }
}
