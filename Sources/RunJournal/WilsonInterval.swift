import OrderedJSON

/// The range in which the true share of successes lies with 95 % confidence, by E. B. Wilson's
/// score interval (J. Am. Stat. Assoc. 22, 1927), which holds for few trials and for shares near
/// 0 and 1.
package struct WilsonInterval: Hashable, CustomStringConvertible {
  /// 0…1.
  package private(set) var low: Double
  /// 0…1.
  package private(set) var high: Double

  /// The interval of some successes among at least one trial.
  package init(successes: Int, trials: Int) {
    let z = 1.959_963_984_540_054
    let n = Double(max(1, trials))
    let share = Double(successes) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    low = successes == 0 ? 0 : max(0, middle - reach)
    high = successes == trials ? 1 : min(1, middle + reach)
  }

  /// Such as `96.3 % to 100 %`.
  package var description: String { "\(Self.percent(low)) to \(Self.percent(high))" }

  private static func percent(_ share: Double) -> String {
    "\(JSONValue.decimal(share * 100, digits: 1)) %"
  }
}
