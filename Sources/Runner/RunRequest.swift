public import Bench
public import FrameVision
public import Logging
public import RecorderModel
public import RecorderPast
public import RunJournal
public import Scenario

/// Everything that a run needs to be played.
public struct RunRequest: Sendable {
  /// What is played; checked against rig and model.
  public var scenario: Scenario
  /// What the recorder looks like.
  public var model: RecorderModel
  /// What the recorder is played with.
  public var bench: Bench
  /// What the run sets out with: the journal's first line. The plan is filled in by the runner.
  public var start: RunStart
  /// Values of the scenario's parameters by name.
  public var arguments: [String: String]
  /// What secrets of the kinds `env` and `file` are taken from.
  public var hostSecrets: HostSecrets
  /// Where generated secrets come from.
  public var secretSource: SecretSource
  /// The shortest time that the rig's supply must stay cut.
  public var minimumOff: Duration
  /// Remembers a cut beyond the life of this process.
  public var plugMemory: any PlugMemory
  /// What is believed of a recorder with a past; nil where it is born with the run.
  public var past: (any RecorderPast)?
  /// The password that the lab wants the recorder to have; nil where the rig names none.
  public var labPassword: Secret?
  /// Who does what only a person can do; nil in an unattended run, which leaves such steps out.
  public var attendant: (any Operator)?
  /// Who films the recorder's screen; nil where nobody does.
  public var film: (any RunFilm)?
  /// What the grabber shows when it has no input; nil where that is not known.
  public var noInput: NoInputPicture?
  /// What is known of the recorder's capture chain; nil where nothing is.
  public var calibration: CaptureCalibration?
  /// Whether a run that tests nothing is errored; what is played only to get to a place is not.
  public var mustTest = true
  /// Whether what is played says nothing of the recorder, whatever comes of it.
  public var saysNothing = false
  /// Takes down what the cause would be if the run said something; nil where nobody asks.
  public var causeBehind: CauseBehind?
  /// How long whoever brings the recorder to its start waits for it before it is restarted, since it
  /// may be writing a firmware; nil where it may not.
  public var updateMayTake: Duration?
  /// Who ends the run where it hangs; nil where nobody does.
  public var watchdog: (any RunWatchdog)?
  /// Where operators are told what goes on; the secrets that the sink is told are for whoever
  /// made the logger to take out.
  public var log: Logger

  /// A logger that tells nobody anything.
  public static let silence = Logger(label: "silence") { _ in SwiftLogNoOpLogHandler() }

  /// Where generated secrets come from.
  public enum SecretSource: Sendable {
    /// The system's random numbers.
    case system
    /// A seed, for virtual rigs, whose runs must be repeatable. Whoever knows it can draw the same
    /// secrets: it follows from the run's seed, which the journal's first line tells.
    case seed(UInt64)
  }

  /// Creates a request.
  public init(
    scenario: Scenario, model: RecorderModel, bench: Bench, start: RunStart,
    arguments: [String: String] = [:], hostSecrets: HostSecrets = HostSecrets(),
    secretSource: SecretSource = .system, minimumOff: Duration,
    plugMemory: any PlugMemory, attendant: (any Operator)? = nil,
    noInput: NoInputPicture? = nil, log: Logger = silence
  ) {
    self.scenario = scenario
    self.model = model
    self.bench = bench
    self.start = start
    self.arguments = arguments
    self.hostSecrets = hostSecrets
    self.secretSource = secretSource
    self.minimumOff = minimumOff
    self.plugMemory = plugMemory
    self.attendant = attendant
    self.noInput = noInput
    self.log = log
  }
}

/// A person who can be asked to do something.
public protocol Operator: Sendable {
  /// Asks a person to do something and to say whether it worked.
  ///
  /// - Parameters:
  ///   - request: what is to be done, for people; without secrets.
  ///   - limit: how long the person has, on the wall clock.
  /// - Returns: whether the person says that it worked; nil when nobody answered in time.
  /// - Throws: only when the run was stopped meanwhile.
  func ask(_ request: String, within limit: Duration) async throws(CancellationError) -> Bool?
}
