public import Patterns

extension YAMLNode {
  /// Its text as a regular expression; nil where it has none, which the check of the structure finds.
  ///
  /// - Throws: what is wrong with the pattern, at the character where it is.
  public func pattern() throws(Finding) -> Pattern? {
    guard let text, !text.isEmpty else { return nil }
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      throw Finding(
        location(ofCharacter: error.offset),
        "the pattern is no regular expression: \(error.problem)", remedy: error.remedy)
    }
  }
}
