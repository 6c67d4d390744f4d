extension PixelRect {
  /// The rectangle that a text names as its description does, such as `186,637,908,74`.
  ///
  /// - Parameter text: left edge, top edge, width and height in pixels; nil is made of anything
  ///   else, of sides below 1 and of numbers beyond any picture.
  public init?(_ text: String) {
    guard let numbers = wholeNumbers(text), numbers.count == 4, numbers[2] > 0, numbers[3] > 0
    else { return nil }
    self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}

extension PixelPoint {
  /// The point that a text names as its description does, such as `640,360`.
  ///
  /// - Parameter text: the distances from the left and the top edge in pixels; nil is made of
  ///   anything else, and of numbers beyond any picture.
  public init?(_ text: String) {
    guard let numbers = wholeNumbers(text), numbers.count == 2 else { return nil }
    self.init(x: numbers[0], y: numbers[1])
  }
}

/// Whole numbers between commas, as far as pictures go.
private func wholeNumbers(_ text: String) -> [Int]? {
  let parts = text.split(separator: ",", omittingEmptySubsequences: false)
  let numbers = parts.compactMap { Int($0) }.filter { $0.magnitude < 1_000_000 }
  return numbers.count == parts.count ? numbers : nil
}
