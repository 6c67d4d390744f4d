public import SourceYAML

/// What must hold of a recorder with a past before a scenario's first step: `start`.
public struct StartState: Sendable, Hashable {
  /// One thing that must hold.
  public enum Requirement: String, Sendable, CaseIterable {
    /// The live view stands and nothing is open on it.
    case live
    /// Nothing that was tried before may lead to a lock.
    case unlocked
    /// The password that holds is known: somebody has just logged in with it.
    case knownPassword
    /// The firmware on the screen is the one under test.
    case expectedFirmware
  }

  /// What must hold, in the order in which it is brought about.
  public var requirements: [Requirement]
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a state.
  public init(requirements: [Requirement], location: SourceLocation) {
    self.requirements = requirements
    self.location = location
  }
}

/// What a scenario leaves otherwise than it found it: `leaves`.
public enum Leaving: String, Sendable, CaseIterable {
  /// Another password.
  case password
  /// Something open on the screen.
  case dialog
  /// Somebody logged in.
  case session
  /// The recorder locked: it is meant to be tripped.
  case lockout
}

extension StartState {
  private static let fields: [(FieldShape, Requirement)] = [
    (
      FieldShape(
        "screen", .scalar(.word(["live"])), "live: the live view, and nothing open on it."), .live
    ),
    (
      FieldShape(
        "lockout", .scalar(.word(["none"])), "none: no tries are spent that may lead to a lock."),
      .unlocked
    ),
    (
      FieldShape(
        "password", .scalar(.word(["known"])), "known: somebody has just logged in with it."),
      .knownPassword
    ),
    (
      FieldShape(
        "firmware", .scalar(.word(["expected"])), "expected: the one under test is on it."),
      .expectedFirmware
    ),
  ]

  /// How it is written.
  static let field = FieldShape(
    "start",
    .object(
      ObjectShape(
        "start", fields.map(\.0),
        rules: [.atLeastOne(of: fields.map(\.0.name), what: "anything that must hold")])),
    "What must hold of a recorder with a past before the first step; it is brought about, or the "
      + "run ends errored. A virtual recorder without a memory is born with the run, and passed over."
  ).shown(by: "start: {screen: live, password: known}")

  /// What a node asks for.
  static func state(_ node: YAMLNode) -> StartState {
    StartState(
      requirements: fields.filter { node[$0.0]?.text != nil }.map(\.1), location: node.location)
  }
}

extension Leaving {
  /// How it is written.
  static let field = FieldShape(
    "leaves",
    .list(
      ListShape(
        .scalar(.word(allCases.map(\.rawValue))), counts: 1...allCases.count,
        what: "a list of \(ScalarShape.choice(of: allCases.map(\.rawValue)))")),
    "What it leaves otherwise than it found it: another password, an open dialog, a session, or a "
      + "recorder that is locked, since the scenario means to trip the lock."
  ).shown(by: "leaves: [password]")

  /// What a node lists.
  static func list(_ node: YAMLNode?) -> [Leaving] {
    (node?.elements ?? []).compactMap { $0.text.flatMap(Leaving.init) }
  }
}
