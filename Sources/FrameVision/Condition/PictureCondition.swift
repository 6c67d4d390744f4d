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
  /// What the grabber makes up when it has no input.
  case noInput
}

/// What a picture is, and what says so.
public struct PictureFinding: Sendable, Hashable {
  /// What the picture is.
  public var condition: PictureCondition
  /// What decided: the missing part, or one row of pixels at each tear; the whole picture where it
  /// is black, of one colour, or the grabber's own.
  public var evidence: [PixelRect]

  /// Creates a finding.
  public init(condition: PictureCondition, evidence: [PixelRect]) {
    self.condition = condition
    self.evidence = evidence
  }
}

extension Frame {
  /// What the picture is: worth judging, black, one colour, garbled, or the grabber's own.
  ///
  /// - Parameter noInput: what the grabber makes up when it has no input, where that is known.
  /// - Returns: what it is.
  public func condition(noInput: NoInputPicture? = nil) -> PictureCondition {
    conditionFinding(noInput: noInput).condition
  }

  /// What the picture is, and what says so.
  ///
  /// - Parameter noInput: what the grabber makes up when it has no input, where that is known.
  /// - Returns: what it is, and the places that decided.
  public func conditionFinding(noInput: NoInputPicture? = nil) -> PictureFinding {
    if size.area == 0 { return PictureFinding(condition: .black, evidence: []) }
    if let noInput, noInput.isShown(in: self) {
      return PictureFinding(condition: .noInput, evidence: [bounds])
    }
    if let plain = plainCondition() { return PictureFinding(condition: plain, evidence: [bounds]) }
    let tears = TearSearch(luma).tears()
    if !tears.isEmpty { return PictureFinding(condition: .garbled, evidence: tears) }
    if let missing = MissingPart(self).box {
      return PictureFinding(condition: .garbled, evidence: [missing])
    }
    return PictureFinding(condition: .picture, evidence: [])
  }

  /// Black or one colour, where the picture is nothing else.
  private func plainCondition() -> PictureCondition? {
    if isSurelyVaried { return nil }
    let (histogram, total) = (luma.histogram(), luma.samples.count)
    let low = Self.percentile(Self.darkShare, of: histogram, total: total)
    let high = Self.percentile(Self.lightShare, of: histogram, total: total)
    if high - low > Self.plainRange { return nil }
    if cb.spread(where: nil) > 6 || cr.spread(where: nil) > 6 { return nil }
    let isGrey = abs(Int(cb.samples[0]) - 128) <= 16 && abs(Int(cr.samples[0]) - 128) <= 16
    return high < 48 && isGrey ? .black : .oneColor
  }

  /// The shares of a plain picture's pixels that may be darker or not lighter than the rest, and
  /// how far apart the levels of these may be.
  private static let (darkShare, lightShare, plainRange) = (0.002, 0.998, 24)

  /// Whether a part of the rows alone holds as many dark and as many light pixels as all may: most
  /// pictures need no further look.
  private var isSurelyVaried: Bool {
    let (histogram, total) = (luma.histogram(rowStep: 8), luma.samples.count)
    let low = Self.percentile(Self.darkShare, of: histogram, total: total)
    var left = total - Int(Self.lightShare * Double(total))
    for (value, count) in histogram.enumerated().reversed() {
      left -= count
      if left <= 0 { return value - low > Self.plainRange }
    }
    return false
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

extension Plane {
  /// How many samples have each of the 256 values.
  ///
  /// - Parameter rowStep: counts every row, or one in so many.
  /// - Returns: a number for each value.
  fileprivate func histogram(rowStep: Int = 1) -> [Int] {
    var histogram = [Int](repeating: 0, count: 256)
    histogram.withUnsafeMutableBufferPointer { histogram in
      samples.withUnsafeBufferPointer { samples in
        for row in stride(from: 0, to: height, by: rowStep) {
          for sample in samples[(row * width)..<((row + 1) * width)] {
            histogram[Int(sample)] &+= 1
          }
        }
      }
    }
    return histogram
  }
}
