import AttestationTrials
import Testing

@Suite("Damaged attestations, keys and trust files")
struct DamageTests {
  @Test("each is answered or told in a line, and nothing is believed that nobody signed")
  func some() throws {
    #expect(try AttestationTrial(seed: 7).findings(in: 0..<4000) == [])
  }
}
