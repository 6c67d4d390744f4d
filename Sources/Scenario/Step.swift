public import SourceYAML

/// One action and what must follow.
public struct Step: Sendable {
  /// The name that reports show; made from the action when the file gives none.
  public var name: String
  /// What is done; nil where a step only looks.
  public var action: Action?
  /// What must follow; nil where the action judges itself.
  public var expectation: Expectation?
  /// How often the action may be done until the expectation holds; at least 1.
  public var attempts: Int
  /// Whether coordinates, keys, scores and pictures stay out of the journal.
  public var isSensitive: Bool
  /// The step is played only when this holds.
  public var condition: Condition?
  /// The device that it is played on; nil means the recorder.
  public var device: String?
  /// Where the step begins.
  public var location: SourceLocation
  /// Where the action's value is written; for a power cycle, its minimum.
  public var actionLocation: SourceLocation

  /// Creates a step; an action without a place of its own stands where the step begins.
  public init(
    name: String, action: Action?, expectation: Expectation?, attempts: Int, isSensitive: Bool,
    condition: Condition?, device: String?, location: SourceLocation,
    actionLocation: SourceLocation? = nil
  ) {
    self.name = name
    self.action = action
    self.expectation = expectation
    self.attempts = attempts
    self.isSensitive = isSensitive
    self.condition = condition
    self.device = device
    self.location = location
    self.actionLocation = actionLocation ?? location
  }
}

/// What a step does.
public indirect enum Action: Sendable {
  /// A press and release of a button at a place.
  case click(Target, button: ClickButton, count: Int)
  /// The pointer is brought to a place.
  case move(Target)
  /// The left button is pressed at one place and released at another.
  case drag(from: Target, to: Target)
  /// The wheel is turned over a place; positive is away from the user.
  case scroll(over: Target, detents: Int)
  /// Text goes into a field of the model through the recorder's on-screen keyboard.
  case type(into: FieldReference, text: ValueText)
  /// The plug.
  case power(PowerAction)
  /// A mail is awaited and values are taken from it.
  case mail(MailAction)
  /// A value is read off the screen.
  case read(ReadAction)
  /// Time passes.
  case wait(Duration)
  /// The picture is kept in the run folder under a name.
  case capture(String)
  /// A person is asked to do something and to confirm it.
  case operate(OperatorAction)
  /// Another scenario is played as a part.
  case use(UseAction)
  /// Whatever is seen first decides what is done next.
  case either([Branch], otherwise: [Step]?)
}

/// The button that a click presses.
public enum ClickButton: String, Sendable, Hashable {
  /// The left button.
  case left
  /// The right button.
  case right
}

/// A field of the model, by name.
public struct FieldReference: Sendable, Hashable {
  /// The name in the model's `fields`.
  public var name: String
  /// Where it is named.
  public var location: SourceLocation

  /// Creates a reference.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

/// What is done with the recorder's supply.
public enum PowerAction: Sendable, Hashable {
  /// Cut, and left cut until a later step switches it on (or the run ends).
  case off
  /// Switched on.
  case on
  /// Cut for at least a time, counted from the confirmed loss, and switched on again; nil means
  /// the rig's own minimum.
  case cycle(minimumOff: Duration?)
  /// Switched on if it is not; after a cut of unknown length, a full cut first.
  case restore
}

/// A mail to wait for.
public struct MailAction: Sendable {
  /// What must stand in the subject.
  public var subject: ValueText?
  /// What must stand in the sender.
  public var sender: ValueText?
  /// The folders to look in.
  public var folders: [String]
  /// How long to wait.
  public var within: Duration
  /// The step whose listing separates old mail from new; nil means the step before this one.
  public var after: String?
  /// What to take from the text.
  public var saves: [MailSave]
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a mail action.
  public init(
    subject: ValueText?, sender: ValueText?, folders: [String], within: Duration, after: String?,
    saves: [MailSave], location: SourceLocation
  ) {
    self.subject = subject
    self.sender = sender
    self.folders = folders
    self.within = within
    self.after = after
    self.saves = saves
    self.location = location
  }
}

/// A value taken from a mail; always a secret.
public struct MailSave: Sendable {
  /// How the value is found in the mail's text.
  public enum Source: Sendable, Hashable {
    /// The secure code, by the model's code format.
    case code
    /// A regular expression; its first group, or the whole match where it has none.
    case pattern(String)
  }

  /// The name to save it under.
  public var name: String
  /// How it is found.
  public var source: Source
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a saved value.
  public init(name: String, source: Source, location: SourceLocation) {
    self.name = name
    self.source = source
    self.location = location
  }
}

/// A value to read off the screen.
public struct ReadAction: Sendable {
  /// Where it stands.
  public var region: Region
  /// The regular expression that it must fit; its first group is the value, or the whole match.
  public var pattern: String
  /// The characters that may occur, where the value must be exact.
  public var alphabet: String?
  /// The name to save it under.
  public var save: String
  /// How long to go on reading until the pattern fits.
  public var within: Duration
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a read action.
  public init(
    region: Region, pattern: String, alphabet: String?, save: String, within: Duration,
    location: SourceLocation
  ) {
    self.region = region
    self.pattern = pattern
    self.alphabet = alphabet
    self.save = save
    self.within = within
    self.location = location
  }
}

/// Something that only a person can do.
public struct OperatorAction: Sendable {
  /// What the person is asked to do.
  public var ask: ValueText
  /// How long the person has to confirm, on the wall clock.
  public var within: Duration
  /// Where it is written.
  public var location: SourceLocation

  /// Creates a request.
  public init(ask: ValueText, within: Duration, location: SourceLocation) {
    self.ask = ask
    self.within = within
    self.location = location
  }
}

/// Another scenario played as a part of this one.
public struct UseAction: Sendable {
  /// The part, parsed and checked.
  public var scenario: Scenario
  /// The values of its parameters.
  public var arguments: [Argument]
  /// Where it is written.
  public var location: SourceLocation

  /// One value given to a part.
  public struct Argument: Sendable {
    /// The parameter's name.
    public var name: String
    /// Its value.
    public var value: ValueText
    /// Where the name is written.
    public var location: SourceLocation

    /// Creates an argument; one without a place of its own stands where its value begins.
    public init(name: String, value: ValueText, location: SourceLocation? = nil) {
      self.name = name
      self.value = value
      self.location = location ?? value.location
    }
  }

  /// Creates a use.
  public init(scenario: Scenario, arguments: [Argument], location: SourceLocation) {
    self.scenario = scenario
    self.arguments = arguments
    self.location = location
  }
}

/// One of several things that may be seen, and what is done then.
public struct Branch: Sendable {
  /// What must be seen; its `within` counts from the start of the `either`.
  public var expectation: Expectation
  /// What is done then; may be empty.
  public var steps: [Step]
  /// Where it begins.
  public var location: SourceLocation

  /// Creates a branch.
  public init(expectation: Expectation, steps: [Step], location: SourceLocation) {
    self.expectation = expectation
    self.steps = steps
    self.location = location
  }
}

/// What decides whether a step is played.
public indirect enum Condition: Sendable {
  /// Both texts are the same.
  case equal(ValueText, ValueText)
  /// The model says so: `rebootsByItself`.
  case modelRebootsByItself
  /// The expectation holds on the next frames, within its time.
  case seen(Expectation)
  /// The other does not hold.
  case not(Condition)
}
