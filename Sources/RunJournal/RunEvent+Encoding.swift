import Frames
public import OrderedJSON

extension RunEvent {
  /// The event's name in a journal.
  var name: String {
    switch self {
    case .runStarted: "runStarted"
    case .stepStarted: "stepStarted"
    case .acted: "acted"
    case .judged: "judged"
    case .noted: "noted"
    case .pictureKept: "pictureKept"
    case .stepEnded: "stepEnded"
    case .runEnded: "runEnded"
    }
  }

  /// The event's members in a journal; what is nil is left out.
  var members: [JSONValue.Member] {
    switch self {
    case .runStarted(let start): start.members
    case .stepStarted(let start): start.members
    case .acted(let record): record.members
    case .judged(let judgement): judgement.members
    case .noted(let note): note.members
    case .pictureKept(let picture): picture.members
    case .stepEnded(let end): end.members
    case .runEnded(let end): end.members
    }
  }
}

/// Gathers members, leaving out what is nil.
private struct Members {
  var all: [JSONValue.Member] = []

  mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { all.append(.init(name, value)) }
  }

  mutating func add(_ name: String, _ text: String?) {
    add(name, text.map(JSONValue.string))
  }

  mutating func add(_ name: String, _ number: Int?) {
    add(name, number.map { .int($0) })
  }

  mutating func add(_ name: String, _ place: PixelPoint?) {
    add(name, place.map { .array([.int($0.x), .int($0.y)]) })
  }

  mutating func add(_ name: String, _ box: PixelRect?) {
    add(name, box?.json)
  }

  mutating func add(_ name: String, score: Double?) {
    add(name, score.map { .decimal($0, digits: 4) })
  }
}

extension PixelRect {
  fileprivate var json: JSONValue { .array([.int(x), .int(y), .int(width), .int(height)]) }
}

extension RunStart {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("scenario", scenario.json)
    members.add("about", about)
    members.add("rig", rig.json)
    members.add("rigKind", rigKind?.json)
    members.add("model", model.json)
    members.add("binary", binary.json)
    if let calibration { members.add("calibration", calibration.json) }
    members.add("overrides", .strings(overrides))
    members.add("seed", .int(seed))
    members.add("firmware", firmware)
    members.add("patience", patience == 1 ? nil : patience)
    members.add("request", request?.json)
    members.add("plan", .strings(plan))
    members.add(
      "wall",
      .object(
        [
          .init("runID", .string(wall.runID)), .init("host", .string(wall.host)),
          .init("startedAt", .string(wall.startedAt)),
        ]
          + (wall.retry.map { retry in
            [.init("retryOf", .string(retry.of)), .init("retryReason", .string(retry.reason))]
          } ?? [])))
    return members.all
  }
}

extension RunStart.Input {
  fileprivate var json: JSONValue {
    .object([.init("name", .string(name)), .init("digest", .string(digest))])
  }
}

extension RunStart.RigKind {
  fileprivate var json: JSONValue {
    .object([
      .init("class", .optional(rigClass)), .init("tags", .strings(tags)),
      .init("virtual", .bool(isVirtual)), .init("remembers", .bool(remembers)),
    ])
  }
}

extension RunStart.Request {
  fileprivate var json: JSONValue {
    .object([
      .init("scenario", .string(scenario)), .init("rig", .string(rig)),
      .init("unattended", .bool(isUnattended)),
    ])
  }
}

extension StepStart {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("step", step)
    members.add("parent", parent)
    members.add("path", path)
    members.add("does", does)
    members.add("expects", expects)
    members.add("location", location)
    members.add("sensitive", .bool(sensitive))
    members.add("within", within.map { .decimal($0, digits: 3) })
    members.add("measure", measure)
    return members.all
  }
}

extension ActionRecord {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("step", step)
    members.add("attempt", attempt)
    members.add("what", what)
    members.add("place", place)
    members.add("box", box)
    members.add("score", score: score)
    return members.all
  }
}

extension Judgement {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("step", step)
    members.add("expected", expected)
    members.add("held", .bool(held))
    members.add("seen", seen)
    members.add("frame", frame)
    members.add("capturedAt", capturedAt.map(JournalFormat.json))
    members.add("nearest", nearest?.json)
    if !searches.isEmpty { members.add("searches", .array(searches.map(\.json))) }
    if !read.isEmpty { members.add("read", .array(read.map(\.json))) }
    return members.all
  }
}

extension Judgement.Candidate {
  fileprivate var json: JSONValue {
    .object([
      .init("name", .string(name)), .init("box", box.json),
      .init("score", .decimal(score, digits: 4)),
    ])
  }
}

extension Judgement.Search {
  /// What it is stands in a member's name: no text of a secret's is mistaken for it.
  fileprivate var json: JSONValue {
    var members = Members()
    switch subject {
    case .image(let name): members.add("image", name)
    case .words(let words): members.add("words", words)
    }
    members.add("found", .bool(found))
    members.add("box", box)
    members.add("score", score: score)
    members.add("limit", score: limit)
    members.add("read", read)
    members.add("differs", differs)
    members.add("difference", difference)
    members.add("unclear", unclear)
    return .object(members.all)
  }
}

extension Judgement.TextRead {
  fileprivate var json: JSONValue {
    .object([.init("text", .string(text)), .init("box", box.json)])
  }
}

extension Note {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("step", step)
    members.add("kind", kind.rawValue)
    members.add("text", text)
    return members.all
  }
}

extension KeptPicture {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("step", step)
    members.add("role", role.rawValue)
    members.add("file", file)
    members.add("frame", frame)
    members.add("name", name)
    members.add("boxes", .array(boxes.map(\.json)))
    members.add("blanked", .array(blanked.map(\.json)))
    return members.all
  }
}

extension Members {
  fileprivate mutating func add(_ cause: CauseRecord?) {
    add("cause", cause?.code)
    add("part", cause?.part)
    add("errno", cause?.errno.map(Int.init))
  }
}

extension StepEnd {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("step", step)
    members.add("outcome", outcome.rawValue)
    members.add("reason", reason)
    members.add(cause)
    return members.all
  }
}

extension RunEnd {
  fileprivate var members: [JSONValue.Member] {
    var members = Members()
    members.add("verdict", verdict.rawValue)
    members.add("step", step)
    members.add("reason", reason)
    members.add(cause)
    members.add("skipped", .strings(skipped))
    members.add("tested", tested?.json)
    members.add("recorderSeconds", .decimal(recorderSeconds, digits: 3))
    members.add("wallSeconds", .decimal(wallSeconds, digits: 3))
    return members.all
  }
}

extension Tested {
  /// What was tested, as journals and the program's JSON lines tell it.
  public var json: JSONValue {
    .object([
      .init("held", .int(held)), .init("confirmed", .int(confirmed)),
      .init("ways", .strings(ways)), .init("inapplicable", .strings(inapplicable)),
    ])
  }
}
