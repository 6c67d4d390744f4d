import SourceYAML

/// After how many wrong tries a recorder locks its log-in prompt or its reset, and what sets its
/// counters back.
public struct LockoutRules: Sendable, Hashable {
  /// How many tries in a row lock, and for how long.
  public struct Limit: Sendable, Hashable {
    /// The wrong tries in a row, the last of which locks.
    public var tries: Int
    /// How long it stays locked.
    public var lasts: Duration

    /// Creates a limit.
    public init(tries: Int, lasts: Duration) {
      self.tries = tries
      self.lasts = lasts
    }
  }

  /// The log-in prompt's; nil where it never locks, as far as is known.
  public var logIn: Limit?
  /// The secure code's; nil where it never locks, as far as is known.
  public var code: Limit?
  /// Whether a restart sets the counters back.
  public var restartFrees: Bool

  /// Creates rules.
  public init(logIn: Limit? = nil, code: Limit? = nil, restartFrees: Bool = false) {
    self.logIn = logIn
    self.code = code
    self.restartFrees = restartFrees
  }
}

extension LockoutRules {
  private static let tries = FieldShape.required(
    "tries", .scalar(.integer(1...1_000)), "The wrong tries in a row, the last of which locks.")
  private static let lasts = FieldShape.required(
    "lasts", .scalar(.duration), "How long it stays locked.")
  private static let limit = Shape.object(ObjectShape("a lock", [tries, lasts]))
  private static let logIn = FieldShape("logIn", limit, "What locks the log-in prompt.")
  private static let code = FieldShape("code", limit, "What locks the reset by secure code.")
  private static let restartFrees = FieldShape(
    "restartFrees", .scalar(.boolean),
    "Whether a restart sets the counters back; false if left out.")

  /// How they are written.
  static let field = FieldShape(
    "lockout", .object(ObjectShape("lockout", [logIn, code, restartFrees])),
    "After how many wrong tries it locks, so that no run spends the last one unasked."
  ).shown(
    by: """
      lockout:
        logIn: {tries: 5, lasts: 30m}
        restartFrees: true
      """)

  /// Reads the section; where there is none, nothing locks.
  init(_ section: YAMLNode?) {
    func limit(_ node: YAMLNode?) -> Limit? {
      guard let tries = node?[Self.tries]?.integer, let lasts = node?[Self.lasts]?.duration else {
        return nil
      }
      return Limit(tries: tries, lasts: lasts)
    }
    self.init(
      logIn: limit(section?[Self.logIn]), code: limit(section?[Self.code]),
      restartFrees: section?[Self.restartFrees]?.boolean ?? false)
  }
}
