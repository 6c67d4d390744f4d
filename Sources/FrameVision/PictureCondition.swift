public import Frames

/// What a picture is, before anybody looks at what it shows.
public enum PictureCondition: String, Sendable, Codable, CaseIterable {
  /// A picture that can be judged.
  case picture
  /// Nothing but black.
  case black
  /// Nothing but one colour.
  case oneColor
  /// Torn into bands, or half of it missing.
  case garbled
}

extension Frame {
  /// What the picture is: worth judging, black, one colour, or garbled.
  public func condition() -> PictureCondition {
    var histogram = [Int](repeating: 0, count: 256)
    for sample in luma.samples { histogram[Int(sample)] += 1 }
    let low = Self.percentile(0.002, of: histogram, total: luma.samples.count)
    let high = Self.percentile(0.998, of: histogram, total: luma.samples.count)
    if high - low > 24 { return .picture }
    if cb.spread(where: nil) > 6 || cr.spread(where: nil) > 6 { return .picture }
    return high < 48 ? .black : .oneColor
  }

  private static func percentile(_ share: Double, of histogram: [Int], total: Int) -> Int {
    var left = Int(share * Double(total))
    for (value, count) in histogram.enumerated() {
      left -= count
      if left < 0 { return value }
    }
    return 255
  }
}
