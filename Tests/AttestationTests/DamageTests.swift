import AttestationTrials
import Testing

@Suite("Damaged attestations, keys and trust files")
struct DamageTests {
  @Test("each is answered or told in a line, and nothing is believed that nobody signed")
  func some() throws {
    #expect(try AttestationTrial(seed: 7).findings(in: 0..<4000) == [])
  }

  @Test("what once told a key, or more than a line, does so no more")
  func found() throws {
    let trial = try AttestationTrial(seed: 1)
    for number in [57_324, 231_713, 310_514, 984_989] {
      #expect(trial.findings(in: number..<number + 1) == [])
    }
  }
}
