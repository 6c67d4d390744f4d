import ArgumentParser
import FrameVision
import Frames
import RunJournal

/// `gantry read`: what text is in a picture?
struct ReadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Reads the text in a picture, as a run would.",
    discussion: "With --find, exit codes: 0 the words are there, once; 1 they are not.")

  @Argument(help: "The picture to read, a PNG or JPEG file.", completion: .file())
  var frame: String

  @Option(help: ArgumentHelp("Where to read; everywhere if left out.", valueName: "x,y,w,h"))
  var region: BoxArgument?

  @Option(help: ArgumentHelp("Words to look for.", valueName: "text"))
  var find: String?

  @Option(help: ArgumentHelp("The only characters that may occur.", valueName: "characters"))
  var alphabet: String?

  @Option(help: "How often to read; the processor time is the median.")
  var `repeat` = 1

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func validate() throws {
    if `repeat` < 1 { throw ValidationError("--repeat must be at least 1.") }
    if find != nil, alphabet != nil {
      throw ValidationError("--find and --alphabet exclude each other.")
    }
    if let find, find.allSatisfy(\.isWhitespace) { throw ValidationError("--find needs words.") }
  }

  func run() async throws {
    let picture = try PictureInput.frame(frame)
    let area = try PictureInput.region(region, of: picture)
    let reader: TextReader
    do throws(TextReaderError) {
      reader = try TextReader()
    } catch {
      throw CommandFailure.errored("\(error)")
    }
    if let find {
      let (answer, milliseconds) = await ProcessorTime.median(of: `repeat`) {
        await reader.find(find, in: picture, region: area)
      }
      report(answer, milliseconds)
      if answer.match == nil { throw ExitCode(CommandOutcome.failed.rawValue) }
    } else {
      let (lines, milliseconds) = await ProcessorTime.median(of: `repeat`) {
        await reader.lines(in: picture, region: area, alphabet: alphabet)
      }
      report(lines, milliseconds)
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
