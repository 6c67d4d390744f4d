import Bench
import BenchOpening
import Evidence
import FoundationEssentials
import FrameVision
import Frames
import OrderedJSON
import RigDescription
import RunJournal
import Runner

/// How runs are to be played.
struct RunSettings: Sendable {
  /// The folder of all run folders.
  var out: String
  /// The firmware under test, as the user names it.
  var firmware: String?
  /// How fast the time of a virtual rig goes.
  var pace: BenchOpener.Pace
  /// Who can be asked to do something; nil when nobody can.
  var attendant: (any Operator)?
}

/// What a run came to.
struct RunResult: Sendable {
  var start: RunStart
  var end: RunEnd
  var folder: String
  /// Whether the reports stand beside the journal.
  var hasReports: Bool

  /// What the program ends with, were this the only run: a run without its reports is no success,
  /// since whoever waits for them would take an older one's.
  var outcome: CommandOutcome {
    let outcome = Self.outcome(of: end.verdict)
    return hasReports ? outcome : outcome.worse(.errored)
  }

  /// What the program ends with after a run of that verdict.
  static func outcome(of verdict: Verdict) -> CommandOutcome {
    switch verdict {
    case .passed: .passed
    case .failed: .failed
    case .errored: .errored
    case .aborted: .interrupted
    }
  }

  /// The object that `gantry run --json` prints.
  var json: JSONValue {
    .object([
      .init("run", .string(start.wall.runID)), .init("scenario", .string(start.scenario.name)),
      .init("rig", .string(start.rig.name)), .init("model", .string(start.model.name)),
      .init("seed", .int(start.seed)), .init("verdict", .string(end.verdict.rawValue)),
      .init("step", .optional(end.step)), .init("reason", .optional(end.reason)),
      .init("skipped", .strings(end.skipped)),
      .init("recorderSeconds", .decimal(end.recorderSeconds, digits: 3)),
      .init("wallSeconds", .decimal(end.wallSeconds, digits: 3)),
      .init("folder", .string(folder)),
    ])
  }
}

/// Plays one run from an open bench to its reports.
struct RunSession: Sendable {
  let subject: RunSubject
  let part: RunSubject.Part
  let seed: UInt64
  let settings: RunSettings

  /// Plays the run, to the end whatever happens.
  ///
  /// - Parameter progress: is told every entry of the journal.
  /// - Returns: what it came to.
  /// - Throws: only when there is no place to write the run down.
  func play(progress: some RunProgress) async throws -> RunResult {
    let start = subject.start(
      of: part, seed: seed, firmware: settings.firmware,
      plan: Runner.plan(of: part.scenario))
    let folder: RunFolder
    do throws(EvidenceError) {
      folder = try RunFolder(in: settings.out, name: folderName(start))
    } catch {
      throw CommandFailure.errored("the run can't be written down: \(error)")
    }
    let sink = ProgressSink(folder: folder, progress: progress)
    var end = await play(start, into: sink)
    var hasReports = true
    do throws(EvidenceError) {
      let journal = try RunReports.write(in: folder.path)
      // What was written has no secrets in it; a full disk leaves no end to read.
      if let written = journal.end, written.verdict == end.verdict { end = written }
    } catch {
      hasReports = false
      Console.current.complain(
        "the reports can't be written: \(error); make room, then: gantry report \(folder.path)")
    }
    return RunResult(start: start, end: end, folder: folder.path, hasReports: hasReports)
  }

  /// Plays the run into a sink, on a bench that is opened for it alone.
  func play(_ start: RunStart, into sink: some JournalSink) async -> RunEnd {
    do {
      let opened = try BenchOpener.open(subject.rig, seed: seed, pace: settings.pace)
      defer { opened.close() }
      let request = RunRequest(
        scenario: part.scenario, model: subject.model, bench: opened.bench, start: start,
        arguments: subject.arguments, environment: ProcessInfo.processInfo.environment,
        secretSource: opened.isVirtual ? .seed(Self.secretSeed(seed)) : .system,
        minimumOff: opened.minimumOff,
        plugMemory: try Self.plugMemory(opened, rig: subject.rig.name),
        attendant: settings.attendant,
        noInput: subject.noInput)
      return await Runner.play(request, into: sink, reading: try TextReader())
    } catch {
      return await neverBegun(start, "\(error)", into: sink)
    }
  }

  /// Writes down a run whose rig could not be opened.
  private func neverBegun(
    _ start: RunStart, _ reason: String, into sink: some JournalSink
  ) async -> RunEnd {
    let end = RunEnd(
      verdict: .errored, step: nil, reason: reason, skipped: [], recorderSeconds: 0,
      wallSeconds: 0)
    // A journal that can't be written either leaves nothing more to be said than the verdict.
    try? await sink.append(.init(at: .zero, event: .runStarted(start)))
    try? await sink.append(.init(at: .zero, event: .runEnded(end)))
    return end
  }

  /// A virtual recorder is born with each run; a real one remembers that its plug was pulled.
  static func plugMemory(_ opened: OpenedBench, rig: String) throws -> any PlugMemory {
    opened.isVirtual ? MemoryOnlyPlug() : try plugFile(rig: rig)
  }

  /// Where it is remembered that the plug of a rig was pulled.
  static func plugFile(rig: String) throws -> PlugFile {
    let environment = ProcessInfo.processInfo.environment
    let state =
      environment["XDG_STATE_HOME"] ?? (environment["HOME"] ?? "/var/lib") + "/.local/state"
    let folder = state + "/gantry"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return PlugFile(path: "\(folder)/\(rig).plug")
  }

  /// Secrets of a virtual run are repeatable, yet drawn from a stream that nothing else uses.
  static func secretSeed(_ seed: UInt64) -> UInt64 {
    (seed ^ 0x5EC2_E75E_ED00_0001) &* 0x9E37_79B9_7F4A_7C15
  }

  private func folderName(_ start: RunStart) -> String {
    let time = start.wall.startedAt.replacing("T", with: "-").filter { $0 != ":" && $0 != "Z" }
    return "\(time)-\(start.scenario.name)-seed\(start.seed)"
  }
}
