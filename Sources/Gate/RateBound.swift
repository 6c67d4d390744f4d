import Glibc
import RunJournal

/// How the lower end of the 95 % interval of a pass rate is reckoned, two-sided.
public enum RateBound: String, Sendable, Hashable, CaseIterable {
  /// E. B. Wilson's score interval: covers 95 % on the average.
  case wilson
  /// C. J. Clopper and E. S. Pearson's interval (Biometrika 26, 1934): covers 95 % at least.
  case clopperPearson = "clopper-pearson"

  /// The lower end.
  ///
  /// - Parameters:
  ///   - passes: how many passed.
  ///   - trials: of how many.
  /// - Returns: 0…1; 0 where there are none.
  public func low(passes: Int, trials: Int) -> Double {
    guard passes > 0, trials >= passes else { return 0 }
    switch self {
    case .wilson: return WilsonInterval(successes: passes, trials: trials).low
    case .clopperPearson: return Self.clopperPearson(passes, trials)
    }
  }

  /// The share at which so many passes or more are seen by chance once in forty times.
  private static func clopperPearson(_ passes: Int, _ trials: Int) -> Double {
    var (low, high) = (0.0, Double(passes) / Double(trials))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if tail(passes, trials, middle) < 0.025 { low = middle } else { high = middle }
    }
    return low
  }

  /// How likely so many passes or more are at a share.
  private static func tail(_ passes: Int, _ trials: Int, _ share: Double) -> Double {
    guard share > 0 else { return 0 }
    guard share < 1 else { return 1 }
    let n = Double(trials)
    var sum = 0.0
    for count in passes...trials {
      let k = Double(count)
      let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
      sum += exp(ways + k * log(share) + (n - k) * log1p(-share))
    }
    return min(1, sum)
  }
}
