import OrderedJSON

/// JSON that two readers can't understand in two ways: no object names a member twice, and what is
/// asked for is there and of its kind.
struct StrictJSON {
  let value: JSONValue
  /// Where it stands, such as `signatures[0].sig`; empty at the top.
  let place: String

  /// Reads a text.
  ///
  /// - Parameter bytes: the text, in UTF-8.
  /// - Throws: when it is no JSON, or names a member twice.
  init(_ bytes: some Collection<UInt8>) throws(AttestationError) {
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      let (line, column) = Self.position(of: error.offset, in: bytes)
      throw .invalid("\(line):\(column): no JSON: \(error.reason)")
    }
    place = ""
    try Self.refuseRepetition(in: value, at: "")
  }

  private init(_ value: JSONValue, at place: String) {
    self.value = value
    self.place = place
  }

  /// Line and column of a byte, both from 1.
  private static func position(
    of offset: Int, in bytes: some Collection<UInt8>
  ) -> (line: Int, column: Int) {
    let before = bytes.prefix(offset)
    let newline = UInt8(ascii: "\n")
    let line = before.count { $0 == newline } + 1
    let last = before.reversed().prefix { $0 != newline }
    return (line, last.count + 1)
  }

  private static func refuseRepetition(
    in value: JSONValue, at place: String
  ) throws(AttestationError) {
    switch value {
    case .null, .bool, .number, .string: break
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        try refuseRepetition(in: element, at: "\(place)[\(index)]")
      }
    case .object(let members):
      var names: Set<[UInt8]> = []
      for member in members {
        let inner = join(place, member.name)
        // By bytes: texts that merely look alike are different names.
        guard names.insert(Array(member.name.utf8)).inserted else {
          throw .invalid("\(inner) stands there twice")
        }
        try refuseRepetition(in: member.value, at: inner)
      }
    }
  }

  private static func join(_ place: String, _ name: String) -> String {
    let shown = shortened(name)
    return place.isEmpty ? shown : "\(place).\(shown)"
  }

  /// A text as it may stand in a message: a line, and not a long one.
  static func shortened(_ text: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(80).map { $0.properties.isVisible ? $0 : "?" }))
    return text.unicodeScalars.count > 80 ? plain + "…" : plain
  }

  private func wrong(_ what: String) -> AttestationError {
    .invalid(place.isEmpty ? "the file is no \(what)" : "\(place) is no \(what)")
  }

  /// A member that must be there.
  func member(_ name: String) throws(AttestationError) -> StrictJSON {
    guard case .object = value else { throw wrong("object") }
    guard let found = try optional(name) else {
      throw .invalid("\(Self.join(place, name)) is missing")
    }
    return found
  }

  /// A member that may be missing.
  func optional(_ name: String) throws(AttestationError) -> StrictJSON? {
    guard case .object(let members) = value else { throw wrong("object") }
    // By bytes, as repetition is told: a sign that is merely equal to a letter names another member.
    let found = members.first { $0.name.utf8.elementsEqual(name.utf8) }
    return found.map { StrictJSON($0.value, at: Self.join(place, name)) }
  }

  /// A text.
  func text() throws(AttestationError) -> String {
    guard case .string(let text) = value else { throw wrong("text") }
    return text
  }

  /// The elements of a list.
  ///
  /// - Parameter range: how many there may be.
  /// - Returns: the elements in order.
  /// - Throws: when it is no list, or of another length.
  func list(_ range: ClosedRange<Int> = 0...1_000_000) throws(AttestationError) -> [StrictJSON] {
    guard case .array(let elements) = value else { throw wrong("list") }
    guard range.contains(elements.count) else {
      throw .invalid(
        "\(place) has \(elements.count) elements; it may have \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return elements.enumerated().map { StrictJSON($1, at: "\(place)[\($0)]") }
  }

  /// The members of an object.
  func members() throws(AttestationError) -> [(name: String, value: StrictJSON)] {
    guard case .object(let members) = value else { throw wrong("object") }
    return members.map { ($0.name, StrictJSON($0.value, at: Self.join(place, $0.name))) }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isVisible: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
