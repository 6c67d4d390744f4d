import Frames
import OrderedJSON
import RunJournal
import Testing

@Suite("Questions about templates")
struct MatchTests {
  let folder: Folder
  let picture: String
  let template: String

  init() throws {
    folder = try Folder()
    (picture, template) = try folder.dialog()
  }

  private func lines(_ spoken: Spoken) throws -> [JSONValue] {
    try spoken.out.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
  }

  private func write(_ image: RGBImage, as name: String) throws -> String {
    try PNGCodec.write(image, to: folder.path + "/" + name)
    return folder.path + "/" + name
  }

  @Test("many questions are answered one line each, a bad one among them too")
  func cases() async throws {
    _ = try folder.cut(
      picture, PixelRect(x: 392, y: 272, width: 112, height: 40), as: "cancel.png")
    let file = try folder.write(
      """
      [{"id": "there", "frame": "frame.png", "template": "forgot.png"},
       {"id": "beside", "frame": "frame.png", "template": "forgot.png", "region": [0,100,640,200]},
       {"id": "text", "frame": "frame.png", "template": "forgot.png", "region": "30,30,300,60"},
       {"id": "hidden", "frame": "frame.png", "template": "forgot.png", "ignore": [[36,34,55,36]]},
       {"id": "one", "frame": "frame.png", "template": "forgot.png", "ignore": [36,34,55,36]},
       {"id": "gone", "frame": "missing.png", "template": "forgot.png"},
       {"id": 7, "frame": "frame.png", "template": "cancel.png", "all": true},
       {"id": "bad", "frame": "frame.png", "template": "forgot.png", "region": [1, 2]}]
      """, to: "cases.json")
    let spoken = await gantry("match", "--cases", file, "--json")
    #expect(spoken.status == 2)
    let answers = try lines(spoken)
    #expect(
      answers.map { $0["id"] } == [
        .string("there"), .string("beside"), .string("text"), .string("hidden"), .string("one"),
        .string("gone"), .int(7), .string("bad"),
      ])
    #expect(
      answers.prefix(5).map { $0["matched"] } == [true, false, true, true, true].map { .bool($0) })
    #expect(answers[3]["hidden"] == .number("0.25"))
    #expect(answers[4]["hidden"] == .number("0.25"))
    for bad in [5, 7] {
      #expect(answers[bad]["error"] != nil)
      #expect(answers[bad]["matched"] == nil)
    }
    guard case .array(let matches)? = answers[6]["matches"] else {
      Issue.record("no list of matches")
      return
    }
    #expect(matches.map { $0["x"] } == [.int(72), .int(392)])
  }

  @Test("a file of questions that is no list of them is refused in one line")
  func badFile() async throws {
    for text in ["", "{}", "[{\"id\": 1}"] {
      let spoken = await gantry(
        "match", "--cases", try folder.write(text, to: "bad.json"), "--json")
      #expect(spoken.status == 2)
      #expect(spoken.err.split(separator: "\n").count == 1)
    }
    #expect(await gantry("match", "--cases", folder.path + "/none.json").status == 2)
  }

  @Test("a picture captured at two thirds of the size is matched at that scale, or by trying")
  func scaled() async throws {
    let large = try PNGCodec.read(picture)
    let small = try write(Self.shrunk(large), as: "small.png")
    #expect(await gantry("match", small, template, "--json").status == 1)
    for scale in ["0.6667", "2/3", "auto"] {
      let spoken = await gantry("match", small, template, "--scale", scale, "--json")
      #expect(spoken.status == 0)
      let answer = try #require(try lines(spoken).first)
      #expect(answer["scale"] == .number("0.6667"))
      #expect(answer["x"] == .int(24))
      #expect(answer["y"] == .int(23))
      #expect(answer["width"] == .int(147))
      #expect(answer["height"] == .int(24))
    }
    #expect(await gantry("match", small, template, "--scale", "9").status == 2)
  }

  /// Two thirds of a picture, each pixel the mean of what it covers.
  private static func shrunk(_ image: RGBImage) -> RGBImage {
    let size = PixelSize(width: image.width * 2 / 3, height: image.height * 2 / 3)
    var small = RGBImage(size: size, filledWith: RGBColor(red: 0, green: 0, blue: 0))
    for y in 0..<size.height {
      for x in 0..<size.width {
        for part in 0..<3 {
          var sum = 0
          // In halves of a pixel: two pixels of the small picture cover three of the large.
          for sy in 0..<3 {
            for sx in 0..<3 {
              let (column, row) = ((3 * x + sx) / 2, (3 * y + sy) / 2)
              sum += Int(image.pixels[4 * (row * image.width + column) + part])
            }
          }
          small.pixels[4 * (y * size.width + x) + part] = UInt8((sum + 4) / 9)
        }
      }
    }
    return small
  }

  @Test("how an answer came about is shown in pictures")
  func explained() async throws {
    let target = folder.path + "/why"
    let spoken = await gantry("match", picture, template, "--explain", target)
    #expect(spoken.status == 0)
    #expect(try PNGCodec.read(target + "/places.png").size == PNGCodec.read(picture).size)
    #expect(try PNGCodec.read(target + "/place-1.png").width > 3 * 220)
    #expect(try folder.text("why/places.txt").contains("tone none"))
  }

  @Test("a template that repeats itself is refused")
  func repeated() async throws {
    var image = RGBImage(
      size: PixelSize(width: 60, height: 40), filledWith: RGBColor(red: 20, green: 20, blue: 20))
    for y in 0..<40 {
      for x in 0..<60 where x % 10 < 3 { image.pixels[4 * (y * 60 + x)] = 240 }
    }
    let striped = try write(image, as: "striped.png")
    let spoken = await gantry("match", picture, striped)
    #expect(spoken.status == 2)
    #expect(spoken.err.contains("it repeats itself"))
  }
}
