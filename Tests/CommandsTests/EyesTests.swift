import Frames
import OrderedJSON
import RunJournal
import Testing

@Suite("The offline eyes")
struct EyesTests {
  let folder: Folder
  let picture: String
  let template: String

  init() throws {
    folder = try Folder()
    (picture, template) = try folder.dialog()
  }

  private func json(_ spoken: Spoken) throws -> JSONValue {
    try JSONValue(parsing: spoken.out.utf8)
  }

  @Test("a template that is there is matched at its top left corner")
  func matched() async throws {
    let spoken = await gantry("match", picture, template, "--json")
    let answer = try json(spoken)
    #expect(spoken.status == 0)
    #expect(answer["matched"] == .bool(true))
    #expect(answer["verdict"] == .string("matched"))
    #expect(answer["x"] == .int(36))
    #expect(answer["y"] == .int(34))
    #expect(answer["width"] == .int(220))
    #expect(answer["height"] == .int(36))
    guard case .number(let score)? = answer["score"] else {
      Issue.record("no score")
      return
    }
    #expect(Double(score).map { $0 > 0.95 && $0 <= 1 } == true)
    #expect(answer["second"] == .null)
    #expect(answer["hidden"] == .int(0))
    #expect(answer["scale"] == .int(1))
    for name in ["limit", "differs", "cpuMilliseconds"] { #expect(answer[name] != nil) }
  }

  @Test("a template that is elsewhere, or hidden away by a region, is absent")
  func absent() async throws {
    let other = try folder.picture("other.png", [("Camera 01", 40, 60)])
    for arguments in [[other, template], [picture, template, "--region", "0,100,640,200"]] {
      let spoken = await gantry(["match"] + arguments + ["--json"])
      #expect(spoken.status == 1)
      #expect(try json(spoken)["verdict"] == .string("absent"))
    }
  }

  @Test("of places that are not the template, the one that resembles it more comes first")
  func nearest() async throws {
    var pairs = 0
    for seed in 0..<40 {
      let words = ["Password", "Network", "Playback", "Storage", "Record", "Alarm", "Camera 07"]
      let other = try folder.picture(
        "other.png",
        words.enumerated().map { at, word in
          (word, x: 20 + (97 * at + 61 * seed) % 440, y: 40 + 44 * at + (13 * seed) % 7)
        })
      let answer = try json(await gantry("match", other, template, "--json"))
      guard case .number(let score)? = answer["score"], case .object? = answer["second"],
        case .number(let next)? = answer["second"]?["score"]
      else { continue }
      #expect(answer["verdict"] == .string("absent"))
      #expect(try #require(Double(score)) >= #require(Double(next)), "\(answer)")
      pairs += 1
    }
    #expect(pairs > 3)
  }

  @Test("the same thing twice is ambiguous, unless one is chosen in reading order")
  func ambiguous() async throws {
    let cancel = try folder.cut(
      picture, PixelRect(x: 392, y: 272, width: 112, height: 40), as: "cancel.png")
    let both = try json(await gantry("match", picture, cancel, "--json"))
    #expect(both["matched"] == .bool(false))
    #expect(both["verdict"] == .string("ambiguous"))
    #expect(both["second"] != .null)
    let all = try json(await gantry("match", picture, cancel, "--all", "--json"))
    guard case .array(let matches)? = all["matches"] else {
      Issue.record("no list of matches")
      return
    }
    #expect(matches.map { $0["x"] } == [.int(72), .int(392)])
    let second = await gantry("match", picture, cancel, "--index", "2", "--json")
    #expect(second.status == 0)
    #expect(try json(second)["x"] == .int(392))
    #expect(await gantry("match", picture, cancel, "--index", "3").status == 1)
  }

  @Test("what is ignored is told as a share of the place")
  func hidden() async throws {
    let spoken = await gantry("match", picture, template, "--ignore", "36,34,55,36", "--json")
    #expect(try json(spoken)["hidden"] == .number("0.25"))
  }

  @Test("a template that can't be found safely is refused with the reason")
  func weak() async throws {
    let flat = try folder.cut(
      picture, PixelRect(x: 300, y: 150, width: 40, height: 40), as: "flat.png")
    let spoken = await gantry("match", picture, flat)
    #expect(spoken.status == 2)
    #expect(spoken.err.contains("flat.png: can't be found safely: it is flat"))
  }

  @Test("a region outside the frame is refused")
  func outside() async {
    let spoken = await gantry("match", picture, template, "--region", "900,10,50,50")
    #expect(spoken.status == 2)
    #expect(spoken.err == "the region 900,10,50,50 lies outside the frame (640x360)\n")
  }

  @Test("text is read line by line, with places")
  func read() async throws {
    let spoken = await gantry("read", picture, "--region", "20,30,300,50", "--json")
    #expect(spoken.status == 0)
    guard case .array(let lines)? = try json(spoken)["lines"] else {
      Issue.record("no lines")
      return
    }
    #expect(lines.map { $0["text"] } == [.string("Forgot Password")])
  }

  @Test("words are found, or not")
  func find() async throws {
    let found = await gantry("read", picture, "--find", "Forgot Password", "--json")
    #expect(found.status == 0)
    #expect(try json(found)["found"] == .bool(true))
    let missing = await gantry("read", picture, "--find", "Secure Code", "--json")
    #expect(missing.status == 1)
    #expect(try json(missing)["found"] == .bool(false))
    #expect(await gantry("read", picture, "--find", "Cancel").status == 1)
  }

  @Test("changes are listed, and none is told")
  func changes() async throws {
    let later = try folder.picture(
      "later.png", [("Forgot Password", 40, 60), ("Cancel", 400, 300)])
    let spoken = await gantry("changes", picture, later, "--json")
    #expect(spoken.status == 0)
    guard case .array(let regions)? = try json(spoken)["regions"] else {
      Issue.record("no regions")
      return
    }
    #expect(!regions.isEmpty)
    #expect(await gantry("changes", picture, picture).status == 1)
    #expect(await gantry("changes", picture, later, "--ignore", "60,260,200,60").status == 1)
  }

  @Test("what moves in a row of pictures is told, and since when all is still")
  func motion() async throws {
    let later = try folder.picture(
      "later.png", [("Forgot Password", 40, 60), ("Cancel", 400, 300)])
    let row = [picture, picture, later, later]
    let spoken = await gantry(["changes"] + row + ["--rate", "10"])
    #expect(spoken.status == 0)
    let lines = spoken.out.split(separator: "\n")
    #expect(lines.filter { $0.contains(" moving ") }.allSatisfy { $0.hasPrefix("0.200 s") })
    #expect(lines.contains { $0 == "still since 0.200 s" })
    #expect(lines.contains { $0.hasPrefix("alive ") })
    let told = try json(await gantry(["changes"] + row + ["--rate", "10", "--json"]))
    #expect(told["stillSince"] == .number("0.2"))
    #expect(await gantry("changes", picture, picture, picture).status == 1)
    #expect(await gantry("changes", picture, picture, picture, "--rate", "0").status == 2)
  }

  @Test("a picture's condition is told")
  func condition() async {
    #expect(await gantry("condition", picture).out == "picture\n")
    #expect(
      await gantry("condition", picture, "--json").out == #"{"condition":"picture"}"# + "\n")
  }

  @Test("the grabber's own picture is told where it is known, and must be more than a colour")
  func noInput() async throws {
    let own = try folder.picture(
      "own.png", [("NO SIGNAL", 200, 160), ("Check the cable", 40, 300)])
    let plain = try folder.picture("plain.png", [])
    #expect(await gantry("condition", own, "--no-input", own).out == "noInput\n")
    #expect(await gantry("condition", picture, "--no-input", own).out == "picture\n")
    #expect(await gantry("condition", own).out == "picture\n")
    let refused = await gantry("condition", picture, "--no-input", plain)
    #expect(refused.status == 2)
    #expect(refused.err.contains("nothing but one colour"))
    #expect(await gantry("condition", picture, "--no-input", "/nowhere.png").status == 2)
  }

  @Test("pictures that explain an answer are written where they are asked for")
  func explanations() async throws {
    let later = try folder.picture("later.png", [("Forgot Password", 40, 60)])
    let asked: [(arguments: [String], picture: String)] = [
      (["read", picture, "--find", "Forgot Password"], "lines.png"),
      (["read", picture], "lines.png"),
      (["changes", picture, later], "changes.png"),
      (["condition", picture], "condition.png"),
    ]
    for (number, (arguments, name)) in asked.enumerated() {
      let target = "\(folder.path)/why-\(number)"
      let spoken = await gantry(arguments + ["--explain", target])
      #expect(spoken.status == 0)
      #expect(try PNGCodec.read("\(target)/\(name)").size == PixelSize(width: 640, height: 360))
    }
  }

  @Test("a folder that can't be made is one clear line")
  func noFolder() async {
    let spoken = await gantry("condition", picture, "--explain", picture + "/why")
    #expect(spoken.status == 2)
    #expect(spoken.err.contains("can't be made"))
    #expect(spoken.err.split(separator: "\n").count == 1)
  }

  @Test("pictures of different sizes and places outside are refused")
  func unlike() async throws {
    let other = try folder.cut(
      picture, PixelRect(x: 0, y: 0, width: 320, height: 180), as: "small.png")
    let spoken = await gantry("changes", picture, other)
    #expect(spoken.status == 2)
    #expect(spoken.err == "the pictures differ in size: 640x360 and 320x180\n")
    let outside = await gantry("changes", picture, picture, "--ignore", "900,10,50,50")
    #expect(outside.status == 2)
    #expect(outside.err == "the place 900,10,50,50 lies outside the frame (640x360)\n")
  }
}
