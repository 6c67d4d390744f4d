import ArgumentParser
import FrameVision
import Frames
import MatchCases
import OrderedJSON

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

  @Option(
    help: ArgumentHelp(
      """
      Another PNG file that may be in the picture; may be repeated. Whether the whole picture is \
      lighter or darker, or only the place that looks like the template, one template can't tell.
      """, valueName: "template"),
    completion: .file())
  var beside: [String] = []

  @Flag(help: "List every place where it is.")
  var all = false

  @Option(help: "Choose one of several places, from 1 in reading order.")
  var index: Int?

  @Option(
    help: ArgumentHelp(
      "The picture's size in terms of the one that the template was cut from, or 'auto'.",
      valueName: "scale"))
  var scale = ScaleArgument.plain

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
      let isAlone =
        frame == nil && region == nil && ignore.isEmpty && !all && index == nil && beside.isEmpty
      guard isAlone else {
        throw ValidationError("--cases takes pictures, places and --all from its file.")
      }
    } else if frame == nil || template == nil {
      throw ValidationError("A picture and a template are needed, or --cases.")
    }
  }

  func run() async throws {
    let outcome = if let cases { try await judge(cases) } else { try await judgePictures() }
    if outcome != .passed { throw ExitCode(outcome.rawValue) }
  }

  /// Answers the question on the command line.
  private func judgePictures() async throws -> CommandOutcome {
    guard let frame, let template else { return .invalid }
    let picture = try Frame(contentsOf: frame)
    let question = try MatchQuestion(
      picture: picture, templates: try scale.scale.templates(contentsOf: template),
      region: region?.box, ignored: ignore.map(\.box), all: all, index: index,
      beside: try beside.flatMap { try scale.scale.templates(contentsOf: $0) })
    let (answer, milliseconds) = await ProcessorTime.median(of: `repeat`) { question.answer() }
    Console.current.say(
      json ? JSONValue.object(answer.members(milliseconds)).description : answer.words)
    if let folder = try ExplainFolder(explain) {
      try MatchPictures(question, answer).write(to: folder)
    }
    return answer.isMatched ? .passed : .failed
  }

  /// Answers each question of a file with one line.
  ///
  /// - Returns: the worst of the outcomes: a bad case is invalid, one that is not matched failed.
  private func judge(_ cases: String) async throws -> CommandOutcome {
    var worst = CommandOutcome.passed
    try await MatchCaseFile(cases, scale: scale.scale).forEach { id, question in
      do {
        let question = try question.get()
        let (answer, milliseconds) = await ProcessorTime.median(of: `repeat`) { question.answer() }
        say(id, json ? answer.members(milliseconds) : nil, answer.words)
        if let explain, try ExplainFolder(explain) != nil,
          let folder = try ExplainFolder(explain + "/" + Self.fileName(id))
        {
          try MatchPictures(question, answer).write(to: folder)
        }
        if !answer.isMatched { worst = worst.worse(.failed) }
      } catch {
        guard let failure = CommandFailure(error) else { throw error }
        let line = failure.description
        say(id, json ? [.init("error", .string(line))] : nil, "error: " + line)
        worst = worst.worse(.invalid)
      }
    }
    return worst
  }

  private func say(
    _ id: JSONValue, _ members: [JSONValue.Member]?, _ text: @autoclosure () -> String
  ) {
    if let members {
      Console.current.say(JSONValue.object([.init("id", id)] + members).description)
    } else {
      Console.current.say("\(id): " + text().split(separator: "\n").joined(separator: "; "))
    }
  }

  /// A case's name as a folder's.
  private static func fileName(_ id: JSONValue) -> String {
    let text = if case .string(let text) = id { text } else { "\(id)" }
    return String(text.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "_" })
  }
}

/// A scale on the command line: a number, or `auto`.
struct ScaleArgument: ExpressibleByArgument, Sendable {
  var scale: MatchScale

  /// The size as it is.
  static let plain = ScaleArgument(scale: .fixed(1))

  init(scale: MatchScale) { self.scale = scale }

  init?(argument: String) {
    guard let scale = MatchScale(argument) else { return nil }
    self.scale = scale
  }

  var defaultValueDescription: String {
    switch scale {
    case .fixed(let factor): JSONValue.decimal(factor, digits: 4).description
    case .auto: "auto"
    }
  }
}
