import OrderedJSON

extension RecorderRecord {
  /// The form that this program writes. A program that finds a higher number leaves the file alone.
  static let version = 1

  /// As it stands in a file.
  var json: JSONValue {
    .object([
      .init("version", .int(Self.version)),
      .init("recorder", .string(id)),
      .init("passwords", .array(passwords.map(\.json))),
      .init("logIn", logIn.json),
      .init("code", code.json),
      .init("flashed", .optional(firmware.flashed)),
      .init("firmware", .optional(firmware.read)),
      .init("flashing", .optional(flashing)),
      .init("unfinished", unfinished?.json ?? .null),
      .init("last", last?.json ?? .null),
      .init("holds", .array(holds.map(\.json))),
    ])
  }

  /// Reads a record.
  ///
  /// - Throws: what is wrong with it, for people.
  init(_ json: JSONValue) throws(RecordError) {
    guard let version = json["version"]?.whole else { throw RecordError("it has no version") }
    guard version <= Self.version else {
      throw RecordError(
        "it was written by a newer gantry (form \(version), this one knows \(Self.version))")
    }
    self.init(id: try json.text("recorder"))
    passwords = try json.list("passwords") { (item) throws(RecordError) in
      guard let certainty = PasswordBelief.Certainty(rawValue: try item.text("certainty")) else {
        throw RecordError("a password's certainty is none that is known")
      }
      return PasswordBelief(
        text: try item.text("text"), certainty: certainty, since: try item.seconds("since"))
    }
    logIn = try SpentTries(json["logIn"])
    code = try SpentTries(json["code"])
    firmware.flashed = json["flashed"]?.text
    firmware.read = json["firmware"]?.text
    flashing = json["flashing"]?.text
    unfinished = try RunMark(json["unfinished"])
    last = try RunMark(json["last"])
    holds = try json.list("holds") { (item) throws(RecordError) in try Hold(item) }
  }
}

extension Hold {
  /// As it stands in a file.
  var json: JSONValue {
    .object([
      .init("who", .string(who)), .init("why", .string(why)), .init("since", .instant(since)),
    ])
  }

  /// Reads a hold.
  init(_ json: JSONValue) throws(RecordError) {
    self.init(
      who: try json.text("who"), why: try json.text("why"), since: try json.seconds("since"))
  }
}

extension PasswordBelief {
  fileprivate var json: JSONValue {
    .object([
      .init("text", .string(text)), .init("certainty", .string(certainty.rawValue)),
      .init("since", .instant(since)),
    ])
  }
}

extension SpentTries {
  fileprivate var json: JSONValue {
    .object([
      .init("count", .int(count)), .init("lastAt", lastAt.map(JSONValue.instant) ?? .null),
    ])
  }

  fileprivate init(_ json: JSONValue?) throws(RecordError) {
    guard let json, let count = json["count"]?.whole, count >= 0 else {
      throw RecordError("it does not say how many tries are spent")
    }
    self.count = count
    if let lastAt = json["lastAt"], lastAt != .null { self.lastAt = try json.seconds("lastAt") }
  }
}

extension RunMark {
  fileprivate var json: JSONValue {
    .object([
      .init("run", .string(run)), .init("scenario", .string(scenario)), .init("at", .instant(at)),
      .init("verdict", .optional(verdict)),
    ])
  }

  fileprivate init?(_ json: JSONValue?) throws(RecordError) {
    guard let json, json != .null else { return nil }
    self.init(
      run: try json.text("run"), scenario: try json.text("scenario"), at: try json.seconds("at"),
      verdict: json["verdict"]?.text)
  }
}

extension JSONValue {
  /// An instant, to the millisecond.
  fileprivate static func instant(_ seconds: Double) -> JSONValue { .decimal(seconds, digits: 3) }

  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var whole: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

  fileprivate func text(_ name: String) throws(RecordError) -> String {
    guard let text = self[name]?.text else { throw RecordError("\(name) is missing, or no text") }
    return text
  }

  fileprivate func seconds(_ name: String) throws(RecordError) -> Double {
    guard case .number(let digits)? = self[name], let seconds = Double(digits) else {
      throw RecordError("\(name) is missing, or no number")
    }
    return seconds
  }

  fileprivate func list<Item>(
    _ name: String, _ read: (JSONValue) throws(RecordError) -> Item
  ) throws(RecordError) -> [Item] {
    guard case .array(let values)? = self[name] else {
      throw RecordError("\(name) is missing, or no list")
    }
    var items: [Item] = []
    for value in values { items.append(try read(value)) }
    return items
  }
}
