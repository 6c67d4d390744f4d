/// Some of the versions of a firmware, such as `>=4.2 <5`: all that is written holds.
public struct FirmwareRange: Sendable, Hashable {
  /// How a version lies to a bound.
  private enum Order: String, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case same = "="
  }

  private struct Bound: Hashable {
    var order: Order
    var version: String
  }

  private let bounds: [Bound]

  /// Reads a range; nil where a text is none.
  public init?(_ text: String) {
    var bounds: [Bound] = []
    for part in text.split(separator: " ") {
      guard let order = Order.allCases.first(where: { part.hasPrefix($0.rawValue) }) else {
        return nil
      }
      let version = part.dropFirst(order.rawValue.count)
      guard version.first?.isNumber == true else { return nil }
      bounds.append(Bound(order: order, version: String(version)))
    }
    if bounds.isEmpty { return nil }
    self.bounds = bounds
  }

  /// Whether a version is one of them.
  ///
  /// Versions are compared part by part, between dots and dashes; parts of digits as numbers, others as
  /// text. A part that is missing is less than any.
  public func contains(_ version: String) -> Bool {
    bounds.allSatisfy { bound in
      let order = Self.compare(version, bound.version)
      return switch bound.order {
      case .atLeast: order >= 0
      case .atMost: order <= 0
      case .above: order > 0
      case .below: order < 0
      case .same: order == 0
      }
    }
  }

  /// Below zero where the first version is the older one, above where it is the newer one.
  private static func compare(_ first: String, _ second: String) -> Int {
    func parts(_ version: String) -> [Substring] { version.split { ".-_".contains($0) } }
    let (own, other) = (parts(first), parts(second))
    for (one, two) in zip(own, other) where one != two {
      if let number = Int(one), let than = Int(two) {
        if number != than { return number < than ? -1 : 1 }
      } else {
        return one < two ? -1 : 1
      }
    }
    return own.count - other.count
  }
}
