public import SourceYAML

/// A checked scenario file: what a person would do at a recorder and see.
///
/// It knows no hardware and no model: images and labels are names that the model gives a look to.
public struct Scenario: Sendable {
  /// The scenario's name, such as `password-reset`.
  public var name: String
  /// One sentence for people.
  public var about: String
  /// The longest that the whole run may take, on the bench's clock.
  public var timeout: Duration
  /// Values that a caller may or must give.
  public var parameters: [Parameter]
  /// Values that never leave.
  public var secrets: [SecretDeclaration]
  /// What must hold of a recorder with a past before the first step; nil where nothing must.
  public var start: StartState?
  /// What it leaves otherwise than it found it.
  public var leaves: [Leaving]
  /// What is played, in order.
  public var steps: [Step]
  /// What is played afterwards, however the steps ended.
  public var finally: [Step]
  /// Where the file begins.
  public var location: SourceLocation

  /// Creates a scenario.
  public init(
    name: String, about: String, timeout: Duration, parameters: [Parameter],
    secrets: [SecretDeclaration], start: StartState? = nil, leaves: [Leaving] = [],
    steps: [Step], finally: [Step], location: SourceLocation
  ) {
    self.name = name
    self.about = about
    self.timeout = timeout
    self.parameters = parameters
    self.secrets = secrets
    self.start = start
    self.leaves = leaves
    self.steps = steps
    self.finally = finally
    self.location = location
  }
}

/// A value that whoever plays a scenario may give it.
public struct Parameter: Sendable {
  /// The name that `${name}` refers to.
  public var name: String
  /// One sentence for people.
  public var about: String?
  /// The value when none is given; nil means that one must be given.
  public var defaultValue: ValueText?
  /// Whether the value is kept out of everything that is written.
  public var isSecret: Bool
  /// Where it is declared.
  public var location: SourceLocation

  /// Creates a parameter.
  public init(
    name: String, about: String?, defaultValue: ValueText?, isSecret: Bool,
    location: SourceLocation
  ) {
    self.name = name
    self.about = about
    self.defaultValue = defaultValue
    self.isSecret = isSecret
    self.location = location
  }
}

/// A value that is never written anywhere.
public struct SecretDeclaration: Sendable {
  /// Where the value comes from.
  public enum Source: Sendable, Hashable {
    /// Drawn by the system's random numbers for each run, such that the model's password rules
    /// accept it. The length is clamped to the rules'.
    case generate(length: Int)
    /// An environment variable of the process.
    case environment(String)
    /// The first line of a file, by its path.
    case file(String)
    /// A value that the model file gives, such as the factory password: `{model: password}`.
    case model(String)
    /// The password that holds on a recorder with a past, as far as is known; the model's own where
    /// nothing is: `{recorder: password}`.
    case recorderPassword
  }

  /// The name that `${name}` refers to.
  public var name: String
  /// Where the value comes from.
  public var source: Source
  /// Where it is declared.
  public var location: SourceLocation

  /// Creates a declaration.
  public init(name: String, source: Source, location: SourceLocation) {
    self.name = name
    self.source = source
    self.location = location
  }
}

/// Text with `${name}` references, `$${` standing for a literal `${`.
public struct ValueText: Sendable, Hashable {
  /// A run of characters, or a reference.
  public enum Segment: Sendable, Hashable {
    /// Characters as they are.
    case literal(String)
    /// A value by name: a parameter, secret or saved value, or `model.…`, `run.firmware`,
    /// `recorder.password`.
    case reference(String)
  }

  /// What the password that holds on a recorder with a past is called: a secret.
  public static let recorderPassword = "recorder.password"

  /// The parts in order.
  public var segments: [Segment]
  /// Where the text begins.
  public var location: SourceLocation

  /// Creates text from its parts.
  public init(segments: [Segment], location: SourceLocation) {
    self.segments = segments
    self.location = location
  }

  /// Creates text that refers to nothing.
  public init(constant: String, at location: SourceLocation) {
    self.init(segments: [.literal(constant)], location: location)
  }

  /// The names that the text refers to, in order.
  public var references: [String] {
    segments.compactMap { if case .reference(let name) = $0 { name } else { nil } }
  }
}
