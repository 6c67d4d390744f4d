import Frames
import OrderedJSON

extension JournalEntry {
  /// Reads an entry from the members of a line.
  ///
  /// Members that are not known are passed over.
  ///
  /// - Throws: a reason when the event is not known, or a member is missing or of another kind.
  init(_ json: JSONValue) throws(JournalError) {
    let fields = Fields(json)
    let at = try fields.instant("at")
    let event: RunEvent =
      switch try fields.text("event") {
      case "runStarted": .runStarted(try RunStart(fields))
      case "stepStarted": .stepStarted(try StepStart(fields))
      case "acted": .acted(try ActionRecord(fields))
      case "judged": .judged(try Judgement(fields))
      case "noted": .noted(try Note(fields))
      case "pictureKept": .pictureKept(try KeptPicture(fields))
      case "stepEnded": .stepEnded(try StepEnd(fields))
      case "runEnded": .runEnded(try RunEnd(fields))
      case let name: throw JournalError("the event \(name) is not known")
      }
    self.init(at: at, event: event)
  }
}

/// The members of an object, each asked for by name and kind.
private struct Fields {
  let json: JSONValue

  init(_ json: JSONValue) {
    self.json = json
  }

  func has(_ name: String) -> Bool {
    guard let value = json[name] else { return false }
    return value != .null
  }

  func text(_ name: String) throws(JournalError) -> String {
    guard case .string(let text) = json[name] else { throw wrong(name, "a text") }
    return text
  }

  func optionalText(_ name: String) throws(JournalError) -> String? {
    has(name) ? try text(name) : nil
  }

  func bool(_ name: String) throws(JournalError) -> Bool {
    guard case .bool(let value) = json[name] else { throw wrong(name, "true or false") }
    return value
  }

  func whole<Number: FixedWidthInteger>(_ name: String) throws(JournalError) -> Number {
    guard let value: Number = json[name]?.wholeNumber() else { throw wrong(name, "a whole number") }
    return value
  }

  func optionalWhole(_ name: String) throws(JournalError) -> Int? {
    has(name) ? try whole(name) : nil
  }

  func number(_ name: String) throws(JournalError) -> Double {
    guard let value = json[name]?.double else { throw wrong(name, "a number") }
    return value
  }

  func optionalNumber(_ name: String) throws(JournalError) -> Double? {
    has(name) ? try number(name) : nil
  }

  func instant(_ name: String) throws(JournalError) -> MonotonicInstant {
    // Milliseconds are what a journal keeps, and a Double holds them exactly for 285 000 years.
    let milliseconds = (try number(name) * 1000).rounded()
    guard milliseconds.magnitude < 9e12 else { throw wrong(name, "seconds") }
    return MonotonicInstant(nanoseconds: Int64(milliseconds) * 1_000_000)
  }

  func texts(_ name: String) throws(JournalError) -> [String] {
    guard case .array(let values) = json[name] else { throw wrong(name, "a list of texts") }
    var texts: [String] = []
    for value in values {
      guard case .string(let text) = value else { throw wrong(name, "a list of texts") }
      texts.append(text)
    }
    return texts
  }

  func point(_ name: String) throws(JournalError) -> PixelPoint {
    guard let numbers = json[name]?.wholes, numbers.count == 2 else {
      throw wrong(name, "two whole numbers")
    }
    return PixelPoint(x: numbers[0], y: numbers[1])
  }

  func box(_ name: String) throws(JournalError) -> PixelRect {
    guard let box = json[name]?.box else { throw wrong(name, "four whole numbers") }
    return box
  }

  func boxes(_ name: String) throws(JournalError) -> [PixelRect] {
    guard case .array(let values) = json[name] else { throw wrong(name, "a list of boxes") }
    var boxes: [PixelRect] = []
    for value in values {
      guard let box = value.box else { throw wrong(name, "a list of boxes") }
      boxes.append(box)
    }
    return boxes
  }

  func choice<Choice: RawRepresentable<String>>(_ name: String) throws(JournalError) -> Choice {
    let text = try text(name)
    guard let choice = Choice(rawValue: text) else {
      throw JournalError("\(text) is no \(name) that is known")
    }
    return choice
  }

  func object(_ name: String) throws(JournalError) -> Fields {
    guard case .object? = json[name], let value = json[name] else { throw wrong(name, "an object") }
    return Fields(value)
  }

  /// The objects of a list; none where there is no such member.
  func objects(_ name: String) throws(JournalError) -> [Fields] {
    guard has(name) else { return [] }
    guard case .array(let values) = json[name] else { throw wrong(name, "a list of objects") }
    return values.map(Fields.init)
  }

  private func wrong(_ name: String, _ kind: String) -> JournalError {
    JournalError(json[name] == nil ? "\(name) is missing" : "\(name) is not \(kind)")
  }
}

extension JSONValue {
  fileprivate var double: Double? {
    if case .number(let digits) = self { Double(digits) } else { nil }
  }

  fileprivate func wholeNumber<Number: FixedWidthInteger>() -> Number? {
    if case .number(let digits) = self { Number(digits) } else { nil }
  }

  fileprivate var wholes: [Int]? {
    guard case .array(let values) = self else { return nil }
    let numbers: [Int] = values.compactMap { $0.wholeNumber() }
    return numbers.count == values.count ? numbers : nil
  }

  fileprivate var box: PixelRect? {
    guard let numbers = wholes, numbers.count == 4 else { return nil }
    return PixelRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}

extension RunStart {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    let wall = try fields.object("wall")
    self.init(
      scenario: try Input(fields.object("scenario")), about: try fields.text("about"),
      rig: try Input(fields.object("rig")),
      rigKind: try fields.has("rigKind") ? RigKind(fields.object("rigKind")) : nil,
      model: try Input(fields.object("model")), binary: try Input(fields.object("binary")),
      calibration: try fields.has("calibration") ? Input(fields.object("calibration")) : nil,
      overrides: try fields.texts("overrides"), seed: try fields.whole("seed"),
      firmware: try fields.optionalText("firmware"),
      patience: try fields.optionalWhole("patience") ?? 1,
      request: try fields.has("request") ? Request(fields.object("request")) : nil,
      plan: try fields.texts("plan"),
      wall: Wall(
        runID: try wall.text("runID"), host: try wall.text("host"),
        startedAt: try wall.text("startedAt"),
        retry: try wall.optionalText("retryOf").map { of throws(JournalError) in
          RunStart.Retry(of: of, reason: try wall.text("retryReason"))
        }))
  }
}

extension RunStart.RigKind {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      rigClass: try fields.optionalText("class"), tags: try fields.texts("tags"),
      isVirtual: try fields.bool("virtual"), remembers: try fields.bool("remembers"))
  }
}

extension RunStart.Request {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      scenario: try fields.text("scenario"), rig: try fields.text("rig"),
      isUnattended: try fields.bool("unattended"))
  }
}

extension RunStart.Input {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(name: try fields.text("name"), digest: try fields.text("digest"))
  }
}

extension StepStart {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      step: try fields.whole("step"), parent: try fields.optionalWhole("parent"),
      path: try fields.text("path"), does: try fields.text("does"),
      expects: try fields.optionalText("expects"), location: try fields.text("location"),
      sensitive: try fields.bool("sensitive"), within: try fields.optionalNumber("within"),
      measure: try fields.optionalText("measure"))
  }
}

extension ActionRecord {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      step: try fields.whole("step"), attempt: try fields.whole("attempt"),
      what: try fields.text("what"),
      place: fields.has("place") ? try fields.point("place") : nil,
      box: fields.has("box") ? try fields.box("box") : nil,
      score: fields.has("score") ? try fields.number("score") : nil)
  }
}

extension Judgement {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      step: try fields.whole("step"), expected: try fields.text("expected"),
      held: try fields.bool("held"), seen: try fields.text("seen"),
      frame: try fields.optionalWhole("frame"),
      capturedAt: fields.has("capturedAt") ? try fields.instant("capturedAt") : nil,
      nearest: fields.has("nearest") ? try Candidate(fields.object("nearest")) : nil)
    for object in try fields.objects("searches") { searches.append(try Search(object)) }
    for object in try fields.objects("read") { read.append(try TextRead(object)) }
  }
}

extension Judgement.Search {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      fields.has("image") ? .image(try fields.text("image")) : .words(try fields.text("words")),
      found: try fields.bool("found"), box: fields.has("box") ? try fields.box("box") : nil,
      score: fields.has("score") ? try fields.number("score") : nil,
      limit: try fields.number("limit"), read: try fields.optionalText("read"),
      differs: fields.has("differs") ? try fields.box("differs") : nil,
      difference: try fields.optionalText("difference"),
      unclear: try fields.optionalText("unclear"))
  }
}

extension Judgement.TextRead {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(text: try fields.text("text"), box: try fields.box("box"))
  }
}

extension Judgement.Candidate {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      name: try fields.text("name"), box: try fields.box("box"),
      score: try fields.number("score"))
  }
}

extension Note {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      step: try fields.optionalWhole("step"), kind: try fields.choice("kind"),
      text: try fields.text("text"))
  }
}

extension KeptPicture {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      step: try fields.optionalWhole("step"), role: try fields.choice("role"),
      file: try fields.text("file"), frame: try fields.optionalWhole("frame"),
      name: try fields.optionalText("name"),
      boxes: try fields.boxes("boxes"), blanked: try fields.boxes("blanked"))
  }
}

extension Fields {
  /// The cause that stands among the members; nil where none does.
  fileprivate func cause() throws(JournalError) -> CauseRecord? {
    guard let code = try optionalText("cause") else { return nil }
    return CauseRecord(
      code: code, part: try optionalText("part"),
      errno: try optionalWhole("errno").map { Int32(clamping: $0) })
  }
}

extension StepEnd {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      step: try fields.whole("step"), outcome: try fields.choice("outcome"),
      reason: try fields.optionalText("reason"), cause: try fields.cause())
  }
}

extension RunEnd {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      verdict: try fields.choice("verdict"), step: try fields.optionalText("step"),
      reason: try fields.optionalText("reason"), cause: try fields.cause(),
      skipped: try fields.texts("skipped"),
      tested: fields.has("tested") ? try Tested(fields.object("tested")) : nil,
      recorderSeconds: try fields.number("recorderSeconds"),
      wallSeconds: try fields.number("wallSeconds"))
  }
}

extension Tested {
  fileprivate init(_ fields: Fields) throws(JournalError) {
    self.init(
      held: try fields.whole("held"), confirmed: try fields.whole("confirmed"),
      ways: try fields.texts("ways"), inapplicable: try fields.texts("inapplicable"))
  }
}
