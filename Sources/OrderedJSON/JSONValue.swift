/// A JSON text as values that keep the order of members and the digits of numbers.
///
/// Journals are compared byte for byte and read by people, so neither a reordered member nor a
/// rounded number will do.
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number as it is written.
  case number(String)
  /// Text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Named values in order.
  case object([Member])

  /// A named value of an object.
  public struct Member: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A whole number.
  public static func int(_ value: some FixedWidthInteger) -> JSONValue { .number("\(value)") }

  /// A number with at most so many digits after the point; `null` where it is not finite.
  public static func decimal(_ value: Double, digits: Int) -> JSONValue {
    guard value.isFinite, value.magnitude < 1e12 else { return .null }
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int64((value * Double(scale)).rounded())
    return fixedPoint(scaled, digits: digits)
  }

  /// Text, or `null`.
  public static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// Texts in order.
  public static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  /// The value of the first member with a name; nil where there is none or this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value with every text in it (member names excepted) put through a function.
  public func mapStrings(_ transform: (String) -> String) -> JSONValue {
    switch self {
    case .null, .bool, .number: self
    case .string(let text): .string(transform(text))
    case .array(let values): .array(values.map { $0.mapStrings(transform) })
    case .object(let members):
      .object(members.map { Member($0.name, $0.value.mapStrings(transform)) })
    }
  }

  /// A whole number of `10^-digits`, without trailing zeros: `fixedPoint(1500, digits: 3)` is `1.5`.
  public static func fixedPoint(_ scaled: Int64, digits: Int) -> JSONValue {
    .number(decimalText(scaled, digits: digits))
  }

  private static func decimalText(_ scaled: Int64, digits: Int) -> String {
    var text = String(scaled.magnitude)
    if text.count <= digits {
      text = String(repeating: "0", count: digits + 1 - text.count) + text
    }
    var fraction = text.suffix(digits)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = text.dropLast(digits)
    let sign = scaled < 0 ? "-" : ""
    return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
  }
}

extension JSONValue: CustomStringConvertible {
  /// The value as JSON on one line, without blanks.
  public var description: String {
    var text = ""
    write(into: &text)
    return text
  }

  private func write(into text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let digits): text += digits
    case .string(let value): Self.write(value, into: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(into: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.name, into: &text)
        text += ":"
        member.value.write(into: &text)
      }
      text += "}"
    }
  }

  /// Writes a string as RFC 8259, section 7, asks; a line stays a line.
  private static func write(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
