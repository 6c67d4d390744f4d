import Scenario
import Testing

@testable import Runner

@Suite("Everything that the language has is played and judged")
struct RegistryTests {
  @Test("Every action of the language has a player")
  func players() {
    for type in ActionRegistry.types {
      #expect(
        type is any PlayedAction.Type,
        "nobody plays \(type): add Sources/Runner/Players/\(type).swift")
    }
  }

  @Test("Every predicate of the language has a judge")
  func judges() {
    for type in PredicateRegistry.types {
      #expect(
        type is any JudgedPredicate.Type,
        "nobody judges \(type): add Sources/Runner/Judges/\(type).swift")
    }
  }
}
