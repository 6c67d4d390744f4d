import RecorderPast
import SeededRandom
import Testing

@Suite("What is believed of a recorder")
struct RecorderRecordTests {
  private func record(_ events: RecorderEvent...) -> RecorderRecord {
    var record = RecorderRecord(id: "NVR-1")
    for (index, event) in events.enumerated() { record.take(event, at: Double(index)) }
    return record
  }

  @Test("a password that was handed in as the new one may hold, and so may the old one")
  func bothMayHold() {
    let record = record(.proves(password: "old"), .proposes(password: "new"))
    #expect(record.candidates.map(\.text) == ["new", "old"])
    #expect(record.candidates.allSatisfy { $0.certainty == .possible })
  }

  @Test("who logs in with the new password shows that no other holds")
  func newHolds() {
    let record = record(
      .proves(password: "old"), .proposes(password: "new"), .proves(password: "new"))
    #expect(record.candidates.map(\.text) == ["new"])
    #expect(record.password == "new")
  }

  @Test("a weak password that was proposed and refused leaves the old one a candidate")
  func oldHolds() {
    let record = record(
      .proves(password: "old"), .proposes(password: "weak"), .refutes(password: "weak"))
    #expect(record.candidates.map(\.text) == ["old"])
  }

  @Test(
    "a password that has let somebody in is doubted when it is refused once, and gone the second time"
  )
  func mistyped() {
    var record = record(
      .proves(password: "old"), .tries(password: "old"), .refutes(password: "old"))
    #expect(record.candidates.map(\.text) == ["old"])
    record.take(.refutes(password: "old"), at: 9)
    #expect(record.candidates.isEmpty)
  }

  @Test(
    "a password that was refused and never held is remembered, so that no try is spent on it again")
  func refusedIsRemembered() {
    let record = record(.tries(password: "lantern48"), .refutes(password: "lantern48"))
    #expect(record.passwords.map(\.text) == ["lantern48"])
    #expect(record.candidates.isEmpty)
    #expect(record.logIn.count == 1)
  }

  @Test("a password that somebody tells is tried first, even one that was refused")
  func told() {
    let record = record(
      .proves(password: "a"), .refutes(password: "b"), .told(password: "b"))
    #expect(record.candidates.map(\.text) == ["b", "a"])
  }

  @Test("tries count until somebody gets in, whatever the password; codes on their own")
  func tries() {
    var record = record(
      .tries(password: "a"), .refutes(password: "a"), .tries(password: "b"), .triesCode)
    #expect((record.logIn.count, record.code.count) == (2, 1))
    #expect(record.logIn.lastAt == 2)
    record.take(.proves(password: "b"), at: 5)
    #expect((record.logIn.count, record.code.count) == (0, 1))
    record.take(.triesForgotten, at: 6)
    #expect(record.code.count == 0)
  }

  @Test(
    "whatever happens, the password that holds on a recorder is believed in until it is refused")
  func holdingIsNeverLost() {
    // A recorder that is played with at random, and a program that may die between any two events.
    for seed: UInt64 in 1...300 {
      var random = SeededStream(seed: seed, name: "recorder")
      var record = RecorderRecord(id: "NVR-1")
      var holds = "p0"
      record.take(.proves(password: holds), at: 0)
      for step in 1...40 {
        let now = Double(step)
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
          // A reset, of which the recorder may take the new password or not.
          let new = "p\(step)"
          record.take(.proposes(password: new), at: now)
          if Bool.random(using: &random) { holds = new }
        case 1:
          // A log-in with what is believed; the answer may never be seen.
          let tried = record.candidates[0].text
          record.take(.tries(password: tried), at: now)
          if Bool.random(using: &random) {
            record.take(
              tried == holds ? .proves(password: tried) : .refutes(password: tried), at: now)
          }
        default:
          record.take(.tries(password: "nonsense"), at: now)
          record.take(.refutes(password: "nonsense"), at: now)
        }
        #expect(
          record.candidates.contains { $0.text == holds },
          "seed \(seed), step \(step): \(holds) is not among \(record.candidates.map(\.text))")
      }
    }
  }
}
