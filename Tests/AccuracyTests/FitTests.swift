import Testing

@testable import Accuracy

@Suite("Limits by labelled pairs")
struct FitTests {
  @Test("The area under the curve is how often a match has the smaller residual")
  func area() {
    #expect(ROCCurve(matches: [0.1, 0.2], others: [0.3, 5]).area == 1)
    #expect(ROCCurve(matches: [0.1, 0.4], others: [0.3, 5]).area == 0.75)
    #expect(ROCCurve(matches: [1, 2], others: [1, 2]).area == 0.5)
    // What something else rejects is no match at any threshold.
    #expect(ROCCurve(matches: [0.1], others: [.infinity, 0.05]).area == 0.5)
  }

  @Test("Thresholds with the most matches end before the first pair too many")
  func thresholds() {
    let curve = ROCCurve(matches: [0.1, 0.2, 0.6, 3], others: [0.5, 2, 4, .infinity])
    #expect(curve.thresholds(withAtMost: -1) == nil)
    #expect(curve.thresholds(withAtMost: 0) == 0.2..<0.5)
    #expect(curve.thresholds(withAtMost: 1) == 0.6..<2)
    #expect(curve.thresholds(withAtMost: 3) == 3..<(.infinity))
    let count = curve.count(atMost: 0.6)
    #expect(count.matches == 3 && count.others == 1)
  }

  @Test("The limit in use stays where it is as good as any")
  func choice() {
    let others = [Double](repeating: 8, count: 1000)
    func fitted(_ matches: [Double]) -> FittedLimit {
      FittedLimit(ROCCurve(matches: matches, others: others), bound: 0.01)
    }
    let clear = fitted([Double](repeating: 0.7, count: 100))
    #expect(clear.range == 0.7..<8 && clear.limit == 1)
    let far = fitted([Double](repeating: 2, count: 100))
    #expect(far.range == 2..<8 && far.limit == 4)
    // One match of a hundred may be chance.
    let single = fitted([Double](repeating: 0.7, count: 99) + [2])
    #expect(single.range == 0.7..<8 && single.limit == 1)
    // Ten others tell nothing about one in a hundred.
    let few = FittedLimit(ROCCurve(matches: [0.2], others: [8, 8]), bound: 0.01)
    #expect(few.range == nil && few.limit == nil)
  }

  @Test("Each step of a histogram ends with its number")
  func histogram() {
    let values = Distribution([0.005, 0.01, 0.02, 1, 1.01, 500])
    #expect(values.histogram.reduce(0, +) == 6)
    #expect(values.histogram.first == 2 && values.histogram.last == 1)
    #expect(values.quantile(0.5) == 0.02 && values.quantile(1) == 500)
  }

  @Test("The same seed measures the same pairs, each with what luma leaves")
  func pairs() throws {
    let examiner = PairExaminer(seed: 3)
    for kind in [FitKind.widget(.letter), .tint(.face), .mask(.ring)] {
      let (pairs, again) = (
        try examiner.pairs(kind, number: 1), try examiner.pairs(kind, number: 1)
      )
      #expect(pairs.map(\.words) == again.map(\.words))
      let matches = pairs.filter(\.isMatch)
      let measured = pairs.filter { $0.values[.lumaMean] != nil }
      #expect(!matches.isEmpty && measured.count == pairs.count)
    }
  }
}

@Suite("Captures that the matcher has no hypothesis for")
struct CaptureTests {
  @Test("What differs is not matched, what does not is", arguments: CaptureKind.allCases)
  func captures(_ kind: CaptureKind) throws {
    for outcome in try CaptureExaminer(seed: 5).outcomes(kind, number: 0) {
      let isRight = outcome.question == .same ? outcome.answer == .found : !outcome.isFooled
      #expect(isRight, "\(outcome.words)")
    }
  }
}
