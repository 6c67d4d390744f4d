import Foundation
import FrameVision
import Frames
public import OrderedJSON

/// Many questions in a JSON file: an array of objects with `id`, `frame`, `template` and, where
/// wanted, `region`, `ignore`, `all`, `index`, `scale` and `beside` (other templates that may be in the
/// picture); paths are relative to the file.
public struct MatchCaseFile: Sendable {
  private let cases: [JSONValue]
  private let folder: String
  private let scale: MatchScale

  /// So many pictures are kept at most, those needed soonest.
  private static let mostPictures = 16
  private static let largestFile = 64 << 20

  /// Reads the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - scale: the scale of the cases that name none.
  /// - Throws: when it can't be read or is no JSON array.
  public init(_ path: String, scale: MatchScale) throws(BadMatchCase) {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= Self.largestFile
    else { throw BadMatchCase("\(path): can't be read, or larger than 64 MiB") }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw BadMatchCase("\(path): \(error)")
    }
    guard case .array(let cases) = value else {
      throw BadMatchCase("\(path): an array of cases is expected")
    }
    self.cases = cases
    self.scale = scale
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Puts the questions one after the other.
  ///
  /// - Parameter body: is given each case's `id`, or its place in the file where it has none, and
  ///   its question or what is wrong with it.
  /// - Throws: what the body throws.
  public func forEach(
    _ body: (_ id: JSONValue, _ question: Result<MatchQuestion, any Error>) async throws -> Void
  ) async rethrows {
    var pictures: [String: Frame] = [:]
    // When each picture is needed next.
    var uses: [String: [Int]] = [:]
    for (at, one) in cases.enumerated().reversed() {
      if case .string(let path)? = one["frame"] { uses[path, default: []].append(at) }
    }
    for (at, one) in cases.enumerated() {
      let question = Result { try makeQuestion(one, &pictures) }
      try await body(one["id"] ?? .number("\(at)"), question)
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
  }

  private func makeQuestion(_ one: JSONValue, _ pictures: inout [String: Frame]) throws
    -> MatchQuestion
  {
    guard case .object = one else { throw BadMatchCase("a case is an object") }
    let path = try Self.text(one, "frame")
    let picture = try pictures[path] ?? Frame(contentsOf: resolved(path))
    pictures[path] = picture
    let scale = try Self.scale(one) ?? scale
    let templates = try scale.templates(contentsOf: resolved(try Self.text(one, "template")))
    let region = try Self.boxes(one, "region")
    if region.count > 1 { throw BadMatchCase("region is one rectangle") }
    return try MatchQuestion(
      picture: picture, templates: templates, region: region.first,
      ignored: try Self.boxes(one, "ignore"), all: try Self.all(one), index: try Self.index(one),
      beside: try Self.paths(one, "beside").flatMap {
        try scale.templates(contentsOf: resolved($0))
      })
  }

  private func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  private static func text(_ one: JSONValue, _ name: String) throws(BadMatchCase) -> String {
    guard case .string(let text)? = one[name], !text.isEmpty else {
      throw BadMatchCase("\(name) is missing")
    }
    return text
  }

  /// The paths of a member: one, or a list of them.
  private static func paths(_ one: JSONValue, _ name: String) throws(BadMatchCase) -> [String] {
    switch one[name] {
    case nil, .null?: return []
    case .string(let path)? where !path.isEmpty: return [path]
    case .array(let values)?:
      return try values.map { value throws(BadMatchCase) in
        guard case .string(let path) = value, !path.isEmpty else {
          throw BadMatchCase("\(name) is a list of files")
        }
        return path
      }
    case .string?, .number?, .bool?, .object?: throw BadMatchCase("\(name) is a list of files")
    }
  }

  private static func scale(_ one: JSONValue) throws(BadMatchCase) -> MatchScale? {
    switch one["scale"] {
    case nil, .null?: return nil
    case .number(let text)?, .string(let text)?:
      if let scale = MatchScale(text) { return scale }
    case .bool?, .array?, .object?: break
    }
    throw BadMatchCase("scale is a number in 0.25…4, or auto")
  }

  private static func all(_ one: JSONValue) throws(BadMatchCase) -> Bool {
    switch one["all"] {
    case .bool(let all)?: all
    case nil, .null?: false
    case .number?, .string?, .array?, .object?: throw BadMatchCase("all is true or false")
    }
  }

  private static func index(_ one: JSONValue) throws(BadMatchCase) -> Int? {
    switch one["index"] {
    case nil, .null?: return nil
    case .number(let text)?:
      if let index = Int(text), index >= 1 { return index }
    case .bool?, .string?, .array?, .object?: break
    }
    throw BadMatchCase("index counts from 1")
  }

  /// The rectangles of a member: one, as four numbers or as text, or a list of these.
  private static func boxes(_ one: JSONValue, _ name: String) throws -> [PixelRect] {
    switch one[name] {
    case nil, .null?: return []
    case .array(let values)? where values.isEmpty: return []
    case .array(let values)?:
      if case .number? = values.first { return [try box(.array(values), name)] }
      return try values.map { try box($0, name) }
    case let value?: return [try box(value, name)]
    }
  }

  private static func box(_ value: JSONValue, _ name: String) throws(BadMatchCase) -> PixelRect {
    let text: String? =
      switch value {
      case .string(let given): given
      case .array(let values):
        values.map { if case .number(let digits) = $0 { digits } else { "?" } }
          .joined(separator: ",")
      case .null, .bool, .number, .object: nil
      }
    guard let box = text.flatMap({ PixelRect($0) }) else {
      throw BadMatchCase("\(name) is a rectangle [x, y, width, height]")
    }
    return box
  }
}

/// A file of cases, or a case in it, that asks nothing that can be answered.
public struct BadMatchCase: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}
