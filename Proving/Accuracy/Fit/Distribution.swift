/// How the residuals of pairs of one kind are spread.
struct Distribution {
  private let sorted: [Double]

  /// Takes residuals.
  init(_ values: [Double]) { sorted = values.sorted() }

  /// How many there are.
  var count: Int { sorted.count }

  /// The residual that a share of them does not exceed; nil where there are none.
  func quantile(_ share: Double) -> Double? {
    if sorted.isEmpty { return nil }
    let place = Int((share * Double(sorted.count)).rounded(.up)) - 1
    return sorted[max(0, min(sorted.count - 1, place))]
  }

  /// The shares of which quantiles are printed, with their names.
  static let quantiles: [(name: String, share: Double)] = [
    ("5 %", 0.05), ("25 %", 0.25), ("50 %", 0.5), ("75 %", 0.75), ("95 %", 0.95), ("99 %", 0.99),
    ("99.9 %", 0.999), ("most", 1),
  ]

  /// The upper ends of a histogram's steps: four a decade about the limit.
  static let steps: [Double] = [
    0.01, 0.03, 0.1, 0.18, 0.32, 0.56, 1, 1.8, 3.2, 5.6, 10, 30, 100, .infinity,
  ]

  /// How many lie in each step.
  var histogram: [Int] {
    var (counts, next) = ([Int](), 0)
    for end in Self.steps {
      let first = next
      while next < sorted.count, sorted[next] <= end { next += 1 }
      counts.append(next - first)
    }
    return counts
  }
}
