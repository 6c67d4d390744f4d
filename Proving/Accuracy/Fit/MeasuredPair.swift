/// A frame and a template of which it is known whether the one shows the other, with what the judge
/// measures at the place.
struct MeasuredPair: Sendable {
  /// What the pair is about, such as `letter` or `tint focus`.
  let kind: String
  /// Which sheet of this kind, and which pair of it.
  let number: Int
  let look: Int
  /// Whether the frame shows what the template does.
  let isMatch: Bool
  /// The normalised residuals of the statistics that were measured.
  let values: [FitStatistic: Double]

  /// Such as `letter 17/2, match: luma mean 1.89`, with the worst statistic.
  var words: String {
    let worst = values.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }
    return "\(kind) \(number)/\(look), \(isMatch ? "match" : "other")"
      + (worst.map { ": \($0.key.rawValue) \(($0.value * 1000).rounded() / 1000)" } ?? "")
  }

  /// The worst of the statistics, with or without one of them.
  func worst(without left: FitStatistic? = nil) -> Double {
    values.reduce(0) { $1.key == left ? $0 : max($0, $1.value) }
  }
}
