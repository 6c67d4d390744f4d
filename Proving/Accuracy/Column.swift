extension String {
  /// The text in a column of a table, at least so wide.
  ///
  /// - Parameters:
  ///   - width: how wide, in characters.
  ///   - isNumber: whether blanks come before it rather than after it.
  /// - Returns: the text with blanks.
  func padded(to width: Int, isNumber: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - count))
    return isNumber ? space + self : self + space
  }
}
