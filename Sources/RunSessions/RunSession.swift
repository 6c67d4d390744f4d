import Bench
public import BenchOpening
import Evidence
import FoundationEssentials
import FrameVision
import Frames
public import Ledger
public import Logging
import RecorderModel
import RigDescription
public import RunJournal
public import Runner

/// How runs are to be played.
public struct RunSettings: Sendable {
  /// The folder of all run folders.
  public var out: String
  /// The firmware under test, as the user names it.
  public var firmware: String?
  /// How fast the time of a virtual rig goes.
  public var pace: BenchOpener.Pace
  /// Who can be asked to do something; nil when nobody can.
  public var attendant: (any Operator)?
  /// Whether runs are filmed.
  public var isFilmed = false
  /// Where operators are told what goes on; never a secret.
  public var log: Logger
  /// Is told of a run on real devices that hangs beyond its limits, on a thread of its own; nil where
  /// nobody looks. The journal is closed then and the reports are made. The devices can't be given
  /// back: the process should end, and guardians supply what they hold.
  public var onHang: (@Sendable (RunResult) -> Void)?
  /// Where runs are booked as they end; nil where they are not.
  public var book: LedgerBook?
  /// What tells that a run's limits are over.
  var timer = Watchdog.wallClock

  /// Creates settings.
  public init(
    out: String, firmware: String? = nil, pace: BenchOpener.Pace = .virtual,
    attendant: (any Operator)? = nil, log: Logger = RunRequest.silence,
    onHang: (@Sendable (RunResult) -> Void)? = nil, book: LedgerBook? = nil
  ) {
    self.out = out
    self.firmware = firmware
    self.pace = pace
    self.attendant = attendant
    self.log = log
    self.onHang = onHang
    self.book = book
  }
}

/// A run that can't be written down.
public struct UnwritableRun: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a final stop.
  public var description: String
}

/// One run, from the opening of a bench to its reports.
public struct RunSession: Sendable {
  /// What it is made from.
  public let subject: RunSubject
  /// Which of the subject's scenarios is played.
  public let part: RunSubject.Part
  /// Where all that is drawn by lot comes from.
  public let seed: UInt64
  /// How it is played.
  public let settings: RunSettings

  /// What is said of the first start with another firmware, of which a run says nothing.
  struct Flash: Sendable {
    /// How long the recorder may be writing a firmware when the run begins; nil where it is not.
    var updateMayTake: Duration?
    /// Why the run stopped.
    let causeBehind = CauseBehind()
  }

  /// Set where it plays again a run that ended errored.
  var retry: RunStart.Retry?
  /// Set where it is the first start with another firmware.
  var flash: Flash?
  /// Values of parameters in place of those of the subject; nil where those count.
  var arguments: [String: String]?

  /// Creates a run that has not begun.
  public init(
    subject: RunSubject, part: RunSubject.Part, seed: UInt64, settings: RunSettings
  ) {
    self.subject = subject
    self.part = part
    self.seed = seed
    self.settings = settings
  }

  /// Plays the run, to the end whatever happens.
  ///
  /// - Parameter progress: is told every entry of the journal.
  /// - Returns: what it came to.
  /// - Throws: only when there is no place to write the run down.
  public func play(progress: some RunProgress) async throws(UnwritableRun) -> RunResult {
    var start = subject.start(
      of: part, seed: seed, firmware: settings.firmware,
      isUnattended: settings.attendant == nil,
      plan: Runner.plan(of: part.scenario, hasPast: subject.rig.hasPast))
    start.wall.retry = retry
    let folder: RunFolder
    do throws(EvidenceError) {
      folder = try RunFolder(in: settings.out, name: folderName(start))
    } catch {
      throw UnwritableRun(description: "the run can't be written down: \(error)")
    }
    settings.book?.begin(start, in: folder.path)
    let log = OperatorLog(settings.log, run: "\(start.scenario.name)/\(seed)")
    let film = film(in: folder)
    let sink = ProgressSink(folder: folder, film: film, progress: progress, log: log)
    let watchdog = watchdog(of: start, in: folder)
    let end = await play(start, into: sink, telling: log.logger, watchdog, filmedBy: film)
    watchdog?.stop()
    let filmFailure = await film?.finish()
    var result = result(start, end, in: folder)
    result.filmFailure = filmFailure
    return result
  }

  /// Who films the run; nil where nobody asks for it.
  private func film(in folder: RunFolder) -> RunFilmFile? {
    guard settings.isFilmed else { return nil }
    return RunFilmFile(
      in: folder.path, screen: subject.model.screen,
      waits: subject.rig.virtual != nil && settings.pace == .virtual)
  }

  /// Makes the reports of a run that has ended, and books it.
  private func result(_ start: RunStart, _ end: RunEnd, in folder: RunFolder) -> RunResult {
    var end = end
    var reportFailure: String?
    do throws(EvidenceError) {
      let journal = try RunReports.write(
        in: folder.path, lastGood: settings.book?.lastGoodRun(before: start))
      // What was written has no secrets in it; a full disk leaves no end to read.
      if let written = journal.end, written.verdict == end.verdict { end = written }
    } catch {
      reportFailure = "\(error)"
    }
    return RunResult(
      start: start, end: end, folder: folder.path, reportFailure: reportFailure,
      booking: settings.book.map { $0.book(folder.path).map(RunResult.Booking.refused) ?? .booked },
      causeBehind: flash?.causeBehind.code)
  }

  /// How long all devices of a rig may take to be opened or given back.
  private static let deviceTime = Duration.seconds(60)

  /// Who ends the run where it hangs; virtual devices don't, and their time is not the wall's.
  private func watchdog(of start: RunStart, in folder: RunFolder) -> Watchdog? {
    guard let onHang = settings.onHang, subject.rig.virtual == nil else { return nil }
    let power = subject.rig.device(DeviceWiring.recorder)?.power
    // What a run does to leave its devices well, each within a time of its own, is done by then.
    let grace =
      Duration.seconds(60) * subject.rig.patience
      + (power?.minimumOff ?? PowerWiring.defaultMinimumOff) + (subject.model.longestStill ?? .zero)
    let begun = ContinuousClock.now
    return Watchdog(grace: grace, timer: settings.timer) { reason in
      let wallSeconds = (ContinuousClock.now - begun).inSeconds
      let end = folder.close(
        hanging: start, reason: reason, cause: CauseRecord(code: FaultCode.hung.rawValue),
        wallSeconds: wallSeconds)
      onHang(result(start, end, in: folder))
    }
  }

  /// Plays the run into a sink, on a bench that is opened for it alone.
  ///
  /// - Parameters:
  ///   - start: the first line of the journal.
  ///   - sink: where what happens is written.
  ///   - film: who films the recorder's screen; nil where nobody does.
  /// - Returns: how it ended.
  public func play(
    _ start: RunStart, into sink: some JournalSink, filmedBy film: (any RunFilm)? = nil
  ) async -> RunEnd {
    await play(start, into: sink, telling: RunRequest.silence, nil, filmedBy: film)
  }

  private func play(
    _ start: RunStart, into sink: some JournalSink, telling log: Logger, _ watchdog: Watchdog?,
    filmedBy film: (any RunFilm)?
  ) async -> RunEnd {
    do {
      watchdog?.expect("the time to open the rig", within: Self.deviceTime)
      let opened = try BenchOpener.open(subject.rig, seed: seed, pace: settings.pace, log: log)
      defer {
        watchdog?.expect("the time to close the rig", within: Self.deviceTime)
        opened.close()
      }
      let clock = opened.bench.clock
      let labPassword = try await subject.rig.labPassword()
      let record =
        subject.rig.hasPast
        ? try RunRecord(
          of: subject.rig, for: start, at: await clock.secondsSince1970(), isFlash: flash != nil)
        : nil
      var request = try RunRequest(
        playing: part.scenario, of: subject.model, on: opened, rig: subject.rig.name,
        start: start, arguments: arguments ?? subject.arguments, hostSecrets: subject.hostSecrets,
        past: record?.file, log: log)
      request.attendant = settings.attendant
      request.noInput = subject.noInput
      request.calibration = subject.calibration
      request.saysNothing = flash != nil
      (request.causeBehind, request.updateMayTake) = (flash?.causeBehind, flash?.updateMayTake)
      request.labPassword = labPassword
      request.watchdog = watchdog
      request.film = film
      let end = await Runner.play(request, into: sink, reading: try TextReader())
      do {
        try record?.close(end, at: await clock.secondsSince1970())
      } catch {
        // The run is what its journal says; the next one takes it for one that died.
        log.error("how the run ended is not kept for the next one: \(error)")
      }
      return end
    } catch {
      return await neverBegun(start, "\(error)", Self.cause(error), into: sink)
    }
  }

  /// Why nothing could begin.
  private static func cause(_ error: any Error) -> CauseRecord {
    guard let fault = error as? RigFault else {
      return CauseRecord(code: FaultCode.hostFails.rawValue)
    }
    return CauseRecord(
      code: fault.code.rawValue, part: fault.part.rawValue, errno: fault.errno)
  }

  /// Writes down a run whose rig could not be opened.
  private func neverBegun(
    _ start: RunStart, _ reason: String, _ cause: CauseRecord, into sink: some JournalSink
  ) async -> RunEnd {
    let end = RunEnd(
      verdict: .errored, step: nil, reason: reason, cause: cause, skipped: [], recorderSeconds: 0,
      wallSeconds: 0)
    // A journal that can't be written either leaves nothing more to be said than the verdict.
    try? await sink.append(.init(at: .zero, event: .runStarted(start)))
    try? await sink.append(.init(at: .zero, event: .runEnded(end)))
    return end
  }

  private func folderName(_ start: RunStart) -> String {
    let time = start.wall.startedAt.replacing("T", with: "-").filter { $0 != ":" && $0 != "Z" }
    return "\(time)-\(start.scenario.name)-seed\(start.seed)"
  }
}
