import SourceYAML
import Testing

/// The findings of a text, a line each.
private func lines(_ text: String) -> [String] {
  YAMLReader.read(Array(text.utf8), file: "a.yaml").findings.map(\.description)
}

private func tree(_ text: String) throws -> YAMLNode {
  let reading = YAMLReader.read(Array(text.utf8), file: "a.yaml")
  #expect(reading.findings.isEmpty)
  return try #require(reading.root)
}

@Suite struct YAMLReaderTests {
  @Test(arguments: [
    "on", "off", "no", "yes", "1e3", "007", "0x1F", "1_000", "12:30", ".inf", "2024-01-02",
  ])
  func `a scalar is its text, whatever YAML would take it for`(text: String) throws {
    #expect(try tree("a: \(text)")["a"]?.text == text)
  }

  @Test(arguments: ["", "~", "null"])
  func `nothing is only nothing when it is written plainly`(text: String) throws {
    #expect(try tree("a: \(text)\nb: x")["a"]?.content == .nothing)
    #expect(try tree("a: \"\(text)\"")["a"]?.text == text)
  }

  @Test func `every key and value knows its line and column`() throws {
    let root = try tree("first: 1\nlist:\n  - {x: [p, \"q r\"]}\n")
    let entry = try #require(root.entry("list"))
    #expect("\(entry.keyLocation)" == "a.yaml:2:1")
    let item = try #require(entry.value.elements?.first)
    #expect("\(item.location)" == "a.yaml:3:5")
    let inner = try #require(item["x"]?.elements)
    #expect(inner.map(\.location.column) == [10, 13])
    #expect(inner.map(\.text) == ["p", "q r"])
  }

  @Test func `columns count characters, not bytes`() throws {
    #expect(try tree("ä: {ß: x}")["ä"]?["ß"]?.location.column == 8)
  }

  @Test func `a byte order mark shifts nothing`() throws {
    #expect(try tree("\u{FEFF}a: x")["a"]?.location.column == 4)
  }

  @Test func `a key that stands twice is set aside in a file of any line ends`() {
    for end in ["\n", "\r\n"] {
      let text = ["# Two.", "a: 1", "b: 2", "a: 3", ""].joined(separator: end)
      #expect(
        lines(text) == ["a.yaml:2:1: \"a\" stands again further down in this mapping; keep one"])
    }
  }

  @Test(
    arguments: [
      ("k: abcdef", 7), ("k: 'abcdef'", 8), ("k: 'a''b''cdef'", 9), ("k: \"abcdef\"", 8),
      ("k: \"a\\\\b\\\"cd\"", 9), ("k: äöüß", 7), ("- {x: y, k: 'abcdef'}", 17),
      // What is spelt otherwise is placed where it begins.
      ("k: \"\\x61bcdef\"", 4), ("k: 'abc\n  def'", 4), ("k: |\n  abcdef", 4),
    ])
  func `a character of a scalar has a place of its own`(text: String, column: Int) throws {
    let root = try tree(text)
    let scalar = try #require(root["k"] ?? root.elements?.first?["k"])
    #expect(scalar.location(ofCharacter: 3).description == "a.yaml:1:\(column)")
  }

  @Test func `keys given twice are each a line, and the rest is read`() throws {
    let reading = YAMLReader.read(
      Array("a: 1\nb: {x: 1, y: 2, x: 3}\na: 2\nc: 3\n'c': 4\na: 5\n".utf8), file: "a.yaml")
    #expect(
      reading.findings.map(\.description) == [
        "a.yaml:1:1: \"a\" stands again further down in this mapping; keep one",
        "a.yaml:2:5: \"x\" stands again further down in this mapping; keep one",
        "a.yaml:3:1: \"a\" stands again further down in this mapping; keep one",
        "a.yaml:4:1: \"c\" stands again further down in this mapping; keep one",
      ])
    let root = try #require(reading.root)
    #expect(root.entries.map(\.key) == ["b", "c", "a"])
    #expect(root["a"]?.text == "5")
    #expect(root["b"]?["x"]?.text == "3")
  }

  @Test(arguments: [
    ("a: 1\n\tb: 2", "a.yaml:2:"), ("a:\n\t- b", "a.yaml:2:1"), ("a: \"x", "a.yaml:1:4"),
    ("a: [1, 2\nb: 3", "a.yaml:"), ("a: b: c", "a.yaml:1:5"), ("a: 1\nb\nc: 2", "a.yaml:2:1"),
    ("a: 1\n---\nb: 2", "a.yaml:2:1"), ("a: 1\n  b: 2", "a.yaml:2:4"), ("", "a.yaml:1:1"),
    ("# only a remark\n", "a.yaml:1:1"), ("a: @x", "a.yaml:1:4"), ("[a: b: c]", "a.yaml:1:"),
    ("a: 1\nb: \u{1}x", "a.yaml:2:4"), ("- a\nb: c", "a.yaml:2:1"),
    ("a: &x 1\n", "a.yaml:1:4"), ("a: *x", "a.yaml:1:4"), ("a: !!int 5", "a.yaml:1:4"),
    ("? [a]\n: b", "a.yaml:1:3"), ("a: [}", "a.yaml:1:5: a value is expected here"),
    ("{a: b}\nc: d", "a.yaml:2:1: this belongs to nothing above it"),
    ("a: - b", "a.yaml:1:4: a list item where none can stand"),
    ("a: \"\\d+\"", "a.yaml:1:4: a backslash escape that YAML does not know"),
  ])
  func `what is no YAML of ours is one line with its place`(text: String, place: String) {
    let found = lines(text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(place) == true, "\(found)")
  }

  @Test func `bytes that are not UTF-8 are named with their place`() {
    let reading = YAMLReader.read([0x61, 0x3A, 0x0A, 0x62, 0x3A, 0x20, 0xFF, 0x0A], file: "a.yaml")
    #expect(
      reading.findings.map(\.description) == [
        "a.yaml:2:4: the file is not UTF-8 from here on; save it as UTF-8"
      ])
  }

  @Test func `a file that is too large is not even parsed`() {
    let text = String(repeating: "a", count: YAMLReader.largestFile + 1)
    #expect(lines(text).count == 1)
    #expect(lines(text).first?.contains("\(YAMLReader.largestFile)") == true)
  }

  @Test func `aliases that double and double again are refused at once`() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...25 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(lines(text).count == 1)
    #expect(lines(text + "? *a25\n: x\n").count == 1)
    // Few enough to be parsed, and still no tree.
    let few = text.split(separator: "\n").prefix(8).joined(separator: "\n")
    #expect(lines(few).count == 8)
  }

  @Test func `lists deeper than anybody writes are refused`() {
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(lines(deep).count == 1)
    let deeper = String(repeating: "[", count: 5_000)
    #expect(lines(deeper).count == 1)
  }

  @Test func `a file that is not there is one line`() {
    let reading = YAMLReader.read(file: "no/such.yaml", from: .disk)
    #expect(
      reading.findings.map(\.description) == [
        "no/such.yaml:1:1: there is no such file; check the path"
      ])
  }
}
