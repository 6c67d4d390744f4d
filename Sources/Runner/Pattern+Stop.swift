import Bench
import Patterns
import SourceYAML

extension Pattern {
  /// What of a text fits; nil where nothing does.
  ///
  /// - Throws: what ends the run: the pattern asks for more than it may, which is its author's.
  func match(
    _ text: String, fit: Fit, at location: SourceLocation
  ) throws(Stop) -> PatternMatch? {
    do throws(PatternMatchError) {
      return try match(text, fit: fit)
    } catch {
      throw Stop(.patternLimit, "\(location): \(error)")
    }
  }
}
