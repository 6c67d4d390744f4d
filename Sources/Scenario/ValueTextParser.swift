import SourceYAML

extension ValueText {
  /// Takes text apart into literal characters and `${name}` references.
  ///
  /// - Parameters:
  ///   - text: the text as written.
  ///   - location: where it begins.
  ///   - report: is told of each reference that is no reference.
  /// - Returns: the parts.
  static func parse(
    _ text: String, at location: SourceLocation, report: (Finding) -> Void
  ) -> ValueText {
    var segments: [Segment] = []
    var literal = ""
    var rest = text[...]
    while let character = rest.first {
      if rest.hasPrefix("$${") {
        literal += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        let body = rest.dropFirst(2)
        let name = body.prefix { $0 != "}" }
        guard name.endIndex < body.endIndex, isReference(name) else {
          let end = name.endIndex < body.endIndex ? "}" : ""
          report(
            Finding(
              location, "\"${\(name.prefix(40))\(end)\" names no value",
              remedy: "write ${name}, or $${ for the characters ${"))
          literal += rest
          break
        }
        if !literal.isEmpty { segments.append(.literal(literal)) }
        literal = ""
        segments.append(.reference(String(name)))
        rest = body[name.endIndex...].dropFirst()
      } else {
        literal.append(character)
        rest = rest.dropFirst()
      }
    }
    if !literal.isEmpty { segments.append(.literal(literal)) }
    return ValueText(segments: segments, location: location)
  }

  private static func isReference(_ name: Substring) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        guard let first = part.first, first.isASCII, first.isLetter else { return false }
        return part.allSatisfy {
          $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
        }
      }
  }
}
