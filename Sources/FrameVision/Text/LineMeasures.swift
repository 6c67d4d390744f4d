import Frames

/// How high letters stand on their line, and how wide they are, measured by those whose places are
/// known.
///
/// Which of two letters of one shape stands there (`c` and `C`, `z` and `2`, `9` and `g`), nothing but
/// its size tells, and only beside others of the same line.
struct LineMeasures {
  private let boxes: [PixelRect]
  private let letters: [Character]

  private static let low = Set("acemnorsuvwxzgpqy")
  private static let tall = Set("0123456789ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl")
  private static let descending = Set("gjpqy")
  /// Descends in one font and stands in another.
  private static let unsteady = Set("JQ,;|$@/\\()[]{}")
  /// The usual height of low letters, in heights of tall ones, where the line has but one kind.
  private static let usualLow = 0.74
  /// How far letters that descend usually reach below the line, in heights of tall ones.
  private static let usualDescent = 0.28

  /// Takes the letters of a line.
  ///
  /// - Parameters:
  ///   - boxes: where they are, from left to right.
  ///   - letters: what they are taken to be.
  init(_ boxes: [PixelRect], of letters: [Character]) {
    (self.boxes, self.letters) = (boxes, letters)
  }

  /// How much better a letter's height fits one character than another: 1 where it is right in the
  /// place of the one, -1 in that of the other; nil where both are as high, or nothing tells.
  func fit(at index: Int, _ one: Character, against other: Character) -> Double? {
    let others = letters.indices.filter { $0 != index && !Self.unsteady.contains(letters[$0]) }
    let standing = others.filter { !Self.descending.contains(letters[$0]) }
    guard let baseline = median(standing.map { boxes[$0].maxY }) else { return nil }
    let talls = median(others.filter { Self.tall.contains(letters[$0]) }.map { boxes[$0].y })
    let lows = median(others.filter { Self.low.contains(letters[$0]) }.map { boxes[$0].y })
    let height: Double
    let lowHeight: Double
    switch (talls, lows) {
    case (let tall?, let low?):
      (height, lowHeight) = (baseline - tall, baseline - low)
      if lowHeight > 0.92 * height { return nil }
    case (let tall?, nil):
      (height, lowHeight) = (baseline - tall, Self.usualLow * (baseline - tall))
    case (nil, let low?):
      (height, lowHeight) = ((baseline - low) / Self.usualLow, baseline - low)
    case (nil, nil): return nil
    }
    if height <= 0 { return nil }
    func isLow(_ character: Character) -> Bool? {
      Self.low.contains(character) ? true : Self.tall.contains(character) ? false : nil
    }
    var fits: [Double] = []
    if let isOneLow = isLow(one), let isOtherLow = isLow(other), isOneLow != isOtherLow {
      let middle = (height + lowHeight) / 2
      let fit = (baseline - Double(boxes[index].y) - middle) / ((height - lowHeight) / 2)
      fits.append(isOneLow ? -fit : fit)
    }
    let (falls, otherFalls) = (
      Self.descending.contains(one), Self.descending.contains(other)
    )
    if falls != otherFalls, !Self.unsteady.contains(one), !Self.unsteady.contains(other) {
      let descent = (Double(boxes[index].maxY) - baseline) / (Self.usualDescent * height)
      fits.append(falls ? 2 * descent - 1 : 1 - 2 * descent)
    }
    return fits.max { abs($0) < abs($1) }
  }

  /// How wide the letter O is at least, and the digit zero at most, in widths of other digits and small
  /// letters.
  private static let (letterO, digitZero) = (1.23, 1.17)
  private static let wide: Set<Character> = ["O", "Q"]

  /// Whether a letter is as wide as one character rather than another, where these are a zero and a
  /// letter O: 1 or -1; nil where they are not, or nothing tells.
  func roundness(at index: Int, _ one: Character, against other: Character) -> Double? {
    let isOneWide = Self.wide.contains(one)
    guard isOneWide ? other == "0" : one == "0" && Self.wide.contains(other) else { return nil }
    if isMonospaced { return nil }
    let usual = letters.indices.filter {
      $0 != index && ("23456789".contains(letters[$0]) || "acenosuvxz".contains(letters[$0]))
    }.map { boxes[$0].width }
    guard let usual = median(usual) else { return nil }
    let width = Double(boxes[index].width) / usual
    if width > Self.digitZero && width < Self.letterO { return nil }
    return (width >= Self.letterO) == isOneWide ? 1 : -1
  }

  /// Whether letters stand as far apart as in fonts in which all are as wide.
  var isMonospaced: Bool {
    let middles = boxes.map { Double(2 * $0.x + $0.width) / 2 }
    let steps = zip(middles.dropFirst(), middles).map { $0 - $1 }
    if steps.count < 2 { return true }
    let usual = steps.sorted()[steps.count / 2]
    return steps.allSatisfy { abs($0 / usual - ($0 / usual).rounded()) < 0.12 }
  }

  private func median(_ values: [Int]) -> Double? {
    if values.isEmpty { return nil }
    let sorted = values.sorted()
    return Double(sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }
}
