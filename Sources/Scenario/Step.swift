public import SourceYAML

/// A step that only some recorders ask for.
public struct StepOption: Sendable {
  /// The way that those recorders lead.
  public var way: FlowWay
  /// What shows that this is one of them.
  public var sight: Expectation
}

/// One action and what must follow.
public struct Step: Sendable {
  /// The name that reports show; made from the action when the file gives none.
  public var name: String
  /// What is done; nil where a step only looks.
  public var action: (any Action)?
  /// What must follow; nil where the action judges itself.
  public var expectation: Expectation?
  /// How often the action may be done until the expectation holds; at least 1.
  public var attempts: Int
  /// Whether the expectation counts though it held before the action and nothing has changed.
  public var isAlreadyAllowed: Bool
  /// Whether coordinates, keys, scores and pictures stay out of the journal.
  public var isSensitive: Bool
  /// The step is played only when this holds.
  public var condition: Condition?
  /// The way of recorders that it is played on; nil where it is played on all.
  public var option: StepOption?
  /// The device that it is played on; nil means the recorder.
  public var device: ValueText?
  /// What it does with a password or a secure code, or shows of it.
  public var credential: CredentialUse?
  /// What history and gates call the time from the action until what it expects is seen; nil where
  /// nobody asks for it.
  public var measure: String?
  /// Where the step begins.
  public var location: SourceLocation
  /// Where the action's value is written; for a power cycle, its minimum.
  public var actionLocation: SourceLocation

  /// Creates a step; an action without a place of its own stands where the step begins.
  public init(
    name: String, action: (any Action)?, expectation: Expectation?, attempts: Int,
    isAlreadyAllowed: Bool = false, isSensitive: Bool,
    condition: Condition?, option: StepOption? = nil, device: ValueText?,
    credential: CredentialUse? = nil, measure: String? = nil,
    location: SourceLocation,
    actionLocation: SourceLocation? = nil
  ) {
    self.name = name
    self.action = action
    self.expectation = expectation
    self.attempts = attempts
    self.isAlreadyAllowed = isAlreadyAllowed
    self.isSensitive = isSensitive
    self.condition = condition
    self.option = option
    self.device = device
    self.credential = credential
    self.measure = measure
    self.location = location
    self.actionLocation = actionLocation ?? location
  }
}
