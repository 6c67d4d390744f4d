/// One mistake in a file: where, what is wrong, and what would be right.
public struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it stands.
  public var location: SourceLocation
  /// What is wrong, without a final stop.
  public var problem: String
  /// What would be right, without a final stop.
  public var remedy: String

  /// Creates a finding.
  public init(_ location: SourceLocation, _ problem: String, remedy: String) {
    self.location = location
    self.problem = problem
    self.remedy = remedy
  }

  /// One line: `file:line:column: what is wrong; what would be right`.
  public var description: String { "\(location): \(problem); \(remedy)" }
}

/// Everything wrong with a set of files, in the order of their places.
public struct Findings: Error, Hashable, Sendable, CustomStringConvertible {
  /// The mistakes; never empty when thrown.
  public var all: [Finding]

  /// Creates findings from mistakes in any order; repeated ones are kept once.
  public init(_ findings: [Finding]) {
    var seen = Set<Finding>()
    all = findings.filter { seen.insert($0).inserted }.sorted {
      ($0.location, $0.problem) < ($1.location, $1.problem)
    }
  }

  /// A line a mistake.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
