extension JSONValue {
  /// The value as indented text, two spaces a level, with a final line break; a list of nothing but
  /// texts, numbers and truth values stays on one line.
  public var indented: String {
    var out = ""
    indent(into: &out, margin: "")
    return out + "\n"
  }

  private func indent(into out: inout String, margin: String) {
    switch self {
    case .null, .bool, .number, .string: out += description
    case .array(let elements) where elements.allSatisfy(\.isShort):
      out += "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .array(let elements):
      Self.list(elements, into: &out, margin: margin, brackets: ("[", "]")) { element, out, inner in
        element.indent(into: &out, margin: inner)
      }
    case .object(let members) where members.isEmpty: out += "{}"
    case .object(let members):
      Self.list(members, into: &out, margin: margin, brackets: ("{", "}")) { member, out, inner in
        out += JSONValue.string(member.name).description + ": "
        member.value.indent(into: &out, margin: inner)
      }
    }
  }

  private var isShort: Bool {
    switch self {
    case .array, .object: false
    case .null, .bool, .number, .string: true
    }
  }

  private static func list<Element>(
    _ elements: [Element], into out: inout String, margin: String,
    brackets: (open: String, close: String), each: (Element, inout String, String) -> Void
  ) {
    let inner = margin + "  "
    out += brackets.open
    for (index, element) in elements.enumerated() {
      out += (index == 0 ? "\n" : ",\n") + inner
      each(element, &out, inner)
    }
    out += "\n" + margin + brackets.close
  }
}
