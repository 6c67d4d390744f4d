import EyeChart
import Testing

/// A small part of what `gantry-accuracy` asks.
@Suite("A sample of the eye chart")
struct SampleTests {
  @Test("A near miss is never taken for the real thing", arguments: Kind.allCases)
  func nearMisses(_ kind: Kind) throws {
    let examiner = Examiner(seed: 5)
    for number in 0..<2 {
      for outcome in try examiner.outcomes(kind, number: number) where outcome.question != .found {
        if !outcome.isRight { Issue.record("\(outcome.name): \(outcome.words)") }
      }
    }
  }
}

@Suite("Eye chart")
struct EyeChartTests {
  @Test("The same seed shows the same, another seed something else")
  func repeatable() throws {
    func words(_ seed: UInt64) throws -> [String] {
      try Examiner(seed: seed).outcomes(.digit, number: 3).map(\.words)
    }
    #expect(try words(2) == words(2))
    #expect(try words(2) != words(3))
  }
}
