import OrderedJSON

/// Counts of clicks by acceleration.
struct ClickTable {
  private var scores: [DrawnDesk.Acceleration: DeskScore] = [:]

  mutating func add(_ score: DeskScore, of desk: DrawnDesk) {
    scores[desk.acceleration, default: DeskScore()].add(score)
  }

  /// Whether nothing went beside or was given up, and times are as they may be.
  var isGood: Bool {
    let all = scores.values
    return all.allSatisfy { score in
      score.beside == 0 && score.undone == 0 && Self.share(0.5, of: score) <= 1
        && Self.share(0.99, of: score) <= 2
    }
  }

  /// The table.
  var lines: [String] {
    ["acceleration  clicks  beside  not made  median  p99"]
      + DrawnDesk.Acceleration.allCases.compactMap { acceleration in
        guard let score = scores[acceleration] else { return nil }
        let (median, late) = (Self.share(0.5, of: score), Self.share(0.99, of: score))
        return [
          Self.padded(acceleration.rawValue, -12), Self.padded("\(score.shares.count)", 6),
          Self.padded("\(score.beside)", 6), Self.padded("\(score.undone)", 8),
          Self.padded("\(JSONValue.decimal(median, digits: 2))", 6),
          "\(JSONValue.decimal(late, digits: 2))",
        ].joined(separator: "  ")
      }
  }

  private static func share(_ part: Double, of score: DeskScore) -> Double {
    if score.shares.isEmpty { return 0 }
    return score.shares.sorted()[
      min(score.shares.count - 1, Int(part * Double(score.shares.count)))]
  }

  /// Text in a column: at its end, or for a negative width at its beginning.
  private static func padded(_ text: String, _ width: Int) -> String {
    let space = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? text + space : space + text
  }
}
