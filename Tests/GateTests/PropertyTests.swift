import GateTrials
import Testing

@Suite("what holds of every gate")
struct PropertyTests {
  @Test("a passed run less, a failed one more, an expired waiver or another order open none")
  func properties() {
    var properties = GateProperties()
    for seed in 1...400 { properties.tryGate(seed: UInt64(seed)) }
    #expect(properties.findings.isEmpty, "\(properties.findings.prefix(5))")
    // Otherwise nothing would have been tried.
    #expect(properties.open > 20)
    #expect(properties.tried - properties.open > 20)
  }

  @Test("a spoiled policy or waiver gets a clear line, or leaves the gate closed")
  func spoiled() {
    var spoiled = SpoiledFiles()
    for seed in 1...1200 { spoiled.tryFile(seed: UInt64(seed)) }
    // Files that are one text over several lines, which a message quoted as it stood.
    for seed: UInt64 in [6958, 12986, 48190] { spoiled.tryFile(seed: seed) }
    #expect(spoiled.findings.isEmpty, "\(spoiled.findings.prefix(5))")
    #expect(spoiled.refused > 100)
    #expect(spoiled.tried - spoiled.refused > 100)
  }
}
