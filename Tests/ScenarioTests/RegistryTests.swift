import Foundation
import Scenario
import Testing

/// What is in a folder of the language is in its registry, by the same name, and the other way
/// round: whoever adds an action and forgets the registry is told so here.
@Suite("Registries of the language") struct RegistryTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Scenario")

  private static func files(in folder: String) throws -> Set<String> {
    let all = try FileManager.default.contentsOfDirectory(
      atPath: sources.appending(path: folder).path)
    return Set(all.filter { $0.hasSuffix(".swift") })
  }

  @Test("each file of Actions is an action of the registry")
  func actions() throws {
    let listed = Set(ActionRegistry.types.map { "\($0).swift" })
    #expect(try Self.files(in: "Actions") == listed)
    #expect(listed.count == ActionRegistry.types.count)
  }

  @Test("each file of Predicates is a predicate of the registry")
  func predicates() throws {
    let listed = Set(PredicateRegistry.types.map { "\($0).swift" })
    #expect(try Self.files(in: "Predicates") == listed)
    #expect(listed.count == PredicateRegistry.types.count)
  }
}
