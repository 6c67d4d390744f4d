public import OrderedJSON

/// Writes a book of shapes as a JSON Schema (2020-12) for editors.
///
/// Editors read scalars by YAML's core schema, so a text that looks like a number reaches them as
/// one. The schema therefore takes numbers and truth values wherever a file may hold any text.
public enum JSONSchema {
  private typealias Member = JSONValue.Member

  /// The schema of a kind of file.
  public static func schema(of book: ShapeBook) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      .init("title", .string(book.title)),
    ]
    members += object(schema(of: book.root))
    let definitions = book.shapes.map { JSONValue.Member($0.name, schema(of: $0.shape)) }
    if !definitions.isEmpty { members.append(.init("$defs", .object(definitions))) }
    return .object(members)
  }

  private static func schema(of shape: Shape) -> JSONValue {
    switch shape {
    case .scalar(let scalar): return schema(of: scalar)
    case .list(let list):
      return .object([
        .init("type", .string("array")),
        .init("items", schema(of: list.element)),
        .init("minItems", .int(list.counts.lowerBound)),
        .init("maxItems", .int(list.counts.upperBound)),
      ])
    case .names(let names):
      let keys =
        names.takesAnyKey
        ? [] : [Member("propertyNames", .object([.init("pattern", .string(namePattern))]))]
      return .object(
        [.init("type", .string("object"))] + keys + [
          .init("additionalProperties", schema(of: names.value)),
          .init("minProperties", .int(names.mayBeEmpty ? 0 : 1)),
        ])
    case .object(let object): return schema(of: object)
    case .forms(let forms):
      let all = [forms.scalar, forms.list, forms.mapping].compactMap { $0.map(schema(of:)) }
      return .object([.init("anyOf", .array(all))])
    case .reference(let name): return .object([.init("$ref", .string("#/$defs/\(name)"))])
    }
  }

  private static let namePattern = "^[A-Za-z][A-Za-z0-9_-]*$"
  private static let nameOrValuePattern: String = {
    let value = "\\$\\{[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*)?\\}"
    return "^([A-Za-z]|\(value))([A-Za-z0-9_-]|\(value))*$"
  }()

  private static func schema(of scalar: ScalarShape) -> JSONValue {
    switch scalar {
    case .text:
      .object([types("string", "number", "boolean"), .init("minLength", .int(1))])
    case .anyText: .object([types("string", "number", "boolean")])
    case .name: .object([types("string", "boolean"), .init("pattern", .string(namePattern))])
    case .nameOrValue:
      .object([types("string", "boolean"), .init("pattern", .string(nameOrValuePattern))])
    case .integer(let range):
      .object([
        types("integer", "string"), .init("minimum", .int(range.lowerBound)),
        .init("maximum", .int(range.upperBound)), .init("pattern", .string("^[-+]?[0-9]+$")),
      ])
    case .number:
      .object([
        types("number", "string"), .init("exclusiveMinimum", .int(0)),
        .init("pattern", .string("^[0-9]+(\\.[0-9]+)?$")),
      ])
    case .boolean:
      .object([types("boolean", "string"), .init("pattern", .string("^(true|false)$"))])
    case .duration:
      .object([types("string"), .init("pattern", .string(DurationText.pattern))])
    case .word(let words): .object([.init("enum", .array(words.map(JSONValue.string)))])
    case .coordinate:
      .object([
        types("integer", "string"), .init("minimum", .int(0)),
        .init("pattern", .string("^([0-9]+|(100|[0-9]{1,2}(\\.[0-9]+)?)%)$")),
      ])
    case .form(let form): .object([types("string"), .init("pattern", .string(form.pattern))])
    }
  }

  private static func types(_ names: String...) -> JSONValue.Member {
    .init("type", names.count == 1 ? .string(names[0]) : .array(names.map(JSONValue.string)))
  }

  private static func schema(of shape: ObjectShape) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("type", .string("object")),
      .init(
        "properties",
        .object(
          shape.fields.map { field in .init(field.name, described(field)) }
            + shape.fields.compactMap(formerly))),
      .init("additionalProperties", .bool(false)),
    ]
    let required = shape.fields.filter { $0.isRequired && $0.former == nil }
    if !required.isEmpty {
      members.append(.init("required", .array(required.map { .string($0.name) })))
    }
    let rules = (shape.rules + shape.fields.flatMap(formerRules)).map(schema(of:))
    if !rules.isEmpty { members.append(.init("allOf", .array(rules))) }
    return .object(members)
  }

  private static func described(_ field: FieldShape) -> JSONValue {
    .object([.init("description", .string(field.about))] + object(schema(of: field.shape)))
  }

  /// A key of earlier formats, which editors strike out. That a newer format has it no longer, a
  /// schema can't say of a key that deep.
  private static func formerly(_ field: FieldShape) -> Member? {
    field.former.map { former in
      let words = "Called \(field.name) since format \(former.endedWith)."
      return Member(
        former.name,
        .object(
          [.init("description", .string(words)), .init("deprecated", .bool(true))]
            + object(schema(of: field.shape))))
    }
  }

  /// One key, whichever of its names it has.
  private static func formerRules(_ field: FieldShape) -> [ObjectRule] {
    guard let former = field.former else { return [] }
    let names = [field.name, former.name]
    return [.atMostOne(of: names)]
      + (field.isRequired ? [.atLeastOne(of: names, what: field.name)] : [])
  }

  private static func schema(of rule: ObjectRule) -> JSONValue {
    func requires(_ name: String) -> JSONValue {
      .object([.init("required", .array([.string(name)]))])
    }
    switch rule {
    case .atMostOne(let names):
      let none = JSONValue.object([
        .init("not", .object([.init("anyOf", .array(names.map(requires)))]))
      ])
      return .object([.init("oneOf", .array(names.map(requires) + [none]))])
    case .atLeastOne(let names, _):
      return .object([.init("anyOf", .array(names.map(requires)))])
    case .only(let name, let others):
      let rest = JSONValue.object([.init("anyOf", .array(others.map(requires)))])
      return .object([.init("dependentSchemas", .object([.init(name, rest)]))])
    }
  }

  private static func object(_ value: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = value { members } else { [] }
  }
}
