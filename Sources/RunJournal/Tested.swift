/// What a run tested: how much was judged, and which way it took.
public struct Tested: Sendable, Hashable {
  /// How many expectations were judged and held; a value read and a mail that came count.
  public var held: Int
  /// How often a person said that something worked.
  public var confirmed: Int
  /// The ways taken where there were several: the choosing step's name path, and what was seen.
  public var ways: [String]
  /// The name paths of the steps that did not apply.
  public var inapplicable: [String]

  /// Creates what was tested; nothing by itself.
  public init(
    held: Int = 0, confirmed: Int = 0, ways: [String] = [], inapplicable: [String] = []
  ) {
    self.held = held
    self.confirmed = confirmed
    self.ways = ways
    self.inapplicable = inapplicable
  }

  /// Whether nothing was.
  public var isNothing: Bool { held == 0 && confirmed == 0 }
}

extension RunEnd {
  /// One line on what was judged, which way was taken and what was left out; nil where nobody
  /// counted.
  public var testedLine: String? {
    guard let tested else { return nil }
    var parts = ["\(tested.held) expectation\(tested.held == 1 ? "" : "s") held"]
    if tested.confirmed > 0 { parts[0] += ", \(tested.confirmed) confirmed by a person" }
    parts += tested.ways.map { "way taken: \($0)" }
    if !tested.inapplicable.isEmpty {
      parts.append("did not apply: \(tested.inapplicable.joined(separator: ", "))")
    }
    if !skipped.isEmpty { parts.append("left out: \(skipped.joined(separator: ", "))") }
    return parts.joined(separator: "; ")
  }
}
