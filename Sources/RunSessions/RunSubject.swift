import Digests
import FoundationEssentials
public import FrameVision
public import RecorderModel
public import RigDescription
public import RunJournal
public import Scenario
import SourceYAML

/// What a set of runs is made from, with the digests that journals open with.
public struct RunSubject: Sendable {
  /// A scenario and its digest.
  public struct Part: Sendable {
    /// What is played.
    public let scenario: Scenario
    /// Its name and digest.
    public let input: RunStart.Input
    /// Its file, as the user named it; nil where it stands in none of the user's.
    public var path: String?
  }

  /// The scenarios in the order in which they were named.
  public let parts: [Part]
  /// What they are played on.
  public let rig: RigDescription
  /// What the recorder looks like.
  public let model: RecorderModel
  /// Values of parameters by name.
  public let arguments: [String: String]
  /// What secrets of the kinds `env` and `file` are taken from.
  public let hostSecrets: HostSecrets
  /// What the rig's grabber shows when it has no input; nil where that is not known.
  public let noInput: NoInputPicture?
  /// What is known of the recorder's capture chain; nil where the rig has no calibration.
  public let calibration: CaptureCalibration?
  /// Overrides and parameters as journals tell them: without secrets.
  private let told: [String]
  private let rigPath: String
  private let rigInput: RunStart.Input
  private let modelInput: RunStart.Input
  private let binary: RunStart.Input
  private let calibrationInput: RunStart.Input?

  /// Takes the digests of files that were read and checked.
  ///
  /// - Parameters:
  ///   - files: the files, with a rig.
  ///   - rigPath: the rig file.
  ///   - overrides: values that replace those of the rig file, `key=value`.
  ///   - program: what journals call the program.
  /// - Throws: when a file can't be read, the calibration among them, or there is no rig.
  public init(
    _ files: InputFiles, rigPath: String, overrides: [String], program: String
  ) throws {
    guard let rig = files.rig, let model = files.model else {
      throw Finding(
        SourceLocation(file: rigPath, line: 1, column: 1), "there is no rig in it",
        remedy: "name a rig file")
    }
    self.rig = rig
    self.model = model
    self.rigPath = rigPath
    arguments = files.arguments
    hostSecrets = files.hostSecrets
    noInput = try rig.noInputPicture()
    rigInput = .init(
      name: rig.name, digest: try Self.digest(ofRig: rigPath, with: rig.noInput?.text))
    modelInput = .init(name: model.name, digest: try SHA256Digest.ofFolder(rig.modelFolder))
    binary = .init(name: program, digest: try SHA256Digest.ofThisProgram())
    let file = try CalibrationFile.ofRig(rigPath)
    (calibration, calibrationInput) = (file?.calibration, file?.input)
    parts = try files.scenarios.map { file in
      let digest = try Self.digest(of: file)
      return Part(
        scenario: file.scenario, input: .init(name: file.scenario.name, digest: digest),
        path: file.path)
    }
    told = ToldInput(files, model: model).lines(overrides: overrides)
  }

  /// The digest of a rig's file; with the grabber's picture, where it names one.
  private static func digest(
    ofRig path: String, with picture: String?
  ) throws(DigestError) -> String {
    guard let picture else { return try SHA256Digest.ofFile(path) }
    return try SHA256Digest.ofFiles([path, picture].map { ($0, $0) })
  }

  /// The digest of a scenario's file; with the parts that it uses, where it uses any.
  private static func digest(
    of file: InputFiles.ScenarioFile
  ) throws(DigestError) -> String {
    let parts = Set(Self.files(in: file.scenario)).subtracting([file.path]).sorted()
    if parts.isEmpty { return try SHA256Digest.ofFile(file.path) }
    return try SHA256Digest.ofFiles(([file.path] + parts).map { ($0, $0) })
  }

  /// The files that a scenario's parts stand in.
  private static func files(in scenario: Scenario) -> [String] {
    (scenario.steps + scenario.finally).flatMap(files(in:))
  }

  private static func files(in step: Step) -> [String] {
    guard let plays = step.action?.needs.plays else { return [] }
    let part = plays.part.map { [$0.scenario.location.file] + files(in: $0.scenario) }
    return (part ?? []) + plays.ownSteps.flatMap(files(in:))
  }

  /// A scenario that stands in no file of the user's, as something to play.
  func part(_ scenario: Scenario, digest: String) -> Part {
    Part(scenario: scenario, input: .init(name: scenario.name, digest: digest))
  }

  /// The first line of a run's journal.
  ///
  /// - Parameters:
  ///   - part: what is played.
  ///   - seed: where all that is drawn by lot comes from.
  ///   - firmware: the firmware under test, as the user names it.
  ///   - isUnattended: whether steps that only a person can do are left out.
  ///   - plan: the name paths of the steps.
  /// - Returns: the line, with a new name for the run and the present time.
  public func start(
    of part: Part, seed: UInt64, firmware: String?, isUnattended: Bool = true, plan: [String]
  ) -> RunStart {
    let id = String(UInt64.random(in: .min ... .max), radix: 36)
    return RunStart(
      scenario: part.input, about: part.scenario.about, rig: rigInput,
      rigKind: .init(
        rigClass: rig.rigClass, tags: rig.tags, isVirtual: rig.isVirtual, remembers: rig.hasPast),
      model: modelInput, binary: binary, calibration: calibrationInput, overrides: told, seed: seed,
      firmware: firmware,
      patience: rig.patience,
      request: part.path.map { .init(scenario: $0, rig: rigPath, isUnattended: isUnattended) },
      plan: plan,
      wall: .init(
        runID: "\(part.scenario.name)-\(seed)-\(id)", host: ProcessInfo.processInfo.hostName,
        startedAt: Date.now.formatted(.iso8601)))
  }
}
