public import FoundationEssentials

/// A measurement over firmwares.
public struct Trend: Sendable, Hashable {
  /// The values of a firmware.
  public struct Group: Sendable, Hashable {
    /// The firmware; nil where nobody told it.
    public var firmware: String?
    /// How many values there are.
    public var count: Int
    /// The smallest.
    public var least: Double
    /// A quarter of the values is less.
    public var lowerQuartile: Double
    /// The middle value.
    public var median: Double
    /// A quarter of the values is more.
    public var upperQuartile: Double
    /// The largest.
    public var most: Double
    /// When the first run with it began.
    public var first: Date
  }

  /// The firmwares in the order in which they were played first.
  public private(set) var groups: [Group]
  /// The unit of the values.
  public private(set) var unit: String
  /// Where the measurement began to be another one.
  public private(set) var changes: [ChangePoints.Point]

  /// Groups values by their firmwares; nil where there are none.
  ///
  /// - Parameter values: in the order of their runs.
  public init?(_ values: [MeasuredValue]) {
    guard let first = values.first else { return nil }
    unit = first.unit
    var places: [String?: Int] = [:]
    var sorted: [[Double]] = []
    var beginnings: [(firmware: String?, first: Date)] = []
    for value in values {
      if let last = beginnings.last, last.firmware == value.firmware {
        sorted[sorted.count - 1].append(value.value)
      } else if let place = places[value.firmware] {
        sorted[place].append(value.value)
      } else {
        places[value.firmware] = sorted.count
        sorted.append([value.value])
        beginnings.append((value.firmware, value.startedAt))
      }
    }
    changes = ChangePoints(in: sorted).points
    groups = zip(beginnings, sorted).map { beginning, values in
      let values = values.sorted()
      return Group(
        firmware: beginning.firmware, count: values.count, least: values[0],
        lowerQuartile: Self.quantile(0.25, of: values), median: Self.quantile(0.5, of: values),
        upperQuartile: Self.quantile(0.75, of: values), most: values[values.count - 1],
        first: beginning.first)
    }
  }

  /// The value below which a share of sorted values lies, drawn straight between two of them.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
  }
}
