import SourceYAML
import Testing

private let book = ShapeBook(
  title: "test", about: "Files of the tests.",
  root: .object(
    ObjectShape(
      "a thing",
      [
        .required("name", .scalar(.name), "What it is called."),
        FieldShape("time", .scalar(.duration), "How long."),
        FieldShape("count", .scalar(.integer(1...9)), "How many."),
        FieldShape("left", .reference("inner"), "One side."),
        FieldShape("right", .reference("inner"), "The other side."),
        FieldShape("bare", .scalar(.text), "A text."),
      ], rules: [.atMostOne(of: ["left", "right"]), .only("count", with: ["time"])])),
  shapes: [
    (
      "inner",
      .forms(
        FormsShape(
          "an inner thing", example: "none, or {at: [x, y]}", scalar: .scalar(.word(["none"])),
          mapping: .object(
            ObjectShape(
              "an inner thing",
              [
                .required(
                  "at",
                  .list(ListShape(.scalar(.coordinate), counts: 2...2, what: "a point [x, y]")),
                  "Where it is."),
                FieldShape("deeper", .reference("inner"), "One more."),
              ]))))
    )
  ])

private func check(_ text: String) throws -> (root: YAMLNode, lines: [String]) {
  let root = try #require(YAMLReader.read(Array(text.utf8), file: "f").root)
  let (repaired, findings) = ShapeCheck.check(root, against: book)
  return (repaired, Findings(findings).all.map(\.description))
}

@Suite struct ShapeCheckTests {
  @Test(arguments: [
    ("{name: a, time: 5s, count: 9}", []), ("{name: a, left: {at: [1, 50%], deeper: none}}", []),
    ("{nam: a}", ["f:1:2: \"nam\" is no key of a thing; did you mean \"name\"?"]),
    ("{label: a}", ["f:1:2: \"label\" is no key of a thing; \"name\" is missing"]),
    ("{}", ["f:1:1: a thing without \"name\"; add name: what it is called."]),
    (
      "{name: a, x: 1}",
      [
        "f:1:11: \"x\" is no key of a thing; the keys are name, time, count, left, right, bare, format"
      ]
    ),
    (
      "{name: a b, time: 5, count: 10}",
      [
        "f:1:8: \"name\" is \"a b\", not a name; write letters, digits, - and _, a letter first",
        "f:1:19: \"time\" is \"5\", not a duration; write one such as 500ms, 10s, 5m or 1h",
        "f:1:29: \"count\" is \"10\", not a whole number; write a number from 1 to 9",
      ]
    ),
    (
      "{name: a, count: 1}", ["f:1:11: \"count\" means nothing here; it goes with time"]
    ),
    (
      "{name: a, left: none, right: non}",
      [
        "f:1:23: \"left\" and \"right\" stand together in a thing; write one of them",
        "f:1:30: \"right\" is \"non\", which it can't be; did you mean \"none\"?",
      ]
    ),
    (
      "{name: a, left: [1, 2]}",
      ["f:1:17: \"left\" is a list, not an inner thing; write none, or {at: [x, y]}"]
    ),
    (
      "{name: a, left: {at: [1, b, 3]}}",
      [
        "f:1:22: \"at\" has 3 elements, not 2; write a point [x, y]",
        "f:1:26: element 2 of \"at\" is \"b\", not a coordinate;"
          + " write pixels such as 640 or a share such as 50%",
      ]
    ),
    (
      "{name: a, bare: ~}",
      [
        "f:1:17: \"bare\" has no value, not a text; write a text, in quotes if it is empty, ~ or null"
      ]
    ),
    (
      "[a]",
      [
        "f:1:1: the file is a list, not a mapping; write a thing with the keys"
          + " name, time, count, left, right, bare, format"
      ]
    ),
  ])
  func `every mistake is one line that says what would be right`(text: String, lines: [String])
    throws
  {
    #expect(try check(text).lines == lines)
  }

  @Test func `a misspelt key is read as what it was meant to be`() throws {
    let (root, lines) = try check("{name: a, lft: {att: [1, x]}, junk: 1}")
    #expect(root.entries.map(\.key) == ["name", "left"])
    #expect(root["left"]?["at"]?.elements?.count == 2)
    #expect(lines.count == 4)
  }
}
