/// The fields above a message or part.
struct MailHeader {
  /// The most fields that are taken.
  private static let mostFields = 1000
  /// The most bytes that one field may have, folds included.
  private static let longestField = 64 << 10

  private var fields: [(name: String, value: String)] = []

  /// The value of the first field of a name in lower case, unfolded.
  subscript(name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  /// Reads the fields at the top of a message or part.
  ///
  /// - Parameter bytes: the message or part.
  /// - Returns: the fields, and what comes after the empty line below them.
  /// - Throws: when a line is no field, or when there are absurdly many.
  static func split(
    _ bytes: ArraySlice<UInt8>
  ) throws(MailError) -> (header: MailHeader, body: ArraySlice<UInt8>) {
    var header = MailHeader()
    var rest = bytes
    var field: [UInt8] = []
    while !rest.isEmpty {
      let line = rest.takeLine()
      let first = line.first
      if first == .space || first == .tab, !field.isEmpty {
        field += line
        guard field.count <= longestField else { throw MailError(reason: "a field is too long") }
        continue
      }
      try header.add(field)
      field = []
      if line.isEmpty { return (header, rest) }
      field = Array(line)
    }
    try header.add(field)
    return (header, rest)
  }

  private mutating func add(_ field: [UInt8]) throws(MailError) {
    if field.isEmpty { return }
    guard fields.count < Self.mostFields else { throw MailError(reason: "too many fields") }
    // Field names are visible ASCII without the colon (RFC 5322, 2.2).
    let name = field.prefix { (0x21...0x7e).contains($0) && $0 != .colon }
    guard !name.isEmpty, name.endIndex < field.endIndex, field[name.endIndex] == .colon else {
      throw MailError(reason: "a line of the header is no field")
    }
    let value = String(decoding: field[(name.endIndex + 1)...], as: UTF8.self)
    fields.append(
      (String(decoding: name, as: UTF8.self).lowercased(), value.trimmingBlanks()))
  }
}

/// A field of a kind with parameters, such as `text/plain; charset=utf-8` (RFC 2045, 5.1).
struct ParameterField {
  /// What comes before the parameters, in lower case.
  var value: String
  private var parameters: [(name: String, value: String)] = []

  /// Reads a field.
  init(_ field: String) {
    var rest = Substring(field)
    value = String(rest.prefix { $0 != ";" }).trimmingBlanks().lowercased()
    rest = rest.drop { $0 != ";" }
    while rest.first == ";" {
      rest = rest.dropFirst().drop { $0.isWhitespace }
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest[name.endIndex...]
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst()
      let value = Self.takeValue(&rest)
      parameters.append((String(name).trimmingBlanks().lowercased(), value))
      rest = rest.drop { $0 != ";" }
    }
  }

  /// The value of a parameter, by its name in lower case.
  subscript(name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  private static func takeValue(_ rest: inout Substring) -> String {
    guard rest.first == "\"" else {
      let token = rest.prefix { $0 != ";" }
      rest = rest[token.endIndex...]
      return String(token).trimmingBlanks()
    }
    rest = rest.dropFirst()
    var value = ""
    while let next = rest.popFirst(), next != "\"" {
      if next == "\\", let escaped = rest.popFirst() {
        value.append(escaped)
      } else {
        value.append(next)
      }
    }
    return value
  }
}

extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0a
  static let carriageReturn: UInt8 = 0x0d
  static let space: UInt8 = 0x20
  static let hyphen: UInt8 = 0x2d
  static let colon: UInt8 = 0x3a
  static let equals: UInt8 = 0x3d

  /// What a hexadecimal digit stands for; nil for other characters.
  var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// Takes the first line off, and returns it without its end.
  mutating func takeLine() -> ArraySlice<UInt8> {
    let end = firstIndex(of: .lineFeed) ?? endIndex
    var line = self[startIndex..<end]
    self = self[Swift.min(end + 1, endIndex)...]
    if line.last == .carriageReturn { line.removeLast() }
    return line
  }
}

extension String {
  /// The string without white space at its ends.
  func trimmingBlanks() -> String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
