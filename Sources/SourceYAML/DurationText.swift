/// Lengths of time as people write them: `500ms`, `10s`, `1.5s`, `5m`, `1h`.
public enum DurationText {
  /// The form, for JSON Schema.
  static let pattern = "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$"

  /// The units, longer names first where one ends another.
  private static let units: [(name: String, milliseconds: Double)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000),
  ]

  /// The duration that a text means; nil where it means none.
  public static func duration(_ text: String) -> Duration? {
    guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
    let amount = text.dropLast(unit.name.count)
    let parts = amount.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      let value = Double(amount), value * unit.milliseconds < 1e12
    else { return nil }
    return .microseconds(Int64((value * unit.milliseconds * 1_000).rounded()))
  }

  /// A duration in the largest unit that it fits in whole, such as `90s` or `1500ms`.
  public static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    if milliseconds % 1_000 != 0 { return "\(milliseconds)ms" }
    if seconds != 0 && seconds % 3_600 == 0 { return "\(seconds / 3_600)h" }
    if seconds != 0 && seconds % 60 == 0 { return "\(seconds / 60)m" }
    return "\(seconds)s"
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
