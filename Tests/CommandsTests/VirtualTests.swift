import OrderedJSON
import Testing
import VirtualRecorder

/// What there is can be asked for by the names that are listed.
@Suite("The list of defects and faults")
struct VirtualTests {
  @Test("it is told to programs: names, and what they do")
  func object() async throws {
    let spoken = await gantry("virtual", "--json")
    #expect(spoken.status == 0)
    let answer = try JSONValue(parsing: Array(spoken.out.utf8))
    #expect(answer["models"] == .strings(["night-series", "harbor-series", "summit-series"]))
    for (list, entries) in [
      ("defects", VirtualCatalogue.defects), ("faults", VirtualCatalogue.faults),
    ] {
      let told = entries.map {
        JSONValue.object([.init("name", .string($0.name)), .init("about", .string($0.about))])
      }
      #expect(answer[list] == .array(told))
    }
  }

  @Test("each model's firmware is told, to programs and to people")
  func firmware() async throws {
    let answer = try JSONValue(parsing: Array(await gantry("virtual", "--json").out.utf8))
    let table = await gantry("virtual").out
    for model in VirtualCatalogue.models {
      let versions = VirtualCatalogue.firmware(of: model.name)
      #expect(versions.count == 9)
      for entry in versions {
        #expect(answer["firmware"]?[model.name]?.description.contains(entry.name) == true)
        #expect(table.contains("  \(model.name) \(entry.name): \(entry.about)\n"))
      }
    }
  }

  @Test("it is told to people, a line each")
  func table() async throws {
    let table = await gantry("virtual").out
    #expect(table.contains("  never-sends-mail: never sends the secure code\n"))
    for entry in VirtualCatalogue.models + VirtualCatalogue.defects + VirtualCatalogue.faults {
      #expect(table.contains(entry.about + "\n"))
    }
  }
}
