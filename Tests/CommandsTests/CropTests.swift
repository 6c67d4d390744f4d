import FoundationEssentials
import Frames
import Testing

private let header = """
  # A recorder for tests.
  model: test
  about: A model for tests.
  screen: [640, 360]
  boot: {longest: 60s, rebootsByItself: false}

  """

@Suite("Cutting references")
struct CropTests {
  let folder: Folder
  let picture: String

  init() throws {
    folder = try Folder()
    picture = try folder.picture("frame.png", [("Forgot Password", 40, 60)])
  }

  private func crop(_ more: String..., box: String = "36,34,220,36") async -> Spoken {
    await gantry(
      ["crop", picture, box, "--model", folder.path, "--name", "forgot"] + more)
  }

  @Test("the reference is written, and named in the model")
  func first() async throws {
    _ = try folder.write(header, to: "model.yaml")
    let spoken = await crop("--search", "0,0,640,200", "--click", "46,44")
    #expect(spoken.status == 0, "\(spoken.err)")
    let cut = try PNGCodec.read(folder.path + "/forgot.png")
    let whole = try PNGCodec.read(picture)
    #expect(cut == whole.cropped(to: PixelRect(x: 36, y: 34, width: 220, height: 36)))
    #expect(
      try folder.text("model.yaml") == header + """

        images:
          forgot: {file: forgot.png, in: [0, 0, 640, 200], click: [10, 10]}

        """)
  }

  @Test("cut again, it keeps where it is looked for and clicked")
  func again() async throws {
    _ = try folder.write(header, to: "model.yaml")
    _ = await crop("--search", "0,0,640,200", "--click", "46,44")
    let before = try folder.text("model.yaml")
    let spoken = await crop(box: "30,34,220,36")
    #expect(spoken.status == 0, "\(spoken.err)")
    #expect(try folder.text("model.yaml") == before)
  }

  @Test("a cut that can't be found safely, or leaves the picture, changes nothing")
  func refused() async throws {
    _ = try folder.write(header, to: "model.yaml")
    for (box, reason) in [
      ("300,150,40,40", "the cut can't be found safely: it is flat"),
      ("36,34,8,8", "the cut can't be found safely: 8x8 is smaller than 12x12"),
      ("600,300,100,100", "600,300,100,100 leaves the picture (640x360)"),
    ] {
      let spoken = await crop(box: box)
      #expect(spoken.status == 2)
      #expect(spoken.err.hasPrefix(reason))
    }
    #expect(try folder.text("model.yaml") == header)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/forgot.png"))
  }

  @Test("a picture of another size than the model's screen is refused")
  func otherScreen() async throws {
    _ = try folder.write(
      header.replacing("[640, 360]", with: "[1280, 720]"), to: "model.yaml")
    let spoken = await crop()
    #expect(spoken.status == 2)
    #expect(spoken.err.contains("the picture is 640x360, which is not the screen of the model"))
  }

  @Test("a folder without a model file is refused")
  func noModel() async throws {
    let spoken = await crop()
    #expect(spoken.status == 2)
    #expect(spoken.err == "\(folder.path)/model.yaml: there is no such file\n")
  }
}
