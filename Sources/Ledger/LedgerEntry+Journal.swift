import Digests
import FoundationEssentials
import Frames
public import RunJournal

extension LedgerEntry {
  /// What a ledger books of a journal, whole or torn.
  ///
  /// A journal without an end is of a run that was killed: it has no verdict, the cause
  /// ``Cause/killed``, and the innermost step that was going on as the one that decided.
  ///
  /// - Parameters:
  ///   - bytes: the journal's file.
  ///   - folder: the run folder, by its absolute path.
  /// - Throws: when it is no journal, or tells no time that it began.
  public init(reading bytes: [UInt8], folder: String) throws(JournalError) {
    let journal = try Journal(reading: bytes)
    let start = journal.start
    guard let began = try? Date(start.wall.startedAt, strategy: .iso8601) else {
      throw JournalError(line: 1, "\(start.wall.startedAt) is no time")
    }
    let book = StepBook(journal)
    let end = journal.end
    self.init(
      run: start.wall.runID, scenario: Input(start.scenario), model: Input(start.model),
      rig: Input(start.rig), rigKind: start.rigKind, binary: Input(start.binary),
      calibration: start.calibration.map { Input($0) }, firmware: start.firmware, seed: start.seed,
      overrides: start.overrides, retryOf: start.wall.retry?.of, host: start.wall.host,
      startedAt: began,
      verdict: end?.verdict.rawValue, decidingStep: end == nil ? book.goingOn : end?.step,
      cause: end == nil ? Cause(code: Cause.killed) : end?.cause.map { Cause($0) },
      reason: end == nil ? "the run's end was never written" : end?.reason,
      held: end?.tested?.held, leftOut: end?.skipped, recorderSeconds: end?.recorderSeconds,
      wallSeconds: end?.wallSeconds, journalDigest: SHA256Digest.hex(bytes),
      journalBytes: bytes.count, folder: folder, steps: book.steps,
      measurements: Measuring(journal).measurements,
      pictures: journal.keptFiles.map { Picture(file: $0, digest: nil) })
  }
}

extension Journal {
  /// The files of the pictures that it names, each once, in the order in which they are named.
  var keptFiles: [String] {
    var known: Set<String> = []
    return entries.compactMap { entry in
      guard case .pictureKept(let picture) = entry.event, known.insert(picture.file).inserted
      else { return nil }
      return picture.file
    }
  }
}

/// The steps of a journal, as a ledger keeps them.
private struct StepBook {
  private(set) var steps: [LedgerEntry.Step] = []
  private var begun: [Int: (index: Int, at: MonotonicInstant)] = [:]

  init(_ journal: Journal) {
    for entry in journal.entries {
      switch entry.event {
      case .stepStarted(let start):
        begun[start.step] = (steps.count, entry.at)
        steps.append(
          LedgerEntry.Step(
            number: start.step, parent: start.parent, path: start.path, outcome: nil, seconds: nil))
      case .stepEnded(let end):
        guard let (index, at) = begun.removeValue(forKey: end.step) else { continue }
        steps[index].outcome = end.outcome.rawValue
        steps[index].cause = end.cause.map { LedgerEntry.Cause($0) }
        steps[index].seconds = at.duration(to: entry.at).inSeconds
      case .runStarted, .acted, .judged, .noted, .pictureKept, .runEnded: break
      }
    }
  }

  /// The innermost step that had begun and not ended.
  var goingOn: String? {
    begun.values.max { $0.index < $1.index }.map { steps[$0.index].path }
  }
}
