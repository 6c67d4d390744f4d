public import Frames

/// One line of a journal: what happened, and when on the bench's clock.
public struct JournalEntry: Sendable, Hashable {
  /// When it happened.
  public var at: MonotonicInstant
  /// What happened.
  public var event: RunEvent

  /// Creates an entry.
  public init(at: MonotonicInstant, event: RunEvent) {
    self.at = at
    self.event = event
  }
}

/// Something that happened in a run.
///
/// Everything that a report, a JUnit file, the history or a release gate says is made from these;
/// nothing else is asked.
public enum RunEvent: Sendable, Hashable {
  /// The run began. Always the first line.
  case runStarted(RunStart)
  /// A step began.
  case stepStarted(StepStart)
  /// Something was done on the rig within a step.
  case acted(ActionRecord)
  /// An expectation was decided.
  case judged(Judgement)
  /// Something worth telling that decides nothing: a pop-up sent away, a witness heard.
  case noted(Note)
  /// A picture was kept in the run folder.
  case pictureKept(KeptPicture)
  /// A step ended.
  case stepEnded(StepEnd)
  /// The run ended. Always the last line of a whole journal.
  case runEnded(RunEnd)
}

/// What a run set out with.
public struct RunStart: Sendable, Hashable {
  /// The file that a digest was taken of, and the digest.
  public struct Input: Sendable, Hashable {
    /// The name that people know it by.
    public var name: String
    /// SHA-256 over the file's bytes (for a model, over all files of its folder), in hex.
    public var digest: String

    /// Creates an input.
    public init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  /// What differs between two runs of the same inputs; kept apart so that all else can be compared.
  public struct Wall: Sendable, Hashable {
    /// Names the run among all runs.
    public var runID: String
    /// The machine that it ran on.
    public var host: String
    /// When it began, ISO 8601 in UTC.
    public var startedAt: String
    /// The run that it plays again; nil where it is a run of its own, and in journals before 1.2.
    public var retry: Retry?

    /// Creates the wall's side of a run.
    public init(runID: String, host: String, startedAt: String, retry: Retry? = nil) {
      self.runID = runID
      self.host = host
      self.startedAt = startedAt
      self.retry = retry
    }
  }

  /// Why a run is played again that ended errored.
  public struct Retry: Sendable, Hashable {
    /// The run before, by its name among all runs.
    public var of: String
    /// Why the suite has such runs played again.
    public var reason: String

    /// Creates a reason to play again.
    public init(of: String, reason: String) {
      self.of = of
      self.reason = reason
    }
  }

  /// The files that a run is made from and what else was asked for, as the user named them.
  public struct Request: Sendable, Hashable {
    /// The scenario's file.
    public var scenario: String
    /// The rig's file.
    public var rig: String
    /// Whether steps that only a person can do are left out.
    public var isUnattended: Bool

    /// Creates what was asked for.
    public init(scenario: String, rig: String, isUnattended: Bool) {
      self.scenario = scenario
      self.rig = rig
      self.isUnattended = isUnattended
    }
  }

  /// What kind of rig a run was played on, as its file says: by that it counts for a release or not.
  public struct RigKind: Sendable, Hashable, Codable {
    /// The rig's class; nil where its file names none.
    public var rigClass: String?
    /// What suites may ask of it beside.
    public var tags: [String]
    /// Whether its recorder is one in software.
    public var isVirtual: Bool
    /// Whether the recorder is there before the run and after it, so that what was flashed onto it is
    /// known, and a firmware named by its digest was held against that before the run began.
    public var remembers: Bool

    /// Creates a kind.
    public init(rigClass: String?, tags: [String], isVirtual: Bool, remembers: Bool) {
      self.rigClass = rigClass
      self.tags = tags
      self.isVirtual = isVirtual
      self.remembers = remembers
    }
  }

  /// The scenario.
  public var scenario: Input
  /// One sentence about the scenario.
  public var about: String
  /// The rig.
  public var rig: Input
  /// What kind of rig it is; nil in journals before 1.3.
  public var rigKind: RigKind?
  /// The model.
  public var model: Input
  /// The program.
  public var binary: Input
  /// What the recorder's capture chain was calibrated to; nil where it was not.
  public var calibration: Input?
  /// Values overridden on the command line, `key=value`, and those given to parameters,
  /// `param name=value`; secret ones have a placeholder for their value.
  public var overrides: [String]
  /// The seed that everything drawn by lot comes from.
  public var seed: UInt64
  /// The firmware under test, as the user named it.
  public var firmware: String?
  /// How many times longer than its scenario says the run waits for what must be seen; 1 but on
  /// slow rigs.
  public var patience: Int
  /// How the run was asked for; nil where nobody knows, and in journals before 1.2.
  public var request: Request?
  /// The steps of the scenario in order, by name path, so that a report can list those never
  /// reached.
  public var plan: [String]
  /// What differs between two runs of the same inputs.
  public var wall: Wall

  /// Creates the start of a run.
  public init(
    scenario: Input, about: String, rig: Input, rigKind: RigKind? = nil, model: Input,
    binary: Input, calibration: Input? = nil, overrides: [String], seed: UInt64,
    firmware: String?,
    patience: Int = 1, request: Request? = nil, plan: [String], wall: Wall
  ) {
    self.scenario = scenario
    self.about = about
    self.rig = rig
    self.rigKind = rigKind
    self.model = model
    self.binary = binary
    self.calibration = calibration
    self.overrides = overrides
    self.seed = seed
    self.firmware = firmware
    self.patience = patience
    self.request = request
    self.plan = plan
    self.wall = wall
  }
}

/// The beginning of a step.
public struct StepStart: Sendable, Hashable {
  /// The step's number in the run, from 1, in the order in which steps began.
  public var step: Int
  /// The number of the step that this one is a part of; nil at the top.
  public var parent: Int?
  /// The names from the top to this step, joined by ` / `.
  public var path: String
  /// What the step does, in words, without secrets.
  public var does: String
  /// What it expects, in words; nil where nothing.
  public var expects: String?
  /// Where it is written, `file:line:column`, the file as the user named it.
  public var location: String
  /// Whether its details stay out of the journal.
  public var sensitive: Bool
  /// Seconds that what it expects may take; nil where nothing is expected, and in journals before 1.3.
  public var within: Double?
  /// What the time until it shows what it expects is called; nil where nobody asks for it, and in
  /// journals before 1.3.
  public var measure: String?

  /// Creates the beginning of a step.
  public init(
    step: Int, parent: Int?, path: String, does: String, expects: String?, location: String,
    sensitive: Bool, within: Double? = nil, measure: String? = nil
  ) {
    self.step = step
    self.parent = parent
    self.path = path
    self.does = does
    self.expects = expects
    self.location = location
    self.sensitive = sensitive
    self.within = within
    self.measure = measure
  }
}

/// One thing done on the rig.
public struct ActionRecord: Sendable, Hashable {
  /// The step that did it.
  public var step: Int
  /// Counts the tries of the step's action, from 1.
  public var attempt: Int
  /// What was done, in words, without secrets.
  public var what: String
  /// Where, in frame pixels; nil where there is no place or it is kept back.
  public var place: PixelPoint?
  /// The box that the place was found by; nil where none.
  public var box: PixelRect?
  /// The match's score, 0…1; nil where none.
  public var score: Double?

  /// Creates a record.
  public init(
    step: Int, attempt: Int, what: String, place: PixelPoint? = nil, box: PixelRect? = nil,
    score: Double? = nil
  ) {
    self.step = step
    self.attempt = attempt
    self.what = what
    self.place = place
    self.box = box
    self.score = score
  }
}

/// Something worth telling.
public struct Note: Sendable, Hashable {
  /// What a note is about.
  public enum Kind: String, Sendable {
    /// A pop-up that came unasked was sent away.
    case interruption
    /// What an independent witness said.
    case witness
    /// The plug.
    case power
    /// The pointer was homed, lost or learnt anew.
    case pointer
    /// Mail was listed or came.
    case mail
    /// The picture's signal went or came back.
    case signal
    /// Anything else.
    case other
  }

  /// The step during which it happened; nil outside of steps.
  public var step: Int?
  /// What it is about.
  public var kind: Kind
  /// What happened, in words, without secrets.
  public var text: String

  /// Creates a note.
  public init(step: Int?, kind: Kind, text: String) {
    self.step = step
    self.kind = kind
    self.text = text
  }
}

/// A picture in the run folder.
public struct KeptPicture: Sendable, Hashable {
  /// What a picture shows.
  public enum Role: String, Sendable {
    /// The last frame before the step's action.
    case before
    /// The frame that decided the step's expectation.
    case deciding
    /// The last frame of a step that did not hold.
    case last
    /// The template that was looked for.
    case template
    /// A picture that the scenario asked for.
    case captured
  }

  /// The step that it belongs to; nil outside of steps.
  public var step: Int?
  /// What it shows.
  public var role: Role
  /// The file inside the run folder.
  public var file: String
  /// The frame's number; nil for a template.
  public var frame: Int?
  /// The reference's name, for a template; nil for others, and in journals before 1.2.
  public var name: String?
  /// What was looked at or pressed, to be outlined in a report.
  public var boxes: [PixelRect]
  /// Parts blanked since they may show a secret.
  public var blanked: [PixelRect]

  /// Creates a kept picture.
  public init(
    step: Int?, role: Role, file: String, frame: Int?, name: String? = nil, boxes: [PixelRect],
    blanked: [PixelRect]
  ) {
    self.step = step
    self.role = role
    self.file = file
    self.frame = frame
    self.name = name
    self.boxes = boxes
    self.blanked = blanked
  }
}

/// Why a step or a run did not pass, by its code.
public struct CauseRecord: Sendable, Hashable {
  /// What it is, such as `supply-lost`; a newer program may know codes that this one does not.
  public var code: String
  /// The part of the rig at fault, such as `mouse`; nil where none is.
  public var part: String?
  /// The error number of the system call that failed; nil where none did.
  public var errno: Int32?

  /// Creates a cause.
  public init(code: String, part: String? = nil, errno: Int32? = nil) {
    self.code = code
    self.part = part
    self.errno = errno
  }

  /// Such as `supply-lost (power)` or `power-unreachable (power, errno 5)`.
  public var words: String {
    let details = [part, errno.map { "errno \($0)" }].compactMap { $0 }
    return code + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}

/// The end of a step.
public struct StepEnd: Sendable, Hashable {
  /// What became of a step.
  public enum Outcome: String, Sendable {
    /// It did what it says and what it expects held.
    case passed
    /// The recorder did not do what was expected.
    case failed
    /// The rig, the scenario or the model is at fault.
    case errored
    /// It was left out though the scenario has it; never to be taken for passed.
    case skipped
    /// Its condition did not hold, so it did not apply.
    case notApplicable
    /// The run was stopped in it.
    case aborted
  }

  /// The step.
  public var step: Int
  /// What became of it.
  public var outcome: Outcome
  /// Why, in words; nil when passed.
  public var reason: String?
  /// Why, by its code; nil where it did what it says or was left out, and in journals before 1.1.
  public var cause: CauseRecord?

  /// Creates the end of a step.
  public init(step: Int, outcome: Outcome, reason: String?, cause: CauseRecord? = nil) {
    self.step = step
    self.outcome = outcome
    self.reason = reason
    self.cause = cause
  }
}

/// What a run says of the recorder.
public enum Verdict: String, Sendable, CaseIterable {
  /// Every step did what it says and everything expected was seen.
  case passed
  /// The recorder did not do what was expected.
  case failed
  /// The rig, the scenario or the model is at fault; nothing is said of the recorder.
  case errored
  /// The run was stopped from outside.
  case aborted
}

/// The end of a run.
public struct RunEnd: Sendable, Hashable {
  /// What the run says of the recorder.
  public var verdict: Verdict
  /// The name path of the step that decided; nil when passed.
  public var step: String?
  /// Why, in words; nil when passed.
  public var reason: String?
  /// Why, by its code; nil when passed, and in journals before 1.1.
  public var cause: CauseRecord?
  /// The name paths of the steps left out.
  public var skipped: [String]
  /// What was tested; nil where nobody counted: the run never began, or was closed from outside.
  public var tested: Tested?
  /// Seconds on the bench's clock from the run's start to its end.
  public var recorderSeconds: Double
  /// Seconds on the wall.
  public var wallSeconds: Double

  /// Creates the end of a run.
  public init(
    verdict: Verdict, step: String?, reason: String?, cause: CauseRecord?, skipped: [String],
    tested: Tested? = nil,
    recorderSeconds: Double, wallSeconds: Double
  ) {
    self.verdict = verdict
    self.step = step
    self.reason = reason
    self.cause = cause
    self.skipped = skipped
    self.tested = tested
    self.recorderSeconds = recorderSeconds
    self.wallSeconds = wallSeconds
  }
}
