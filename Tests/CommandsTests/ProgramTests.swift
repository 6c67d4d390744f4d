import ArgumentParser
import Commands
import OrderedJSON
import RunJournal
import Testing

@Suite("The program")
struct ProgramTests {
  @Test("help names every command, on standard output")
  func help() async {
    let spoken = await gantry("--help")
    #expect(spoken.status == 0)
    #expect(spoken.err.isEmpty)
    for command in GantryCommand.configuration.subcommands
    where command.configuration.shouldDisplay {
      let name = command.configuration.commandName ?? ""
      #expect(spoken.out.contains("\n  \(name) "))
    }
    #expect(spoken.out.contains("130 interrupted"))
  }

  @Test("every command has help of its own that says what it is for")
  func commandHelp() async {
    for command in GantryCommand.configuration.subcommands {
      let name = command.configuration.commandName ?? ""
      let spoken = await gantry(name, "--help")
      #expect(spoken.status == 0, "\(name)")
      let words = spoken.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.hasPrefix("OVERVIEW: \(command.configuration.abstract)"), "\(name)")
    }
  }

  @Test(
    "wrong usage ends with 2 and says so on standard error alone",
    arguments: [
      ["dance"], ["match"], ["match", "a.png", "b.png", "--region", "1,2,3"], ["--frobnicate"],
      ["read", "a.png", "--repeat", "0"], ["match", "a", "b", "--all", "--index", "1"],
    ])
  func usage(arguments: [String]) async {
    let spoken = await gantry(arguments)
    #expect(spoken.status == 2)
    #expect(spoken.out.isEmpty)
    #expect(spoken.err.hasPrefix("Error: "))
  }

  @Test("a program that asked for JSON gets its error as JSON, too")
  func jsonError() async throws {
    let spoken = await gantry("condition", "/nowhere.png", "--json")
    #expect(spoken.status == 2)
    #expect(spoken.err == "/nowhere.png: can't be opened: No such file or directory\n")
    #expect(
      spoken.out
        == #"{"error":"/nowhere.png: can't be opened: No such file or directory"}"# + "\n")
  }

  @Test("the version names the program and its digest")
  func version() async throws {
    let spoken = await gantry("version", "--json")
    let answer = try JSONValue(parsing: spoken.out.utf8)
    #expect(answer["version"] == .string("0.1.0"))
    #expect(answer["journal"] == .string("1.3"))
    guard case .string(let digest)? = answer["sha256"] else {
      Issue.record("the version has no digest")
      return
    }
    #expect(digest.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    #expect(await gantry("--version").out == "gantry 0.1.0\n")
  }

  @Test("of several outcomes the worst counts")
  func worst() {
    let order: [CommandOutcome] = [.interrupted, .invalid, .failed, .errored, .passed]
    for (index, worse) in order.enumerated() {
      for better in order[index...] {
        #expect(worse.worse(better) == worse)
        #expect(better.worse(worse) == worse)
      }
    }
  }
}
