import Logging
import RunJournal
import Synchronization

/// What operators are told of a run while it goes on, without the secrets that the run has named.
struct OperatorLog: Sendable {
  /// Where it is told.
  let logger: Logger
  private let redaction: Redaction

  /// Tells of a run.
  ///
  /// - Parameters:
  ///   - logger: where it is told.
  ///   - run: what stands before each line, to keep runs at the same time apart.
  init(_ logger: Logger, run: String) {
    let redaction = Redaction()
    self.redaction = redaction
    var logger = logger
    logger.handler = RedactedLogHandler(logger.handler, redaction)
    logger[metadataKey: Self.runKey] = "\(run)"
    self.logger = logger
  }

  /// The metadata that names the run.
  private static let runKey = "run"

  /// Takes a secret out of everything that is told from now on.
  func conceal(_ secret: String) { redaction.add(secret) }

  /// Tells what the journal tells; neither times nor pictures.
  func tell(_ event: RunEvent) {
    switch event {
    case .runStarted(let start):
      logger.info(
        "\(start.scenario.name) on \(start.rig.name), model \(start.model.name), seed \(start.seed)"
      )
    case .stepStarted(let start):
      logger.info("step \(start.step) “\(start.path)” begins: \(start.does)")
    case .acted(let record):
      logger.debug("step \(record.step), attempt \(record.attempt): \(record.what)")
    case .judged(let judgement):
      let answer = judgement.held ? "it is so" : "it is not so"
      logger.debug("step \(judgement.step), \(judgement.expected): \(answer)")
    case .noted(let note): logger.log(level: note.kind.level, "\(note.kind.rawValue): \(note.text)")
    case .pictureKept: break
    case .stepEnded(let end):
      let reason = end.reason.map { ": \($0)" } ?? ""
      logger.info("step \(end.step) \(end.outcome.rawValue)\(reason)")
    case .runEnded(let end):
      let reason = end.reason.map { ": \($0)" } ?? ""
      logger.info("\(end.verdict.rawValue)\(reason)")
    }
  }
}

extension Note.Kind {
  /// What was done about the rig or the recorder is for everybody, what was seen for the curious.
  fileprivate var level: Logger.Level {
    switch self {
    case .interruption, .power, .other: .info
    case .witness, .pointer, .mail, .signal: .debug
    }
  }
}

/// The secrets that a run has named so far.
private final class Redaction: Sendable {
  private let redactor = Mutex(Redactor())

  func add(_ secret: String) { redactor.withLock { $0.add(secret) } }

  func redact(_ text: String) -> String { redactor.withLock { $0 }.redacted(text) }
}

/// Takes secrets out of what another handler is given.
private struct RedactedLogHandler: LogHandler {
  private var inner: any LogHandler
  private let redaction: Redaction

  init(_ inner: any LogHandler, _ redaction: Redaction) {
    self.inner = inner
    self.redaction = redaction
  }

  func log(event: LogEvent) {
    var event = event
    event.message = "\(redaction.redact(event.message.description))"
    inner.log(event: event)
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { inner[metadataKey: key] }
    set { inner[metadataKey: key] = newValue }
  }

  var metadata: Logger.Metadata {
    get { inner.metadata }
    set { inner.metadata = newValue }
  }

  var logLevel: Logger.Level {
    get { inner.logLevel }
    set { inner.logLevel = newValue }
  }
}
