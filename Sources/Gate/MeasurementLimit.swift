import SourceYAML

/// The most that something measured may be.
public struct MeasurementLimit: Sendable, Hashable {
  /// What is made of many values.
  public enum Statistic: String, Sendable, Hashable, CaseIterable {
    /// The middle one.
    case median
    /// All added, by how many they are.
    case mean
    /// The one that nine of ten do not exceed.
    case p90
    /// The one that 95 of a hundred do not exceed.
    case p95
    /// The largest.
    case most

    /// The statistic of values; nil where there are none. Between two values it is drawn straight.
    public func value(of values: [Double]) -> Double? {
      let sorted = values.sorted()
      guard let last = sorted.last else { return nil }
      func quantile(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
      }
      return switch self {
      case .median: quantile(0.5)
      case .mean: sorted.reduce(0, +) / Double(sorted.count)
      case .p90: quantile(0.9)
      case .p95: quantile(0.95)
      case .most: last
      }
    }
  }

  /// What the value is held against.
  public enum Most: Sendable, Hashable {
    /// A value, in the unit of the measurement.
    case value(Double)
    /// The same statistic of the baseline, and such a share of it more.
    case overBaseline(Double)

    /// Reads `60s`, `62.5`, `baseline` or `baseline + 10 %`; nil where the text is none.
    init?(_ text: String) {
      let word = "baseline"
      if text.hasPrefix(word) {
        let rest = GateTexts.trimmed(text.dropFirst(word.count))
        if rest.isEmpty {
          self = .overBaseline(0)
        } else if rest.first == "+",
          let share = GateTexts.percent(String(GateTexts.trimmed(rest.dropFirst())))
        {
          self = .overBaseline(share)
        } else {
          return nil
        }
      } else if let seconds = DurationText.duration(text) {
        let (whole, atto) = seconds.components
        self = .value(Double(whole) + Double(atto) / 1e18)
      } else if let value = GateTexts.decimal(text[...]) {
        self = .value(value)
      } else {
        return nil
      }
    }
  }

  /// What was measured, as the ledger names it.
  public var measurement: String
  /// What is made of many values.
  public var statistic: Statistic
  /// What it is held against.
  public var most: Most
  /// The limit as it is written.
  public var mostText: String
  /// How many values there must be at least, of the baseline, too, where it is asked.
  public var values: Int
}
