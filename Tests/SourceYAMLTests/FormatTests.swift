import FoundationEssentials
import Glibc
import SourceYAML
import Testing

/// Files whose keys were called otherwise in two earlier formats.
private let book = ShapeBook(
  title: "test", about: "Files of the tests.",
  root: .object(
    ObjectShape(
      "a thing",
      [
        .required("name", .scalar(.name), "What it is called.").formerly("title", before: 3),
        FieldShape("parts", .names(NamesShape(.reference("part"), what: "a part")), "Its parts."),
      ])),
  shapes: [
    (
      "part",
      .object(
        ObjectShape(
          "a part",
          [
            FieldShape.required("colour", .scalar(.word(["red", "blue"])), "Its colour.")
              .formerly("paint", before: 2),
            FieldShape("size", .scalar(.integer(1...9)), "Its size."),
          ]))
    )
  ],
  changes: ["A part has a colour, no longer a paint.", "A thing has a name, no longer a title."])

private func check(_ text: String) throws -> (root: YAMLNode, lines: [String]) {
  let root = try #require(YAMLReader.read(Array(text.utf8), file: "f").root)
  let (repaired, findings) = ShapeCheck.check(root, against: book)
  return (repaired, Findings(findings).all.map(\.description))
}

@Suite("Formats of files") struct FormatTests {
  @Test(
    "words of a file's own format are taken, and read as those of the newest",
    arguments: [
      "title: a\nparts: {p: {paint: red}}", "format: 1\ntitle: a\nparts: {p: {paint: red}}",
      "format: 2\ntitle: a\nparts: {p: {colour: red}}", "name: a\nparts: {p: {paint: red}}",
      "format: \"3\"\nname: a\nparts: {p: {colour: red}}",
    ])
  func taken(text: String) throws {
    let (root, lines) = try check(text)
    #expect(lines == [])
    #expect(root["name"]?.text == "a")
    #expect(root["parts"]?["p"]?["colour"]?.text == "red")
    #expect(root.entries.map(\.key) == ["name", "parts"])
  }

  @Test(
    "every mistake of a format is one line",
    arguments: [
      (
        "format: 2\ntitle: a\nparts: {p: {paint: red}}",
        [
          "f:3:13: \"paint\" is called \"colour\" since format 2;"
            + " write \"colour\", or have gantry check --upgrade write it"
        ]
      ),
      (
        "format: 4\nnews: a\nparts: {p: {hue: red}}",
        [
          "f:1:9: this file is of format 4, which this Gantry does not know;"
            + " for a thing it knows up to 3: use a newer Gantry"
        ]
      ),
      (
        "format: new\ntitle: a",
        ["f:1:9: \"format\" is \"new\", not a whole number; write a number from 1 to 3"]
      ),
      (
        "format: 0\ntitle: a",
        ["f:1:9: \"format\" is \"0\", not a whole number; write a number from 1 to 3"]
      ),
      (
        "format: 99999999999999999999\ntitle: a",
        [
          "f:1:9: \"format\" is \"99999999999999999999\", not a whole number;"
            + " write a number from 1 to 3"
        ]
      ),
      (
        "title: a\nparts: {p: {paint: rad}}",
        ["f:2:20: \"paint\" is \"rad\", which it can't be; did you mean \"red\"?"]
      ),
      (
        "name: a\nparts: {p: {paint: red, colour: blue}}",
        [
          "f:2:13: \"colour\" and \"paint\", its old name, stand together in a part;"
            + " keep \"colour\""
        ]
      ),
      ("parts: {}", ["f:1:1: a thing without \"name\"; add name: what it is called."]),
    ])
  func mistakes(text: String, lines: [String]) throws {
    #expect(try check(text).lines == lines)
  }

  @Test("the reference tells of formats, and of what a key was called")
  func reference() throws {
    let reference = Reference([("thing", book)])
    #expect(
      try reference.page(["thing.format"]).about
        == "The version of the language that the file is written in; 1 if left out, 3 is the newest,"
        + " to which gantry check --upgrade rewrites. Since 2: A part has a colour, no longer a"
        + " paint. Since 3: A thing has a name, no longer a title.")
    #expect(
      try reference.page(["part.colour"]).about
        == "Its colour. Before format 2 it was called paint.")
  }
}

/// A file in a folder of its own, which goes with it.
private final class Scratch {
  let folder: String
  let path: String

  init(_ text: String) throws {
    folder = FileManager.default.temporaryDirectory.path + "/gantry-format-\(UUID().uuidString)"
    path = folder + "/f.yaml"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var text: String {
    get throws { String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self) }
  }

  /// Upgrades the file; what is said of the changes, a line each.
  func upgrade(alsoWrong: String? = nil) throws -> [String] {
    let path = path
    return try UpgradedFile(path).upgrade(book) { files in
      let reading = YAMLReader.read(file: path, from: files)
      guard let root = reading.root else { return reading.findings }
      var findings = ShapeCheck.check(root, against: book).findings
      if let alsoWrong, let place = root[alsoWrong]?.location {
        findings.append(Finding(place, "it is wrong", remedy: "mend it"))
      }
      return findings
    }.map { "\($0.line): \($0.words)" }
  }
}

@Suite("Files brought to the newest format") struct UpgradedFileTests {
  @Test(
    "old words are replaced where they stand, and all else is kept byte for byte",
    arguments: [
      (
        "# A thing.\n\ntitle:   a   # paint it\nparts:\n  paint: {paint: red, size: 1}\n",
        "# A thing.\n\nformat: 3\nname:   a   # paint it\nparts:\n  paint: {colour: red, size: 1}\n",
        ["3: format: 3 is added", "4: title is name", "6: paint is colour"]
      ),
      (
        "title: a\nformat: 1 # old",
        "name: a\nformat: 3 # old", ["1: title is name", "2: format: 1 is format: 3"]
      ),
      (
        "format: '2'\nname: a\nparts: {p: {'paint': \"red\"}, ä: {\"paint\": blue}}",
        nil, []
      ),
      (
        "format: '1'\nname: a\nparts: {p: {'paint': \"red\"}, q: {\"paint\": blue}}",
        "format: '3'\nname: a\nparts: {p: {'colour': \"red\"}, q: {\"colour\": blue}}",
        ["1: format: 1 is format: 3", "3: paint is colour", "3: paint is colour"]
      ),
      (
        "\u{FEFF}# ä\r\ntitle: a\r\nparts:\r\n  p:\r\n    paint: red\r\n    size: 2",
        "\u{FEFF}# ä\r\nformat: 3\r\nname: a\r\nparts:\r\n  p:\r\n    colour: red\r\n    size: 2",
        ["2: format: 3 is added", "3: title is name", "6: paint is colour"]
      ),
      (
        "---\n  title: a\n  parts: {}\n...\n", "---\n  format: 3\n  name: a\n  parts: {}\n...\n",
        ["2: format: 3 is added", "3: title is name"]
      ),
      (
        "{title: a, parts: {p: {paint: red}}}",
        "{format: 3, name: a, parts: {p: {colour: red}}}",
        ["1: format: 3 is added", "1: title is name", "1: paint is colour"]
      ),
      (
        "? title\n: a\n", "format: 3\n? name\n: a\n", ["1: format: 3 is added", "2: title is name"]
      ),
      // What is refused in the newest format is what rewriting is for.
      ("format: 3\ntitle: a\n", "format: 3\nname: a\n", ["2: title is name"]),
      ("format: 3\nname: a\n", "format: 3\nname: a\n", []),
    ] as [(String, String?, [String])])
  func rewritten(text: String, result: String?, lines: [String]) throws {
    let file = try Scratch(text)
    guard let result else {
      // A key that can't name a part is a mistake, which keeps the file as it is.
      #expect(throws: Findings.self) { try file.upgrade() }
      #expect(try file.text == text)
      return
    }
    chmod(file.path, 0o640)
    #expect(try file.upgrade() == lines)
    #expect(try file.text == result)
    var found = stat()
    #expect(lstat(file.path, &found) == 0)
    #expect(found.st_mode & 0o7777 == 0o640)
    #expect(try file.upgrade() == [])
  }

  @Test(
    "a file with a mistake is left as it is, and its mistakes are told",
    arguments: [
      (
        "title: a\nparts: {p: {paint: rad}}", nil,
        ["2:20: \"paint\" is \"rad\", which it can't be; did you mean \"red\"?"]
      ),
      ("title: a\nparts: {}", "parts", ["2:8: it is wrong; mend it"]),
      (
        "format: 4\ntitle: a", nil,
        [
          "1:9: this file is of format 4, which this Gantry does not know;"
            + " for a thing it knows up to 3: use a newer Gantry"
        ]
      ),
      (
        "\"tit\\x6ce\": a", nil,
        ["1:1: \"title\" is spelt in a way that can't be replaced; write name there by hand"]
      ),
      (
        "title: a\ntitle: b", nil,
        ["1:1: \"title\" stands again further down in this mapping; keep one"]
      ),
      ("title: [", nil, nil),
    ] as [(String, String?, [String]?)])
  func mistakes(text: String, alsoWrong: String?, lines: [String]?) throws {
    let file = try Scratch(text)
    let error = try #require(throws: Findings.self) { try file.upgrade(alsoWrong: alsoWrong) }
    if let lines {
      #expect(error.all.map(\.description) == lines.map { "\(file.path):\($0)" })
    }
    #expect(try file.text == text)
  }

  @Test("what would be read as something else is not written")
  func otherwise() throws {
    // Before a tag there is no room for another key.
    let text = "!!map\ntitle: a\n"
    let file = try Scratch(text)
    #expect(throws: (any Error).self) { try file.upgrade() }
    #expect(try file.text == text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.folder) == ["f.yaml"])
  }

  @Test("what is no file that may be written is refused in one line")
  func refused() throws {
    let file = try Scratch("title: a\n")
    chmod(file.path, 0o444)
    #expect(throws: refusal("\(file.path): the file is read-only; make it writable first")) {
      try file.upgrade()
    }
    let link = file.folder + "/link.yaml"
    #expect(symlink("f.yaml", link) == 0)
    #expect(
      throws: refusal(
        "\(link): this is a link, which is not followed; name the file itself, f.yaml")
    ) { try UpgradedFile(link) }
    let pipe = file.folder + "/pipe.yaml"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: refusal("\(pipe): this is a pipe or a device, not a file")) {
      try UpgradedFile(pipe)
    }
    #expect(throws: refusal("\(file.folder): this is a folder, not a file")) {
      try UpgradedFile(file.folder)
    }
    #expect(throws: refusal("\(file.folder)/x.yaml: there is no such file")) {
      try UpgradedFile(file.folder + "/x.yaml")
    }
    #expect(try file.text == "title: a\n")
  }

  @Test(
    "on a full disk the file stays as it was",
    .enabled(if: getuid() == 0, "mounting takes the superuser"))
  func fullDisk() throws {
    let file = try Scratch("title: a\n")
    try #require(mount("none", file.folder, "tmpfs", 0, "size=64k") == 0, "\(errno)")
    defer { umount2(file.folder, Int32(MNT_DETACH)) }
    try Data("title: a\n".utf8).write(to: URL(filePath: file.path))
    let filler = open(file.folder + "/filler", O_WRONLY | O_CREAT, 0o644)
    while write(filler, [UInt8](repeating: 1, count: 512), 512) > 0 {}
    close(filler)
    #expect(
      throws: refusal(
        "\(file.path): the file can't be written (No space left on device), and is as it was")
    ) { try file.upgrade() }
    #expect(try file.text == "title: a\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: file.folder).sorted()
        == ["f.yaml", "filler"])
  }

  private func refusal(_ line: String) -> UpgradedFile.Refusal {
    UpgradedFile.Refusal(description: line)
  }
}
