public import FrameVision
public import Frames

/// A picture's size in terms of the one that a template was cut from.
public enum MatchScale: Sendable, Hashable {
  /// One size, as a factor.
  case fixed(Double)
  /// The sizes that are usual, one after the other.
  case auto

  /// The factors that are allowed.
  public static let bounds = 0.25...4.0

  /// The scale that a text names: a decimal number, a fraction such as `2/3`, or `auto`; nil is
  /// made of anything else.
  public init?(_ text: String) {
    if text == "auto" {
      self = .auto
    } else if let number = Self.number(text), Self.bounds.contains(number) {
      self = .fixed(number)
    } else {
      return nil
    }
  }

  /// A decimal number or a fraction; two thirds and the like may be rounded.
  private static func number(_ text: String) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count <= 2, let first = parts[0] else { return nil }
    if parts.count == 2 {
      guard let second = parts[1], second != 0 else { return nil }
      return first / second
    }
    return Template.usualScales.first { abs($0 - first) < 0.005 } ?? first
  }

  /// The factors to try.
  private var factors: [Double] {
    switch self {
    case .fixed(let factor): [factor]
    case .auto: Template.usualScales
    }
  }

  /// A template from a PNG file at this scale; transparent pixels don't count.
  ///
  /// Factors at which it is too small or too plain to be found safely are left out where there are
  /// several.
  ///
  /// - Throws: when the file can't be read, or what is in it can't be found safely.
  public func templates(contentsOf path: String) throws(PictureError) -> [Template] {
    let template = Template(try PNGCodec.read(path))
    if let weakness = template.weakness {
      throw PictureError(file: path, reason: "can't be found safely: \(weakness)")
    }
    let scaled = factors.map { template.scaled(by: $0) }
    if scaled.count == 1, let weakness = scaled[0].weakness {
      throw PictureError(file: path, reason: "can't be found safely at this scale: \(weakness)")
    }
    return scaled.filter { $0.weakness == nil }
  }
}
