import ArgumentParser
import FrameVision
import Frames
import OrderedJSON
import RunJournal

/// `gantry match`: is a template in a picture?
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Looks for a template in a picture, as a run would.",
    discussion: "Exit codes: 0 it is there, once; 1 it is not; 2 invalid input.")

  @Argument(help: "The picture to look in, a PNG or JPEG file.", completion: .file())
  var frame: String?

  @Argument(help: "The PNG file to look for; transparent pixels don't count.", completion: .file())
  var template: String?

  @Option(help: ArgumentHelp("Where the whole template must lie.", valueName: "x,y,w,h"))
  var region: BoxArgument?

  @Option(help: ArgumentHelp("A place that does not count; may be repeated.", valueName: "x,y,w,h"))
  var ignore: [BoxArgument] = []

  @Flag(help: "List every place where it is.")
  var all = false

  @Option(help: "Choose one of several places, from 1 in reading order.")
  var index: Int?

  @Option(
    help: ArgumentHelp(
      "The picture's size in terms of the one that the template was cut from, or 'auto'.",
      valueName: "scale"))
  var scale = ScaleArgument.fixed(1)

  @Option(help: "How often to search; the processor time is the median.")
  var `repeat` = 1

  @Option(
    help: ArgumentHelp("Answer the many questions in a JSON file instead.", valueName: "file"),
    completion: .file())
  var cases: String?

  @Option(
    help: ArgumentHelp("Write pictures that show how the answer came about.", valueName: "folder"),
    completion: .directory)
  var explain: String?

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func validate() throws {
    if let index, index < 1 { throw ValidationError("--index counts from 1.") }
    if all, index != nil { throw ValidationError("--all and --index exclude each other.") }
    if `repeat` < 1 { throw ValidationError("--repeat must be at least 1.") }
    if cases != nil {
      let isAlone = frame == nil && region == nil && ignore.isEmpty && !all && index == nil
      guard isAlone else {
        throw ValidationError("--cases takes pictures, places and --all from its file.")
      }
    } else if frame == nil || template == nil {
      throw ValidationError("A picture and a template are needed, or --cases.")
    }
  }

  func run() async throws {
    if let cases {
      let status = try await MatchCases(cases, scale: scale, explaining: explain).answerAll(
        asJSON: json, repeating: `repeat`)
      if status != .passed { throw ExitCode(status.rawValue) }
      return
    }
    guard let frame, let template else { return }
    let picture = try PictureInput.frame(frame)
    let question = MatchQuestion(
      picture: picture, templates: try PictureInput.templates(template, scale: scale),
      region: try PictureInput.region(region, of: picture), ignored: ignore.map(\.box), all: all,
      index: index)
    let (answer, milliseconds) = await ProcessorTime.median(of: `repeat`) { question.answer() }
    Console.current.say(
      json ? JSONValue.object(answer.members(milliseconds)).description : answer.description)
    if let folder = try ExplainFolder(explain) {
      try MatchPictures(question, answer).write(to: folder)
    }
    if !answer.isMatched { throw ExitCode(CommandOutcome.failed.rawValue) }
  }
}

/// A scale on the command line: a number, or `auto`.
enum ScaleArgument: ExpressibleByArgument, Sendable {
  case fixed(Double)
  case auto

  /// The scales that are allowed.
  static let bounds = 0.25...4.0

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let number = Self.number(argument), Self.bounds.contains(number) {
      self = .fixed(number)
    } else {
      return nil
    }
  }

  /// A decimal number or a fraction such as `2/3`; two thirds and the like may be rounded.
  private static func number(_ text: String) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count <= 2, let first = parts[0] else { return nil }
    if parts.count == 2 {
      guard let second = parts[1], second != 0 else { return nil }
      return first / second
    }
    return Template.usualScales.first { abs($0 - first) < 0.005 } ?? first
  }

  var defaultValueDescription: String {
    switch self {
    case .fixed(let scale): JSONValue.decimal(scale, digits: 4).description
    case .auto: "auto"
    }
  }

  /// The scales to try.
  var scales: [Double] {
    switch self {
    case .fixed(let scale): [scale]
    case .auto: Template.usualScales
    }
  }
}
