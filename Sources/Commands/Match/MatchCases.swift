import Foundation
import FrameVision
import Frames
import OrderedJSON
import RunJournal

/// Many questions in a JSON file: an array of objects with `id`, `frame`, `template` and, where
/// wanted, `region`, `ignore`, `all`, `index` and `scale`; paths are relative to the file.
struct MatchCases {
  private let cases: [JSONValue]
  private let folder: String
  private let scale: ScaleArgument
  private let explaining: String?

  /// So many pictures are kept at most, those needed soonest.
  private static let mostPictures = 16
  private static let largestFile = 64 << 20

  /// Reads the file.
  ///
  /// - Throws: when it can't be read or is no JSON array.
  init(_ path: String, scale: ScaleArgument, explaining: String?) throws {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= Self.largestFile
    else { throw CommandFailure.invalid("\(path): can't be read, or larger than 64 MiB") }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw CommandFailure.invalid("\(path): \(error)")
    }
    guard case .array(let cases) = value else {
      throw CommandFailure.invalid("\(path): an array of cases is expected")
    }
    self.cases = cases
    self.scale = scale
    self.explaining = explaining
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Answers each case with one line.
  ///
  /// - Returns: the worst of the outcomes: a bad case is invalid, one that is not matched failed.
  func answerAll(asJSON: Bool, repeating count: Int) async throws -> CommandOutcome {
    var worst = CommandOutcome.passed
    var pictures: [String: Frame] = [:]
    // When each picture is needed next.
    var uses: [String: [Int]] = [:]
    for (at, one) in cases.enumerated().reversed() {
      if case .string(let path)? = one["frame"] { uses[path, default: []].append(at) }
    }
    for (at, one) in cases.enumerated() {
      let id = one["id"] ?? .number("\(at)")
      do {
        let question = try question(one, &pictures)
        let (answer, milliseconds) = await ProcessorTime.median(of: count) { question.answer() }
        say(id, asJSON ? answer.members(milliseconds) : nil, answer.description)
        if let explaining, try ExplainFolder(explaining) != nil,
          let folder = try ExplainFolder(explaining + "/" + Self.fileName(id))
        {
          try MatchPictures(question, answer).write(to: folder)
        }
        if !answer.isMatched { worst = worst.worse(.failed) }
      } catch let failure as CommandFailure {
        let line = failure.description
        say(id, asJSON ? [.init("error", .string(line))] : nil, "error: " + line)
        worst = worst.worse(.invalid)
      }
      for path in pictures.keys {
        while let next = uses[path]?.last, next <= at { uses[path]?.removeLast() }
      }
      pictures = pictures.filter { !(uses[$0.key]?.isEmpty ?? true) }
      while pictures.count > Self.mostPictures {
        let latest = pictures.keys.max {
          (uses[$0]?.last ?? .max, $0) < (uses[$1]?.last ?? .max, $1)
        }
        if let latest { pictures[latest] = nil }
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

  private func question(_ one: JSONValue, _ pictures: inout [String: Frame]) throws -> MatchQuestion
  {
    guard case .object = one else { throw CommandFailure.invalid("a case is an object") }
    let path = try Self.text(one, "frame")
    let picture = try pictures[path] ?? PictureInput.frame(resolved(path))
    pictures[path] = picture
    var scale = scale
    switch one["scale"] {
    case nil, .null?: break
    case .number(let text)?, .string(let text)?:
      guard let given = ScaleArgument(argument: text) else {
        throw CommandFailure.invalid("scale is a number in 0.25…4, or auto")
      }
      scale = given
    default: throw CommandFailure.invalid("scale is a number in 0.25…4, or auto")
    }
    var question = MatchQuestion(
      picture: picture,
      templates: try PictureInput.templates(resolved(try Self.text(one, "template")), scale: scale))
    let region = try Self.boxes(one, "region")
    if region.count > 1 { throw CommandFailure.invalid("region is one rectangle") }
    question.region = try PictureInput.region(region.first, of: picture)
    question.ignored = try Self.boxes(one, "ignore").map(\.box)
    switch one["all"] {
    case .bool(let all)?: question.all = all
    case nil, .null?: break
    default: throw CommandFailure.invalid("all is true or false")
    }
    switch one["index"] {
    case nil, .null?: break
    case .number(let text)?:
      guard let index = Int(text), index >= 1 else {
        throw CommandFailure.invalid("index counts from 1")
      }
      question.index = index
    default: throw CommandFailure.invalid("index counts from 1")
    }
    return question
  }

  private func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  private static func text(_ one: JSONValue, _ name: String) throws -> String {
    guard case .string(let text)? = one[name], !text.isEmpty else {
      throw CommandFailure.invalid("\(name) is missing")
    }
    return text
  }

  /// The rectangles of a member: one, as four numbers or as text, or a list of these.
  private static func boxes(_ one: JSONValue, _ name: String) throws -> [BoxArgument] {
    switch one[name] {
    case nil, .null?: return []
    case .array(let values)? where values.isEmpty: return []
    case .array(let values)?:
      if case .number? = values.first { return [try box(.array(values), name)] }
      return try values.map { try box($0, name) }
    case let value?: return [try box(value, name)]
    }
  }

  private static func box(_ value: JSONValue, _ name: String) throws -> BoxArgument {
    var text: String?
    switch value {
    case .string(let given): text = given
    case .array(let values):
      text = values.map { if case .number(let digits) = $0 { digits } else { "?" } }
        .joined(separator: ",")
    default: break
    }
    guard let box = text.flatMap({ BoxArgument(argument: $0) }) else {
      throw CommandFailure.invalid("\(name) is a rectangle [x, y, width, height]")
    }
    return box
  }

  /// A case's name as a folder's.
  private static func fileName(_ id: JSONValue) -> String {
    let text = if case .string(let text) = id { text } else { "\(id)" }
    return String(text.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "_" })
  }
}
