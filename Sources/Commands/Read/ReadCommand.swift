import ArgumentParser
import FrameVision
import Frames
import OrderedJSON

/// `gantry read`: what text is in a picture?
struct ReadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Reads the text in a picture, or tries a model's field on it, as a run would.",
    discussion: """
      With --model and --field it says where a run would find a text field, [x, y, width, height], and \
      what it would take for its content; or why it would not find it. The pointer must lie elsewhere: a run \
      moves it off, and in a picture nobody knows it from what it lies on. Exit codes: 0 read, or with --find, the \
      words are there, once, or with --field, its box is; 1 they are not; 2 invalid.
      """)

  @Argument(help: "The picture to read, a PNG or JPEG file.", completion: .file())
  var frame: String

  @Option(help: ArgumentHelp("Where to read; everywhere if left out.", valueName: "x,y,w,h"))
  var region: BoxArgument?

  @Option(help: ArgumentHelp("Words to look for.", valueName: "text"))
  var find: String?

  @Option(help: ArgumentHelp("The only characters that may occur.", valueName: "characters"))
  var alphabet: String?

  @Option(help: "The folder of the model whose field is tried.", completion: .directory)
  var model: String?

  @Option(help: ArgumentHelp("A text field of the model.", valueName: "name"))
  var field: String?

  @Option(help: "How often to read; the processor time is the median.")
  var `repeat` = 1

  @Flag(help: "Answer with a JSON object.")
  var json = false

  @Option(help: .explain, completion: .directory)
  var explain: String?

  func validate() throws {
    if (model == nil) != (field == nil) {
      throw ValidationError("--model and --field go together.")
    }
    if field != nil, region != nil || find != nil || alphabet != nil || `repeat` != 1 {
      throw ValidationError("--field goes with --model, --json and --explain alone.")
    }
    if `repeat` < 1 { throw ValidationError("--repeat must be at least 1.") }
    if find != nil, alphabet != nil {
      throw ValidationError("--find and --alphabet exclude each other.")
    }
    if alphabet?.isEmpty == true { throw ValidationError("--alphabet needs characters.") }
    if let find, find.allSatisfy(\.isWhitespace) { throw ValidationError("--find needs words.") }
  }

  func run() async throws {
    let picture = try Frame(contentsOf: frame)
    let area = region?.box
    try picture.require(area, called: "region")
    let folder = try ExplainFolder(explain)
    let reader = try TextReader()
    if let field, let model {
      return try await TriedField(field, of: model).report(
        on: picture, by: reader, asJSON: json, explaining: folder)
    }
    if let find {
      let (answer, milliseconds) = await ProcessorTime.median(of: `repeat`) {
        await reader.find(find, in: picture, region: area)
      }
      report(answer, milliseconds)
      try await folder?.explain(reader, picture, area, phrase: find, answer: answer)
      if answer.match == nil { throw ExitCode(CommandOutcome.failed.rawValue) }
    } else {
      let (lines, milliseconds) = await ProcessorTime.median(of: `repeat`) {
        await reader.lines(in: picture, region: area, alphabet: alphabet)
      }
      report(lines, milliseconds)
      try await folder?.explain(reader, picture, area, alphabet: alphabet)
    }
  }

  private func report(_ lines: [TextLine], _ milliseconds: Double) {
    guard json else {
      for line in lines { Console.current.say(line.text) }
      return
    }
    let values = lines.map { line in
      JSONValue.object(
        [.init("text", .string(line.text))] + line.box.jsonMembers
          + [.init("confidence", .decimal(line.confidence, digits: 1))])
    }
    Console.current.say(
      JSONValue.object([
        .init("lines", .array(values)),
        .init("cpuMilliseconds", .decimal(milliseconds, digits: 3)),
      ]).description)
  }

  private func report(_ answer: TextFindAnswer, _ milliseconds: Double) {
    let (verdict, best, second): (String, TextMatch?, TextMatch?) =
      switch answer {
      case .found(let match): ("found", match, nil)
      case .absent(let nearest): ("absent", nearest, nil)
      case .ambiguous(let one, let other): ("ambiguous", one, other)
      }
    guard json else {
      var text = verdict
      if let best { text += " \"\(best.heard)\" at \(best.box)" }
      if let second { text += " and \"\(second.heard)\" at \(second.box)" }
      return Console.current.say(text)
    }
    var members: [JSONValue.Member] = [
      .init("found", .bool(answer.match != nil)), .init("verdict", .string(verdict)),
    ]
    members += best?.box.jsonMembers ?? ["x", "y", "width", "height"].map { .init($0, .null) }
    members += [
      .init("text", .optional(best?.heard)),
      .init("likeness", best.map { .decimal($0.likeness, digits: 4) } ?? .null),
      .init("second", second.map { .object($0.box.jsonMembers) } ?? .null),
      .init("cpuMilliseconds", .decimal(milliseconds, digits: 3)),
    ]
    Console.current.say(JSONValue.object(members).description)
  }
}

extension ExplainFolder {
  /// Writes all places that look like text, and what was read there.
  fileprivate func explain(
    _ reader: TextReader, _ frame: Frame, _ region: PixelRect?, phrase: String? = nil,
    alphabet: String? = nil, answer: TextFindAnswer? = nil
  ) async throws {
    let candidates = await reader.candidates(
      in: frame, region: region, phrase: phrase, alphabet: alphabet)
    var picture = RGBImage(frame)
    var words: [String] = []
    for (at, candidate) in candidates.enumerated() {
      picture.outline(candidate.box, candidate.line == nil ? .passedOver : .considered)
      guard let line = candidate.line else {
        words.append("\(at + 1) \(candidate.box) not read")
        continue
      }
      let confidence = JSONValue.decimal(line.confidence, digits: 1)
      words.append("\(at + 1) \(candidate.box) \"\(line.text)\" \(confidence)")
      if let normalized = candidate.normalized {
        try write(RGBImage(Frame(luma: normalized)), as: "line-\(at + 1).png")
      }
    }
    if let region { picture.outline(region, .passedOver) }
    switch answer {
    case .found(let match): picture.outline(match.box.insetBy(-2), .answer)
    case .ambiguous(let one, let other):
      for match in [one, other] { picture.outline(match.box.insetBy(-2), .alarm) }
    case .absent, nil: break
    }
    try write(picture, as: "lines.png")
    try write(words, as: "lines.txt")
  }
}

extension Frame {
  /// A grey picture.
  fileprivate init(luma: Plane) {
    let chroma = Plane(
      width: (luma.width + 1) / 2, height: (luma.height + 1) / 2, filledWith: 128)
    self.init(luma: luma, cb: chroma, cr: chroma)
  }
}
