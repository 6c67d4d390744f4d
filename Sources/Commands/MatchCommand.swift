import ArgumentParser
import FrameVision
import Frames
import RunJournal

/// `gantry match`: is a template in a picture?
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Looks for a template in a picture, as a run would.",
    discussion: "Exit codes: 0 it is there, once; 1 it is not; 2 invalid input.")

  @Argument(help: "The picture to look in, a PNG or JPEG file.", completion: .file())
  var frame: String

  @Argument(help: "The PNG file to look for; transparent pixels don't count.", completion: .file())
  var template: String

  @Option(help: ArgumentHelp("Where the whole template must lie.", valueName: "x,y,w,h"))
  var region: BoxArgument?

  @Option(help: ArgumentHelp("A place that does not count; may be repeated.", valueName: "x,y,w,h"))
  var ignore: [BoxArgument] = []

  @Flag(help: "List every place where it is.")
  var all = false

  @Option(help: "Choose one of several places, from 1 in reading order.")
  var index: Int?

  @Option(help: "How often to search; the processor time is the median.")
  var `repeat` = 1

  @Flag(help: "Answer with a JSON object.")
  var json = false

  func validate() throws {
    if let index, index < 1 { throw ValidationError("--index counts from 1.") }
    if all, index != nil { throw ValidationError("--all and --index exclude each other.") }
    if `repeat` < 1 { throw ValidationError("--repeat must be at least 1.") }
  }

  func run() async throws {
    let picture = try PictureInput.frame(frame)
    let wanted = try PictureInput.template(template)
    let area = try PictureInput.region(region, of: picture)
    let ignored = ignore.map(\.box)
    let (answer, milliseconds) = await ProcessorTime.median(of: `repeat`) {
      // A fresh frame each time, so that nothing is remembered from the search before.
      search(wanted, in: SearchableFrame(picture), area, ignored)
    }
    report(answer, ignored, milliseconds)
    if !answer.isMatched { throw ExitCode(CommandOutcome.failed.rawValue) }
  }

  /// What a search came to.
  private struct Answer {
    var verdict: String
    var best: TemplateMatch?
    var second: TemplateMatch?
    var reason: String?
    var all: [TemplateMatch] = []
    var isMatched: Bool { verdict == "matched" }
  }

  private func search(
    _ wanted: Template, in picture: SearchableFrame, _ area: PixelRect?, _ ignored: [PixelRect]
  ) -> Answer {
    let finder = TemplateFinder()
    if all || index != nil {
      let places = finder.findAll(wanted, in: picture, region: area, ignoring: ignored)
      let chosen = (index ?? 1) - 1
      let match = places.indices.contains(chosen) ? places[chosen] : nil
      return Answer(
        verdict: match == nil ? "absent" : "matched", best: match, second: nil,
        reason: match == nil && !places.isEmpty ? "there are only \(places.count)" : nil,
        all: places)
    }
    switch finder.find(wanted, in: picture, region: area, ignoring: ignored) {
    case .matched(let match): return Answer(verdict: "matched", best: match)
    case .absent(let nearest): return Answer(verdict: "absent", best: nearest)
    case .ambiguous(let best, let second):
      return Answer(verdict: "ambiguous", best: best, second: second)
    case .unclear(let best, let reason):
      return Answer(verdict: "unclear", best: best, reason: reason)
    }
  }

  private func report(_ answer: Answer, _ ignored: [PixelRect], _ milliseconds: Double) {
    if json {
      Console.current.say(object(answer, ignored, milliseconds).description)
    } else if all {
      for match in answer.all { Console.current.say(line(match)) }
      if answer.all.isEmpty { Console.current.say("absent") }
    } else {
      var text = answer.verdict
      if let best = answer.best { text += (answer.isMatched ? " " : ", nearest ") + line(best) }
      if let second = answer.second { text += " and " + line(second) }
      if let reason = answer.reason { text += " (\(reason))" }
      Console.current.say(text)
    }
  }

  private func line(_ match: TemplateMatch) -> String {
    var text = "at \(match.rect), score \(JSONValue.decimal(match.score, digits: 3))"
    if let differs = match.differs, let difference = match.difference {
      text += ", \(difference) differs at \(differs)"
    }
    return text
  }

  private func object(
    _ answer: Answer, _ ignored: [PixelRect], _ milliseconds: Double
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("matched", .bool(answer.isMatched)), .init("verdict", .string(answer.verdict)),
    ]
    let best = answer.best
    members +=
      best?.rect.jsonMembers ?? ["x", "y", "width", "height"].map { .init($0, .null) }
    members += [
      .init("score", best.map { .decimal($0.score, digits: 4) } ?? .null),
      .init("limit", .decimal(TemplateFinder.limit, digits: 4)),
      .init("second", answer.second.map(place) ?? .null),
      .init("differs", best.map(differs) ?? .null),
      .init("hidden", .decimal(best.map { hidden($0.rect, by: ignored) } ?? 0, digits: 4)),
      .init("scale", .int(1)), .init("cpuMilliseconds", .decimal(milliseconds, digits: 3)),
    ]
    if let reason = answer.reason { members.append(.init("reason", .string(reason))) }
    if all { members.append(.init("matches", .array(answer.all.map(place)))) }
    return .object(members)
  }

  private func place(_ match: TemplateMatch) -> JSONValue {
    .object(match.rect.jsonMembers + [.init("score", .decimal(match.score, digits: 4))])
  }

  private func differs(_ match: TemplateMatch) -> JSONValue {
    guard let differs = match.differs else { return .null }
    return .object(differs.jsonMembers + [.init("how", .optional(match.difference))])
  }

  /// The share of a place that is ignored, 0…1.
  private func hidden(_ place: PixelRect, by ignored: [PixelRect]) -> Double {
    var count = 0
    for y in place.y..<place.maxY {
      for x in place.x..<place.maxX
      where ignored.contains(where: { $0.contains(PixelPoint(x: x, y: y)) }) {
        count += 1
      }
    }
    return Double(count) / Double(max(1, place.size.area))
  }
}
