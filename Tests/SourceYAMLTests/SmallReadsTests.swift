import SourceYAML
import Testing

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("500ms", Duration.milliseconds(500)), ("10s", .seconds(10)), ("1.5s", .milliseconds(1_500)),
    ("5m", .seconds(300)), ("1h", .seconds(3_600)), ("0s", .zero),
  ])
  func `durations are a number and a unit`(text: String, duration: Duration) {
    #expect(DurationText.duration(text) == duration)
  }

  @Test(arguments: [
    "", "10", "s", "10 s", "-1s", "1d", "1e3s", "1.s", ".5s", "1.2.3s", "١s", "9999999999h",
  ])
  func `anything else is none`(text: String) {
    #expect(DurationText.duration(text) == nil)
  }

  @Test(arguments: ["500ms", "10s", "1500ms", "5m", "90s", "1h", "0s"])
  func `durations are written back as they were`(text: String) throws {
    #expect(DurationText.text(try #require(DurationText.duration(text))) == text)
  }
}

@Suite struct NearestNameTests {
  private let names = ["click", "rightClick", "expect", "menu-bar", "ok", "no"]

  @Test(arguments: [
    ("clik", "click"), ("exepct", "expect"), ("rightclick", "rightClick"), ("menubar", "menu-bar"),
    ("menu_bar", "menu-bar"), ("OK", "ok"),
  ])
  func `a slip of the pen finds the name that was meant`(written: String, meant: String) {
    #expect(NearestName.to(written, among: names) == meant)
  }

  @Test(arguments: ["press", "x", "within", ""])
  func `a word without resemblance finds none`(written: String) {
    #expect(NearestName.to(written, among: names) == nil)
  }
}

@Suite struct SourceFilesTests {
  @Test(arguments: [
    ("login.yaml", "Scenarios/reset.yaml", "Scenarios/login.yaml"),
    ("../a.yaml", "x/y/z.yaml", "x/a.yaml"), ("./a.yaml", "b.yaml", "a.yaml"),
    ("/etc/a.yaml", "x/b.yaml", "/etc/a.yaml"), ("../../a", "x/b", "../a"),
  ])
  func `a file named in a file lies beside it`(name: String, file: String, path: String) {
    #expect(SourceFiles.path(name, beside: file) == path)
  }
}

@Suite struct OverrideTests {
  private func root(_ text: String) throws -> YAMLNode {
    try #require(YAMLReader.read(Array(text.utf8), file: "rig.yaml").root)
  }

  @Test func `a value is replaced, added, or put into a list`() throws {
    var tree = try root("a: {b: 1}\nlist: [x, y]\n")
    let (overrides, findings) = Override.parse(all: ["a.b=c: d", "new.one=[p, {q: r}]", "list.1=z"])
    #expect(findings.isEmpty)
    for override in overrides { tree = try tree.applying(override) }
    #expect(tree["a"]?["b"]?.text == "c: d")
    #expect(tree["new"]?["one"]?.elements?[1]["q"]?.text == "r")
    #expect(tree["list"]?.elements?.map(\.text) == ["x", "z"])
    #expect(tree["new"]?["one"]?.elements?[0].location.description == "--set:2:10")
  }

  @Test(arguments: [
    ("nothing", "--set:1:1"), ("a..b=c", "--set:1:3"), ("=x", "--set:1:1"),
    ("a=[x, y", "--set:1:3"), ("a={x: 1, x: 2}", "--set:1:4"),
  ])
  func `what sets nothing is one line`(argument: String, place: String) {
    let (_, findings) = Override.parse(all: [argument])
    #expect(findings.map(\.location.description) == [place])
  }

  @Test(arguments: [("a.b=1", "--set:1:3"), ("list.7=x", "--set:1:6")])
  func `a key where none can be is found`(argument: String, place: String) throws {
    let tree = try root("a: text\nlist: [x]\n")
    let override = try Override.parse(argument, number: 1)
    #expect {
      try tree.applying(override)
    } throws: { error in
      (error as? Finding)?.location.description == place
    }
  }
}
