import FoundationEssentials
import Frames
import OrderedJSON
import Testing

/// `gantry read --model --field`: a model's field tried on a picture.
@Suite("Trying a field on a picture")
struct ReadFieldTests {
  let folder: Folder

  private static let model = """
    format: 2
    model: m
    about: A model for tests.
    screen: [640, 360]
    regions: {form: {on: {label: code}, box: [-30, 60, 400, 120]}}
    labels:
      code: {text: Secure Code, in: [0, 30, 300, 60]}
      pin: {text: New Password, in: form}
      far: Nowhere
    fields:
      code: {rightOf: code, shows: text}
      pin: {rightOf: pin, shows: dots, placeholder: Eight letters}
      under: {below: code, shows: text}
      gone: {below: far, shows: dots}
      fixed: {box: [300, 43, 200, 30], shows: text}
      far: {box: [300, 43, 200, 30], shows: text}
    boot: {longest: 60s, rebootsByItself: false}

    """

  init() throws {
    folder = try Folder()
    _ = try folder.write(Self.model, to: "model.yaml")
  }

  /// A form of two fields, with what stands in them.
  private func picture(code: String = "", pin: String = "", dots: Int = 0) throws -> String {
    let path = try folder.picture(
      "form.png",
      [("Secure Code", 40, 66), ("New Password", 40, 146), (code, 310, 66), (pin, 310, 146)])
    var image = try PNGCodec.read(path)
    func draw(_ rect: PixelRect) {
      for y in rect.y..<rect.maxY {
        for x in rect.x..<rect.maxX { image[x, y] = RGBColor(red: 30, green: 30, blue: 60) }
      }
    }
    for y in [40, 120] {
      let outer = PixelRect(x: 296, y: y, width: 260, height: 36)
      draw(PixelRect(x: outer.x, y: outer.y, width: outer.width, height: 2))
      draw(PixelRect(x: outer.x, y: outer.maxY - 2, width: outer.width, height: 2))
      draw(PixelRect(x: outer.x, y: outer.y, width: 2, height: outer.height))
      draw(PixelRect(x: outer.maxX - 2, y: outer.y, width: 2, height: outer.height))
    }
    for dot in 0..<dots { draw(PixelRect(x: 310 + 14 * dot, y: 134, width: 8, height: 8)) }
    try PNGCodec.write(image, to: path)
    return path
  }

  private func read(_ picture: String, _ field: String, _ more: String...) async -> Spoken {
    await gantry(["read", picture, "--model", folder.path, "--field", field] + more)
  }

  @Test("the box is told as a model writes it, and what stands in it")
  func found() async throws {
    let empty = try picture()
    for field in ["code", "pin"] {
      let spoken = await read(empty, field)
      #expect(spoken.status == 0, "\(spoken.err)")
      #expect(
        spoken.out.wholeMatch(
          of: /(code|pin): \[(29|30)\d, (4|12)\d, 2[45]\d, (2|3)\d\], with nothing in it\n/) != nil,
        "\(spoken.out)")
    }
    let filled = try picture(code: "482913", dots: 6)
    #expect(await read(filled, "code").out.hasSuffix("], with the text \"482913\" in it\n"))
    #expect(await read(filled, "pin").out.hasSuffix("], with 6 dots in it\n"))
    #expect(
      await read(filled, "fixed").out
        == "fixed: [300, 43, 200, 30], with the text \"482913\" in it\n")
    let waiting = try picture(pin: "Eight letters")
    #expect(
      await read(waiting, "pin").out
        .hasSuffix("], empty: it shows its placeholder \"Eight letters\"\n"))
    let words = try picture(pin: "Anything else")
    #expect(
      await read(words, "pin").out.contains("], with \"Anything else\" in it in place of dots"))
  }

  @Test("where there is no box, what one looks like is told, and the way out")
  func noBox() async throws {
    let spoken = await read(try picture(), "under", "--explain", folder.path + "/why")
    #expect(spoken.status == 1)
    #expect(spoken.out.hasPrefix("under: no box is seen below its label at ["))
    #expect(
      spoken.out.contains(
        "an even ground with four sides that can be seen, 1.1 to 4.5 times as high"))
    #expect(spoken.out.contains("write box: [x, y, width, height] instead"))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/why/field.png"))
    #expect(try folder.text("why/field.txt") == spoken.out)
  }

  @Test("a label that is not there is told, whether the field lies beside it or is called as it is")
  func noLabel() async throws {
    let gone = await read(try picture(), "gone")
    #expect(gone.status == 1)
    #expect(
      gone.out.hasPrefix(
        "gone: no field, since its label is not there: the words \"Nowhere\" are not seen"))
    let far = await read(try picture(), "far")
    #expect(far.status == 0)
    #expect(
      far.out.hasPrefix(
        "far: [300, 43, 200, 30], with nothing in it\n"
          + "  a run would take it for missing where it must be filled or empty: the words"))
  }

  @Test("for programs, all of it is an object")
  func object() async throws {
    let spoken = await read(try picture(dots: 4), "pin", "--json")
    let answer = try JSONValue(parsing: spoken.out.utf8)
    #expect(answer["found"] == .bool(true))
    #expect(answer["content"] == .string("dots"))
    #expect(answer["dots"] == .int(4))
    #expect(answer["text"] == .null)
    let none = try JSONValue(parsing: await read(try picture(), "under", "--json").out.utf8)
    #expect(none["found"] == .bool(false))
    #expect(none["x"] == .null)
  }

  @Test("what can't be tried is one line")
  func wrong() async throws {
    let picture = try picture()
    let unknown = await read(picture, "cod")
    #expect(unknown.status == 2)
    #expect(unknown.err == "the model m has no field called \"cod\"; did you mean \"code\"?\n")
    let alone = await gantry("read", picture, "--field", "code")
    #expect(alone.status == 2)
    #expect(alone.err.hasPrefix("Error: --model and --field go together."))
    let mixed = await read(picture, "code", "--find", "Code")
    #expect(mixed.err.hasPrefix("Error: --field goes with --model, --json and --explain alone."))
    _ = try folder.write(
      Self.model.replacing("[640, 360]", with: "[1280, 720]"), to: "model.yaml")
    let other = await read(picture, "code")
    #expect(other.status == 2)
    #expect(
      other.err == "the picture is 640x360, and the screen of the model m is 1280x720\n")
    _ = try folder.write("format: 3\nmodel: m\n", to: "model.yaml")
    let later = await read(picture, "code")
    #expect(later.err.hasPrefix("\(folder.path)/model.yaml:1:9: this file is of format 3,"))
  }
}
