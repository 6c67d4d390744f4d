import Testing

@testable import Ledger

@Suite("Change points")
struct ChangePointTests {
  /// Values around a middle, in a fixed order.
  private func around(_ middle: Double, _ count: Int = 20) -> [Double] {
    (0..<count).map { middle + Double(($0 * 7) % 11) - 5 }
  }

  @Test("the same values all along have no change, however many there are")
  func none() {
    #expect(ChangePoints(in: (0..<10).map { _ in around(50) }).points.isEmpty)
    #expect(ChangePoints(in: [[], [1], [2, 3]]).points.isEmpty)
    #expect(ChangePoints(in: (0..<4).map { _ in [Double](repeating: 3, count: 9) }).points.isEmpty)
  }

  @Test("each step up or down is found at its firmware")
  func steps() {
    let groups = [around(50), around(50), around(70), around(70), around(70), around(40)]
    let points = ChangePoints(in: groups).points
    #expect(points.map(\.group) == [2, 5])
    #expect(points.map(\.before) == [50, 70])
    #expect(points.map(\.after) == [70, 40])
  }

  @Test("one run that hung is no change")
  func outlier() {
    var groups = [around(50), around(50)]
    groups[1][3] = 100_000
    #expect(ChangePoints(in: groups).points.isEmpty)
  }

  @Test("the tail of the normal distribution is that of the tables")
  func tail() {
    #expect(abs(ChangePoints.twoSidedTail(1.96) - 0.05) < 1e-4)
    #expect(abs(ChangePoints.twoSidedTail(3.291) - 0.001) < 1e-5)
  }
}
