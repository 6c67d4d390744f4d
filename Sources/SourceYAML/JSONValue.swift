/// A JSON value whose objects keep the order of their keys.
public indirect enum JSONValue: Sendable, Hashable {
  /// A text.
  case string(String)
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// A list.
  case array([JSONValue])
  /// Keys and values in order.
  case object([Member])

  /// A key and its value.
  public struct Member: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value as indented text, two spaces a level, with a final line break.
  public var text: String {
    var out = ""
    write(to: &out, indent: "")
    return out + "\n"
  }

  private func write(to out: inout String, indent: String) {
    switch self {
    case .string(let text): out += Self.quoted(text)
    case .integer(let number): out += "\(number)"
    case .number(let number): out += "\(number)"
    case .boolean(let value): out += value ? "true" : "false"
    case .array(let elements) where elements.allSatisfy(\.isShort):
      out += "[" + elements.map(\.inline).joined(separator: ", ") + "]"
    case .array(let elements):
      Self.write(elements, to: &out, indent: indent, brackets: ("[", "]")) { element, out, inner in
        element.write(to: &out, indent: inner)
      }
    case .object(let members) where members.isEmpty: out += "{}"
    case .object(let members):
      Self.write(members, to: &out, indent: indent, brackets: ("{", "}")) { member, out, inner in
        out += Self.quoted(member.key) + ": "
        member.value.write(to: &out, indent: inner)
      }
    }
  }

  private var isShort: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private var inline: String {
    var out = ""
    write(to: &out, indent: "")
    return out
  }

  private static func write<Element>(
    _ elements: [Element], to out: inout String, indent: String,
    brackets: (open: String, close: String),
    each: (Element, inout String, String) -> Void
  ) {
    let inner = indent + "  "
    out += brackets.open
    for (index, element) in elements.enumerated() {
      out += (index == 0 ? "\n" : ",\n") + inner
      each(element, &out, inner)
    }
    out += "\n" + indent + brackets.close
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let code = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
