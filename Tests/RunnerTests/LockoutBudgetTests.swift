import RecorderModel
import RecorderPast
import Testing

@testable import Runner

@Suite("How many tries are left before a lock")
struct LockoutBudgetTests {
  private let limit = LockoutRules.Limit(tries: 4, lasts: .seconds(600))

  private func spent(_ count: Int, lastAt: Double = 1000) -> SpentTries {
    var record = RecorderRecord(id: "NVR-1")
    for _ in 0..<count { record.take(.tries(password: "x"), at: lastAt) }
    return record.logIn
  }

  @Test("the last try is never spent unasked, by whoever means to trip the lock only")
  func last() {
    for count in 0...2 {
      #expect(
        LockoutBudget(after: spent(count), limit: limit, at: 1000, maySpendLast: false) == .free)
    }
    #expect(
      LockoutBudget(after: spent(3), limit: limit, at: 9000, maySpendLast: false) == .last)
    #expect(LockoutBudget(after: spent(3), limit: limit, at: 1000, maySpendLast: true) == .free)
  }

  @Test("a lock is waited out, and no longer")
  func locked() {
    let locked = spent(4, lastAt: 1000)
    #expect(
      LockoutBudget(after: locked, limit: limit, at: 1200, maySpendLast: true)
        == .lockedUntil(1605))
    #expect(LockoutBudget(after: locked, limit: limit, at: 1606, maySpendLast: false) == .free)
  }

  @Test("where the model knows of no lock, every try is free")
  func unknown() {
    #expect(LockoutBudget(after: spent(90), limit: nil, at: 0, maySpendLast: false) == .free)
  }
}
