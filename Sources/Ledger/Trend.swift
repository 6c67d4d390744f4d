public import FoundationEssentials

/// A measurement over firmwares.
public struct Trend: Sendable, Hashable {
  /// The values of a firmware.
  public struct Group: Sendable, Hashable {
    /// The firmware; nil where nobody told it.
    public var firmware: String?
    /// How many values there are.
    public var count: Int
    /// How they spread.
    public var spread: Spread
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
    groups = zip(beginnings, sorted).compactMap { beginning, values in
      Spread(of: values).map {
        Group(
          firmware: beginning.firmware, count: values.count, spread: $0, first: beginning.first)
      }
    }
  }
}
