import Accuracy
import Testing

/// A small part of what `gantry-proving accuracy` asks.
@Suite("A sample of the eye chart")
struct SampleTests {
  @Test("A near miss is never taken for the real thing", arguments: Kind.allCases)
  func nearMisses(_ kind: Kind) async throws {
    let examiner = Examiner(seed: 5)
    for number in 0..<2 {
      for outcome in try await examiner.outcomes(kind, number: number)
      where outcome.question != .found {
        if !outcome.isRight { Issue.record("\(outcome.name): \(outcome.words)") }
      }
    }
  }
}

@Suite("Drawn screens")
struct RepeatableTests {
  @Test("The same seed shows the same, another seed something else")
  func repeatable() async throws {
    func words(_ seed: UInt64) async throws -> [String] {
      try await Examiner(seed: seed).outcomes(.digit, number: 3).map(\.words)
    }
    #expect(try await words(2) == words(2))
    #expect(try await words(2) != words(3))
  }
}
