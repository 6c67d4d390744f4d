public import SourceYAML

/// What must be seen, and by when.
public struct Expectation: Sendable {
  /// What must hold.
  public var predicate: any Predicate
  /// How long after the action's end it may take.
  public var within: Duration
  /// Where it is written.
  public var location: SourceLocation

  /// Creates an expectation.
  public init(predicate: any Predicate, within: Duration, location: SourceLocation) {
    self.predicate = predicate
    self.within = within
    self.location = location
  }
}
